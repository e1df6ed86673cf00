# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...tools.allocation import exact
from .tie_out import LIABILITY_KINDS, MOVED

ZERO = Decimal(0)
# what changed: key, kinds of ledger entries, shown also when it is zero
CHANGES = (
    ("sold", ("sale",), True),
    ("issued", ("issue",), False),
    ("added", ("topup",), False),
    ("used", ("redeem",), True),
    ("refunded", ("refund",), True),
    ("given_back", ("refund_sale", "refund_topup"), False),
    ("expired", ("expire", "unexpire"), True),
    ("lost", ("forfeit",), False),
    ("cancelled", ("cancel",), True),
    ("adjusted", ("adjust",), False),
    ("changed", ("convert_out", "convert_in"), False),
    ("escheated", ("escheat",), False),
    ("moved", MOVED, False),
)
MEASURES = ("net", "consideration", "face", "bonus")


class GiftcardReportLiability(models.AbstractModel):
    """What is owed to clients, how it changed, and whether the accounts say the same.

    Roll-forward and tie-out.
    """

    _name = "giftcard.report.liability"
    _inherit = "giftcard.report"
    _description = "Gift card liability"
    _report_sequence = 10

    @api.model
    def _get_title(self):
        return self.env._("Gift card liability")

    @api.model
    def _build(self, options):
        tie_out = (
            self.env["giftcard.tie.out"]
            .with_company(options["company"])
            .create({"company_id": options["company"].id, "day": options["date_to"]})
        )
        changes = self._sum_changes(options)
        tables = [
            self._build_changes(
                options,
                changes,
                "net",
                self.env._("What changed"),
                self.env._(
                    "as owed in the accounts: paid for, without VAT where it was "
                    "counted at the sale"
                ),
            ),
            self._build_tie_out(tie_out, options),
            self._build_changes(
                options,
                changes,
                "consideration",
                self.env._("What clients paid for"),
                self.env._("with VAT"),
            ),
            self._build_changes(
                options,
                changes,
                "face",
                self.env._("What the cards can buy"),
                self.env._("their full value"),
            ),
        ]
        bonus = self._build_changes(
            options,
            changes,
            "bonus",
            self.env._("Bonus"),
            self.env._("value nobody paid for: given, used, lost"),
        )
        if any(any(row["cells"].values()) for row in bonus["rows"]):
            tables.append(bonus)
        return self._build_banner(tie_out), tables

    @api.model
    def _build_banner(self, tie_out):
        count = len(tie_out.line_ids)
        if not tie_out.is_equal:
            money = tie_out.currency_id.format(tie_out.difference)
            return {
                "kind": "danger",
                "title": self.env._("The cards and the accounts differ by %s.", money)
                if tie_out._is_apart()
                else self.env._(
                    "Lines that no gift card stands behind: %s",
                    len(tie_out.unbacked_ids),
                ),
                "text": self._get_first_day_note(tie_out),
                "figure": tie_out.difference,
            }
        text = (
            self.env._("Everything is posted.")
            if not count
            else self.env._("1 item is on its way to the accounts; it is listed below.")
            if count == 1
            else self.env._(
                "%s items are on their way to the accounts; they are listed below.",
                count,
            )
        )
        return {
            "kind": "success",
            "title": self.env._("The cards and the accounts agree to the cent."),
            "text": text,
            "figure": tie_out.difference,
        }

    @api.model
    def _get_first_day_note(self, tie_out):
        day = tie_out._find_first_day()
        return (
            self.env._(
                "The first day they differ is %s.",
                self.env["giftcard.card"]._format_day(day),
            )
            if day
            else self.env._(
                "Look at journal items that no card stands behind, and at documents "
                "that are missing."
            )
        )

    # === WHAT CHANGED === #

    @api.model
    def _build_changes(self, options, found, measure, title, note):
        sums, opening = found[measure]
        keys = sorted(
            {key[:2] for key in sums} | set(opening),
            key=lambda key: (LIABILITY_KINDS.index(key[0]), key[1]),
        )
        labels = self._get_change_labels()
        listed_kinds = {kind for _key, kinds, _always in CHANGES for kind in kinds}
        others = tuple({kind for _role, _currency, kind in sums} - listed_kinds)
        changes = [
            *CHANGES,
            *([("other", others, False)] if any(others) else []),
        ]
        rows = [
            self._build_change_row(key, changes, sums, opening, options) for key in keys
        ]
        shown = [
            name
            for name, _kinds, is_always in changes
            if is_always or any(row["cells"][name] for row in rows)
        ]
        names = ["opening", *shown, "closing"]
        if len({currency for _role, currency in keys}) == 1 and len(rows) > 1:
            rows.append(self._total_row(self.env._("Total"), rows, names))
        return {
            "title": title,
            "note": note,
            "columns": [self._column(name, labels[name]) for name in names],
            "rows": rows,
        }

    @api.model
    def _get_change_labels(self):
        return {
            "opening": self.env._("Opening"),
            "sold": self.env._("Sold"),
            "issued": self.env._("Issued by hand"),
            "added": self.env._("Topped up"),
            "used": self.env._("Used"),
            "refunded": self.env._("Refunded to cards"),
            "given_back": self.env._("Given back"),
            "expired": self.env._("Expired"),
            "lost": self.env._("Lost with its one use"),
            "cancelled": self.env._("Cancelled"),
            "adjusted": self.env._("Adjusted"),
            "changed": self.env._("Changed into gift cards"),
            "escheated": self.env._("To the State"),
            "moved": self.env._("Moved"),
            "other": self.env._("Other"),
            "closing": self.env._("Closing"),
        }

    @api.model
    def _sum_changes(self, options):
        """Return every measure in one reading of the ledger.

        :return: by measure the sums of the period, by kind of liability, currency
            and kind of entry, and what was before it, by kind of liability and currency
        :rtype: dict[str, tuple]
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT liability_kind, currency_id, kind, day >= %(first)s,
                          SUM(net), SUM(consideration), SUM(face)
                     FROM giftcard_entry
                    WHERE company_id = %(company)s AND day <= %(last)s
                    GROUP BY liability_kind, currency_id, kind, day >= %(first)s""",
                first=options["date_from"],
                last=options["date_to"],
                company=options["company"].id,
            )
        )
        found = {name: ({}, defaultdict(Decimal)) for name in MEASURES}
        for role, currency, kind, is_now, *amounts in rows:
            net, paid, face = map(exact, amounts)
            for name, amount in zip(
                MEASURES, (net, paid, face, face - paid), strict=True
            ):
                sums, opening = found[name]
                if is_now:
                    sums[role, currency, kind] = amount
                else:
                    opening[role, currency] += amount
        return found

    @api.model
    def _build_change_row(self, key, changes, sums, opening, options):
        role, currency_id = key
        cells, drills = {"opening": opening.get(key, ZERO)}, {}
        ledger_domain = [("company_id", "=", options["company"].id)]
        ledger_domain += [
            ("liability_kind", "=", role),
            ("currency_id", "=", currency_id),
        ]
        now = [("day", ">=", options["date_from"]), ("day", "<=", options["date_to"])]
        labels = self._get_change_labels()
        for name, kinds, _is_always in changes:
            cells[name] = sum((sums.get((*key, kind), ZERO) for kind in kinds), ZERO)
            domain = [*ledger_domain, *now, ("kind", "in", kinds)]
            drills[name] = self._drill("giftcard.entry", domain, labels[name])
        cells["closing"] = sum(cells.values())
        label = self._get_column_label(options["company"], role, currency_id)
        return {
            "label": label,
            "style": "",
            "cells": {name: float(amount) for name, amount in cells.items()},
            "drill": self._drill(
                "giftcard.entry",
                [*ledger_domain, ("day", "<=", options["date_to"])],
                label,
            ),
            "drills": drills,
        }

    @api.model
    def _get_column_label(self, company, role, currency_id):
        account = company[f"giftcard_{role}_account_id"].with_company(company)
        label = self._get_liability_kind_labels()[role]
        if account:
            label = f"{label} ({account.code})"
        if currency_id != company.currency_id.id:
            label = f"{label}, {self.env['res.currency'].browse(currency_id).name}"
        return label
