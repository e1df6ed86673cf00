# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount


class GiftcardClosing(models.AbstractModel):
    """A step that ends cards chosen in the list, and says first what it will do."""

    _name = "giftcard.closing"
    _inherit = "giftcard.server.fields"
    _description = "End gift cards"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    card_ids = fields.Many2many(
        "giftcard.card",
        string="Gift cards",
        default=lambda self: self._get_chosen(),
    )
    refusal = fields.Char(compute="_compute_effect")
    effect = fields.Char(compute="_compute_effect")

    @api.model
    def _get_chosen(self):
        if self.env.context.get("active_model") != "giftcard.card":
            return False
        return self.env["giftcard.card"].browse(self.env.context.get("active_ids"))

    @api.depends("card_ids", "company_id")
    def _compute_effect(self):
        for wizard in self:
            wizard.card_ids._check_user_company()
            wizard.refusal = wizard._get_refusal()
            wizard.effect = not wizard.refusal and wizard._get_effect()

    def _get_refusal(self):
        """Say why this cannot be done; else an empty text."""
        return ""

    def _get_effect(self):
        """Say what this will do."""
        return ""

    def _check_right(self):
        """Let managers and accountants of the company do this.

        :raises AccessError: for everybody else
        :raises UserError: when it cannot be done
        """
        self.ensure_one()
        user = self.env.user
        if not any(
            user.has_group(f"giftcard_salon.{group}")
            for group in ("group_manager", "group_accountant")
        ):
            raise AccessError(
                self.env._("Only a gift card manager or an accountant may do this.")
            )
        self.card_ids._check_user_company()
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your own companies."))
        if refusal := self._get_refusal():
            raise UserError(refusal)

    def _format_money(self, amount, cards):
        currency = cards.currency_id[:1] or self.company_id.currency_id
        return format_amount(self.env, float(amount), currency)
