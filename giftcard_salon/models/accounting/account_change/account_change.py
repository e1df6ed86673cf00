# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models


class GiftcardAccountChange(models.Model):
    """Another account was chosen for cards, and what was on the old one moved there.

    Says which account carried which cards on a day that is over.
    """

    _name = "giftcard.account.change"
    _inherit = "giftcard.server.fields"
    _description = "Change of an account of gift cards"
    _order = "date desc, id desc"
    _rec_name = "role"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    role = fields.Selection(
        [
            ("liability", "Gift cards owed to clients"),
            ("deferred", "Cards taxed at the sale, not used yet"),
            ("tips", "Tips on cards, not used yet"),
            ("contra", "Income taken before cards expire"),
        ],
        "What is kept there",
        required=True,
        readonly=True,
    )
    old_account_id = fields.Many2one(
        "account.account",
        "Until then",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    new_account_id = fields.Many2one(
        "account.account", "From then on", readonly=True, ondelete="restrict"
    )
    is_earlier_balance = fields.Boolean(
        "Left before",
        readonly=True,
        help="It was not chosen any more; what was still on it was moved.",
    )
    date = fields.Date(required=True, readonly=True)
    move_id = fields.Many2one(
        "account.move",
        "Journal entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
