# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What a client forges: values by type, and our fields on models of Odoo."""

from odoo.fields import Command

# a value of each type that no default of ours is
VALUES = {
    "boolean": True,
    "char": "forged",
    "text": "forged",
    "integer": 7,
    "float": 7.0,
    "monetary": 7.0,
    "date": "2031-07-07",
    "datetime": "2031-07-07 07:07:07",
    "selection": None,
    "many2one": 1,
    "many2one_reference": 1,
    "one2many": [Command.link(1)],
    "many2many": [Command.set([1])],
}
# our fields on models of Odoo that say what the server found out
FOREIGN = {
    "account.move.line": (
        "giftcard_role",
        "giftcard_application_id",
        "giftcard_card_id",
        "giftcard_entry_id",
        "giftcard_settlement_id",
        "giftcard_reversed_entry_id",
    ),
    "sale.order.line": ("giftcard_role", "giftcard_application_id"),
    "pos.order": ("giftcard_turnover",),
    "pos.order.line": (
        "giftcard_card_id",
        "giftcard_entry_id",
        "giftcard_redemption_id",
        "giftcard_is_code_shown",
        "giftcard_last4",
        "giftcard_valid_until",
        "giftcard_balance_after",
    ),
    "pos.payment": (
        "giftcard_redemption_id",
        "giftcard_entry_id",
        "giftcard_on_account_item_id",
    ),
    "product.template": ("giftcard_type_id",),
}
# what may be reached through lists: nobody may write what is in them
LISTS = {
    "account.move": "giftcard_application_ids",
    "sale.order": "giftcard_application_ids",
}
