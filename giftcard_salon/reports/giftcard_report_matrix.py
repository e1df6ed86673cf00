from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..tools.split import exact

USES = ("redeem", "refund")
ZERO = Decimal(0)


class GiftcardReportMatrix(models.AbstractModel):
    """Where cards were sold against where they were used (specification 6.5).

    A row's total was sold there and used, a column's total was honoured there; the net
    position is what a salon honoured more than it sold.
    """

    _name = "giftcard.report.matrix"
    _inherit = "giftcard.report"
    _description = "Gift cards sold at and used at"
    _report_sequence = 50

    @api.model
    def _get_title(self):
        return self.env._("Sold at and used at")

    @api.model
    def _build(self, options):
        cells = self._sum_cells(options)
        ids = sorted({place for pair in cells for place in pair if place})
        places = self.env["giftcard.location"].browse(ids)
        return None, [
            self._build_table(
                self.env._("Paid part of what was used"), 0, cells, places, options
            ),
            self._build_table(
                self.env._("Value of what was used"), 1, cells, places, options
            ),
        ]

    @api.model
    def _sum_cells(self, options):
        rows = self.env.execute_query(
            SQL(
                """SELECT entry.sold_location_id, entry.location_id,
                          -SUM(entry.consideration), -SUM(entry.face)
                     FROM giftcard_entry entry
                     LEFT JOIN giftcard_location used ON used.id = entry.location_id
                    WHERE entry.kind IN %(uses)s
                      AND entry.day BETWEEN %(first)s AND %(last)s
                      AND entry.currency_id = %(currency)s
                      AND (entry.company_id = %(company)s
                           OR used.company_id = %(company)s)
                    GROUP BY entry.sold_location_id, entry.location_id""",
                uses=USES,
                first=options["date_from"],
                last=options["date_to"],
                currency=options["company"].currency_id.id,
                company=options["company"].id,
            )
        )
        return {
            (sold or 0, used or 0): (exact(paid), exact(face))
            for sold, used, paid, face in rows
        }

    @api.model
    def _build_table(self, title, measure, cells, places, options):
        names = dict(places.mapped(lambda place: (place.id, place.display_name)))
        names[0] = self.env._("Salon not known")
        sold_at = sorted({sold for sold, _used in cells})
        used_at = sorted({used for _sold, used in cells})
        honoured = defaultdict(Decimal)
        for (_sold, used), amounts in cells.items():
            honoured[used] += amounts[measure]
        rows = []
        for sold in sold_at:
            amounts = {
                used: cells.get((sold, used), (ZERO, ZERO))[measure] for used in used_at
            }
            total = sum(amounts.values())
            rows.append(
                {
                    "label": self.env._("Sold at %s", names[sold]),
                    "style": "",
                    "cells": {
                        **{f"at_{used}": float(amounts[used]) for used in used_at},
                        "total": float(total),
                        "net": float(honoured[sold] - total),
                    },
                    "drills": {
                        f"at_{used}": self._drill(
                            "giftcard.entry",
                            [
                                ("kind", "in", USES),
                                ("sold_location_id", "=", sold or False),
                                ("location_id", "=", used or False),
                                ("day", ">=", options["date_from"]),
                                ("day", "<=", options["date_to"]),
                            ],
                            self.env._(
                                "Sold at %(sold)s, used at %(used)s",
                                sold=names[sold],
                                used=names[used],
                            ),
                        )
                        for used in used_at
                    },
                }
            )
        keys = [f"at_{used}" for used in used_at]
        if rows:
            rows.append(
                self._total_row(self.env._("Used there in all"), rows, [*keys, "total"])
            )
        return {
            "title": title,
            "columns": [
                *(
                    self._column(key, self.env._("Used at %s", names[used]))
                    for key, used in zip(keys, used_at, strict=True)
                ),
                self._column("total", self.env._("Sold there, used")),
                self._column("net", self.env._("Honoured more than sold")),
            ],
            "rows": rows,
        }
