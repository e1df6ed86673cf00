# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillCovered(GiftcardTillCommon):
    """Money stands behind every card: nothing on a bill makes one cheaper."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.discount = self.env["product.product"].create(
            {"name": "Discount", "type": "service", "available_in_pos": True}
        )
        self.discount.taxes_id = False

    def _bill(self, lines, *payments, **values):
        order = self._sync(
            self._payload(self.session, lines, list(payments), **values), self.cashier
        )[0]
        self.assertEqual(order.state, "paid")
        return order

    def _cash(self, amount):
        return self._payment(self.cash_of(self.session), amount)

    def _back(self, order):
        """The line that takes back what a bill of one line sold."""
        sold = order.lines
        return self._line(
            sold.product_id,
            sold.price_unit,
            qty=-1,
            price_subtotal=-sold.price_subtotal,
            price_subtotal_incl=-sold.price_subtotal_incl,
            refunded_orderline_id=sold.id,
        )

    def test_no_line_beside_a_card_lowers_its_price(self):
        card = self._line(self.card_product, 100)
        for taken_off, paid in ((-10, 90), (-95, 5), (-100, 0)):
            with self.subTest(taken_off):
                lines = [card, self._line(self.discount, taken_off)]
                payments = [self._cash(paid)] if paid else []
                self._refused(
                    r"Gift cards for .*100\.00 are sold here, and "
                    rf".*{paid}\.00 is paid for them",
                    lambda sent=lines, by=payments: self._bill(sent, *by),
                )
        self.assertFalse(
            self.env["giftcard.entry"].search([("company_id", "=", self.company.id)])
        )

    def test_discount_on_a_service_leaves_the_card_beside_it(self):
        lines = [
            self._line(self.services[20], 90),
            self._line(self.discount, -9),
            self._line(self.card_product, 100),
        ]
        order = self._bill(lines, self._cash(181))
        self.assertCard(order.lines.giftcard_card_id, 100, status="active")
        self._close(self.session)
        self.assertTiesOut()

    def test_money_added_to_a_card_is_paid_as_well(self):
        card = self._sell(self.session, 30)
        added = self._line(
            self.card_product,
            50,
            giftcard_reference=card._get_reference(),
            giftcard_is_topup=True,
        )
        lines = [added, self._line(self.discount, -45)]
        self._refused("is paid for them", lambda: self._bill(lines, self._cash(5)))
        self.assertCard(card, 30)

    def test_goods_paid_in_cash_are_exchanged_for_a_card(self):
        first = self._bill([self._line(self.services[20], 60)], self._cash(60))
        lines = [self._back(first), self._line(self.card_product, 60)]
        order = self._bill(lines)
        self.assertCard(order.lines.giftcard_card_id, 60, status="active")
        # once only: what was brought back is not there a second time
        again = [self._line(self.discount, -60), self._line(self.card_product, 60)]
        self._refused("is paid for them", lambda: self._bill(again))

    def test_goods_that_a_card_paid_are_not_exchanged_for_a_card(self):
        """Also not over a second exchange: they were never paid in money."""
        card = self._sell(self.session, 100)
        first = self._redeem(self.session, card, 60, user=self.cashier)
        lines = [self._back(first), self._line(self.card_product, 60)]
        self._refused("is paid for them", lambda: self._bill(lines))
        other = [self._back(first), self._line(self.services[10], 60)]
        second = self._bill(other)
        sold = second.lines.filtered(lambda line: line.qty > 0)
        back = self._line(
            sold.product_id,
            60,
            qty=-1,
            price_subtotal=-sold.price_subtotal,
            price_subtotal_incl=-60,
            refunded_orderline_id=sold.id,
        )
        self._refused(
            "is paid for them",
            lambda: self._bill([back, self._line(self.card_product, 60)]),
        )
        self.assertCard(card, 40)

    def _some_back(self, order, share):
        """The line that takes a share of a bill of one line back."""
        sold = order.lines
        return self._line(
            sold.product_id,
            sold.price_unit,
            qty=-share,
            price_subtotal=-sold.price_subtotal * share,
            price_subtotal_incl=-sold.price_subtotal_incl * share,
            refunded_orderline_id=sold.id,
        )

    def test_money_for_goods_that_the_client_keeps_covers_no_card(self):
        first = self._bill([self._line(self.services[20], 500)], self._cash(500))
        lines = [
            self._some_back(first, 0.01),
            self._line(self.card_product, 500),
            self._line(self.discount, -495),
        ]
        self._refused(
            r"Gift cards for .*500\.00 are sold here, and \D*5\.00\D* is paid for them",
            lambda: self._bill(lines),
        )
        lines = [self._some_back(first, 0.2), self._line(self.card_product, 100)]
        order = self._bill(lines)
        self.assertCard(order.lines.giftcard_card_id, 100, status="active")

    def test_sum_that_the_till_tells_covers_no_card(self):
        card = self._line(self.card_product, 100, price_subtotal_incl=10)
        lines = [card, self._line(self.discount, -90)]
        self._refused(
            "is paid for them|sold at its value",
            lambda: self._bill(lines, self._cash(10), amount_total=10),
        )

    def test_money_that_covers_a_card_is_not_taken_out_later(self):
        first = self._bill([self._line(self.services[20], 500)], self._cash(500))
        half = [self._some_back(first, 0.5), self._line(self.card_product, 250)]
        card = self._bill(half).lines.giftcard_card_id
        # what is left of the bill goes back in cash, and nothing more
        self._bill([self._some_back(first, 0.3)], self._cash(-150), is_refund=True)
        back = [self._some_back(first, 0.4)]
        self._refused(
            r"100\.00 more would be paid out",
            lambda: self._bill(back, self._cash(-200), is_refund=True),
        )
        self._bill([self._some_back(first, 0.2)], self._cash(-100), is_refund=True)
        self.assertCard(card, 250, status="active")

    def test_money_beside_a_card_goes_back_once(self):
        lines = [self._line(self.card_product, 100), self._line(self.services[20], 50)]
        order = self._bill(lines, self._cash(150))
        goods = order.lines.filtered(lambda line: not line.giftcard_card_id)

        def give_back(price):
            back = self._line(goods.product_id, -price, refunded_orderline_id=goods.id)
            back[2].update(qty=-1, price_unit=price)
            return self._bill([back], self._cash(-price), is_refund=True)

        self._refused(r"100\.00 more would be paid out", lambda: give_back(150))
        give_back(50)
        self.assertCard(order.lines.giftcard_card_id, 100, status="active")

    def test_a_card_is_no_choice_of_a_combo(self):
        for product in (
            self.card_product,
            self.env.ref("giftcard_salon.product_deduction"),
        ):
            self._refused(
                "cannot be a choice of a combo",
                lambda own=product: self.env["product.combo"].create(
                    {
                        "name": "Menu",
                        "combo_item_ids": [Command.create({"product_id": own.id})],
                    }
                ),
                Exception,
            )
