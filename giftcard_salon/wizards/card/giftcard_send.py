from odoo import api, fields, models


class GiftcardSend(models.TransientModel):
    """Send a card's code by e-mail again."""

    _name = "giftcard.send"
    _inherit = "giftcard.wizard"
    _description = "Send a gift card again"

    reason = fields.Char(required=False)
    email = fields.Char(
        "E-mail",
        compute="_compute_email",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("card_id")
    def _compute_email(self):
        for wizard in self:
            wizard.card_id.check_access("read")
            wizard.email = wizard.card_id.holder_id.email

    def _get_refusal(self, card):
        if card.state in ("pending", "active"):
            return ""
        return card._get_refusal() or card._get_state_refusal()

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
