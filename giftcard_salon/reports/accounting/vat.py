# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, models

from ...tools.allocation import exact, split_by_weight
from ...tools.tax_split import TaxSplit

ZERO = Decimal(0)
KINDS = ("sold", "back", "used", "discount", "all", "posted")


class GiftcardReportVat(models.AbstractModel):
    """VAT of gift cards: when single-purpose ones are sold, when others are used.

    Rows 1, 3 and 5 to 9 of docs/rules.rst. Taken from the documents whose journal
    entries are of the period, and compared with what these entries posted, tax by tax.
    One file reads each kind of document, ``reports/till/vat.py`` those of tills.

    A document is a dict: ``move_id`` (its journal entry), ``is_posted`` (in this
    period), ``tender`` (what cards paid of it in this period, without bonus) and
    ``lines``: tuples of a kind ('sold', 'back', 'discount', 'deduction' or 'other') and
    a ``TaxSplit``. All amounts are in the company's currency, as the journal has them.
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
        documents = self._get_documents(options)
        sums = defaultdict(lambda: [ZERO, ZERO])
        for document in documents:
            self._add_document(document, sums, options["company"].currency_id)
        moves = {document["move_id"] for document in documents if document["is_posted"]}
        for tax_id, base, vat in self._sum_posted(moves):
            sums["posted", tax_id] = [base, vat]
        taxes = self.env["account.tax"].browse(
            {tax_id for _kind, tax_id in sums if tax_id}
        )
        taxes = taxes.sorted(lambda tax: (-tax.amount, tax.name, tax.id))
        names = {tax.id: self._name_tax(tax) for tax in taxes}
        names[0] = self.env._("Without VAT: multi-purpose cards, tips")
        check = self._build_check(names, sums, moves)
        return self._build_banner(check), [
            self._build_taxes(names, sums, moves),
            check,
            self._build_tags(moves | self._find_paid(options)),
        ]

    @api.model
    def _name_tax(self, tax):
        return f"{tax.name} ({tax.amount:g} %)" if "%" not in tax.name else tax.name

    # === SUMS === #

    @api.model
    def _add_document(self, document, sums, currency):
        """Add a document to ``sums``: base and VAT by kind and tax."""
        for kind, split in document["lines"] if document["is_posted"] else ():
            self._add_split(sums, "all", split)
            if kind in ("sold", "back", "discount"):
                self._add_split(sums, kind, split)
        if document["tender"]:
            for split in self._share_tender(document, currency):
                self._add_split(sums, "used", split)

    @api.model
    def _add_split(self, sums, kind, split):
        for tax_id, tax in split.taxes.items():
            sums[kind, tax_id][0] += tax.base
            sums[kind, tax_id][1] += tax.vat
        if not split.taxes and kind != "all":
            sums[kind, 0][0] += split.base

    @api.model
    def _share_tender(self, document, currency):
        """Return which share of the document's lines cards paid, by their taxes.

        By the totals of what is not a card itself (R4); paid in full, it is the whole
        VAT of the document.

        :rtype: list[TaxSplit]
        """
        get_tax_group = self.env["giftcard.accounting"]._get_tax_group
        groups = defaultdict(TaxSplit)
        for kind, split in document["lines"]:
            if kind not in ("sold", "back"):
                taxes = self.env["account.tax"].browse(split.taxes)
                groups[get_tax_group(taxes)] += split
        sign = -1 if document["tender"] < 0 else 1
        totals = list(groups.values())
        weights = [max(sign * total.gross, ZERO) for total in totals]
        if not any(weights):
            return []
        digits = currency.decimal_places
        shares = split_by_weight(document["tender"], weights, digits)
        return [
            total.get_share(share, digits)
            for total, share in zip(totals, shares, strict=True)
            if share
        ]

    # === TABLES === #

    @api.model
    def _build_banner(self, check):
        differences = [
            exact(row["cells"][name])
            for row in check["rows"]
            for name in ("base_difference", "vat_difference")
            if row["style"] != "total"
        ]
        total = sum((abs(amount) for amount in differences), ZERO)
        if not total:
            return {
                "kind": "success",
                "title": self.env._("The documents and the journal agree."),
                "text": self.env._(
                    "It covers the invoices of this period with a gift card, and the "
                    "entries of tills where one was sold or used, with all their "
                    "bills. What has no gift card in it is left out."
                ),
                "figure": 0.0,
            }
        return {
            "kind": "danger",
            "title": self.env._("The documents and the journal do not agree."),
            "text": self.env._("See which tax differs in the second table."),
            "figure": float(total),
        }

    @api.model
    def _build_table(self, title, note, columns, names, figures, moves):
        """Return a table of base and VAT: one row per tax."""
        rows = []
        for tax_id, label in names.items():
            cells = {name: float(amount) for name, amount in figures(tax_id).items()}
            if any(cells.values()):
                rows.append({"label": label, "style": "", "cells": cells})
                if tax_id:
                    rows[-1]["drill"] = self._drill(
                        "account.move.line",
                        [
                            ("move_id", "in", sorted(moves)),
                            "|",
                            ("tax_ids", "in", [tax_id]),
                            ("tax_line_id", "=", tax_id),
                        ],
                        label,
                    )
        keys = [column["key"] for column in columns]
        rows.append(self._total_row(self.env._("Total"), rows, keys))
        return {"title": title, "note": note, "columns": columns, "rows": rows}

    @api.model
    def _build_taxes(self, names, sums, moves):
        labels = {
            "sold": (
                self.env._("Sold with VAT: base"),
                self.env._("Sold with VAT: VAT"),
            ),
            "back": (self.env._("Given back: base"), self.env._("Given back: VAT")),
            "used": (self.env._("Paid by card: base"), self.env._("Paid by card: VAT")),
            "discount": (self.env._("Bonus: base"), self.env._("Bonus: VAT")),
        }

        def figures(tax_id):
            return {
                f"{component}_{kind}": sums.get((kind, tax_id), (ZERO, ZERO))[index]
                for kind in labels
                for index, component in enumerate(("base", "vat"))
            }

        return self._build_table(
            self.env._("Cards sold with VAT, and VAT of what cards paid"),
            self.env._("documents posted in this period, and what cards paid in it"),
            [
                self._column(f"{component}_{kind}", label[index])
                for kind, label in labels.items()
                for index, component in enumerate(("base", "vat"))
            ],
            names,
            figures,
            moves,
        )
