from odoo import fields, models


class GiftcardTypeService(models.Model):
    """One service of a package: how often, and for how much.

    Which service it is, an adapter says: the core knows no products.
    """

    _name = "giftcard.type.service"
    _description = "Service that a gift card stands for"
    _order = "sequence, id"

    type_id = fields.Many2one(
        "giftcard.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    currency_id = fields.Many2one(related="type_id.currency_id")
    quantity = fields.Integer("Times", required=True, default=1)
    is_tip = fields.Boolean(
        "Tip", help="A tip for the staff: without VAT, and a part of its own."
    )
    price = fields.Monetary(
        "Own price",
        help="Price of this line in all. Zero: what the service costs on the day of "
        "the sale, times how often.",
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "A card stands for a service once or more."
    )
    _price_not_negative = models.Constraint(
        "CHECK(price >= 0 AND (price > 0 OR NOT is_tip))",
        "Say how much the tip is.",
    )
