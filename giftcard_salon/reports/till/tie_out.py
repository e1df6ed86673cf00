from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ...tools.allocation import exact


class GiftcardTieOut(models.TransientModel):
    _inherit = "giftcard.tie.out"

    def _get_bridging_items(self, unposted):
        """Override: a till posts when its session is closed."""
        items = super()._get_bridging_items(unposted)
        orders = {
            row["source_id"] for row in unposted if row["source_model"] == "pos.order"
        }
        if not orders:
            return items
        rows = self.env.execute_query(
            SQL(
                """SELECT pos.id, session.id, session.name
                     FROM pos_order pos
                     JOIN pos_session session ON session.id = pos.session_id
                    WHERE pos.id IN %s AND session.state <> 'closed'
                      AND pos.company_id = %s""",
                tuple(orders),
                self.company_id.id,
            )
        )
        sessions = {order_id: (session_id, name) for order_id, session_id, name in rows}
        sums = defaultdict(Decimal)
        for row in unposted:
            if row["source_model"] == "pos.order" and row["source_id"] in sessions:
                session = sessions[row["source_id"]]
                sums[session, row["book"], row["currency_id"]] += exact(row["amount"])
        return [
            *items,
            *(
                {
                    "name": name,
                    "source_model": "pos.session",
                    "source_id": session_id,
                    "book": book,
                    "currency_id": currency_id,
                    "amount": float(amount),
                }
                for ((session_id, name), book, currency_id), amount in sums.items()
            ),
        ]

    def _is_explained(self, entry, explained):
        """Override: a bill of a till that is open."""
        if super()._is_explained(entry, explained):
            return True
        order = self.env["pos.order"].browse(
            entry.source_id if entry.source_model == "pos.order" else []
        )
        return ("pos.session", order.session_id.id) in explained
