# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ...tools.allocation import to_decimal

# where a correction comes from or goes to
COUNTERPARTS = (
    "asset_cash",
    "expense",
    "expense_direct_cost",
    "income",
    "income_other",
)


class GiftcardAdjust(models.TransientModel):
    """Correct what is on a card, against an account that says where it goes."""

    _name = "giftcard.adjust"
    _inherit = "giftcard.wizard"
    _description = "Adjust a gift card"
    _check_company_auto = True

    company_id = fields.Many2one(related="card_id.company_id")
    direction = fields.Selection(
        [("down", "Take off"), ("up", "Put on")],
        "What",
        required=True,
        default="up",
    )
    amount = fields.Monetary(required=True)
    needs_approval = fields.Boolean(
        related="company_id.giftcard_needs_approval", related_sudo=True
    )
    account_id = fields.Many2one(
        "account.account",
        "Other account",
        required=True,
        compute="_compute_account_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        check_company=True,
        domain=[("account_type", "in", COUNTERPARTS)],
        help="Where the value comes from or goes to: an expense for a gesture, the "
        "bank or the cash drawer for money, an income for what the client loses.",
    )

    @api.depends("card_id", "direction")
    def _compute_account_id(self):
        """Propose what the company chose last in this direction."""
        for wizard in self:
            card = wizard.card_id
            card._check_user_company()
            is_up = wizard.direction == "up"
            last = self.env["giftcard.adjustment"].sudo()
            company = card.sudo().company_id
            wizard.account_id = company and (
                last.search(
                    [
                        ("company_id", "=", company.id),
                        ("amount", ">" if is_up else "<", 0),
                    ],
                    limit=1,
                ).account_id
                or (
                    # a gesture is a discount; what the client loses is an income
                    company.account_journal_early_pay_discount_loss_account_id
                    if is_up
                    else company.giftcard_income_account_id
                )
            )

    @api.depends("card_id", "direction", "amount", "account_id")
    def _compute_effect(self):
        return super()._compute_effect()

    def _get_signed_amount(self):
        return self.amount if self.direction == "up" else -self.amount

    def _get_refusal(self, card):
        if not self.amount and card.state in ("active", "blocked"):
            return ""  # nothing typed yet
        if self.amount < 0:
            return self.env._("Choose an amount of more than zero.")
        return card._get_adjust_refusal(self._get_signed_amount())

    def _get_effect(self, card):
        if not self.amount:
            return ""
        liability = card.company_id.giftcard_liability_account_id.display_name or "…"
        # sudo: account.account - only the name
        other = self.account_id.sudo().display_name or "…"
        signed = self._get_signed_amount()
        face, paid = card._valuate_adjustment(signed)
        digits = card.currency_id.decimal_places
        remaining = to_decimal(card.available, digits) + face
        return self.env._(
            "%(left)s will be left on card %(card)s instead of %(before)s. Posted "
            "today: %(paid)s from %(giver)s to %(taker)s.",
            card=card.name,
            before=format_amount(self.env, card.available, card.currency_id),
            left=format_amount(self.env, float(remaining), card.currency_id),
            paid=format_amount(self.env, abs(float(paid)), card.currency_id),
            giver=liability if signed < 0 else other,
            taker=other if signed < 0 else liability,
        )

    def action_adjust(self):
        """Correct the card, post the entry, and tell the other managers.

        :raises AccessError: without the manager's right
        :raises UserError: when more would be taken than is available
        """
        self.ensure_one()
        card = self.card_id
        card._check_manager()
        card._check_user_company()
        accounting = self.env["giftcard.accounting"]
        if self.account_id in accounting._get_card_accounts(card.company_id):
            raise UserError(
                self.env._(
                    "Choose where the value comes from or goes to, not the account of "
                    "what you owe clients: that one is posted by itself."
                )
            )
        if self.amount <= 0:
            raise UserError(self.env._("Choose an amount of more than zero."))
        effect = self.effect
        document = self._make_document()
        if card.company_id.sudo().giftcard_needs_approval:
            document._tell_card(
                self.env._(
                    "%(user)s asks to correct card %(card)s: %(effect)s Reason: "
                    "%(reason)s Another manager decides under Gift cards > Cards > "
                    "Corrections.",
                    user=self.env.user.name,
                    card=card.name,
                    effect=effect,
                    reason=self.reason,
                ),
                self._get_other_managers(),
            )
            return {"type": "ir.actions.act_window_close"}
        document._carry_out()
        document._tell_card(
            self.env._(
                "%(user)s adjusted card %(card)s: %(effect)s Reason: %(reason)s",
                user=self.env.user.name,
                card=card.name,
                effect=effect,
                reason=self.reason,
            ),
            self._get_other_managers(),
        )
        return {"type": "ir.actions.act_window_close"}

    def _make_document(self):
        amount = self._get_signed_amount()
        card = self.card_id
        # what cannot be done is not asked for either
        # sudo: giftcard.adjustment - the manager was checked; only the server makes one
        if refusal := card.sudo()._get_adjust_refusal(amount):
            raise UserError(refusal)
        return (
            self.env["giftcard.adjustment"]
            .sudo()
            .create(
                {
                    "card_id": card.id,
                    "amount": amount,
                    "account_id": self.account_id.id,
                    "reason": card._parse_reason(self.reason),
                }
            )
            .with_env(self.env)
        )

    def _get_other_managers(self):
        document = self.env["giftcard.adjustment"]
        return document._get_other_managers(self.card_id.company_id).partner_id
