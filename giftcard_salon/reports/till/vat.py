# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...tools.allocation import exact

ROLES = {
    "bonus": "discount",
    "deduction": "deduction",
    "item": "deduction",
    "conversion_out": "back",
}


class GiftcardReportVat(models.AbstractModel):
    _inherit = "giftcard.report.vat"

    @api.model
    def _get_documents(self, options):
        """Override: the bills of tills, which post when the till is closed."""
        bills = self._find_bills(options)
        orders = self.env["pos.order"].browse(bills)
        return [
            *super()._get_documents(options),
            *(
                {
                    "move_id": bills[order.id],
                    "is_posted": True,
                    "tender": self._convert_tender(
                        sum(
                            (
                                exact(payment.amount)
                                for payment in order.payment_ids
                                if payment.payment_method_id.giftcard_is_method
                            ),
                            Decimal(0),
                        ),
                        order.currency_rate,
                        order.company_id,
                    ),
                    "lines": [
                        (self._get_bill_kind(line), split)
                        for line, split in order._get_giftcard_splits(suffix="").items()
                    ],
                }
                for order in orders
            ),
        ]

    @api.model
    def _find_bills(self, options):
        """Return by bill its journal entry: all of those that have any gift card.

        What was invoiced after the till was closed is in the till's entry; its invoice
        comes with the opposite of that and changes nothing.

        :rtype: dict[int, int]
        """
        rows = self.env.execute_query(
            SQL(
                """WITH posted AS (
                       SELECT pos.id, CASE
                                  WHEN pos.account_move IS NULL
                                    OR EXISTS (SELECT 1 FROM account_move back
                                          WHERE back.reversed_pos_order_id = pos.id)
                                  THEN session.move_id ELSE pos.account_move
                              END AS move_id
                         FROM pos_order pos
                         JOIN pos_session session ON session.id = pos.session_id
                        WHERE pos.company_id = %(company)s
                          AND pos.state IN ('paid', 'done', 'invoiced')),
                   of_period AS (
                       SELECT posted.id, posted.move_id FROM posted
                         JOIN account_move move ON move.id = posted.move_id
                        WHERE move.state = 'posted'
                          AND move.date BETWEEN %(first)s AND %(last)s)
                   SELECT id, move_id FROM of_period
                    WHERE move_id IN (
                        SELECT move_id FROM of_period bill
                         WHERE EXISTS (SELECT 1 FROM pos_order_line line
                                        WHERE line.order_id = bill.id
                                          AND line.giftcard_entry_id IS NOT NULL)
                            OR EXISTS (SELECT 1 FROM pos_payment payment
                                        WHERE payment.pos_order_id = bill.id
                                          AND payment.giftcard_entry_id IS NOT NULL))
                    ORDER BY id""",
                company=options["company"].id,
                first=options["date_from"],
                last=options["date_to"],
            )
        )
        return dict(rows)

    @api.model
    def _keep_documents(self, moves):
        """Override: invoices of bills with gift cards, made before the till closed."""
        bills = self.env["pos.order"].search(
            [
                ("account_move", "in", moves.ids),
                "|",
                ("lines.giftcard_entry_id", "!=", False),
                ("payment_ids.giftcard_entry_id", "!=", False),
            ]
        )
        late = moves.search([("reversed_pos_order_id", "in", bills.ids)])
        bills -= late.reversed_pos_order_id
        return super()._keep_documents(moves) | bills.account_move

    @api.model
    def _get_bill_kind(self, line):
        if line.giftcard_role in ROLES:
            return ROLES[line.giftcard_role]
        if (
            line.giftcard_role in ("sale", "conversion_in")
            or line._filter_giftcard_sale()
        ):
            return "sold" if line.qty > 0 else "back"
        return "other"
