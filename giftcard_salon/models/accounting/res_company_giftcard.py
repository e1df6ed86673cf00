from odoo import api, fields, models


class ResCompany(models.Model):
    """What a company has decided about its gift cards."""

    _inherit = "res.company"

    giftcard_needs_approval = fields.Boolean(
        "Two people correct a card",
        help="What one gift card manager corrects by hand, another one approves.",
    )
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
    giftcard_accountant_id = fields.Many2one(
        "res.users",
        "Told when cards and accounts differ",
        domain=lambda self: self._get_giftcard_accountant_domain(),
        help="Gets an activity after the night. Empty: the first user of the company "
        "who may see the gift cards' accounting.",
    )

    @api.model
    def _get_giftcard_accountant_domain(self):
        group = self.env.ref("giftcard_salon.group_accountant", False)
        return [
            ("all_group_ids", "in", group.ids if group else []),
            ("share", "=", False),
        ]
