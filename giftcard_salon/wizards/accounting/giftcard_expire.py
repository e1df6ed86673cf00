# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models


class GiftcardExpire(models.TransientModel):
    """Close expired cards now: those chosen in the list, or all that are due."""

    _name = "giftcard.expire"
    _inherit = "giftcard.closing"
    _description = "Expire gift cards"

    reason = fields.Char("Note", help="Kept in the history of the cards.")

    def _find_due(self):
        """Return the cards that this ends; who chose them waits for no grace."""
        # sudo: giftcard.card - the accountant was checked; cards of the chosen company
        chosen = self.card_ids.sudo()
        cards = self.env["giftcard.card"].sudo().with_company(self.company_id)
        domain = cards._prepare_due_domain(self.company_id, with_grace=not chosen)
        if chosen:
            domain.append(("id", "in", chosen.ids))
        return cards.search(domain, order="id")

    def _get_refusal(self):
        due = self._find_due()
        if due:
            return ""
        if not self.card_ids:
            return self.env._(
                "No card waits: nothing has expired whose days of grace are over."
            )
        return self.env._(
            "None of these cards can be closed as expired: their last day has not "
            "passed, nothing is left on them, a bill is using them, or cards like them "
            "never become income (settings)."
        )

    def _get_effect(self):
        due = self._find_due()
        return self.env._(
            "Expired cards that are closed: %(count)s, with %(face)s left on them. "
            "%(owed)s leaves what you owe clients and becomes income today. VAT stays "
            "as it is.",
            count=len(due),
            face=self._format_money(sum(due.mapped("available")), due),
            owed=self._format_money(due._sum_liability(), due),
        )

    def action_expire(self):
        """Close the cards and post their entry.

        :raises AccessError: for other people than managers and accountants
        :raises UserError: when there is nothing to close, or a setting is missing
        """
        self._check_right()
        self._find_due()._expire(self.reason)
        return {"type": "ir.actions.act_window_close"}
