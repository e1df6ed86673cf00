# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.tools import format_amount


class GiftcardBreakageWizard(models.TransientModel):
    """Take income in proportion to use, as of a day."""

    _name = "giftcard.breakage.wizard"
    _inherit = "giftcard.closing"
    _description = "Take income in proportion to use"

    date = fields.Date(
        "As of",
        required=True,
        default=lambda self: self.env["giftcard.card"]._today(self.env.company),
    )

    @api.depends("company_id", "date")
    def _compute_effect(self):
        return super()._compute_effect()

    def _sum_lines(self):
        # sudo: res.company - its own settings, to the accountant who chose it
        lines = self.env["giftcard.breakage.run"]._prepare_lines(
            self.company_id.sudo(), self.date
        )
        return sum(line["amount"] for line in lines)

    def _get_refusal(self):
        if not self.date:
            return ""
        runs = self.env["giftcard.breakage.run"]
        if refusal := runs._get_run_refusal(self.company_id, self.date):
            return refusal
        if not runs._is_used(self.company_id):
            return self.env._(
                "Nothing to take: set a card type, or the company, to income in "
                "proportion to use, and give the type an estimate."
            )
        return ""

    def _get_effect(self):
        if not self.date:
            return ""
        amount = self._sum_lines()
        currency = self.company_id.currency_id
        values = {
            "day": self.env["giftcard.card"]._format_day(self.date),
            "amount": format_amount(self.env, float(abs(amount)), currency),
        }
        if currency.is_zero(float(amount)):
            return self.env._("As of %(day)s nothing changes in all.", **values)
        if amount < 0:
            return self.env._(
                "Takes back %(amount)s of income as of %(day)s: less is still owed "
                "than was taken, or the estimate is lower now.",
                **values,
            )
        return self.env._(
            "%(amount)s becomes income as of %(day)s. What clients can still use, and "
            "VAT, stay as they are.",
            **values,
        )

    def action_run(self):
        """Take the income and show the run.

        :raises AccessError: for other people than accountants
        :raises UserError: when a later day was run already, or a setting is missing
        """
        self._check_right()
        run = self.env["giftcard.breakage.run"]._run(self.company_id, self.date)
        if not run:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "view_mode": "form",
        }
