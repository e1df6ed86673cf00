# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

{
    "name": "Gift Cards for Salons",
    "summary": "Sell, redeem and account for gift cards at the till",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Giftcard Salon Project",
    # the host and the name that the repository's commits are signed with: it has no
    # public home yet
    "website": "https://r-seed-ef97fab9.example",
    "maintainers": ["maintainers"],
    "license": "LGPL-3",
    "development_status": "Beta",
    "application": True,
    "images": [
        "static/description/banner.png",
        "static/description/cashier_sell.png",
        "static/description/cashier_redeem.png",
        "static/description/manager_list.png",
        "static/description/accountant_tie_out.png",
    ],
    "depends": ["account", "point_of_sale", "website_sale"],
    "external_dependencies": {
        "python": ["cryptography", "qrcode", "reportlab", "xlsxwriter"]
    },
    "data": [
        "security/giftcard_groups.xml",
        "security/ir.model.access.csv",
        "security/giftcard_rules.xml",
        "data/ir_cron.xml",
        "data/mail_activity_type.xml",
        "data/ir_sequence.xml",
        "data/barcode_rule.xml",
        "data/product.xml",
        "data/pos_category.xml",
        # before the views whose buttons open them
        "wizards/card/giftcard_issue_views.xml",
        "wizards/card/giftcard_cancel_views.xml",
        "wizards/accounting/giftcard_breakage_wizard_views.xml",
        "wizards/accounting/giftcard_escheat_views.xml",
        "wizards/accounting/giftcard_expire_views.xml",
        "wizards/card/giftcard_extend_views.xml",
        "wizards/accounting/giftcard_move_account_views.xml",
        "wizards/accounting/giftcard_remit_views.xml",
        "wizards/card/giftcard_replace_views.xml",
        "wizards/card/giftcard_block_views.xml",
        "wizards/card/giftcard_adjust_views.xml",
        "wizards/card/giftcard_send_views.xml",
        "wizards/card/giftcard_stock_views.xml",
        "wizards/accounting/giftcard_verify_views.xml",
        "wizards/intercompany/giftcard_settle_views.xml",
        "wizards/intercompany/giftcard_settlement_payment_views.xml",
        "wizards/office/giftcard_apply_views.xml",
        "views/giftcard_location_views.xml",
        "views/giftcard_card_views.xml",
        "views/giftcard_type_views.xml",
        "views/giftcard_redemption_views.xml",
        "views/giftcard_entry_views.xml",
        "views/giftcard_seal_views.xml",
        "views/giftcard_adjustment_views.xml",
        "views/giftcard_approval_views.xml",
        "views/giftcard_finding_views.xml",
        "reports/till/sales_details_views.xml",
        "views/giftcard_breakage_views.xml",
        "views/giftcard_settlement_views.xml",
        "views/giftcard_statement_views.xml",
        "reports/report_views.xml",
        "views/account_move_line_views.xml",
        "views/account_move_views.xml",
        "views/pos_order_views.xml",
        "views/pos_payment_method_views.xml",
        "views/product_template_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/giftcard_settlement_settings_views.xml",
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
