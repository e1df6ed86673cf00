# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL, format_date
from odoo.tools.date_utils import end_of

from ...models.accounting.breakage.breakage import COHORT
from ...tools.allocation import exact

ZERO = Decimal(0)
RECOGNISED = ("recognised", "now", "contra")
MONEY = (
    "sold",
    "redeemed",
    "ended",
    "liability",
    "target",
    "recognised",
    "now",
    "contra",
)


class GiftcardReportBreakage(models.AbstractModel):
    """What is never used: estimated, taken as income, and what came true.

    Row 11 of docs/rules.rst. A cohort is the cards of one type sold in one month.
    """

    _name = "giftcard.report.breakage"
    _inherit = "giftcard.report"
    _description = "Income from unused gift cards"
    _report_sequence = 30

    @api.model
    def _get_title(self):
        return self.env._("Income from unused cards")

    @api.model
    def _build(self, options):
        cohorts = self.env["giftcard.breakage"]._sum_cohorts(
            options["company"], options["date_to"]
        )
        ended, recognised = self._sum_ended(options), self._sum_recognised(options)
        rows = [
            self._build_cohort(
                cohort,
                cohorts.get(cohort, {}),
                ended.get(cohort, ZERO),
                recognised.get(cohort, {}),
                options,
            )
            for cohort in sorted(
                cohorts.keys() | recognised.keys(),
                key=lambda key: (key[1], key[0], key[2]),
            )
        ]
        total = self._total_row(self.env._("Total"), rows, MONEY)
        self._add_shares(total["cells"])
        if rows:
            rows.append(total)
        return self._build_banner(total["cells"], options), [
            {
                "title": self.env._("By card type and month of the sale"),
                "note": self.env._("without VAT that was counted at the sale"),
                "columns": self._get_columns(),
                "rows": rows,
            }
        ]

    @api.model
    def _get_columns(self):
        return [
            self._column("sold", self.env._("Sold")),
            self._column("redeemed", self.env._("Used")),
            self._column("used_share", self.env._("Used, %"), "percent"),
            self._column("ended", self.env._("Expired")),
            self._column("ended_share", self.env._("Expired, %"), "percent"),
            self._column("liability", self.env._("Still owed")),
            self._column("rate", self.env._("Estimate"), "percent"),
            self._column("since", self.env._("Estimate from"), "date"),
            self._column("who", self.env._("Estimated by"), "text"),
            self._column("target", self.env._("Due by the estimate")),
            self._column("recognised", self.env._("Income taken")),
            self._column("now", self.env._("In this period")),
            self._column("contra", self.env._("Not ended yet")),
        ]

    @api.model
    def _build_cohort(self, cohort, money, ended, recognised, options):
        type_id, month, role = cohort
        card_type = self.env["giftcard.type"].browse(type_id)
        money = {
            name: money.get(name, ZERO) for name in ("sold", "redeemed", "liability")
        }
        recognised = {
            "estimate_id": False,
            **dict.fromkeys(RECOGNISED, ZERO),
            **recognised,
        }
        # by the estimate of this day; what the last run took stands beside it
        released = recognised["recognised"] - recognised["contra"]
        estimate, stands = self.env["giftcard.breakage.run"]._get_due(
            options["company"],
            options["date_to"],
            cohort,
            money,
            {"recognised": recognised["contra"], "released": released},
        )
        estimate = estimate or estimate.browse(recognised["estimate_id"])
        cells = {
            **money,
            **{name: recognised[name] for name in RECOGNISED},
            "ended": ended,
            "target": stands + released,
        }
        cells = {name: float(amount) for name, amount in cells.items()}
        self._add_shares(cells)
        if estimate:
            cells["rate"] = estimate.rate / 100
            cells["since"] = fields.Date.to_string(estimate.date_from)
            cells["who"] = estimate.user_id.name
        label = f"{card_type.name}, " + format_date(
            self.env, month, date_format="MMMM yyyy"
        )
        if role != "liability":
            label = f"{label} ({self._get_liability_kind_labels()[role]})"
        company_domain = [("company_id", "=", options["company"].id)]
        of_cohort = list(zip(COHORT, ("=",) * 3, cohort, strict=True))
        lines = self._drill(
            "giftcard.breakage",
            [*company_domain, *of_cohort, ("date", "<=", options["date_to"])],
            label,
        )
        return {
            "label": label,
            "style": "",
            "cells": cells,
            "drill": self._drill_cards(cohort, label, options),
            "drills": {
                name: lines
                for name in ("target", "recognised", "now", "contra", "rate")
            },
        }

    @api.model
    def _drill_cards(self, cohort, label, options):
        """Return the cards of a cohort."""
        type_id, month, _role = cohort
        domain = [
            ("company_id", "=", options["company"].id),
            ("type_id", "=", type_id),
            ("sold_on", ">=", fields.Date.to_string(month)),
            ("sold_on", "<=", fields.Date.to_string(end_of(month, "month"))),
        ]
        return self._drill("giftcard.card", domain, label)

    @api.model
    def _add_shares(self, cells):
        sold = cells["sold"]
        cells["used_share"] = cells["redeemed"] / sold if sold else 0.0
        cells["ended_share"] = cells["ended"] / sold if sold else 0.0

    # === QUERIES === #

    @api.model
    def _sum_ended(self, options):
        """Return what expired or was lost, by cohort, up to the last day.

        :rtype: dict[tuple, decimal.Decimal]
        """
        company = options["company"]
        self.env["giftcard.card"].flush_model(["sold_on"])
        rows = self.env.execute_query(
            SQL(
                """SELECT card.type_id, date_trunc('month', card.sold_on)::date,
                          entry.liability_kind, -SUM(entry.net)
                     FROM giftcard_entry entry
                     JOIN giftcard_card card ON card.id = entry.card_id
                    WHERE entry.company_id = %s AND entry.day <= %s
                      AND entry.kind IN ('expire', 'unexpire', 'escheat', 'forfeit')
                      AND entry.currency_id = %s
                    GROUP BY 1, 2, 3""",
                company.id,
                options["date_to"],
                company.currency_id.id,
            )
        )
        return {tuple(key): exact(amount) for *key, amount in rows}

    @api.model
    def _sum_recognised(self, options):
        """Return the income taken, by cohort: as the accounts had it on that day.

        :return: ``recognised, now, contra, estimate_id`` by cohort
        :rtype: dict[tuple, dict]
        """
        self.env["giftcard.breakage"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.type_id, line.month, line.liability_kind,
                          SUM(line.amount) FILTER (WHERE line.run_id IS NOT NULL),
                          SUM(line.amount) FILTER (WHERE line.run_id IS NOT NULL
                              AND COALESCE(move.date, line.date) >= %(first)s),
                          SUM(line.amount),
                          (ARRAY_AGG(line.estimate_id
                              ORDER BY line.date DESC, line.id DESC)
                              FILTER (WHERE line.estimate_id IS NOT NULL))[1]
                     FROM giftcard_breakage line
                     LEFT JOIN account_move move ON move.id = line.move_id
                    WHERE line.company_id = %(company)s
                      AND COALESCE(move.date, line.date) <= %(last)s
                    GROUP BY 1, 2, 3""",
                company=options["company"].id,
                first=options["date_from"],
                last=options["date_to"],
            )
        )
        return {
            tuple(row[:3]): {
                **{
                    name: exact(amount or 0)
                    for name, amount in zip(RECOGNISED, row[3:6], strict=True)
                },
                "estimate_id": row[6],
            }
            for row in rows
        }

    # === DOES THE ACCOUNT SAY THE SAME === #

    @api.model
    def _build_banner(self, total, options):
        """Compare with the contra account, which is never more than what is owed."""
        company = options["company"]
        account = company.giftcard_contra_account_id
        posted = ZERO
        if account:
            rows = self.env.execute_query(
                SQL(
                    """SELECT COALESCE(SUM(balance), 0) FROM account_move_line
                        WHERE company_id = %s AND account_id = %s
                          AND parent_state = 'posted' AND date <= %s""",
                    company.id,
                    account.id,
                    options["date_to"],
                )
            )
            posted = exact(rows[0][0])
        difference = posted - exact(total["contra"])
        too_much = exact(total["contra"]) > exact(total["liability"])
        if difference or too_much:
            return {
                "kind": "danger",
                "title": self.env._("More was taken as income than is still owed.")
                if too_much
                else self.env._(
                    "The account of income taken early says something else."
                ),
                "text": account.display_name or "",
                "figure": float(difference),
            }
        return {
            "kind": "success",
            "title": self.env._("The account of income taken early says the same."),
            "text": account.display_name or "",
            "figure": 0.0,
        }
