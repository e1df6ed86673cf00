from odoo import models
from odoo.tools import SQL


class GiftcardTieOut(models.TransientModel):
    _inherit = "giftcard.tie.out"

    def _get_bridging_items(self, unposted):
        """Override: a till posts when its session is closed."""
        by_order = {}
        for row in unposted:
            if row["source_model"] == "pos.order":
                by_order.setdefault(row["source_id"], []).append(row["amount"])
        items = super()._get_bridging_items(unposted)
        if not by_order:
            return items
        rows = self.env.execute_query(
            SQL(
                """SELECT pos.id, session.id, session.name
                     FROM pos_order pos
                     JOIN pos_session session ON session.id = pos.session_id
                    WHERE pos.id IN %s AND session.state <> 'closed'
                      AND pos.company_id = %s""",
                tuple(by_order),
                self.company_id.id,
            )
        )
        sessions = {}
        for order_id, session_id, name in rows:
            item = sessions.setdefault(
                session_id,
                {
                    "name": name,
                    "source_model": "pos.session",
                    "source_id": session_id,
                    "amount": 0.0,
                },
            )
            item["amount"] += float(sum(by_order[order_id]))
        return [*items, *sessions.values()]
