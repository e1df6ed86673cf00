from odoo import api, models

from ...tools.allocation import exact

OWED_LIST = "giftcard_salon.giftcard_owed_view_list"


class GiftcardReportLiability(models.AbstractModel):
    """Do the cards equal the accounts? With every document on its way between them."""

    _inherit = "giftcard.report.liability"

    @api.model
    def _build_tie_out(self, tie_out, options):
        company, day = options["company"], options["date_to"]
        books = tie_out.book_ids
        keys = {
            (own.book, own.currency_id.id): self._get_book_key(own) for own in books
        }
        columns = [
            self._column(
                keys[own.book, own.currency_id.id],
                self._get_book_label(company, own.book, own.currency_id.id),
            )
            for own in books
        ]
        rows = [
            self._build_book_row(
                self.env._("Cards, by their own ledger"), books, "ledger_amount"
            ),
            *(self._build_item_row(item, keys) for item in tie_out.line_ids),
            {
                "label": self.env._("= What the accounts should show"),
                "style": "strong",
                "cells": {
                    self._get_book_key(own): float(
                        exact(own.ledger_amount) - exact(own.bridging_amount)
                    )
                    for own in books
                },
            },
            self._build_book_row(
                self.env._("Accounts, posted balance"), books, "posted_amount"
            ),
            {
                **self._build_book_row(self.env._("Difference"), books, "difference"),
                "style": "total",
            },
        ]
        own = [("company_id", "=", company.id)]
        rows[0]["drill"] = self._drill(
            "giftcard.entry", [*own, ("day", "<=", day)], rows[0]["label"]
        )
        rows[-2]["drill"] = self._drill(
            "account.move.line",
            [
                *own,
                ("account_id", "in", list(tie_out._get_accounts())),
                ("parent_state", "=", "posted"),
                ("date", "<=", day),
            ],
            rows[-2]["label"],
            OWED_LIST,
        )
        rows += [self._build_unbacked_row(line, keys) for line in tie_out.unbacked_ids]
        if len(columns) > 1 and len(books.currency_id) == 1:
            columns.append(self._column("total", self.env._("Total")))
            for row in rows:
                if row["cells"]:
                    row["cells"]["total"] = float(
                        sum(map(exact, row["cells"].values()))
                    )
        return {
            "title": self.env._("Do the cards equal the accounts?"),
            "note": self.env._("as of %s", self.env["giftcard.card"]._say_day(day)),
            "columns": columns,
            "rows": rows,
        }

    @api.model
    def _get_book_key(self, own):
        return f"{own.book}_{own.currency_id.id}"

    @api.model
    def _build_book_row(self, label, books, name):
        return {
            "label": label,
            "style": "",
            "cells": {self._get_book_key(own): own[name] for own in books},
        }

    @api.model
    def _build_item_row(self, item, keys):
        """Return a document on its way: what it will still change in the accounts."""
        return {
            "label": self.env._("On its way: %s", item.name),
            "style": "detail",
            "cells": {keys[item.book, item.currency_id.id]: -item.amount},
            "drill": self._drill_item(item),
        }

    @api.model
    def _drill_item(self, item):
        """Return what a document on its way opens."""
        return self._drill(item.source_model, [("id", "=", item.source_id)], item.name)

    @api.model
    def _build_unbacked_row(self, line, keys):
        """Return a line that no card stands behind: what it says is owed."""
        key = keys.get((line.book, line.currency_id.id))
        return {
            "label": self.env._("No card stands behind: %s", line.name),
            "style": "detail",
            "cells": {key: line.amount} if key else {},
            "drill": self._drill(
                line.source_model, [("id", "=", line.source_id)], line.name
            ),
        }
