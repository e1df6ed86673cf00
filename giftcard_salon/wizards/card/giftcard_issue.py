# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...models.accounting.approval import ISSUE_FIELDS
from ...tools.allocation import split_by_weight, to_decimal
from ...tools.origin import Origin

MAX_COUNT = 1000
# what a card's value may come from: money, or what a gesture costs
SOURCES = ("asset_cash", "expense", "expense_direct_cost", "income_other")


class GiftcardIssue(models.TransientModel):
    """Issue cards by hand, against the account that says what was received."""

    _name = "giftcard.issue"
    _inherit = "giftcard.server.fields"
    _description = "Issue a gift card"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    type_id = fields.Many2one(
        "giftcard.type",
        required=True,
        domain="[('vat_mode', '!=', 'spv'), ('kind', '=', 'amount'), "
        "'|', ('company_ids', '=', False), ('company_ids', 'in', company_id)]",
        default=lambda self: self.env["giftcard.type"].search(
            [("vat_mode", "!=", "spv"), ("kind", "=", "amount")], limit=1
        ),
    )
    currency_id = fields.Many2one(related="type_id.currency_id")
    location_id = fields.Many2one(
        "giftcard.location",
        "Salon",
        required=True,
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        default=lambda self: self.env["giftcard.location"]._get_default(
            self.env.company
        ),
    )
    how = fields.Selection(
        [("paid", "Paid"), ("given", "Given away")],
        "The cards are",
        required=True,
        default="paid",
        help="Nothing is owed for a card that is given away: what it pays is a "
        "discount when it is used.",
    )
    amount = fields.Monetary(
        "Each is worth",
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
    )
    count = fields.Integer("How many cards", required=True, default=1)
    price = fields.Monetary(
        "Received in all",
        compute="_compute_price",
        store=True,
        readonly=False,
        help="Lower it for a bulk price: what was not paid for is a discount when the "
        "cards are used.",
    )
    account_id = fields.Many2one(
        "account.account",
        "Money came to",
        compute="_compute_account_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        check_company=True,
        domain=[("account_type", "in", SOURCES)],
        help="The account that the value of the card comes from: the bank, the cash "
        "drawer, or an expense for a card you give as a gesture.",
    )
    needs_approval = fields.Boolean(
        related="company_id.giftcard_needs_approval", related_sudo=True
    )
    partner_id = fields.Many2one("res.partner", "Client")
    recipient = fields.Char("For")
    sender = fields.Char("From")
    message = fields.Text()
    reason = fields.Char("Why?", required=True)

    @api.depends("type_id")
    def _compute_amount(self):
        for wizard in self:
            offered = wizard.type_id.amount_ids[:1].amount
            paid = wizard.type_id.default_amount or offered
            wizard.amount = wizard.type_id and float(wizard.type_id._get_value(paid))

    @api.depends("amount", "count", "how")
    def _compute_price(self):
        for wizard in self:
            is_paid = wizard.how == "paid"
            wizard.price = wizard.amount * wizard.count if is_paid else 0

    @api.depends("company_id", "how")
    def _compute_account_id(self):
        for wizard in self:
            company = wizard.company_id & self.env.companies
            banks = self.env["account.journal"].sudo()
            wizard.account_id = (
                wizard.how == "paid"
                and company
                and banks.search(
                    [
                        ("type", "=", "bank"),
                        ("company_id", "=", company.id),
                        ("default_account_id", "!=", False),
                    ],
                    limit=1,
                ).default_account_id
            )

    @api.constrains("account_id", "company_id")
    def _check_account(self):
        for wizard in self:
            accounting = self.env["giftcard.accounting"]
            if wizard.account_id in accounting._get_card_accounts(wizard.company_id):
                raise ValidationError(
                    self.env._(
                        "Choose where the value comes from, not the account of what "
                        "you owe clients: that one is posted by itself."
                    )
                )

    def action_issue(self):
        """Make the cards, post their entry and show them; or ask a second person.

        :raises AccessError: without the manager's right
        :raises UserError: when the type does not offer the amount, when more would be
            received than the cards are worth, or in another currency than the company's
        """
        self.ensure_one()
        self._check_issue()
        if self.company_id.sudo().giftcard_needs_approval:
            return self._ask()
        return self._open(self._issue())

    def _check_issue(self):
        self.env["giftcard.card"]._check_manager()
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Cards are issued for your own companies."))
        self._check_wanted()
        if self.price and not self.account_id:
            raise UserError(self.env._("Choose the account that the money came to."))

    def _check_wanted(self):
        """Refuse what the type does not offer, or what nobody could have received."""
        if not self.type_id:
            return
        if self.currency_id != self.company_id.currency_id:
            raise UserError(
                self.env._(
                    "Cards issued by hand are in the company's currency, %s.",
                    self.company_id.currency_id.name,
                )
            )
        if not 1 <= self.count <= MAX_COUNT:
            raise UserError(self.env._("Make from 1 to %s cards in one go.", MAX_COUNT))
        worth = self.amount * self.count
        if self.price < 0 or self.currency_id.compare_amounts(self.price, worth) > 0:
            raise UserError(
                self.env._(
                    "The cards are worth %s in all: receive that, or less.",
                    self.currency_id.format(worth),
                )
            )
        if self.how == "given" and not self.currency_id.is_zero(self.price):
            raise UserError(
                self.env._(
                    "Nothing is received for cards that are given away. Choose Paid, "
                    "or set what was received to zero."
                )
            )
        # sudo: giftcard.type - its terms count, whoever issues
        self.type_id.sudo()._check_issuable(
            self.amount, self.price / self.count, self.company_id
        )

    def _ask(self):
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in ISSUE_FIELDS
        }
        return self.env["giftcard.approval"]._ask(
            {**values, "kind": "issue", "currency_id": self.currency_id.id}
        )

    def _issue(self):
        """Make the cards and post their entry; nothing is asked any more."""
        self._check_issue()
        # sudo: giftcard.type - its terms count, whoever issues
        cards = self.env["giftcard.card"]._issue(
            self.type_id.sudo(),
            self._prepare_cards(),
            "issue",
            Origin(
                company=self.company_id,
                location=self.location_id,
                currency=self.currency_id,
                channel="office",
                model="giftcard.card",
                # the cards themselves, which are still to be made
                id=None,
            ),
            reason=self.reason,
        )
        self.env["giftcard.accounting"]._post_entries(
            cards.sudo().entry_ids, self.account_id, self.reason
        )
        return cards

    def _prepare_cards(self):
        """Return one request per card; what was received is split to the cent (C27)."""
        digits = self.currency_id.decimal_places
        worth = to_decimal(self.amount, digits)
        received = to_decimal(self.price, digits)
        return [
            {
                "key": str(uuid4()),
                "value": worth,
                "price": price,
                "recipient": self.recipient,
                "sender": self.sender,
                "message": self.message,
                "buyer_id": self.partner_id.id,
            }
            for price in split_by_weight(received, [Decimal(1)] * self.count, digits)
        ]

    @api.model
    def _open(self, cards):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("New cards"),
            "res_model": "giftcard.card",
        }
        if len(cards) == 1:
            return {
                **action,
                "res_id": cards.id,
                "view_mode": "form",
                "views": [(False, "form")],
            }
        return {**action, "view_mode": "list,form", "domain": [("id", "in", cards.ids)]}
