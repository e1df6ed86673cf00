# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...tools.allocation import exact
from ..accounting.liability_tie_out import LIABILITY_LIST


class GiftcardReportGroup(models.AbstractModel):
    """Payable of one = receivable of the other: do both companies say the same?"""

    _inherit = "giftcard.report.group"

    @api.model
    def _build_balances(self, settlements, options):
        company, day = options["company"], options["date_to"]
        relations = {
            (settlement.company_id, settlement.redeemer_id)
            for settlement in settlements
        }
        rows = []
        for issuer, redeemer in sorted(relations, key=lambda relation: relation[0].id):
            payable = -self._get_balance(issuer, "payable", redeemer, day)
            due = self._get_balance(redeemer, "receivable", issuer, day)
            waiting = self._sum_waiting(issuer, redeemer, day)
            account_company, role, other = (
                (issuer, "payable", redeemer)
                if issuer == company
                else (redeemer, "receivable", issuer)
            )
            label = self.env._(
                "%(issuer)s owes %(redeemer)s",
                issuer=issuer.name,
                redeemer=redeemer.name,
            )
            rows.append(
                {
                    "label": label,
                    "style": "",
                    "cells": {
                        "liability": float(payable),
                        "due": float(due),
                        "waiting": float(waiting),
                        "difference": float(payable - due - waiting),
                    },
                    "drill": self._drill(
                        "account.move.line",
                        [
                            ("company_id", "=", account_company.id),
                            (
                                "account_id",
                                "=",
                                account_company[f"giftcard_{role}_account_id"].id,
                            ),
                            ("partner_id", "=", other.partner_id.id),
                            ("parent_state", "=", "posted"),
                            ("date", "<=", day),
                        ],
                        label,
                        LIABILITY_LIST,
                    ),
                }
            )
        return {
            "title": self.env._("Do both sides say the same?"),
            "note": self.env._("as of %s", self.env["giftcard.card"]._format_day(day)),
            "columns": [
                self._column("liability", self.env._("Owed, in its accounts")),
                self._column("due", self.env._("To receive, in the other's accounts")),
                self._column("waiting", self.env._("Only one side has it yet")),
                self._column("difference", self.env._("Difference")),
            ],
            "rows": rows,
        }

    @api.model
    def _get_balance(self, company, role, other, day):
        account = company[f"giftcard_{role}_account_id"]
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT COALESCE(SUM(balance), 0) FROM account_move_line
                    WHERE company_id = %s AND account_id = %s AND partner_id = %s
                      AND parent_state = 'posted' AND date <= %s""",
                company.id,
                account.id or 0,
                other.partner_id.id,
                day,
            )
        )
        return exact(rows[0][0])

    @api.model
    def _sum_waiting(self, issuer, redeemer, day):
        """Return what the issuer has in its accounts already, less what only the other.

        Redemptions are posted on each side by a document of its own.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT line.company_id, line.account_id, SUM(line.balance)
                     FROM account_move_line line
                     JOIN giftcard_settlement settlement
                       ON settlement.id = line.giftcard_settlement_id
                    WHERE settlement.company_id = %s
                      AND settlement.redeemer_id = %s
                      AND line.parent_state = 'posted' AND line.date <= %s
                    GROUP BY 1, 2""",
                issuer.id,
                redeemer.id,
                day,
            )
        )
        sums = defaultdict(Decimal)
        for company_id, account_id, amount in rows:
            sums[company_id, account_id] += exact(amount)
        payable = -sums[issuer.id, issuer.giftcard_payable_account_id.id]
        due = sums[redeemer.id, redeemer.giftcard_receivable_account_id.id]
        return payable - due
