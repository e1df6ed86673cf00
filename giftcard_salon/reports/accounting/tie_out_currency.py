# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.tools import SQL

from ...tools.allocation import exact
from .tie_out import MOVED

COMPANY_AMOUNTS = ("company_ledger", "company_posted", "company_bridging")


class GiftcardTieOut(models.TransientModel):
    """Cards in another currency equal the accounts in the company's own, too."""

    _inherit = "giftcard.tie.out"

    def _prepare_columns(self, columns):
        """Override: what other currencies come to is reckoned once, when there are."""
        in_company_currency = {}
        if any(currency_id != self.currency_id.id for _role, currency_id in columns):
            in_company_currency = self._sum_company_currency()
        for key, figures in in_company_currency.items():
            if key in columns:
                columns[key].update(figures)
        return super()._prepare_columns(columns)

    def _prepare_column(self, key, figures):
        """Override: what the account role comes to in the company's currency."""
        currency = self.currency_id
        values = super()._prepare_column(key, figures)
        if key[1] == currency.id:
            return values
        sums = {
            name: round(figures[name], currency.decimal_places)
            for name in COMPANY_AMOUNTS
        }
        return {
            **values,
            **sums,
            "company_difference": sums["company_posted"]
            + sums["company_bridging"]
            - sums["company_ledger"],
        }

    def _prepare_difference(self, comparisons, unbacked):
        """Override: a role in another currency may differ in the company's alone."""
        values = super()._prepare_difference(comparisons, unbacked)
        apart = [
            comparison["company_difference"]
            for comparison in comparisons
            if comparison.get("company_difference")
        ]
        if apart and values["is_equal"]:
            difference = apart[0] if len(apart) == 1 else sum(map(abs, apart))
            values = {**values, "difference": float(difference), "is_equal": False}
        return values

    def _is_apart(self):
        """Override: also in the company's currency alone."""
        return super()._is_apart() or any(self.column_ids.mapped("company_difference"))

    def _sum_company_currency(self):
        """Return what account roles in another currency come to in the company's own.

        Entries older than the ledger's own figure carry what was posted of them. What
        is not posted in full is on its way; so is what Odoo posted when items that had
        come to nothing were matched.

        :return: decimals ``company_ledger, company_posted, company_bridging`` by
            account role and currency
        :rtype: dict
        """
        accounts = self._get_accounts()
        sums = defaultdict(lambda: defaultdict(Decimal))
        for role, currency_id, ledger, bridging in self._read_company_ledger(accounts):
            sums[role, currency_id]["company_ledger"] += exact(ledger)
            sums[role, currency_id]["company_bridging"] += exact(bridging)
        for account_id, role, currency_id, *amounts in self._read_company_items(
            accounts
        ):
            balance, matched = amounts
            key = role or accounts[account_id], currency_id
            sums[key]["company_posted"] -= exact(balance)
            sums[key]["company_bridging"] += exact(matched or 0)
        return sums

    def _read_company_ledger(self, accounts):
        return self.env.execute_query(
            SQL(
                """SELECT liability_kind, currency_id, SUM(worth),
                          SUM(CASE WHEN net + amount <> 0 AND kind NOT IN %(moved)s
                                   THEN worth + balance ELSE 0 END)
                     FROM (SELECT entry.liability_kind, entry.currency_id, entry.kind,
                                  CASE WHEN entry.day <= %(day)s
                                       THEN entry.net ELSE 0 END AS net,
                                  CASE WHEN entry.day <= %(day)s
                                       THEN COALESCE(entry.company_net,
                                                     -posted.balance, 0)
                                       ELSE 0 END AS worth,
                                  COALESCE(posted.amount, 0) AS amount,
                                  COALESCE(posted.balance, 0) AS balance
                             FROM giftcard_entry entry
                             LEFT JOIN (SELECT giftcard_entry_id,
                                               SUM(amount_currency) AS amount,
                                               SUM(balance) AS balance
                                          FROM account_move_line
                                         WHERE account_id IN %(accounts)s
                                           AND company_id IN %(places)s
                                           AND parent_state = 'posted'
                                           AND date <= %(day)s
                                           AND giftcard_entry_id IS NOT NULL
                                         GROUP BY giftcard_entry_id) posted
                                    ON posted.giftcard_entry_id = entry.id
                            WHERE entry.company_id = %(company)s
                              AND entry.currency_id <> %(currency)s) compared
                    GROUP BY liability_kind, currency_id""",
                accounts=tuple(accounts),
                company=self.company_id.id,
                places=self._get_posting_companies(),
                currency=self.currency_id.id,
                day=self.day,
                moved=MOVED,
            )
        )

    def _read_company_items(self, accounts):
        return self.env.execute_query(
            SQL(
                """SELECT line.account_id, entry.liability_kind, line.currency_id,
                          SUM(line.balance),
                          SUM(line.balance) FILTER (WHERE EXISTS (
                              SELECT 1 FROM account_partial_reconcile match
                               WHERE match.exchange_move_id = line.move_id))
                     FROM account_move_line line
                     LEFT JOIN giftcard_entry entry
                            ON entry.id = line.giftcard_entry_id
                    WHERE %(counted)s AND line.currency_id <> %(currency)s
                    GROUP BY line.account_id, entry.liability_kind, line.currency_id""",
                counted=self._get_counted(accounts),
                currency=self.currency_id.id,
            )
        )


class GiftcardTieOutColumn(models.TransientModel):
    _inherit = "giftcard.tie.out.column"

    company_currency_id = fields.Many2one(
        string="Company currency", related="tie_out_id.currency_id"
    )
    company_ledger = fields.Monetary(
        currency_field="company_currency_id", readonly=True
    )
    company_posted = fields.Monetary(
        currency_field="company_currency_id", readonly=True
    )
    company_bridging = fields.Monetary(
        currency_field="company_currency_id", readonly=True
    )
    company_difference = fields.Monetary(
        currency_field="company_currency_id", readonly=True
    )
