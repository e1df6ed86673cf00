# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class GiftcardSettle(models.TransientModel):
    """Settle with the other companies of the group what was used until a day."""

    _name = "giftcard.settle"
    _inherit = "giftcard.server.fields"
    _description = "Settle gift cards between companies"

    date_to = fields.Date(
        "Uses until",
        required=True,
        default=lambda self: fields.Date.subtract(
            self._get_today().replace(day=1), days=1
        ),
    )
    waiting_note = fields.Char(compute="_compute_waiting_note")

    @api.model
    def _get_today(self):
        return self.env["giftcard.statement"]._get_common_day(self.env.companies)

    @api.depends("date_to")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_waiting_note(self):
        for wizard in self:
            rows = wizard._find_rows()
            failed = rows.filtered(lambda row: row.state == "failed")
            wizard.waiting_note = self.env._(
                "Uses until this day that are on no settlement yet: %(count)s.",
                count=len(rows),
            )
            if failed:
                wizard.waiting_note += " " + self.env._(
                    "Of these, not posted: %(count)s. Look at Gift cards > "
                    "Accounting > Used in other companies.",
                    count=len(failed),
                )

    def _find_rows(self):
        return self.env["giftcard.settlement"].search(
            Domain("statement_id", "=", False) & Domain("day", "<=", self.date_to)
        )

    def action_settle(self):
        """Make the settlements of one's own companies and show them.

        :raises UserError: when nothing can be settled
        """
        self.ensure_one()
        if self.date_to > self._get_today():
            raise UserError(self.env._("Choose a day that has come already."))
        made = (
            self.env["giftcard.statement"]
            .sudo()
            ._settle(self.date_to, self.env.companies)
        )
        if not made:
            raise UserError(self._get_nothing_message())
        action = self.env["ir.actions.actions"]._for_xml_id(
            "giftcard_salon.giftcard_statement_action"
        )
        if len(made) == 1:
            return {**action, "views": [(False, "form")], "res_id": made.id}
        return {**action, "domain": [("id", "in", made.ids)]}

    def _get_nothing_message(self):
        if self._find_rows():
            return self.env._(
                "Nothing can be settled yet: what was used until this day is not in "
                "the books of both companies. Close the tills, and look at Gift cards "
                "> Accounting > Used in other companies."
            )
        return self.env._(
            "Nothing to settle: no card was used in another company until this day, "
            "or all of it is on a settlement already."
        )
