# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A French company with one till and one service at 20 %, without gift cards.

Run inside Odoo on a copy of the template database; the measurements start from it.
"""

from odoo.fields import Command

company = env.ref("base.main_company")
company.write(
    {
        "name": "Bench",
        "country_id": env.ref("base.fr").id,
        "currency_id": env.ref("base.EUR").id,
        "company_registry": "90210345600017",
        "iap_enrich_auto_done": True,
    }
)
env["account.chart.template"].try_loading("fr", company, install_demo=False)
bank = env["account.journal"].search(
    [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
)
method = env["pos.payment.method"].create(
    {"name": "Bank card", "journal_id": bank.id, "company_id": company.id}
)
env["pos.config"].search([]).active = False
env["pos.config"].create(
    {
        "name": "Till",
        "company_id": company.id,
        "payment_method_ids": [Command.set(method.ids)],
    }
)
taxes = env["account.tax"].with_context(active_test=False)
tax = taxes.search(
    [
        ("company_id", "=", company.id),
        ("type_tax_use", "=", "sale"),
        ("amount", "=", 20),
        ("price_include_override", "=", "tax_included"),
    ],
    limit=1,
)
tax.active = True
env["product.product"].create(
    {
        "name": "Service",
        "type": "service",
        "list_price": 2,
        "available_in_pos": True,
        "taxes_id": [Command.set(tax.ids)],
    }
)
env["res.users"].create(
    {
        "name": "Cashier",
        "login": "cashier",
        "password": "cashier",
        "group_ids": [
            Command.set(
                [
                    env.ref("base.group_user").id,
                    env.ref("point_of_sale.group_pos_user").id,
                ]
            )
        ],
        "company_id": company.id,
        "company_ids": [Command.set(company.ids)],
    }
)
