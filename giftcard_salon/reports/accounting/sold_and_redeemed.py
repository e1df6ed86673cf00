# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...tools.allocation import exact

REDEMPTION_KINDS = ("redeem", "refund")


class GiftcardReportMatrix(models.AbstractModel):
    """Where cards were sold and where they were used.

    Uses less what came back on the card. Cards of the company, wherever they were used,
    and cards of group companies that were used in the company.
    """

    _name = "giftcard.report.matrix"
    _inherit = "giftcard.report"
    _description = "Where gift cards were sold and used"
    _report_sequence = 50

    @api.model
    def _get_title(self):
        return self.env._("Sold at and used at")

    @api.model
    def _build(self, options):
        sums = self._sum_redemptions(options)
        currencies = sorted({currency for currency, _sold, _used in sums})
        measures = (
            ("consideration", self.env._("What clients paid for it")),
            ("face", self.env._("Value used")),
        )
        return None, [
            self._build_matrix(title, measure, sums, currency, options)
            for currency in currencies or [options["company"].currency_id.id]
            for measure, title in measures
        ]

    @api.model
    def _sum_redemptions(self, options):
        """Return what was used, by currency, where it was sold and where used.

        :rtype: dict
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT entry.currency_id, COALESCE(entry.sold_location_id, 0),
                          COALESCE(entry.location_id, 0),
                          -SUM(entry.consideration), -SUM(entry.face)
                     FROM giftcard_entry entry
                     LEFT JOIN giftcard_location location
                       ON location.id = entry.location_id
                    WHERE entry.kind IN %(redemptions)s
                      AND entry.day BETWEEN %(first)s AND %(last)s
                      AND (entry.company_id = %(company)s
                           OR location.company_id = %(company)s)
                    GROUP BY 1, 2, 3""",
                redemptions=REDEMPTION_KINDS,
                first=options["date_from"],
                last=options["date_to"],
                company=options["company"].id,
            )
        )
        return {
            tuple(row[:3]): {"consideration": exact(row[3]), "face": exact(row[4])}
            for row in rows
        }

    @api.model
    def _build_matrix(self, title, measure, sums, currency_id, options):
        cells = {
            key[1:]: money[measure]
            for key, money in sums.items()
            if key[0] == currency_id
        }
        location_names = self._get_locations(cells, options)
        sold, used = defaultdict(Decimal), defaultdict(Decimal)
        for (sold_at, used_at), amount in cells.items():
            sold[sold_at] += amount
            used[used_at] += amount
        keys = {location_id: f"at_{location_id}" for location_id in location_names}
        rows = [
            self._build_location_row(
                location_id, location_names, keys, cells, currency_id, options
            )
            for location_id in location_names
        ]
        totals = (
            (self.env._("Used there, of all cards"), "total", used),
            (
                self.env._("More used there than of its own cards"),
                "strong",
                {
                    location_id: used[location_id] - sold[location_id]
                    for location_id in location_names
                },
            ),
        )
        for label, style, figures in totals if rows else ():
            row = {location_id: figures[location_id] for location_id in location_names}
            rows.append(
                {
                    "label": label,
                    "style": style,
                    "cells": {
                        **{
                            keys[location_id]: float(row[location_id])
                            for location_id in location_names
                        },
                        "total": float(sum(row.values())),
                    },
                }
            )
        return {
            "title": title,
            "note": self._get_currency_label(currency_id, options)
            or self.env._("rows: sold at; columns: used at"),
            "columns": [
                *(
                    self._column(keys[location_id], name)
                    for location_id, name in location_names.items()
                ),
                self._column("total", self.env._("Used of its cards")),
            ],
            "rows": rows,
        }

    @api.model
    def _get_locations(self, cells, options):
        """Return the names of the salons there are, by id, in their own order.

        :rtype: dict[int, str]
        """
        ids = {location_id for key in cells for location_id in key}
        found = self.env["giftcard.location"].with_context(active_test=False)
        salons = found.search([("id", "in", list(ids))])
        company = options["company"]
        salons = salons.sorted(lambda salon: salon.company_id != company)
        names = {
            salon.id: salon.name
            if salon.company_id == company
            else f"{salon.company_id.name}: {salon.name}"
            for salon in salons
        }
        if 0 in ids:
            names[0] = self.env._("No salon")
        return names

    @api.model
    def _build_location_row(
        self, location_id, location_names, keys, cells, currency_id, options
    ):
        row = {
            used_at: cells.get((location_id, used_at), Decimal(0))
            for used_at in location_names
        }
        return {
            "label": location_names[location_id],
            "style": "",
            "cells": {
                **{keys[used_at]: float(row[used_at]) for used_at in location_names},
                "total": float(sum(row.values())),
            },
            "drills": {
                keys[used_at]: self._drill_redemptions(
                    location_id,
                    used_at,
                    f"{location_names[location_id]} → {location_names[used_at]}",
                    currency_id,
                    options,
                )
                for used_at in location_names
            },
        }

    @api.model
    def _drill_redemptions(self, sold_at, used_at, label, currency_id, options):
        """Return the redemptions behind a cell: of the ledger, or to be settled."""
        company = options["company"]
        sold_by = self.env["giftcard.location"].browse(sold_at).company_id
        # within one legal entity nothing is settled: the ledger says it
        is_same_entity = not sold_at or sold_by._is_giftcard_entity_of(company)
        days = [("day", ">=", options["date_from"]), ("day", "<=", options["date_to"])]
        domain = [
            ("currency_id", "=", currency_id),
            ("kind", "in", list(REDEMPTION_KINDS)),
            ("location_id", "=", used_at or False),
            *days,
        ]
        if is_same_entity:
            seller_domain = [
                ("company_id", "=", (sold_by or company).id),
                ("sold_location_id", "=", sold_at or False),
            ]
            return self._drill("giftcard.entry", [*seller_domain, *domain], label)
        other = [
            ("redeemer_id", "=", company.id),
            ("card_id.location_id", "=", sold_at),
        ]
        return self._drill("giftcard.settlement", [*other, *domain], label)
