# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...tools.allocation import exact

ZERO = Decimal(0)


class GiftcardReportVat(models.AbstractModel):
    """What the journal says of the documents of the VAT report."""

    _inherit = "giftcard.report.vat"

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
    def _find_paid(self, options):
        """Return the cash-basis entries of the period of documents with gift cards.

        VAT of services taxed on payment reaches the return through these, whenever
        the document was posted.

        :return: ids of journal entries
        :rtype: set[int]
        """
        entries = self.env["account.move"].search(
            [
                ("company_id", "=", options["company"].id),
                ("state", "=", "posted"),
                ("date", ">=", options["date_from"]),
                ("date", "<=", options["date_to"]),
                ("tax_cash_basis_origin_move_id", "!=", False),
            ]
        )
        documents = self._keep_documents(entries.tax_cash_basis_origin_move_id)
        return set(
            entries.filtered(
                lambda entry: entry.tax_cash_basis_origin_move_id in documents
            ).ids
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
            "note": self.env._(
                "services taxed on payment: what was paid in this period, of documents "
                "of any period"
            ),
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
