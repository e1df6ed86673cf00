from odoo import api, fields, models


class GiftcardTypeAmount(models.Model):
    _name = "giftcard.type.amount"
    _description = "Gift card amount on offer"
    _order = "sequence, amount, id"

    type_id = fields.Many2one(
        "giftcard.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    amount = fields.Monetary("The client pays", required=True)
    value = fields.Monetary(
        "The card is worth",
        compute="_compute_value",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="More than what the client pays: the rest is a discount when it is used.",
    )
    currency_id = fields.Many2one(related="type_id.currency_id")

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An amount on offer is more than zero."
    )
    _amount_unique = models.Constraint(
        "UNIQUE(type_id, amount)", "This amount is on offer already."
    )
    _price_within_value = models.Constraint(
        "CHECK(amount <= value)", "The client would pay more than the card is worth."
    )

    @api.depends("amount")
    def _compute_value(self):
        for offer in self:
            offer.value = offer.amount
