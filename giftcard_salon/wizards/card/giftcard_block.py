# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.tools import format_amount


class GiftcardBlock(models.TransientModel):
    """Block a card, so that nobody can use it."""

    _name = "giftcard.block"
    _inherit = "giftcard.wizard"
    _description = "Block a gift card"

    def _get_refusal(self, card):
        return "" if card.state == "active" else card._get_state_refusal()

    def _get_effect(self, card):
        sentence = self.env._(
            "Nobody can use card %(card)s until it is unblocked. %(left)s stays on it.",
            card=card.name,
            left=format_amount(self.env, card.available, card.currency_id),
        )
        if card.held:
            sentence += " " + self.env._(
                "A bill that uses %s of it right now can still be paid.",
                format_amount(self.env, card.held, card.currency_id),
            )
        return sentence

    def action_block(self):
        """Block the card.

        :raises AccessError: without the manager's right
        :raises UserError: when the card is not active
        """
        self.ensure_one()
        self.card_id._block(self.reason)
        return {"type": "ir.actions.act_window_close"}
