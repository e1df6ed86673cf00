# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.tools import SQL

from ...tools.allocation import exact, to_decimal
from ...tools.tax_split import TaxSplit


class GiftcardReportVat(models.AbstractModel):
    """The documents of the VAT report: which, and what cards do in them."""

    _inherit = "giftcard.report.vat"

    @api.model
    def _get_documents(self, options):
        """Return the documents with gift cards of the period.

        :rtype: list[dict]
        """
        return self._get_invoices(options)

    @api.model
    def _get_invoices(self, options):
        """Return invoices that a card paid, or that sold a card; adapters have more.

        Also older ones that a card paid in this period.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT move.id, move.date BETWEEN %(first)s AND %(last)s,
                          -COALESCE(SUM(entry.consideration)
                              FILTER (WHERE entry.liability_kind = 'liability'
                                        AND entry.kind IN ('redeem', 'refund')
                                        AND entry.day BETWEEN %(first)s AND %(last)s),
                              0)
                     FROM giftcard_entry entry
                     JOIN account_move move ON move.id = entry.source_id
                    WHERE entry.source_model = 'account.move'
                      AND entry.net <> 0
                      AND move.company_id = %(company)s AND move.state = 'posted'
                      AND (move.date BETWEEN %(first)s AND %(last)s
                           OR entry.day BETWEEN %(first)s AND %(last)s)
                      AND move.move_type IN ('out_invoice', 'out_refund')
                    GROUP BY move.id""",
                company=options["company"].id,
                first=options["date_from"],
                last=options["date_to"],
            )
        )
        invoices = self.env["account.move"]
        return [
            {
                "move_id": move_id,
                "is_posted": is_posted,
                "tender": self._convert_tender(
                    tender,
                    invoices.browse(move_id).invoice_currency_rate,
                    options["company"],
                ),
                "lines": self._read_invoice(invoices.browse(move_id)),
            }
            for move_id, is_posted, tender in rows
        ]

    @api.model
    def _convert_tender(self, tender, rate, company):
        """Return what cards paid of a document, in the company's currency.

        At the document's rate, as its lines are: what the cards carried is another
        matter, and so is the exchange difference.

        :param decimal.Decimal tender: in the document's currency
        :param float rate: of the document: its currency for one of the company's
        :param company: ``res.company``
        :rtype: decimal.Decimal
        """
        digits = company.currency_id.decimal_places
        return to_decimal(exact(tender) / exact(rate or 1), digits)

    @api.model
    def _keep_documents(self, moves):
        """Return those of ``moves`` that are documents with gift cards.

        Adapters add theirs.

        :param moves: ``account.move`` records
        :rtype: account.move
        """
        entries = self.env["giftcard.entry"]._read_group(
            [
                ("source_model", "=", "account.move"),
                ("source_id", "in", moves.ids),
                ("net", "!=", 0),
            ],
            ["source_id"],
        )
        return moves.browse([move_id for (move_id,) in entries])

    @api.model
    def _read_invoice(self, invoice):
        """Return what an invoice says, line by line, as its journal items have it."""
        lines = invoice.line_ids.filtered(lambda line: line.display_type == "product")
        base_lines, _tax_lines = invoice._get_rounded_base_and_tax_lines()
        digits = invoice.company_currency_id.decimal_places
        sign = -1 if invoice.move_type == "out_refund" else 1
        found = []
        for base_line in base_lines:
            if base_line["record"] not in lines:
                continue
            split = TaxSplit.from_base_line(base_line, digits, sign, suffix="")
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
        return "deduction" if kind else "other"
