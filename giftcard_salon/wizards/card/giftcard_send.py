# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.tools import email_normalize


class GiftcardSend(models.TransientModel):
    """Send a card's code by e-mail again."""

    _name = "giftcard.send"
    _inherit = "giftcard.wizard"
    _description = "Send a gift card again"

    reason = fields.Char(required=False)
    email = fields.Char(
        "Send to",
        compute="_compute_email",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("card_id")
    def _compute_email(self):
        for wizard in self:
            wizard.card_id._check_user_company()
            card = wizard.card_id
            wizard.email = card.holder_id.email or card.buyer_id.email

    @api.depends("card_id", "email")
    def _compute_effect(self):
        return super()._compute_effect()

    def _get_refusal(self, card):
        if card.state not in ("pending", "active"):
            return card._get_refusal() or card._get_state_refusal()
        if self.email and not email_normalize(self.email):
            return self.env._("An e-mail address has a name, an @ and a domain.")
        return ""

    def _get_effect(self, card):
        return self.env._(
            "The client gets the code of card %s by e-mail. You do not see it, and the "
            "card's history says that it was sent.",
            card.name,
        )

    def action_send(self):
        """Send the code.

        :raises AccessError: without the desk's right
        :raises UserError: when the address is wrong, or the card cannot be used
        """
        self.ensure_one()
        masked = self.card_id._send_code(self.email)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.card_id._get_sending_text(masked),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
