from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..tools.split import exact, split_by_weight, to_decimal

ZERO = Decimal(0)
KINDS = ("sold", "back", "used", "discount", "all", "posted")


class GiftcardReportVat(models.AbstractModel):
    """VAT of gift cards: when single-purpose ones are sold, when others are used.

    Accounting specification 6.7. Taken from the documents whose journal entries are of
    the period, and compared with what these entries posted, tax by tax. Each kind of
    document is read by one file; bills of tills are in the adapter's.

    A document is a dict: ``move_id`` (its journal entry), ``tender`` (what cards paid
    of it, without bonus) and ``lines``: pairs of a kind ('sold', 'back', 'discount',
    'pair' or 'other') and a split as of ``giftcard.accounting``.
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
        moves = {document["move_id"] for document in documents}
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
            self._build_rates(names, sums, moves),
            check,
            self._build_tags(moves),
        ]

    @api.model
    def _name_tax(self, tax):
        return f"{tax.name} ({tax.amount:g} %)" if "%" not in tax.name else tax.name

    # === DOCUMENTS === #

    @api.model
    def _get_documents(self, options):
        """Return the documents with gift cards of the period.

        :rtype: list[dict]
        """
        return self._get_invoices(options)

    @api.model
    def _get_invoices(self, options):
        """Return invoices that a card paid, or that sold a card; adapters have more."""
        rows = self.env.execute_query(
            SQL(
                """SELECT move.id,
                          -COALESCE(SUM(entry.consideration)
                              FILTER (WHERE entry.book = 'liability'
                                        AND entry.kind IN ('redeem', 'refund')), 0)
                     FROM giftcard_entry entry
                     JOIN account_move move ON move.id = entry.source_id
                    WHERE entry.source_model = 'account.move'
                      AND entry.net <> 0
                      AND move.company_id = %s AND move.state = 'posted'
                      AND move.date BETWEEN %s AND %s
                      AND move.move_type IN ('out_invoice', 'out_refund')
                    GROUP BY move.id""",
                options["company"].id,
                options["date_from"],
                options["date_to"],
            )
        )
        tenders = dict(rows)
        invoices = self.env["account.move"].browse(tenders)
        return [
            {
                "move_id": invoice.id,
                "tender": exact(tenders[invoice.id]),
                "lines": self._read_invoice(invoice),
            }
            for invoice in invoices
        ]

    @api.model
    def _read_invoice(self, invoice):
        """Return what an invoice says, line by line, as its journal items have it."""
        lines = invoice.line_ids.filtered(lambda line: line.display_type == "product")
        base_lines, _tax_lines = invoice._get_rounded_base_and_tax_lines()
        digits = invoice.currency_id.decimal_places
        sign = -1 if invoice.move_type == "out_refund" else 1
        found = []
        for base_line in base_lines:
            if base_line["record"] not in lines:
                continue
            details = base_line["tax_details"]
            base = to_decimal(
                sign
                * (
                    details["total_excluded_currency"]
                    + details["delta_total_excluded_currency"]
                ),
                digits,
            )
            taxes = {
                data["tax"].id: {
                    "amount": to_decimal(sign * data["tax_amount_currency"], digits),
                    "base": to_decimal(sign * data["base_amount_currency"], digits),
                }
                for data in details["taxes_data"]
            }
            gross = base + sum((own["amount"] for own in taxes.values()), ZERO)
            split = {"gross": gross, "base": base, "taxes": taxes}
            found.append((self._get_invoice_kind(base_line["record"]), split))
        return found

    @api.model
    def _get_invoice_kind(self, line):
        """Return what a line of an invoice is about: kinds as in the class docstring.

        :rtype: str
        """
        kind = line.giftcard_entry_id.kind
        if kind in ("sale", "issue", "topup"):
            return "sold"
        if kind in ("cancel", "refund_sale", "refund_topup", "convert_out"):
            return "back"
        return "pair" if kind else "other"

    # === SUMS === #

    @api.model
    def _add_document(self, document, sums, currency):
        """Add a document to ``sums``: base and VAT by kind and tax."""
        for kind, split in document["lines"]:
            self._add_split(sums, "all", split)
            if kind in ("sold", "back", "discount"):
                self._add_split(sums, kind, split)
        if document["tender"]:
            for split in self._share_tender(document, currency):
                self._add_split(sums, "used", split)

    @api.model
    def _add_split(self, sums, kind, split):
        for tax_id, amounts in split["taxes"].items():
            sums[kind, tax_id][0] += amounts["base"]
            sums[kind, tax_id][1] += amounts["amount"]
        if not split["taxes"] and kind != "all":
            sums[kind, 0][0] += split["base"]

    @api.model
    def _share_tender(self, document, currency):
        """Return which part of the document's lines cards paid, by their taxes.

        By the totals of what is not a card itself (R4); paid in full, it is the whole
        VAT of the document.

        :rtype: list[dict]
        """
        groups = defaultdict(list)
        for kind, split in document["lines"]:
            if kind not in ("sold", "back"):
                groups[tuple(split["taxes"])].append(split)
        sign = -1 if document["tender"] < 0 else 1
        totals = [
            self.env["giftcard.accounting"]._add_splits(splits)
            for splits in groups.values()
        ]
        weights = [max(sign * total["gross"], ZERO) for total in totals]
        if not any(weights):
            return []
        digits = currency.decimal_places
        shares = split_by_weight(abs(document["tender"]), weights, digits)
        return [
            self._take_share(total, sign * share, digits)
            for total, share in zip(totals, shares, strict=True)
            if share
        ]

    @api.model
    def _take_share(self, total, share, digits):
        """Return the part of ``total`` that comes to ``share``, tax included."""
        part = share / total["gross"]
        taxes = {
            tax_id: {
                "amount": to_decimal(amounts["amount"] * part, digits),
                "base": to_decimal(amounts["base"] * part, digits),
            }
            for tax_id, amounts in total["taxes"].items()
        }
        base = share - sum((own["amount"] for own in taxes.values()), ZERO)
        if len(taxes) == 1:
            next(iter(taxes.values()))["base"] = base
        return {"gross": share, "base": base, "taxes": taxes}

    @api.model
    def _sum_posted(self, moves):
        """Return tax id, base and VAT that journal entries posted.

        :rtype: list[tuple]
        """
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT tax_id, SUM(base), SUM(vat)
                     FROM (SELECT tax.account_tax_id AS tax_id,
                                  -line.balance AS base, 0 AS vat
                             FROM account_move_line line
                             JOIN account_move_line_account_tax_rel tax
                               ON tax.account_move_line_id = line.id
                            WHERE line.move_id IN %(moves)s
                              AND line.tax_line_id IS NULL
                            UNION ALL
                           SELECT tax_line_id, 0, -balance FROM account_move_line
                            WHERE move_id IN %(moves)s
                              AND tax_line_id IS NOT NULL) items
                    GROUP BY 1""",
                moves=tuple(moves) or (0,),
            )
        )
        return [(tax_id, exact(base), exact(vat)) for tax_id, base, vat in rows]

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
                "text": self.env._("Everything posted in this period is in it."),
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
    def _build_rates(self, names, sums, moves):
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
                f"{part}_{kind}": sums.get((kind, tax_id), (ZERO, ZERO))[index]
                for kind in labels
                for index, part in enumerate(("base", "vat"))
            }

        return self._build_table(
            self.env._("Cards sold with VAT, and VAT of what cards paid"),
            self.env._("documents posted in this period"),
            [
                self._column(f"{part}_{kind}", label[index])
                for kind, label in labels.items()
                for index, part in enumerate(("base", "vat"))
            ],
            names,
            figures,
            moves,
        )

    @api.model
    def _build_check(self, names, sums, moves):
        def figures(tax_id):
            said = sums.get(("all", tax_id), (ZERO, ZERO))
            posted = sums.get(("posted", tax_id), (ZERO, ZERO))
            return {
                "base_all": said[0],
                "base_posted": posted[0],
                "base_difference": posted[0] - said[0],
                "vat_all": said[1],
                "vat_posted": posted[1],
                "vat_difference": posted[1] - said[1],
            }

        return self._build_table(
            self.env._("Do these documents and the journal agree?"),
            self.env._(
                "all of these tills' bills and invoices, however they were paid"
            ),
            [
                self._column("base_all", self.env._("Base, documents")),
                self._column("base_posted", self.env._("Base, journal")),
                self._column("base_difference", self.env._("Difference")),
                self._column("vat_all", self.env._("VAT, documents")),
                self._column("vat_posted", self.env._("VAT, journal")),
                self._column("vat_difference", self.env._("Difference")),
            ],
            names,
            figures,
            moves,
        )

    @api.model
    def _build_tags(self, moves):
        """Return what these journal entries put on the VAT return, by its tags."""
        rows = self.env.execute_query(
            SQL(
                """SELECT tag.account_account_tag_id, -SUM(line.balance)
                     FROM account_move_line line
                     JOIN account_account_tag_account_move_line_rel tag
                       ON tag.account_move_line_id = line.id
                    WHERE line.move_id IN %s
                    GROUP BY 1""",
                tuple(moves) or (0,),
            )
        )
        sums = dict(rows)
        tags = self.env["account.account.tag"].browse(sums).sorted("name")
        return {
            "title": self.env._("On the VAT return, by its tags"),
            "note": "",
            "columns": [self._column("amount", self.env._("Amount"))],
            "rows": [
                {
                    "label": tag.name,
                    "style": "",
                    "cells": {"amount": float(sums[tag.id])},
                    "drill": self._drill(
                        "account.move.line",
                        [
                            ("move_id", "in", sorted(moves)),
                            ("tax_tag_ids", "in", [tag.id]),
                        ],
                        tag.name,
                    ),
                }
                for tag in tags
            ],
        }
