# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal

from odoo import api, fields, models

from ...tools.allocation import exact

FIGURES = ("face", "paid", "bonus", "net", "open")


class GiftcardReportGroup(models.AbstractModel):
    """What group companies owe each other for cards.

    The redemptions are known to both sides. Of the accounts only the balance between
    the two is shown: what one owes the other is to receive.
    """

    _name = "giftcard.report.group"
    _inherit = "giftcard.report"
    _description = "Gift cards between group companies"
    _report_sequence = 60

    @api.model
    def _get_title(self):
        return self.env._("Between companies")

    @api.model
    def _build(self, options):
        company = options["company"]
        settlements = (
            self.env["giftcard.settlement"]
            .search(
                [
                    ("day", "<=", options["date_to"]),
                    "|",
                    ("company_id", "=", company.id),
                    ("redeemer_id", "=", company.id),
                ],
            )
            .sorted(lambda settlement: (settlement.day, settlement.id))
        )
        now = settlements.filtered(
            lambda settlement: settlement.day >= options["date_from"]
        )
        tables = [
            self._build_companies(settlements, options),
            self._build_redemptions(now, options),
        ]
        balances = self._build_balances(settlements, options)
        return self._build_banner(balances), [tables[0], balances, tables[1]]

    @api.model
    def _build_banner(self, balances):
        differences = [row["cells"]["difference"] for row in balances["rows"]]
        if not differences:
            return None
        if not any(differences):
            return {
                "kind": "success",
                "title": self.env._("What one owes, the other is to receive."),
                "text": "",
                "figure": 0.0,
            }
        return {
            "kind": "danger",
            "title": self.env._("The accounts of two companies do not say the same."),
            "text": self.env._("Look at payments that only one of them entered."),
            "figure": float(sum(abs(exact(amount)) for amount in differences)),
        }

    @api.model
    def _is_settled(self, settlement, day):
        """Tell whether the issuer had paid for ``settlement`` at the end of ``day``."""
        return settlement.is_paid and (
            not settlement.paid_on or settlement.paid_on <= day
        )

    # === IN ALL === #

    @api.model
    def _build_companies(self, settlements, options):
        """Return the sums per company, direction and who declares the VAT."""
        company = options["company"]
        says = dict(settlements._fields["vat_by"]._description_selection(self.env))
        groups = settlements.grouped(
            lambda settlement: (
                settlement.company_id,
                settlement.redeemer_id,
                settlement.vat_by,
                settlement.currency_id,
            )
        )
        rows = []
        for (issuer, redeemer, vat_by, currency), group in groups.items():
            label = (
                self.env._("Our cards used at %s", redeemer.name)
                if issuer == company
                else self.env._("Cards of %s used here", issuer.name)
            )
            now = group.filtered(
                lambda settlement: settlement.day >= options["date_from"]
            )
            is_due = group.filtered(
                lambda settlement: not self._is_settled(settlement, options["date_to"])
            )
            if not (now or is_due):
                continue
            domain = [
                ("company_id", "=", issuer.id),
                ("redeemer_id", "=", redeemer.id),
                ("vat_by", "=", vat_by),
                ("currency_id", "=", currency.id),
                ("day", "<=", options["date_to"]),
            ]
            rows.append(
                {
                    "label": label,
                    "style": "",
                    "cells": {
                        "vat_by": says[vat_by],
                        "count": len(now),
                        "face": self._sum(now, "face"),
                        "paid": self._sum(now, "consideration"),
                        "bonus": self._sum(now, "bonus"),
                        "net": self._sum(now, "net"),
                        "open": float(
                            sum(
                                (
                                    exact(settlement._get_amount_due())
                                    for settlement in is_due
                                ),
                                Decimal(0),
                            )
                        ),
                    },
                    "drill": self._drill("giftcard.settlement", domain, label),
                    "drills": {
                        "open": self._drill(
                            "giftcard.settlement", [("id", "in", is_due.ids)], label
                        )
                    },
                }
            )
        return {
            "title": self.env._("What was used at the other's"),
            "note": self.env._("in this period; not settled: in all, on the last day"),
            "columns": [
                self._column("vat_by", self.env._("VAT declared"), "text"),
                self._column("count", self.env._("Uses"), "count"),
                self._column("face", self.env._("Value used")),
                self._column("paid", self.env._("Clients paid for it")),
                self._column("bonus", self.env._("Bonus")),
                self._column("net", self.env._("Without VAT of the sale")),
                self._column("open", self.env._("Not settled")),
            ],
            "rows": rows,
        }

    @api.model
    def _sum(self, settlements, name):
        return float(
            sum((exact(amount) for amount in settlements.mapped(name)), Decimal(0))
        )

    # === ONE BY ONE === #

    @api.model
    def _build_redemptions(self, settlements, options):
        says = dict(settlements._fields["vat_by"]._description_selection(self.env))
        rows = []
        for settlement in settlements:
            is_settled = self._is_settled(settlement, options["date_to"])
            rows.append(
                {
                    "label": settlement.source_name or "",
                    "style": "",
                    "cells": {
                        "day": fields.Date.to_string(settlement.day),
                        "card": settlement.card_id.name,
                        "issuer": settlement.company_id.name,
                        "redeemer": settlement.redeemer_id.name,
                        "face": settlement.face,
                        "paid": settlement.consideration,
                        "net": settlement.net,
                        "vat_by": says[settlement.vat_by],
                        "statement": settlement.statement_id.name or "",
                        "paid_on": fields.Date.to_string(settlement.paid_on)
                        if is_settled and settlement.paid_on
                        else False,
                    },
                    "drill": self._drill(
                        "giftcard.settlement",
                        [("id", "=", settlement.id)],
                        settlement.source_name,
                    ),
                }
            )
        if rows:
            rows.append(
                self._total_row(self.env._("Total"), rows, ("face", "paid", "net"))
            )
        return {
            "title": self.env._("Every use"),
            "note": "",
            "columns": [
                self._column("day", self.env._("Day"), "date"),
                self._column("card", self.env._("Card"), "text"),
                self._column("issuer", self.env._("Sold by"), "text"),
                self._column("redeemer", self.env._("Used at"), "text"),
                self._column("face", self.env._("Value used")),
                self._column("paid", self.env._("Paid part")),
                self._column("net", self.env._("Without VAT")),
                self._column("vat_by", self.env._("VAT declared"), "text"),
                self._column("statement", self.env._("Settlement"), "text"),
                self._column("paid_on", self.env._("Settled on"), "date"),
            ],
            "rows": rows,
        }
