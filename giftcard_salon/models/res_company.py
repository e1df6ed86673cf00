from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    giftcard_liability_account_id = fields.Many2one(
        "account.account",
        "Gift cards owed to clients",
        check_company=True,
        domain=[("account_type", "=", "liability_current"), ("reconcile", "=", True)],
        help="What clients paid for cards and have not used yet. "
        "Nothing else is posted here.",
    )
    giftcard_income_account_id = fields.Many2one(
        "account.account",
        "Income from unused cards",
        check_company=True,
        domain=[("internal_group", "=", "income")],
        help="What clients paid for cards and can no longer use.",
    )
    giftcard_journal_id = fields.Many2one(
        "account.journal",
        "Gift card journal",
        check_company=True,
        domain=[("type", "=", "general")],
        help="Entries of cards made, corrected or cancelled in the back office.",
    )

    @api.constrains("giftcard_liability_account_id")
    def _check_giftcard_liability_account(self):
        for company in self:
            account = company.sudo().giftcard_liability_account_id
            if account and not (
                account.account_type == "liability_current" and account.reconcile
            ):
                raise ValidationError(
                    self.env._(
                        "Choose an account for money owed to clients: %(account)s must "
                        "be of type Current Liabilities and allow reconciliation.",
                        account=account.display_name,
                    )
                )

    @api.constrains("giftcard_income_account_id")
    def _check_giftcard_income_account(self):
        for company in self:
            account = company.sudo().giftcard_income_account_id
            if account and account.internal_group != "income":
                raise ValidationError(
                    self.env._(
                        "Choose an income account for unused cards: %(account)s is "
                        "not one.",
                        account=account.display_name,
                    )
                )

    @api.constrains("giftcard_journal_id")
    def _check_giftcard_journal(self):
        for company in self:
            journal = company.sudo().giftcard_journal_id
            if journal and journal.type != "general":
                raise ValidationError(
                    self.env._(
                        "Choose a miscellaneous journal for gift cards: %(journal)s is "
                        "not one.",
                        journal=journal.display_name,
                    )
                )
