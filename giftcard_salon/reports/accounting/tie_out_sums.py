# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ...tools.allocation import exact
from .tie_out import LIABILITY_KINDS, MOVED


class GiftcardTieOut(models.TransientModel):
    """What is compared: sums of the cards' ledger and of the accounts, as of a day."""

    _inherit = "giftcard.tie.out"

    def _get_accounts(self):
        """Return by account id the role it carries, also those that did before.

        :rtype: dict[int, str]
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT line.account_id, entry.liability_kind
                     FROM account_move_line line
                     JOIN giftcard_entry entry ON entry.id = line.giftcard_entry_id
                     JOIN account_account account ON account.id = line.account_id
                    WHERE line.company_id IN %s AND entry.company_id = %s
                      AND line.account_id NOT IN %s
                      AND account.account_type NOT LIKE 'income%%'""",
                self._get_posting_companies(),
                self.company_id.id,
                tuple(self._get_other_accounts().ids) or (0,),
            )
        )
        accounts = dict(rows)
        for role in reversed(LIABILITY_KINDS):
            account = self.company_id[f"giftcard_{role}_account_id"]
            if account:
                accounts[account.id] = role
        return accounts or {0: "liability"}

    def _get_posting_companies(self):
        """Return the companies whose journal items the company's cards are posted in.

        Cards stay with the company that sold them; their redemptions are posted where
        they happen, within one legal entity without an entry between companies.

        :rtype: tuple[int]
        """
        return tuple(self.company_id._get_giftcard_entity().ids)

    def _get_other_accounts(self):
        """Return the accounts of gift cards that hold no money of a card."""
        roles = ("income", "contra", "escheat", "payable", "receivable", "cost")
        return self.env["account.account"].union(
            *(self.company_id[f"giftcard_{role}_account_id"] for role in roles)
        )

    def _sum_ledger(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT liability_kind, currency_id, SUM(net) FROM giftcard_entry
                    WHERE company_id = %s AND day <= %s
                    GROUP BY liability_kind, currency_id""",
                self.company_id.id,
                self.day,
            )
        )
        return {(role, currency): exact(amount) for role, currency, amount in rows}

    def _sum_posted(self):
        accounts = self._get_accounts()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.account_id, line.currency_id, entry.liability_kind,
                          -SUM(line.amount_currency)
                     FROM account_move_line line
                     LEFT JOIN giftcard_entry entry
                            ON entry.id = line.giftcard_entry_id
                    WHERE %s
                    GROUP BY line.account_id, line.currency_id, entry.liability_kind""",
                self._get_counted(accounts),
            )
        )
        sums = defaultdict(Decimal)
        for account_id, currency_id, role, amount in rows:
            sums[role or accounts[account_id], currency_id] += exact(amount)
        return sums

    def _find_unposted(self):
        """Return ledger entries of which the journal, up to the day, says otherwise.

        :return: dicts of ``id, source_model, source_id, source_name, liability_kind,
            currency_id, amount``; the amount is what is not posted yet, or negative
            what is posted before the ledger has it
        :rtype: list[dict]
        """
        self.env.cr.execute(
            SQL(
                """SELECT * FROM (
                       SELECT entry.id, entry.source_model, entry.source_id,
                              entry.source_name, entry.liability_kind,
                              entry.currency_id,
                              CASE WHEN entry.day <= %(day)s THEN entry.net ELSE 0 END
                              + COALESCE(posted.amount, 0) AS amount
                         FROM giftcard_entry entry
                         LEFT JOIN (SELECT giftcard_entry_id,
                                           SUM(amount_currency) AS amount
                                      FROM account_move_line
                                     WHERE account_id IN %(accounts)s
                                       AND company_id IN %(places)s
                                       AND parent_state = 'posted'
                                       AND date <= %(day)s
                                       AND giftcard_entry_id IS NOT NULL
                                     GROUP BY giftcard_entry_id) posted
                                ON posted.giftcard_entry_id = entry.id
                        WHERE entry.company_id = %(company)s
                          AND entry.kind NOT IN %(moved)s) compared
                    WHERE amount <> 0
                    ORDER BY id""",
                accounts=tuple(self._get_accounts()),
                places=self._get_posting_companies(),
                company=self.company_id.id,
                day=self.day,
                moved=MOVED,
            )
        )
        return self.env.cr.dictfetchall()
