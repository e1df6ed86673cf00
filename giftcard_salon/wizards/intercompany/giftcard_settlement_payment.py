# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class GiftcardPay(models.TransientModel):
    """Record in one's own accounts that a settlement was paid (C46, steps 4 and 5)."""

    _name = "giftcard.pay"
    _inherit = "giftcard.server.fields"
    _description = "Record the payment of a settlement"
    _check_company_auto = True

    statement_id = fields.Many2one("giftcard.statement", "Settlement", required=True)
    company_id = fields.Many2one(
        "res.company",
        "In the books of",
        compute="_compute_company_id",
        compute_sudo=False,
        precompute=True,
        store=True,
    )
    currency_id = fields.Many2one(related="statement_id.currency_id")
    date = fields.Date(
        "Paid on",
        required=True,
        compute="_compute_date",
        compute_sudo=False,
        precompute=True,
        store=True,
        readonly=False,
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Bank",
        required=True,
        check_company=True,
        compute="_compute_journal_id",
        compute_sudo=False,
        precompute=True,
        store=True,
        readonly=False,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
    )
    effect = fields.Char(compute="_compute_effect", compute_sudo=True)

    @api.depends("statement_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.statement_id.reader_company_id

    @api.depends("company_id")
    def _compute_date(self):
        for wizard in self:
            wizard.date = self.env["giftcard.card"]._today(wizard.company_id)

    @api.depends("company_id")
    def _compute_journal_id(self):
        for wizard in self:
            wizard.journal_id = self.env["account.journal"].search(
                [
                    ("type", "=", "bank"),
                    ("company_id", "=", wizard.company_id.id),
                ],
                limit=1,
            )

    @api.depends("statement_id", "company_id")
    @api.depends_context("lang")
    def _compute_effect(self):
        for wizard in self:
            statement = wizard.statement_id
            other = (statement.company_id | statement.other_id) - wizard.company_id
            total = sum(
                statement._get_open_items(wizard.company_id).mapped("amount_residual")
            )
            wizard.effect = statement._describe_net(total, wizard.company_id, other)

    def action_record(self):
        """Post the payment and match it with what was open.

        :raises UserError: when nothing is open, or the journal has no account
        """
        self.ensure_one()
        self.check_access("read")
        self.statement_id.check_access("read")
        items = self.statement_id._get_open_items(self.company_id)
        if not items:
            raise UserError(
                self.env._(
                    "Nothing of %(settlement)s is open in the books of %(company)s.",
                    settlement=self.statement_id.name,
                    company=self.company_id.name,
                )
            )
        by_account = items.grouped("account_id")
        lines = [
            self._prepare_line(account, -sum(group.mapped("amount_residual")))
            for account, group in by_account.items()
        ]
        total = sum(items.mapped("amount_residual"))
        if not self.currency_id.is_zero(total):
            lines.append(self._prepare_line(self._get_money_account(total), total))
        move = (
            self.env["account.move"]
            .with_company(self.company_id)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": self.journal_id.id,
                    "date": self.date,
                    "ref": self.env._("Settlement %s", self.statement_id.name),
                    "line_ids": [Command.create(line) for line in lines],
                }
            )
        )
        move.action_post()
        for account, group in by_account.items():
            counterparts = move.line_ids.filtered(
                lambda line, at=account: line.account_id == at
            )
            (group | counterparts.sudo()).reconcile()
        return {"type": "ir.actions.act_window_close"}

    def _prepare_line(self, account, balance):
        # sudo: giftcard.statement - the accountant was checked; both sides of it
        statement = self.statement_id.sudo()
        other = (statement.company_id | statement.other_id) - self.company_id
        return {
            "name": self.env._("Settlement %s", statement.name),
            "account_id": account.id,
            "partner_id": other.partner_id.id,
            "currency_id": self.currency_id.id,
            "amount_currency": balance,
        }

    def _get_money_account(self, total):
        """Return where the journal's payments stand until the bank statement comes."""
        methods = (
            self.journal_id.inbound_payment_method_line_ids
            if total > 0
            else self.journal_id.outbound_payment_method_line_ids
        )
        account = methods.payment_account_id[:1] or self.journal_id.default_account_id
        if not account:
            raise UserError(
                self.env._(
                    "The journal %s has no account. Choose one under Accounting > "
                    "Configuration > Journals.",
                    self.journal_id.name,
                )
            )
        return account
