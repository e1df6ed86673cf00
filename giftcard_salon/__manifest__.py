{
    "name": "Gift Cards for Salons",
    "summary": "Sell, redeem and account for gift cards at the till",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Giftcard Salon Project",
    "license": "LGPL-3",
    "application": True,
    "depends": ["account", "point_of_sale", "website_sale"],
    "external_dependencies": {
        "python": ["cryptography", "qrcode", "reportlab", "xlsxwriter"]
    },
    "data": [
        "security/giftcard_groups.xml",
        "security/ir.model.access.csv",
        "security/giftcard_rules.xml",
        "data/ir_cron.xml",
        "data/barcode_rule.xml",
        "data/product.xml",
        # before the views whose buttons open them
        "wizards/giftcard_issue_views.xml",
        "wizards/giftcard_cancel_views.xml",
        "wizards/giftcard_breakage_wizard_views.xml",
        "wizards/giftcard_escheat_views.xml",
        "wizards/giftcard_expire_views.xml",
        "wizards/giftcard_extend_views.xml",
        "wizards/giftcard_remit_views.xml",
        "wizards/giftcard_replace_views.xml",
        "wizards/giftcard_block_views.xml",
        "wizards/giftcard_adjust_views.xml",
        "wizards/giftcard_send_views.xml",
        "wizards/giftcard_stock_views.xml",
        "wizards/giftcard_verify_views.xml",
        "views/giftcard_location_views.xml",
        "views/giftcard_card_views.xml",
        "views/giftcard_type_views.xml",
        "views/giftcard_redemption_views.xml",
        "views/giftcard_entry_views.xml",
        "views/giftcard_seal_views.xml",
        "views/giftcard_adjustment_views.xml",
        "views/giftcard_breakage_views.xml",
        "reports/giftcard_report_views.xml",
        "views/account_move_line_views.xml",
        "views/pos_order_views.xml",
        "views/pos_payment_method_views.xml",
        "views/product_template_views.xml",
        "views/res_config_settings_views.xml",
        # after all actions
        "views/giftcard_menus.xml",
        # the accounts of every company, once the default type is there
        "data/giftcard_set_up.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "giftcard_salon/static/src/backend/**/*",
        ],
        "point_of_sale._assets_pos": [
            "giftcard_salon/static/src/app/**/*",
        ],
        "web.assets_tests": [
            "giftcard_salon/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "giftcard_salon/static/tests/unit/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
