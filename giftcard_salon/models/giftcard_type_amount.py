from odoo import fields, models


class GiftcardTypeAmount(models.Model):
    _name = "giftcard.type.amount"
    _description = "Gift card amount on offer"
    _order = "sequence, amount, id"

    type_id = fields.Many2one(
        "giftcard.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one(related="type_id.currency_id")

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An amount on offer is more than zero."
    )
    _amount_unique = models.Constraint(
        "UNIQUE(type_id, amount)", "This amount is on offer already."
    )
