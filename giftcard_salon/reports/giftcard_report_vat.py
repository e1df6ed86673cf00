from collections import defaultdict
from decimal import Decimal

from odoo import api, models

from ..tools.split import exact

SOLD = ("sale", "topup")
BACK = ("refund_sale", "refund_topup", "cancel", "convert_out")


class GiftcardReportVat(models.AbstractModel):
    """What gift cards mean for the VAT return of a period, by rate (6.7).

    Cards whose VAT is counted at the sale: base and VAT sold and given back. Cards
    whose VAT is counted at the use: base and VAT of the documents that they paid for,
    whole. Discounts are the bonus that was used.
    """

    _name = "giftcard.report.vat"
    _inherit = "giftcard.report"
    _description = "VAT of gift cards"
    _report_sequence = 70

    @api.model
    def _get_title(self):
        return self.env._("VAT")

    @api.model
    def _build(self, options):
        sold = self._sum_sold(options)
        documents, discounts = self._sum_documents(options)
        return None, [
            self._build_sold(sold),
            self._build_documents(
                self.env._("Documents paid with cards whose VAT is counted at the use"),
                self.env._("whole documents, discounts taken off"),
                documents,
            ),
            self._build_documents(
                self.env._("Discounts of bonus and free cards"),
                self.env._("taken off above"),
                discounts,
            ),
        ]

    @api.model
    def _sum_sold(self, options):
        """Return base and VAT by tax, sold and given back, as the ledger has them."""
        entries = self.env["giftcard.entry"].search(
            [
                ("company_id", "=", options["company"].id),
                ("day", ">=", options["date_from"]),
                ("day", "<=", options["date_to"]),
                ("book", "=", "deferred"),
                ("kind", "in", SOLD + BACK),
            ]
        )
        sums = defaultdict(lambda: defaultdict(Decimal))
        for entry in entries:
            own = sums[entry.part_id.tax_ids]
            way = "sold" if entry.kind in SOLD else "back"
            own[f"{way}_base"] += exact(entry.net)
            own[f"{way}_vat"] += exact(entry.consideration) - exact(entry.net)
            own["entries"] = [*own.get("entries", []), entry.id]
        return sums

    @api.model
    def _sum_documents(self, options):
        """Return base and VAT by tax of what cards paid, and of discounts.

        Adapters add the documents of their apps.

        :return: two dicts: decimals ``base`` and ``vat`` by ``account.tax`` record
        """
        return (
            defaultdict(lambda: defaultdict(Decimal)),
            defaultdict(lambda: defaultdict(Decimal)),
        )

    @api.model
    def _find_uses(self, options, model):
        """Return the uses of cards, taxed at the use, in documents of ``model``.

        :rtype: giftcard.entry
        """
        return self.env["giftcard.entry"].search(
            [
                "|",
                ("company_id", "=", options["company"].id),
                ("location_id.company_id", "=", options["company"].id),
                ("day", ">=", options["date_from"]),
                ("day", "<=", options["date_to"]),
                ("book", "=", "liability"),
                ("kind", "in", ("redeem", "refund")),
                ("source_model", "=", model),
            ]
        )

    @api.model
    def _build_sold(self, sold):
        names = ("sold_base", "sold_vat", "back_base", "back_vat", "base", "vat")
        labels = (
            self.env._("Sold, base"),
            self.env._("Sold, VAT"),
            self.env._("Given back, base"),
            self.env._("Given back, VAT"),
            self.env._("On the return, base"),
            self.env._("On the return, VAT"),
        )
        rows = []
        for taxes in sorted(sold, key=lambda taxes: taxes.ids):
            sums = sold[taxes]
            sums["base"] = sums["sold_base"] + sums["back_base"]
            sums["vat"] = sums["sold_vat"] + sums["back_vat"]
            label = ", ".join(taxes.mapped("name")) or self.env._("No VAT")
            rows.append(
                {
                    "label": label,
                    "style": "",
                    "cells": {name: float(sums[name]) for name in names},
                    "drill": self._drill(
                        "giftcard.entry", [("id", "in", sums["entries"])], label
                    ),
                }
            )
        if rows:
            rows.append(self._total_row(self.env._("Total"), rows, names))
        return {
            "title": self.env._("Cards whose VAT is counted at the sale"),
            "note": self.env._("their uses add nothing to the return"),
            "columns": [
                self._column(name, label)
                for name, label in zip(names, labels, strict=True)
            ],
            "rows": rows,
        }

    @api.model
    def _build_documents(self, title, note, sums):
        names = ("base", "vat")
        rows = [
            {
                "label": tax.name or self.env._("No VAT"),
                "style": "",
                "cells": {name: float(sums[tax][name]) for name in names},
            }
            for tax in sorted(sums, key=lambda tax: tax.ids)
        ]
        if rows:
            rows.append(self._total_row(self.env._("Total"), rows, names))
        return {
            "title": title,
            "note": note,
            "columns": [
                self._column("base", self.env._("Base")),
                self._column("vat", self.env._("VAT")),
            ],
            "rows": rows,
        }
