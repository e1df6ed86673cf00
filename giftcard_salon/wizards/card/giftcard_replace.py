# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.tools import format_amount


class GiftcardReplace(models.TransientModel):
    """Give the client of a lost card a new code."""

    _name = "giftcard.replace"
    _inherit = "giftcard.wizard"
    _description = "New code for a lost gift card"

    email = fields.Char(
        "Send it to",
        compute="_compute_email",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="Empty: the new code is not sent. It can be printed or sent later.",
    )

    @api.depends("card_id")
    def _compute_email(self):
        for wizard in self:
            wizard.card_id._check_user_company()
            wizard.email = wizard.card_id.holder_id.email

    def _get_refusal(self, card):
        return card._get_replace_refusal()

    def _get_effect(self, card):
        remaining = format_amount(self.env, card.available, card.currency_id)
        if not card.valid_until:
            return self.env._(
                "The old code stops working at once. The client gets a new one with "
                "the same %s, without end date as before.",
                remaining,
            )
        return self.env._(
            "The old code stops working at once. The client gets a new one with the "
            "same %(left)s, valid until %(day)s as before.",
            left=remaining,
            day=card._format_day(card.valid_until),
        )

    def action_replace(self):
        """Move what is left to a new card, send its code when asked, and show it.

        :raises AccessError: without the desk's right
        :raises UserError: when the card cannot get a new code
        """
        self.ensure_one()
        card = self.card_id._replace(self.reason)
        if self.email:
            card._send_code(self.email)
        return {
            "type": "ir.actions.act_window",
            "res_model": "giftcard.card",
            "res_id": card.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
