# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import ValidationError

LIABILITY = [("account_type", "=", "liability_current")]
RECEIVABLE = ("asset_receivable", "asset_current", "liability_current")
PAYABLE = ("liability_payable", "liability_current")
# accounts that carry cards and nothing else, so that they equal the cards
CARD_ACCOUNTS = ("liability", "deferred", "tips", "contra")
# those whose items are of one card each, and matched when it is over
MATCHED = ("liability", "deferred", "tips")


class ResCompany(models.Model):
    """What gift cards are posted to, and what a company decided about posting."""

    _inherit = "res.company"
    giftcard_liability_account_id = fields.Many2one(
        "account.account",
        "Gift cards owed to clients",
        check_company=True,
        domain=[*LIABILITY, ("reconcile", "=", True)],
        help="What clients paid for cards and have not used yet. "
        "Nothing else is posted here.",
    )
    giftcard_deferred_account_id = fields.Many2one(
        "account.account",
        "Cards taxed at the sale, not used yet",
        check_company=True,
        domain=[*LIABILITY, ("reconcile", "=", True)],
        help="What clients paid, without VAT, for services they have not had yet. "
        "Nothing else is posted here.",
    )
    giftcard_tips_account_id = fields.Many2one(
        "account.account",
        "Tips on cards, not used yet",
        check_company=True,
        domain=[*LIABILITY, ("reconcile", "=", True)],
        help="Tips that clients paid in advance with a card. "
        "Nothing else is posted here.",
    )
    giftcard_income_account_id = fields.Many2one(
        "account.account",
        "Income from unused cards",
        check_company=True,
        domain=[("internal_group", "=", "income")],
        help="What clients paid for cards and can no longer use.",
    )
    giftcard_contra_account_id = fields.Many2one(
        "account.account",
        "Income taken before cards expire",
        check_company=True,
        domain=LIABILITY,
        help="Stands beside what you owe for cards, with a debit balance: the part "
        "that will not be used and is income already. Nothing else is posted here.",
    )
    giftcard_escheat_account_id = fields.Many2one(
        "account.account",
        "Unclaimed cards owed to the State",
        check_company=True,
        domain=LIABILITY,
        help="What is left on cards that nobody claims and the State will get.",
    )
    giftcard_receivable_account_id = fields.Many2one(
        "account.account",
        "Owed to us by group companies",
        check_company=True,
        domain=[("account_type", "in", RECEIVABLE), ("reconcile", "=", True)],
        help="Their cards that our clients used here.",
    )
    giftcard_payable_account_id = fields.Many2one(
        "account.account",
        "Owed by us to group companies",
        check_company=True,
        domain=[("account_type", "in", PAYABLE), ("reconcile", "=", True)],
        help="Our cards that clients used in their salons.",
    )
    giftcard_cost_account_id = fields.Many2one(
        "account.account",
        "Services bought from group companies",
        check_company=True,
        domain=[("internal_group", "=", "expense")],
        help="What they invoice for services they gave for cards we had sold with VAT.",
    )
    giftcard_journal_id = fields.Many2one(
        "account.journal",
        "Gift card journal",
        check_company=True,
        domain=[("type", "=", "general")],
        help="Entries of cards made, corrected, cancelled or expired. "
        "Tills post in their own closing entry.",
    )
    giftcard_needs_approval = fields.Boolean(
        "Two people make or correct a card",
        help="What one gift card manager corrects, issues or marks as paid by hand, "
        "another one approves.",
    )
    giftcard_account_protection = fields.Selection(
        [
            ("refuse", "Are refused"),
            ("show", "Are let through and show as a difference"),
        ],
        "Postings by hand",
        default="refuse",
        required=True,
        help="On the accounts that carry gift cards and equal them at any time.",
    )
    giftcard_accountant_id = fields.Many2one(
        "res.users",
        "Told when cards and accounts differ",
        domain=lambda self: self._get_giftcard_accountant_domain(),
        help="Gets an activity after the night. Empty: the first user of the company "
        "who may see the gift cards' accounting.",
    )

    @api.constrains(*(f"giftcard_{role}_account_id" for role in MATCHED))
    def _check_giftcard_matched_accounts(self):
        for role in MATCHED:
            self._check_giftcard_account(
                role,
                lambda account: (
                    account.account_type == "liability_current" and account.reconcile
                ),
                self.env._(
                    "Choose an account for money owed to clients: %(account)s must "
                    "be of type Current Liabilities and allow reconciliation."
                ),
            )

    @api.constrains("giftcard_contra_account_id", "giftcard_escheat_account_id")
    def _check_giftcard_liability_accounts(self):
        for role in ("contra", "escheat"):
            self._check_giftcard_account(
                role,
                lambda account: account.account_type == "liability_current",
                self.env._(
                    'Choose another account for "%(setting)s": %(account)s must be of '
                    "type Current Liabilities."
                ),
            )

    @api.constrains("giftcard_receivable_account_id", "giftcard_payable_account_id")
    def _check_giftcard_group_accounts(self):
        for role, kinds in (("receivable", RECEIVABLE), ("payable", PAYABLE)):
            self._check_giftcard_account(
                role,
                lambda account, kinds=kinds: (
                    account.account_type in kinds and account.reconcile
                ),
                self.env._(
                    'Choose another account for "%(setting)s": %(account)s must be a '
                    "receivable or payable, and allow reconciliation."
                ),
            )

    @api.constrains("giftcard_income_account_id", "giftcard_cost_account_id")
    def _check_giftcard_result_accounts(self):
        self._check_giftcard_account(
            "income",
            lambda account: account.internal_group == "income",
            self.env._(
                "Choose an income account for unused cards: %(account)s is not one."
            ),
        )
        self._check_giftcard_account(
            "cost",
            lambda account: account.internal_group == "expense",
            self.env._(
                "Choose an expense account for services of group companies: "
                "%(account)s is not one."
            ),
        )

    @api.constrains(*(f"giftcard_{role}_account_id" for role in CARD_ACCOUNTS))
    def _check_giftcard_separate_accounts(self):
        """Each carries cards of one kind and nothing else: it equals those cards."""
        for company in self.sudo():
            setting_by_account = {}
            for role in CARD_ACCOUNTS:
                field = company._fields[f"giftcard_{role}_account_id"]
                account = company[field.name]
                if account and account in setting_by_account:
                    raise ValidationError(
                        self.env._(
                            'Choose an account of its own for "%(setting)s": '
                            '%(account)s is chosen for "%(other)s" already.',
                            setting=field._description_string(self.env),
                            account=account.display_name,
                            other=setting_by_account[account],
                        )
                    )
                setting_by_account[account] = field._description_string(self.env)

    def _check_giftcard_account(self, role, is_right, sentence):
        field = self._fields[f"giftcard_{role}_account_id"]
        for company in self:
            # sudo: res.company - a setting is checked whole, whoever changes it
            account = company.sudo()[field.name]
            if account and not is_right(account):
                raise ValidationError(
                    sentence
                    % {
                        "account": account.display_name,
                        "setting": field._description_string(self.env),
                    }
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

    @api.model
    def _get_giftcard_accountant_domain(self):
        group = self.env.ref("giftcard_salon.group_accountant", False)
        return [
            ("all_group_ids", "in", group.ids if group else []),
            ("share", "=", False),
        ]
