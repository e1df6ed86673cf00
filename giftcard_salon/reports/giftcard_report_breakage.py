from odoo import api, models

from ..tools.split import exact

MONEY = ("sold", "redeemed", "owed", "target", "taken", "now", "expired")


class GiftcardReportBreakage(models.AbstractModel):
    """What clients never use, as income: estimated and real (specification 6.4)."""

    _name = "giftcard.report.breakage"
    _inherit = "giftcard.report"
    _description = "Income from unused gift cards"
    _report_sequence = 30

    @api.model
    def _get_title(self):
        return self.env._("Income from unused cards")

    @api.model
    def _build(self, options):
        company, last = options["company"], options["date_to"]
        cohorts = self.env["giftcard.breakage"]._measure_cohorts(company, last)
        taken = self._read_taken(options)
        ended = self._sum_ended(options)
        keys = sorted(
            {*cohorts, *taken},
            key=lambda key: (key[1], key[0], key[2]),
        )
        rows = [
            self._build_row(key, cohorts.get(key, {}), taken.get(key), ended.get(key))
            for key in keys
        ]
        names = [name for name in MONEY if any(row["cells"][name] for row in rows)]
        labels = self._get_labels()
        if rows:
            rows.append(self._total_row(self.env._("Total"), rows, names))
        return None, [
            {
                "title": self.env._("By type and month of the sale"),
                "note": self.env._("as owed in the accounts"),
                "columns": [
                    self._column("share", self.env._("Used of sold"), "percent"),
                    self._column(
                        "rate", self.env._("Never used, estimated"), "percent"
                    ),
                    self._column("who", self.env._("Estimate"), "text"),
                    *(self._column(name, labels[name]) for name in names),
                ],
                "rows": rows,
            }
        ]

    @api.model
    def _get_labels(self):
        return {
            "sold": self.env._("Sold"),
            "redeemed": self.env._("Used"),
            "owed": self.env._("Still owed"),
            "target": self.env._("Income by the estimate"),
            "taken": self.env._("Taken and not ended"),
            "now": self.env._("Taken in the period"),
            "expired": self.env._("Really ended"),
        }

    @api.model
    def _read_taken(self, options):
        """Return per cohort what was taken up to the day, and the last run."""
        found = {}
        lines = self.env["giftcard.breakage"].search(
            [
                ("company_id", "=", options["company"].id),
                ("date", "<=", options["date_to"]),
            ],
            order="date, id",
        )
        for line in lines:
            key = line.type_id.id, line.month, line.book
            own = found.setdefault(key, {"taken": exact(0), "now": exact(0)})
            own["taken"] += exact(line.amount)
            if line.date >= options["date_from"]:
                own["now"] += exact(line.amount)
            if line.run_id:
                own["last"] = line
        return found

    @api.model
    def _sum_ended(self, options):
        """Return per cohort what has ended unused up to the day."""
        rows = self.env["giftcard.entry"]._read_group(
            [
                ("company_id", "=", options["company"].id),
                ("kind", "in", ("expire", "unexpire", "forfeit")),
                ("day", "<=", options["date_to"]),
            ],
            ["card_id", "book"],
            ["net:sum"],
        )
        sums = {}
        for card, book, amount in rows:
            month = (
                self.env["giftcard.card"]
                ._to_day(card.sold_at or card.create_date, options["company"])
                .replace(day=1)
            )
            key = card.type_id.id, month, book
            sums[key] = sums.get(key, exact(0)) - exact(amount)
        return sums

    @api.model
    def _build_row(self, key, cohort, taken, ended):
        type_id, month, book = key
        last = (taken or {}).get("last") or self.env["giftcard.breakage"]
        estimate = last.estimate_id
        sold, redeemed = (exact(cohort.get(name) or 0) for name in ("sold", "redeemed"))
        return {
            "label": " · ".join(
                [
                    self.env["giftcard.type"].browse(type_id).display_name,
                    month.strftime("%m/%Y"),
                    self._get_book_labels()[book],
                ]
            ),
            "style": "",
            "cells": {
                "share": float(redeemed / sold) if sold else 0.0,
                "rate": last.rate / 100 if last else False,
                "who": estimate
                and self.env._(
                    "%(who)s, from %(day)s",
                    who=estimate.create_uid.sudo().name,
                    day=self.env["giftcard.card"]._say_day(estimate.date_from),
                ),
                "sold": float(sold),
                "redeemed": float(redeemed),
                "owed": float(exact(cohort.get("owed") or 0)),
                "target": last.target,
                "taken": float((taken or {}).get("taken", 0)),
                "now": float((taken or {}).get("now", 0)),
                "expired": float(ended or 0),
            },
            "drill": self._drill(
                "giftcard.breakage",
                [("type_id", "=", type_id), ("month", "=", month), ("book", "=", book)],
                self.env._("Income taken before the end"),
            ),
        }
