from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class GiftcardIssue(models.TransientModel):
    """Issue a card by hand, against the account that says what was received."""

    _name = "giftcard.issue"
    _description = "Issue a gift card"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    type_id = fields.Many2one(
        "giftcard.type",
        required=True,
        domain="['|', ('company_ids', '=', False), ('company_ids', 'in', company_id)]",
        default=lambda self: self.env["giftcard.type"].search([], limit=1),
    )
    currency_id = fields.Many2one(related="type_id.currency_id")
    location_id = fields.Many2one(
        "giftcard.location",
        "Salon",
        required=True,
        domain="[('company_id', '=', company_id)]",
        default=lambda self: self.env["giftcard.location"]._get_default(
            self.env.company
        ),
    )
    amount = fields.Monetary(
        required=True, compute="_compute_amount", store=True, readonly=False
    )
    account_id = fields.Many2one(
        "account.account",
        "What was received",
        required=True,
        check_company=True,
        domain="[('account_type', 'not in', ('off_balance',))]",
        help="The account that the value of the card comes from: the bank, the cash "
        "drawer, or an expense for a card you give as a gesture.",
    )
    partner_id = fields.Many2one("res.partner", "Client")
    recipient = fields.Char("For")
    sender = fields.Char("From")
    message = fields.Text()
    reason = fields.Char("Why?", required=True)
    effect = fields.Char(compute="_compute_effect")

    @api.depends("type_id")
    def _compute_amount(self):
        for wizard in self:
            offered = wizard.type_id.amount_ids[:1].amount
            wizard.amount = wizard.type_id.default_amount or offered

    @api.constrains("account_id", "company_id")
    def _check_account(self):
        for wizard in self:
            liability = wizard.company_id.sudo().giftcard_liability_account_id
            if wizard.account_id == liability:
                raise ValidationError(
                    self.env._(
                        "Choose where the value comes from, not the account of what "
                        "you owe clients: that one is posted by itself."
                    )
                )

    @api.depends("amount", "type_id", "account_id", "partner_id", "recipient")
    def _compute_effect(self):
        cards = self.env["giftcard.card"]
        for wizard in self:
            own = wizard.company_id & self.env.companies
            until = wizard.type_id and wizard.type_id._get_valid_until(
                cards._today(wizard.company_id or self.env.company)
            )
            wizard.effect = self.env._(
                "Makes one %(type)s of %(amount)s for %(client)s, %(validity)s. It can "
                "be used at once. Posted today: %(amount)s from %(giver)s to "
                "%(taker)s.",
                type=wizard.type_id.name or "…",
                amount=wizard.currency_id.format(wizard.amount),
                client=wizard.recipient
                or wizard.partner_id.name
                or self.env._("whoever has the code"),
                validity=self.env._("valid until %s", cards._say_day(until))
                if until
                else self.env._("without end date"),
                giver=wizard.account_id.display_name or "…",
                taker=own.sudo().giftcard_liability_account_id.display_name or "…",
            )

    def action_issue(self):
        """Make the card, post its entry and show the card.

        :raises AccessError: without the manager's right
        :raises UserError: when the type does not offer the amount, or in another
            currency than the company's
        """
        self.ensure_one()
        self.env["giftcard.card"]._check_manager()
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Cards are issued for your own companies."))
        if self.currency_id != self.company_id.currency_id:
            raise UserError(
                self.env._(
                    "Cards issued by hand are in the company's currency, %s.",
                    self.company_id.currency_id.name,
                )
            )
        card = self.env["giftcard.card"]._issue(
            self.type_id.sudo(),
            [
                {
                    "key": str(uuid4()),
                    "value": self.amount,
                    "recipient": self.recipient,
                    "sender": self.sender,
                    "message": self.message,
                    "buyer_id": self.partner_id.id,
                }
            ],
            {
                "kind": "issue",
                "company": self.company_id,
                "location": self.location_id,
                "channel": "office",
                "model": "giftcard.card",
                "id": None,
                "name": None,
                "reason": self.reason,
            },
        )
        self.env["giftcard.accounting"]._post_entries(
            card.sudo().entry_ids, self.account_id, self.reason
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "giftcard.card",
            "res_id": card.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
