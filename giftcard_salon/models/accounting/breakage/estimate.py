# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError

KEPT = {"type_id", "company_id", "rate", "date_from"}


class GiftcardBreakageEstimate(models.Model):
    """Which part of a card type is never used, as a company estimates it from a day on.

    Kept with who decided it; a change of mind is a new estimate.
    """

    _name = "giftcard.breakage.estimate"
    _inherit = "giftcard.server.fields"
    _description = "Estimate of gift cards that are never used"
    _order = "date_from desc, id desc"

    type_id = fields.Many2one(
        "giftcard.type", "Card type", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: self.env["giftcard.card"]._today(self.env.company),
    )
    rate = fields.Float("Never used (%)", digits=(5, 2), required=True)
    note = fields.Char("What it rests on")
    user_id = fields.Many2one(related="create_uid", string="Decided by")
    line_ids = fields.One2many("giftcard.breakage", "estimate_id", "Used in")

    _rate_below_one_hundred = models.Constraint(
        "CHECK(rate >= 0 AND rate < 100)",
        "The part that is never used is from 0 to less than 100 %.",
    )

    @api.depends("type_id", "rate", "date_from")
    def _compute_display_name(self):
        for estimate in self:
            estimate.display_name = self.env._(
                "%(type)s: %(rate)g %%",
                type=estimate.type_id.name or "",
                rate=estimate.rate,
            )

    @api.model
    def _find(self, card_type, company, day):
        """Return the estimate that holds on ``day``, the latest of them.

        :param card_type: ``giftcard.type`` record
        :param company: ``res.company`` record
        :param datetime.date day: the day
        :rtype: giftcard.breakage.estimate
        """
        # sudo: giftcard.breakage - the server keeps what was recognised
        return self.sudo().search(
            [
                ("type_id", "=", card_type.id),
                ("company_id", "=", company.id),
                ("date_from", "<=", day),
            ],
            limit=1,
        )

    def write(self, vals):
        if KEPT.intersection(vals):
            self._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        self._check_unused()

    def _check_unused(self):
        # sudo: giftcard.breakage - the server keeps what was recognised
        if self.sudo().line_ids:
            raise UserError(
                self.env._(
                    "Income was taken by this estimate already, so it is kept. Add a "
                    "new one from a later day on: the difference is posted with the "
                    "next run."
                )
            )
