# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.tools import SQL


class GiftcardTieOut(models.TransientModel):
    """What lies between the cards and the accounts: documents on their way, and items
    that no card stands behind.
    """

    _inherit = "giftcard.tie.out"

    def _get_bridging_items(self, unposted):
        """Return the documents that explain ``unposted`` entries; adapters add theirs.

        :param list[dict] unposted: as of :meth:`_find_unposted`
        :return: values of ``giftcard.tie.out.line``
        :rtype: list[dict]
        """
        items = self.env["account.move.line"].search(
            [
                ("giftcard_entry_id", "in", [row["id"] for row in unposted]),
                ("company_id", "in", self._get_posting_companies()),
                ("account_id", "in", list(self._get_accounts())),
                "|",
                ("parent_state", "=", "draft"),
                "&",
                ("parent_state", "=", "posted"),
                ("date", ">", self.day),
            ]
        )
        early = self.env["account.move.line"].search(
            [
                (
                    "giftcard_entry_id",
                    "in",
                    [row["id"] for row in unposted if self._is_early(row)],
                ),
                ("account_id", "in", list(self._get_accounts())),
                ("parent_state", "=", "posted"),
                ("date", "<=", self.day),
            ]
        )
        return [
            *self._prepare_moves(items, -1),
            *self._prepare_moves(early, 1),
        ]

    @api.model
    def _is_early(self, row):
        """Tell whether an entry is of a later day than its journal items."""
        return self.env["giftcard.entry"].browse(row["id"]).day > self.day

    def _find_strange_items(self):
        """Return posted items of the accounts up to the day that no card stands behind.

        :rtype: account.move.line
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT line.id FROM account_move_line line
                    WHERE %s AND line.giftcard_entry_id IS NULL
                      AND NOT EXISTS (SELECT 1 FROM giftcard_account_change change
                                       WHERE change.move_id = line.move_id)
                    ORDER BY line.date, line.id""",
                self._get_counted(self._get_accounts()),
            )
        )
        return self.env["account.move.line"].browse([row[0] for row in rows])

    # === NO CARD BEHIND === #

    def _is_apart(self):
        """Tell whether the sums differ, not only lines that cancel each other."""
        return any(self.column_ids.mapped("difference"))

    def _get_unbacked(self):
        """Return each line that no card stands behind; adapters add theirs.

        :return: values of ``giftcard.tie.out.line``; positive amounts are owed
        :rtype: list[dict]
        """
        accounts = self._get_accounts()
        return [
            {
                "name": ": ".join(filter(None, (item.move_id.name, item.name))),
                "source_model": item._name,
                "source_id": item.id,
                "liability_kind": accounts[item.account_id.id],
                "currency_id": item.currency_id.id,
                "amount": -item.amount_currency,
                "day": item.date,
            }
            for item in self._find_unbacked_items()
        ]

    def _find_unbacked_items(self):
        """Return the strange items that nothing explains.

        What one entry takes in and out again, as cash-basis entries do, is explained,
        and what an accountant has matched with each other.

        :rtype: account.move.line
        """
        strange = self._find_strange_items().filtered("amount_currency")
        unbacked = strange.browse()
        for items in strange.grouped(
            lambda item: (item.move_id, item.account_id, item.currency_id)
        ).values():
            if not self._is_in_and_out(items):
                unbacked |= items
        return unbacked.filtered(
            lambda item: (
                not item.full_reconcile_id
                or item.full_reconcile_id.reconciled_line_ids.giftcard_entry_id
            )
        )

    @api.model
    def _is_in_and_out(self, items):
        """Tell whether items of one entry on one account come to nothing."""
        return items.currency_id.is_zero(sum(items.mapped("amount_currency")))

    def _find_first_day(self):
        """Return the first day on which cards and accounts differ, or False.

        :rtype: datetime.date
        """
        unposted = self._find_unposted()
        explained = {(line.source_model, line.source_id) for line in self.line_ids}
        entries = self.env["giftcard.entry"].browse([row["id"] for row in unposted])
        missing = entries.filtered(
            lambda entry: not self._is_explained(entry, explained)
        )
        days = [
            *self._find_strange_items().mapped("date"),
            *self.unbacked_ids.mapped("day"),
            *missing.mapped("day"),
        ]
        return min(days, default=False)

    @api.model
    def _is_explained(self, entry, explained):
        """Tell whether a document that is on its way stands behind an entry."""
        items = self.env["account.move.line"].search(
            [("giftcard_entry_id", "=", entry.id)]
        )
        return any(("account.move", move.id) in explained for move in items.move_id)

    def _prepare_moves(self, lines, sign):
        grouped = lines.grouped(
            lambda line: (
                line.move_id,
                line.giftcard_entry_id.liability_kind,
                line.currency_id.id,
            )
        )
        return [
            {
                "name": self._describe_move(move),
                "source_model": "account.move",
                "source_id": move.id,
                "liability_kind": role,
                "currency_id": currency_id,
                "amount": sign * sum(move_lines.mapped("amount_currency")),
            }
            for (move, role, currency_id), move_lines in grouped.items()
        ]

    @api.model
    def _describe_move(self, move):
        if move.state == "draft":
            return move.ref or self.env._("Draft entry")
        return self.env._(
            "%(entry)s, posted on %(day)s",
            entry=move.name,
            day=self.env["giftcard.card"]._format_day(move.date),
        )
