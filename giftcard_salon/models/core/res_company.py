from odoo import fields, models

INCOME_MODES = [
    ("expiry", "When the card expires"),
    ("proportion", "Little by little, in proportion to use"),
    ("never", "Never"),
]


class ResCompany(models.Model):
    """How long a company's cards live, and what becomes of those nobody uses."""

    _inherit = "res.company"

    giftcard_income_mode = fields.Selection(
        INCOME_MODES,
        "Unused cards become income",
        default="expiry",
        required=True,
        help="In proportion to use: an estimate per card type says which part is never "
        "used; the rest follows when the card expires.",
    )
    giftcard_grace_days = fields.Integer(
        "Days of grace",
        help="How many days after a card's last day its rest becomes income.",
    )
    giftcard_expiry_forbidden = fields.Boolean(
        "Cards never expire",
        help="Where the law forbids that gift cards expire, as in California: cards "
        "sold here have no last day, and nothing of them becomes income by time.",
    )
    giftcard_least_months = fields.Integer(
        "Shortest life of a card",
        help="In months, where the law sets one. Cards sold here are valid for at "
        "least that long, whatever their type says.",
    )

    _giftcard_days_not_negative = models.Constraint(
        "CHECK(giftcard_grace_days >= 0 AND giftcard_least_months >= 0)",
        "Days of grace and the shortest life of a card are zero or more.",
    )
