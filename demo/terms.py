# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What the two companies decided about their gift cards before the year began."""

from odoo.fields import Command

AGREED_PERCENT = 85  # of a service's price: what one company invoices the other
GRACE_DAYS = 14
TIPS_ACCOUNT = "467200"


def agree_on_terms(env, companies):
    """Make the companies a group that takes and settles each other's cards.

    Two people correct a card; what has expired is income two weeks later.
    """
    companies.write(
        {
            "giftcard_agreed_percent": AGREED_PERCENT,
            "giftcard_grace_days": GRACE_DAYS,
            "giftcard_needs_approval": True,
            "giftcard_daily_codes": 50,
        }
    )
    first, *others = companies
    for other in others:
        first.giftcard_group_company_ids = [Command.link(other.id)]
    _let_tills_take_tips(env, companies)


def _let_tills_take_tips(env, companies):
    """Tips belong to the staff: no VAT, and no revenue of the salon."""
    tip = env.ref("point_of_sale.product_product_tip")
    tip.taxes_id = [Command.clear()]
    for company in companies:
        accounts = env["account.account"].with_company(company)
        tip.with_company(company).property_account_income_id = accounts.create(
            {
                "name": "Tips owed to the staff",
                "code": TIPS_ACCOUNT,
                "account_type": "liability_current",
                "company_ids": [Command.set(company.ids)],
            }
        )
    env["pos.config"].search([]).write(
        {"iface_tipproduct": True, "tip_product_id": tip.id}
    )
