# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models


class GiftcardEscheat(models.TransientModel):
    """Cards that nobody claims: what is left on them is owed to the State."""

    _name = "giftcard.escheat"
    _inherit = "giftcard.closing"
    _description = "Hand over unclaimed gift cards"

    reason = fields.Char(
        "Why?", required=True, help="Such as the law and the report it goes into."
    )

    @api.depends("card_ids", "company_id")
    def _compute_effect(self):
        return super()._compute_effect()

    def _get_refusal(self):
        # sudo: giftcard.card - the accountant was checked; cards of the chosen company
        cards = self.card_ids.sudo()
        if not cards:
            return self.env._("Choose the cards in the list first.")
        if cards.company_id != self.company_id:
            return self.env._("Choose cards that %s sold.", self.company_id.name)
        refusals = [card._get_escheat_refusal() for card in cards]
        return next(filter(None, refusals), "")

    def _get_effect(self):
        # sudo: giftcard.card - the accountant was checked; cards of the chosen company
        cards = self.card_ids.sudo()
        return self.env._(
            "Cards that are closed: %(count)s. %(owed)s leaves what you owe clients "
            "and is owed to the State instead. It is no income.",
            count=len(cards),
            owed=self._format_money(cards._sum_liability(), cards),
        )

    def action_escheat(self):
        """Close the cards and post their entry.

        :raises AccessError: for other people than managers and accountants
        :raises UserError: when a card is in use, closed or empty
        """
        self._check_right()
        self.card_ids.sudo()._escheat(self.reason)
        return {"type": "ir.actions.act_window_close"}
