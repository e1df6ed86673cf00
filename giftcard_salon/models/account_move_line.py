from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    giftcard_card_id = fields.Many2one(
        "giftcard.card",
        "Gift card",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
    )
    giftcard_entry_id = fields.Many2one(
        "giftcard.entry",
        "Gift card entry",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
    )
    giftcard_settlement_id = fields.Many2one(
        "giftcard.settlement",
        "Gift card used in another company",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
    )
