# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class GiftcardMoveAccount(models.TransientModel):
    """Choose another account for cards; show the entry that moves them, and post it."""

    _name = "giftcard.move.account"
    _inherit = "giftcard.server.fields"
    _description = "Move gift cards to another account"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    role = fields.Selection(
        lambda self: (
            self.env["giftcard.account.change"]
            ._fields["role"]
            ._description_selection(self.env)
        ),
        "What is kept there",
        required=True,
        default="liability",
    )
    chosen_account_id = fields.Many2one(
        "account.account", "Account now", compute="_compute_entry"
    )
    account_id = fields.Many2one(
        "account.account",
        "Account from now on",
        check_company=True,
        domain="[('account_type', '=', 'liability_current')]",
    )
    line_ids = fields.One2many(
        "giftcard.move.account.line",
        "wizard_id",
        "The entry",
        compute="_compute_entry",
    )
    refusal = fields.Char(compute="_compute_entry")
    effect = fields.Text(compute="_compute_entry")

    @api.depends("company_id", "role", "account_id")
    def _compute_entry(self):
        for wizard in self:
            company = wizard.company_id.sudo() & self.env.companies.sudo()
            chosen = company[f"giftcard_{wizard.role or 'liability'}_account_id"]
            wizard.chosen_account_id = chosen
            stranger = wizard.account_id and wizard._get_company_refusal(company)
            is_shown = wizard.account_id and not stranger
            lines = wizard._prepare_lines(company) if is_shown else []
            wizard.line_ids = [Command.clear(), *map(Command.create, lines)]
            wizard.refusal = wizard.account_id and (
                stranger or wizard._get_refusal(company, lines)
            )
            wizard.effect = (
                wizard.account_id
                and not wizard.refusal
                and wizard._get_effect(company, lines)
            )

    def _prepare_lines(self, company):
        """Return the entry, per account and currency instead of per card.

        :param company: ``res.company`` record of the user
        :return: values of ``giftcard.move.account.line``
        :rtype: list[dict]
        """
        sums = defaultdict(lambda: [Decimal(0), Decimal(0), set()])
        found = {}
        for branch in self._get_companies(company):
            for ledger_company, balances in self._find_balances(branch).items():
                # cards of one that are in the accounts of another are moved once
                found.update({(ledger_company, *row[:3]): row for row in balances})
        for account_id, card_id, currency_id, amount, balance in found.values():
            for to_id, sign in ((account_id, -1), (self.account_id.id, 1)):
                line = sums[to_id, currency_id]
                line[0] += sign * amount
                line[1] += sign * balance
                line[2].add(card_id)
        return [
            {
                "account_id": account_id,
                "company_currency_id": company.currency_id.id,
                "currency_id": currency_id,
                "count": len(cards - {None}),
                "amount_currency": float(amount),
                "debit": float(max(balance, 0)),
                "credit": float(max(-balance, 0)),
            }
            for (account_id, currency_id), (amount, balance, cards) in sums.items()
        ]

    def _get_companies(self, company):
        """Return the company and the branches that keep cards on the same account."""
        name = f"giftcard_{self.role}_account_id"
        branches = company.search([("id", "child_of", company.ids)])
        return branches.filtered(
            lambda branch: (
                branch == company
                or branch[name] in (company[name], branch[name].browse())
            )
        )

    def _find_balances(self, company):
        """Return what is moved of a company's cards, by the company of the accounts."""
        # sudo: account.account - an accountant was checked; all accounts of the legal
        # entity
        accounting = self.env["giftcard.accounting"].sudo()
        new = self.account_id._origin.sudo()
        former = accounting._find_former_accounts(company, self.role, new)
        return {
            company: accounting._find_balances(company, self.role, former),
            **{
                ledger_company: accounting._find_balances_elsewhere(
                    company, ledger_company, self.role, former
                )
                for ledger_company in accounting._find_posting_companies(company)
            },
        }

    def _get_company_refusal(self, company):
        """Return why the user does not move these cards alone; else ""."""
        if not company:
            return self.env._("Choose one of your own companies.")
        sharing = self._get_companies(company)
        ledger_companies = sharing.union(
            *(
                ledger_company
                for branch in sharing
                for ledger_company, balances in self._find_balances(branch).items()
                if balances
            )
        )
        # sudo: res.company - only whether the user is in all of them
        strange = ledger_companies - self.env.companies.sudo()
        if not strange:
            return ""
        return self.env._(
            "These cards are in the books of %(companies)s too. Choose these companies "
            "as well, at the top right, or ask somebody who may.",
            companies=", ".join(strange.sorted("id").mapped("name")),
        )

    def _get_refusal(self, company, lines):
        # sudo: account.account - an accountant was checked; all accounts of the legal
        # entity
        new = self.account_id._origin.sudo()
        for branch in self._get_companies(company):
            if refusal := branch._get_giftcard_former_refusal(self.role, new):
                return refusal
        if self.account_id == self.chosen_account_id and not lines:
            return self.env._(
                "%s is the account already, and no card is on another one.",
                self.account_id.display_name,
            )
        return ""

    def _get_effect(self, company, lines):
        """Say what happens beside the entry."""
        sentences = []
        if not lines:
            sentences.append(
                self.env._("No card is on the account: nothing is posted.")
            )
        drafts = self._find_drafts(company)
        if drafts:
            sentences.append(
                self.env._(
                    "Draft entries are changed to the new account: %s.",
                    ", ".join(
                        move.ref or move.display_name for move in drafts.sorted("id")
                    ),
                )
            )
        sentences.append(
            self.env._(
                "Tills that are open, and all that is posted from now on, use the new "
                "account."
            )
        )
        return "\n".join(sentences)

    def _find_drafts(self, company):
        # sudo: account.account - an accountant was checked; all accounts of the legal
        # entity
        accounting = self.env["giftcard.accounting"].sudo()
        new = self.account_id._origin.sudo()
        name = f"giftcard_{self.role}_account_id"
        return accounting.env["account.move"].union(
            *(
                accounting._find_draft_items(branch, branch[name] - new).move_id
                for branch in self._get_companies(company)
            )
        )

    def action_move(self):
        """Choose the account, post the entry and show it.

        :raises AccessError: for other people than accountants of the company
        :raises UserError: when there is nothing to do, or the account is not suitable
        """
        self.ensure_one()
        if not self.env.user.has_group("giftcard_salon.group_accountant"):
            raise AccessError(self.env._("Only an accountant may do this."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your own companies."))
        if not self.account_id:
            raise UserError(self.env._("Choose the account from now on."))
        if self.refusal:
            raise UserError(self.refusal)
        accounting = self.env["giftcard.accounting"].sudo()
        new = self.account_id.sudo()
        moves = self.env["account.move"]
        for company in self._get_companies(self.company_id.sudo()):
            moves |= accounting._move_account(company, self.role, new)
        if not moves:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Moved to another account"),
            "res_model": "account.move",
            "domain": [("id", "in", moves.ids)],
            "views": [(False, "list"), (False, "form")]
            if len(moves) > 1
            else [(False, "form")],
            "res_id": moves.id if len(moves) == 1 else False,
        }


class GiftcardMoveAccountLine(models.TransientModel):
    _name = "giftcard.move.account.line"
    _inherit = "giftcard.server.fields"
    _description = "Line of the entry that moves gift cards"

    wizard_id = fields.Many2one(
        "giftcard.move.account", readonly=True, ondelete="cascade"
    )
    account_id = fields.Many2one("account.account", readonly=True)
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    count = fields.Integer("Cards", readonly=True)
    amount_currency = fields.Monetary("Amount in currency", readonly=True)
    debit = fields.Monetary(currency_field="company_currency_id", readonly=True)
    credit = fields.Monetary(currency_field="company_currency_id", readonly=True)
