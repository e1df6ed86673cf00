# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install")
class TestDiscounts(GiftcardInvoiceCommon):
    """What a card fixed is in no discount's base, whatever the order of clicks."""

    def _discount(self, order, kind, **values):
        """As the button does."""
        wizard = self.env["sale.order.discount"].sudo().with_context(active_id=order.id)
        wizard.create({"discount_type": kind, **values}).action_apply_discount()

    def test_discount_after_the_card(self):
        """110.00 with a bonus of 5.00, 10 % off: 94.00, on lines and in all."""
        for kind in ("sol_discount", "so_discount"):
            with self.subTest(kind):
                card = self._card(110, 100)
                order = self._order(110)
                self._redeem_card(order, card, 55)
                self._discount(order.sudo(), kind, discount_percentage=0.1)
                self.assertEqual(order.amount_total, 94)
                order.action_confirm()
                self._commit()
                self.assertEqual(order.amount_total, 94)
                invoice = self._invoice_of(order)
                self._posted(invoice)
                self.assertEqual(invoice.amount_residual, 44)

    def test_fixed_discount_after_the_card(self):
        card = self._card(110, 100)
        order = self._order(110)
        self._redeem_card(order, card, 55)
        self._discount(order.sudo(), "amount", discount_amount=11)
        self.assertEqual(order.amount_total, 94)

    def test_discount_before_the_card(self):
        for kind in ("sol_discount", "so_discount"):
            with self.subTest(kind):
                card = self._card(110, 100)
                order = self._order(110)
                self._discount(order.sudo(), kind, discount_percentage=0.1)
                self._redeem_card(order, card, 55)
                self.assertEqual(order.amount_total, 94)

    def test_line_by_line(self):
        """The percentage written on all lines at once, as the list does."""
        card = self._card(110, 100)
        order = self._order(110)
        self._redeem_card(order, card, 55)
        line = order.order_line.filtered(lambda own: not own.giftcard_role)
        line.discount = 10
        self.assertEqual(order.amount_total, 94)
        self._refused(
            "stays as it is", lambda: order.order_line.write({"discount": 10})
        )

    def test_price_list_after_the_card(self):
        """A price list of 10 % off leaves the bonus alone."""
        self.env.user.group_ids += self.env.ref("product.group_product_pricelist")
        prices = self.env["product.pricelist"].create(
            {
                "name": "Ten off",
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 10,
                            "applied_on": "3_global",
                        }
                    )
                ],
            }
        )
        self.services[20].list_price = 110
        card = self._card(110, 100)
        order = self._order(110)
        self._redeem_card(order, card, 55)
        order.sudo().pricelist_id = prices
        order.sudo().action_update_prices()
        self.assertEqual(order.amount_total, 94)
