# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models


class GiftcardWizard(models.AbstractModel):
    """One step on one card, which says what it will do before it does it."""

    _name = "giftcard.wizard"
    _inherit = "giftcard.server.fields"
    _description = "Step on a gift card"

    card_id = fields.Many2one("giftcard.card", "Gift card", required=True)
    currency_id = fields.Many2one(related="card_id.currency_id")
    reason = fields.Char("Why?", required=True)
    refusal = fields.Char(compute="_compute_effect")
    effect = fields.Char(compute="_compute_effect")

    @api.depends("card_id")
    def _compute_effect(self):
        for wizard in self:
            card = wizard.card_id
            # also for a wizard that is only shown: it tells what is on the card
            card._check_user_company()
            wizard.refusal, wizard.effect = "", ""
            if card:
                wizard.refusal = wizard._get_refusal(card.sudo())
            if card and not wizard.refusal:
                wizard.effect = wizard._get_effect(card.sudo())

    def _get_refusal(self, card):
        """Say why this cannot be done with ``card``; else an empty text."""
        return ""

    def _get_effect(self, card):
        """Say what this will do with ``card``."""
        return ""
