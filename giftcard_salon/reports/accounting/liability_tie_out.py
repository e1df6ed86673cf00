# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models

from ...tools.allocation import exact

AMOUNTS = ("ledger_amount", "bridging_amount", "posted_amount", "difference")
COMPANY_AMOUNTS = (
    "company_ledger",
    "company_bridging",
    "company_posted",
    "company_difference",
)
LIABILITY_LIST = "giftcard_salon.giftcard_liability_view_list"


class GiftcardReportLiability(models.AbstractModel):
    """Do the cards equal the accounts? With every document on its way between them."""

    _inherit = "giftcard.report.liability"

    @api.model
    def _build_tie_out(self, tie_out, options):
        company, day = options["company"], options["date_to"]
        comparisons = tie_out.column_ids
        keys = {
            (
                comparison.liability_kind,
                comparison.currency_id.id,
            ): self._get_column_key(comparison)
            for comparison in comparisons
            if not comparison.account_id
        }
        columns = self._build_tie_out_columns(company, comparisons)
        rows = [
            self._build_column_row(
                self.env._("Cards, by their own ledger"), comparisons, "ledger_amount"
            ),
            *(self._build_item_row(item, keys) for item in tie_out.line_ids),
            *self._build_company_currency_row(company, comparisons),
            {
                "label": self.env._("= What the accounts should show"),
                "style": "strong",
                "cells": {
                    key: float(exact(comparison[ledger]) - exact(comparison[bridging]))
                    for comparison in comparisons
                    for key, (ledger, bridging, *_others) in self._get_figures(
                        comparison
                    )
                },
            },
            self._build_column_row(
                self.env._("Accounts, posted balance"), comparisons, "posted_amount"
            ),
            {
                **self._build_column_row(
                    self.env._("Difference"), comparisons, "difference"
                ),
                "style": "total",
            },
        ]
        company_domain = [("company_id", "=", company.id)]
        rows[0]["drill"] = self._drill(
            "giftcard.entry", [*company_domain, ("day", "<=", day)], rows[0]["label"]
        )
        rows[-2]["drill"] = self._drill(
            "account.move.line",
            tie_out._get_counted_domain(tie_out._get_accounts()),
            rows[-2]["label"],
            LIABILITY_LIST,
        )
        rows += [self._build_unbacked_row(line, keys) for line in tie_out.unbacked_ids]
        if len(columns) > 1 and len(comparisons.currency_id) == 1:
            columns.append(self._column("total", self.env._("Total")))
            chosen = {*keys.values()}
            for row in rows:
                if row["cells"]:
                    row["cells"]["total"] = float(
                        sum(
                            exact(amount)
                            for key, amount in row["cells"].items()
                            if key in chosen
                        )
                    )
        return {
            "title": self.env._("Do the cards equal the accounts?"),
            "note": self.env._("as of %s", self.env["giftcard.card"]._format_day(day)),
            "columns": columns,
            "rows": rows,
        }

    @api.model
    def _get_column_key(self, comparison):
        key = f"{comparison.liability_kind}_{comparison.currency_id.id}"
        return f"{key}_{comparison.account_id.id}" if comparison.account_id else key

    @api.model
    def _get_figures(self, comparison):
        """Return key and field names of an account role's columns.

        A column in another currency has a second one, in the company's.
        """
        figures = [(self._get_column_key(comparison), AMOUNTS)]
        if comparison.currency_id != comparison.company_currency_id:
            figures.append((f"{self._get_column_key(comparison)}_own", COMPANY_AMOUNTS))
        return figures

    @api.model
    def _build_tie_out_columns(self, company, comparisons):
        columns = []
        for comparison in comparisons:
            label = self._get_column_label(
                company, comparison.liability_kind, comparison.currency_id.id
            )
            if comparison.account_id:
                label = self.env._(
                    "On %s, which is not chosen for them",
                    comparison.account_id.with_company(company).display_name,
                )
            labels = [
                label,
                self.env._(
                    "%(book)s, in %(currency)s",
                    book=label,
                    currency=company.currency_id.name,
                ),
            ]
            columns += [
                self._column(key, label)
                for (key, _names), label in zip(
                    self._get_figures(comparison), labels, strict=False
                )
            ]
        return columns

    @api.model
    def _build_column_row(self, label, comparisons, name):
        number = AMOUNTS.index(name)
        return {
            "label": label,
            "style": "",
            "cells": {
                key: comparison[names[number]]
                for comparison in comparisons
                for key, names in self._get_figures(comparison)
            },
        }

    @api.model
    def _build_company_currency_row(self, company, comparisons):
        """Return what is on its way of cards in other currencies, in the company's."""
        cells = {
            key: -comparison.company_bridging
            for comparison in comparisons
            for key, _names in self._get_figures(comparison)[1:]
            if comparison.company_bridging
        }
        if not cells:
            return []
        label = self.env._(
            "On its way, and exchange differences of matched items, in %s",
            company.currency_id.name,
        )
        return [{"label": label, "style": "detail", "cells": cells}]

    @api.model
    def _build_item_row(self, item, keys):
        """Return a document on its way: what it will still change in the accounts."""
        return {
            "label": self.env._("On its way: %s", item.name),
            "style": "detail",
            "cells": {keys[item.liability_kind, item.currency_id.id]: -item.amount},
            "drill": self._drill_item(item),
        }

    @api.model
    def _drill_item(self, item):
        """Return what a document on its way opens."""
        return self._drill(item.source_model, [("id", "=", item.source_id)], item.name)

    @api.model
    def _build_unbacked_row(self, line, keys):
        """Return a line that no card stands behind: what it says is owed."""
        key = keys.get((line.liability_kind, line.currency_id.id))
        return {
            "label": self.env._("No card stands behind: %s", line.name),
            "style": "detail",
            "cells": {key: line.amount} if key else {},
            "drill": self._drill(
                line.source_model, [("id", "=", line.source_id)], line.name
            ),
        }
