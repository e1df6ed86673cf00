# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.allocation import exact
from .tie_out import LIABILITY_KINDS


class GiftcardTieOut(models.TransientModel):
    """Accounts that cards are not kept on any more, or not yet, one by one.

    What is left on one of them is a difference, whatever the others make up for.
    """

    _inherit = "giftcard.tie.out"

    def _get_chosen_accounts(self):
        """Return the accounts that were chosen for cards on the day.

        Also those of branches, where cards of the same legal entity are used.

        :rtype: account.account
        """
        chosen = self.env["account.account"]
        for company in self.env["res.company"].browse(self._get_posting_companies()):
            for role in LIABILITY_KINDS:
                later = self.env["giftcard.account.change"].search(
                    [
                        ("company_id", "=", company.id),
                        ("role", "=", role),
                        ("is_earlier_balance", "=", False),
                        ("date", ">", self.day),
                    ],
                    order="date, id",
                    limit=1,
                )
                account = company[f"giftcard_{role}_account_id"]
                chosen |= later.old_account_id or account
        return chosen

    def _get_counted(self, accounts):
        """Return which journal items count as those of cards.

        All that is posted on their accounts up to the day. An account that cards have
        left is free for other things from the day after on.

        :param accounts: ids of ``account.account``
        :rtype: odoo.tools.SQL
        """
        chosen = [
            self.company_id[f"giftcard_{role}_account_id"].id
            for role in LIABILITY_KINDS
        ]
        return SQL(
            """line.company_id IN %(places)s AND line.account_id IN %(accounts)s
               AND COALESCE((SELECT entry.company_id FROM giftcard_entry entry
                              WHERE entry.id = line.giftcard_entry_id),
                            (SELECT card.company_id FROM giftcard_card card
                              WHERE card.id = line.giftcard_card_id),
                            line.company_id) = %(company)s
               AND line.parent_state = 'posted' AND line.date <= %(day)s
               AND (line.giftcard_card_id IS NOT NULL
                    OR line.giftcard_entry_id IS NOT NULL
                    OR line.account_id IN %(chosen)s
                    OR NOT EXISTS (SELECT 1 FROM giftcard_account_change change
                                    WHERE change.company_id = %(company)s
                                      AND change.old_account_id = line.account_id
                                      AND change.date < line.date))""",
            places=self._get_posting_companies(),
            company=self.company_id.id,
            accounts=tuple(accounts),
            day=self.day,
            chosen=tuple(filter(None, chosen)) or (0,),
        )

    def _get_counted_domain(self, accounts):
        """Return the same items as :meth:`_get_counted`, as a list view opens them.

        :param accounts: ids of ``account.account``
        :rtype: list
        """
        company = self.company_id
        chosen = {company[f"giftcard_{role}_account_id"].id for role in LIABILITY_KINDS}
        last_days = self.env["giftcard.account.change"]._read_group(
            [("company_id", "=", company.id), ("old_account_id", "in", list(accounts))],
            ["old_account_id"],
            ["date:min"],
        )
        last_days = {
            account.id: day for account, day in last_days if account.id not in chosen
        }
        owner = Domain.OR(
            [
                Domain("giftcard_entry_id.company_id", "=", company.id),
                Domain("giftcard_entry_id", "=", False)
                & Domain("giftcard_card_id.company_id", "=", company.id),
                Domain("giftcard_entry_id", "=", False)
                & Domain("giftcard_card_id", "=", False)
                & Domain("company_id", "=", company.id),
            ]
        )
        kept = Domain.OR(
            [
                Domain("giftcard_card_id", "!=", False),
                Domain("giftcard_entry_id", "!=", False),
                Domain("account_id", "not in", list(last_days)),
                *(
                    Domain("account_id", "=", account_id) & Domain("date", "<=", day)
                    for account_id, day in last_days.items()
                ),
            ]
        )
        items = Domain.AND(
            [
                Domain("company_id", "in", self._get_posting_companies()),
                Domain("account_id", "in", list(accounts)),
                Domain("parent_state", "=", "posted"),
                Domain("date", "<=", self.day),
                owner,
                kept,
            ]
        )
        return list(items)

    def _prepare_former_columns(self):
        """Return the accounts that should be empty, and are not.

        :return: values of ``giftcard.tie.out.column``
        :rtype: list[dict]
        """
        accounts = self._get_accounts()
        others = tuple(set(accounts) - set(self._get_chosen_accounts().ids))
        if not others:
            return []
        rows = self.env.execute_query(
            SQL(
                """SELECT line.account_id, line.currency_id,
                          -SUM(line.amount_currency), -SUM(line.balance)
                     FROM account_move_line line
                    WHERE %s
                    GROUP BY line.account_id, line.currency_id
                   HAVING SUM(line.amount_currency) <> 0 OR SUM(line.balance) <> 0
                    ORDER BY line.account_id, line.currency_id""",
                self._get_counted(others),
            )
        )
        return [
            self._prepare_former_column(accounts[account_id], account_id, *money)
            for account_id, *money in rows
        ]

    def _find_first_day(self):
        """Override: what is left on a former account is there since its first item."""
        former = self.column_ids.account_id
        items = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("account_id", "in", former.ids),
                ("parent_state", "=", "posted"),
            ],
            order="date",
            limit=1,
        )
        days = [super()._find_first_day(), items.date]
        return min(filter(None, days), default=False)

    def _prepare_former_column(self, role, account_id, currency_id, amount, balance):
        values = {
            "liability_kind": role,
            "account_id": account_id,
            "currency_id": currency_id,
            "ledger_amount": exact(0),
            "posted_amount": exact(amount),
            "bridging_amount": exact(0),
            "difference": exact(amount),
        }
        if currency_id != self.currency_id.id:
            values["company_posted"] = values["company_difference"] = exact(balance)
        return values


class GiftcardTieOutColumn(models.TransientModel):
    _inherit = "giftcard.tie.out.column"

    account_id = fields.Many2one(
        "account.account",
        "Not chosen any more",
        readonly=True,
        help="Empty for the account that is chosen for these cards.",
    )
