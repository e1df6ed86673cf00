# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..invoice_common import GiftcardInvoiceCommon

ALONE = "A gift card takes this off where it is used"


@tagged("post_install", "-at_install")
class TestCopiedLines(GiftcardInvoiceCommon):
    """A card's lines without a card, and discounts on cards, in the back office."""

    def _line_products(self):
        return self.env["product.product"]._get_giftcard_line_products()

    def test_orders_have_no_lines_of_a_card_without_it(self):
        order = self._order(60)
        self.assertEqual(len(self._line_products()), 2)
        for product in self._line_products():
            values = {"product_id": product.id, "price_unit": -60}
            for attempt in (
                lambda sent: order.write({"order_line": [Command.create(sent)]}),
                lambda sent: self._order(order_line=[Command.create(sent)]),
                # roles are the server's own: a client's is not there
                lambda sent: order.write(
                    {
                        "order_line": [
                            Command.create({**sent, "giftcard_role": "deduction"})
                        ]
                    }
                ),
                lambda sent: order.order_line.with_context(
                    default_giftcard_role="bonus", giftcard_writer={"a": 1}
                ).write({"product_id": sent["product_id"]}),
            ):
                self._refused(
                    ALONE, lambda go=attempt, sent=values: go(sent), ValidationError
                )
        self.assertEqual((order.amount_total, len(order.order_line)), (60, 1))

    def test_invoices_with_lines_of_a_card_alone_are_not_posted(self):
        for product in self._line_products():
            for move_type in ("out_invoice", "out_refund"):
                with self.subTest(product.name, move_type=move_type):
                    move = self._invoice(60, move_type=move_type)
                    move.invoice_line_ids = [
                        Command.create(
                            {
                                "product_id": product.id,
                                "price_unit": -60,
                                "tax_ids": [Command.set(self.taxes[20].ids)],
                            }
                        )
                    ]
                    self._refused(ALONE, move.action_post, UserError)

    def test_no_discount_touches_a_card_on_an_order(self):
        """A service of 90.00 and a card of 100.00: 10 % is 9.00, however given."""
        order = self._order(90)
        order.order_line = [
            Command.create({"product_id": self.card_product.id, "price_unit": 100})
        ]
        card = order.order_line.filtered("product_id.giftcard_type_id")
        self.env["res.company"].browse(
            order.company_id.id
        ).sale_discount_product_id = self.env["product.product"].create(
            {"name": "Discount", "type": "service", "invoice_policy": "order"}
        )
        for kind, values, total in (
            ("sol_discount", {"discount_percentage": 0.1}, 181),
            ("so_discount", {"discount_percentage": 0.1}, 181),
            ("amount", {"discount_amount": 20}, 170),
        ):
            with self.subTest(kind), self.env.cr.savepoint() as savepoint:
                self.env["sale.order.discount"].with_user(self.desk).create(
                    {"sale_order_id": order.id, "discount_type": kind, **values}
                ).action_apply_discount()
                self.assertEqual(order.amount_total, total)
                self.assertEqual((card.price_total, card.discount), (100, 0))
                savepoint.close(rollback=True)
                self.env.invalidate_all()
        for values in ({"discount": 10}, {"product_id": self.card_product.id}):
            line = card if "discount" in values else order.order_line - card
            line.discount = 0
            self._refused(
                "sold at its value",
                lambda sent=values, own=line: own.write({"discount": 5, **sent}),
                ValidationError,
            )

    def test_discounts_leave_what_a_card_fixed(self):
        """110.00 with a bonus of 10.00: 10 % of 110.00 is taken off the 100.00."""
        card = self._bonus_card(110, 100)
        order = self._order(110)
        self._redeem_card(order, card, 110)
        self.assertEqual(order.amount_total, 100)
        product = self.env["product.product"].create(
            {"name": "Discount", "type": "service", "invoice_policy": "order"}
        )
        order.company_id.sudo().sale_discount_product_id = product
        self.env["sale.order.discount"].with_user(self.desk).create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        ).action_apply_discount()
        self.assertEqual(order.amount_total, 89)
        bonus = order.order_line.filtered(lambda line: line.giftcard_role == "bonus")
        self.assertEqual(bonus.price_total, -10)

    def _bonus_card(self, value, price):
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": "bonus card", "value": value, "price": price}],
            "issue",
            self._origin(),
        )
        self._commit()
        return card
