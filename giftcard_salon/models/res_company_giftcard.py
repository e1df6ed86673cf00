from odoo import fields, models


class ResCompany(models.Model):
    """What a company has decided about its gift cards."""

    _inherit = "res.company"

    giftcard_guard = fields.Selection(
        [
            ("refuse", "Are refused"),
            ("show", "Are let through and show as a difference"),
        ],
        "Postings by hand",
        default="refuse",
        required=True,
        help="On the accounts that carry gift cards and equal them at any time.",
    )
