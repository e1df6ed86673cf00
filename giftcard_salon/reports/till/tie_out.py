# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...models.till.turnover import MONEY_ROLES
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
                      AND pos.company_id IN %s""",
                tuple(orders),
                self._get_posting_companies(),
            )
        )
        sessions = {order_id: (session_id, name) for order_id, session_id, name in rows}
        sums = defaultdict(Decimal)
        for row in unposted:
            if row["source_model"] == "pos.order" and row["source_id"] in sessions:
                session = sessions[row["source_id"]]
                sums[session, row["liability_kind"], row["currency_id"]] += exact(
                    row["amount"]
                )
        return [
            *items,
            *(
                {
                    "name": name,
                    "source_model": "pos.session",
                    "source_id": session_id,
                    "liability_kind": role,
                    "currency_id": currency_id,
                    "amount": float(amount),
                }
                for ((session_id, name), role, currency_id), amount in sums.items()
            ),
        ]

    def _get_unbacked(self):
        """Override: what bills say of cards, though no card stands behind it."""
        unbacked = super()._get_unbacked()
        cards = self.env["giftcard.card"]
        zone = cards._get_zone(self.company_id)
        for row in [*self._find_open_unbacked(), *self._find_misused()]:
            day = cards._to_day(row["date_order"], self.company_id, zone)
            if day > self.day:
                continue
            order = self.env["pos.order"].browse(row["id"])
            unbacked.append(
                {
                    "name": self.env._(
                        "%(bill)s at %(till)s", bill=row["name"], till=row["till"]
                    ),
                    "source_model": order._name,
                    "source_id": order.id,
                    "liability_kind": "liability",
                    "currency_id": order.currency_id.id,
                    "amount": float(row["amount"]),
                    "day": day,
                }
            )
        return unbacked

    def _find_open_unbacked(self):
        """Return what open tills will post, though no card stands behind it.

        Before they are closed; then their journal items say the same.

        :return: dicts of ``id, name, date_order, till`` of a bill, and ``amount``
        :rtype: list[dict]
        """
        return self.env.execute_query_dict(
            SQL(
                """WITH bill AS (
                       SELECT pos.id, pos.date_order, config.name AS till,
                              COALESCE(pos.pos_reference, pos.name) AS name
                         FROM pos_order pos
                         JOIN pos_session session ON session.id = pos.session_id
                         JOIN pos_config config ON config.id = session.config_id
                        WHERE session.state <> 'closed' AND pos.company_id = %(company)s
                          AND pos.state IN ('paid', 'done'))
                   SELECT bill.*, -payment.amount AS amount, payment.id AS line
                     FROM bill
                     JOIN pos_payment payment ON payment.pos_order_id = bill.id
                     JOIN pos_payment_method method
                       ON method.id = payment.payment_method_id
                      AND method.use_payment_terminal = 'giftcard'
                     LEFT JOIN giftcard_entry entry
                       ON entry.id = payment.giftcard_entry_id
                    WHERE payment.amount <> 0
                      AND entry.consideration IS DISTINCT FROM -payment.amount
                   UNION ALL
                   SELECT bill.*, line.price_subtotal_incl, line.id
                     FROM bill
                     JOIN pos_order_line line ON line.order_id = bill.id
                     JOIN product_product product ON product.id = line.product_id
                     JOIN product_template template
                       ON template.id = product.product_tmpl_id
                    WHERE line.giftcard_entry_id IS NULL AND line.qty <> 0
                      AND (template.giftcard_type_id IS NOT NULL
                           OR line.giftcard_role IN %(roles)s)
                    ORDER BY date_order, id, line""",
                company=self.company_id.id,
                roles=MONEY_ROLES,
            )
        )

    def _find_misused(self):
        """Return rows of bills that take once more what a card gave once.

        Each row after the first that names an entry of a card, and what is given back
        of a deduction without its card.

        :return: as of :meth:`_find_open_unbacked`
        :rtype: list[dict]
        """
        return self.env.execute_query_dict(
            SQL(
                """WITH named AS (
                       SELECT order_id, price_subtotal_incl AS amount, id AS line,
                              giftcard_entry_id, FALSE AS is_payment
                         FROM pos_order_line
                        WHERE giftcard_entry_id IS NOT NULL
                       UNION ALL
                       SELECT pos_order_id, -amount, id, giftcard_entry_id, TRUE
                         FROM pos_payment
                        WHERE giftcard_entry_id IS NOT NULL),
                   misused AS (
                       SELECT order_id, amount, line
                         FROM (SELECT named.*, ROW_NUMBER() OVER (
                                          PARTITION BY giftcard_entry_id
                                          ORDER BY is_payment, line) AS number
                                 FROM named) numbered
                        WHERE number > 1
                       UNION ALL
                       SELECT line.order_id, line.price_subtotal_incl, line.id
                         FROM pos_order_line line
                         JOIN pos_order_line sold
                           ON sold.id = line.refunded_orderline_id
                        WHERE sold.giftcard_role IS NOT NULL
                          AND line.giftcard_role IS DISTINCT FROM sold.giftcard_role)
                   SELECT pos.id, pos.date_order, config.name AS till,
                          COALESCE(pos.pos_reference, pos.name) AS name, misused.amount
                     FROM misused
                     JOIN pos_order pos ON pos.id = misused.order_id
                     JOIN pos_session session ON session.id = pos.session_id
                     JOIN pos_config config ON config.id = session.config_id
                    WHERE pos.company_id = %s AND pos.state IN ('paid', 'done')
                    ORDER BY pos.date_order, pos.id, misused.line""",
                self.company_id.id,
            )
        )

    @api.model
    def _is_in_and_out(self, items):
        """Override: the bills of a till have nothing to do with each other."""
        return not items.move_id.pos_session_ids and super()._is_in_and_out(items)

    def _is_explained(self, entry, explained):
        """Override: a bill of a till that is open."""
        if super()._is_explained(entry, explained):
            return True
        order = self.env["pos.order"].browse(
            entry.source_id if entry.source_model == "pos.order" else []
        )
        return ("pos.session", order.session_id.id) in explained
