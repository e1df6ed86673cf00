# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestRefundChain(GiftcardTillCommon):
    """What a card paid goes back to the card, over any exchanges between."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["pos.payment.method"].create(
            {"name": "Customer account", "split_transactions": True}
        )
        cls.config.payment_method_ids += cls.account

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self.env.user.group_ids -= self.env.ref("giftcard_salon.group_manager")

    def _back(self, line, share=1):
        """The bill line that gives ``line`` back, or a share of it."""
        return self._line(
            line.product_id,
            line.price_unit,
            qty=-line.qty * share,
            tax_ids=[(6, 0, line.tax_ids.ids)],
            price_subtotal=-line.price_subtotal * share,
            price_subtotal_incl=-line.price_subtotal_incl * share,
            refunded_orderline_id=line.id,
        )

    def _bill(self, lines, *payments):
        payload = self._payload(
            self.session,
            lines,
            [self._payment(method, amount) for method, amount in payments],
            is_refund=any(line[2].get("refunded_orderline_id") for line in lines),
        )
        return self._sync(payload, self.cashier)[0]

    def _exchange(self, order, product, price, *payments):
        """Give all of ``order`` back and take something new."""
        back = [self._back(line) for line in order.lines if line.qty > 0]
        return self._bill([*back, self._line(product, price)], *payments)

    def _refund(self, order, *payments):
        back = [self._back(line) for line in order.lines if line.qty > 0]
        return self._bill(back, *payments)

    def test_exchanged_item_brings_no_cash(self):
        order = self._redeem(self.session, self.card, 60)
        exchange = self._exchange(order, self.services[10], 60)
        self.assertEqual((exchange.amount_total, exchange.state), (0, "paid"))
        self._refused(
            rf"Gift card .*{self.card.last4} paid .*60.00\D* has to go back to it",
            lambda: self._refund(exchange, (self.cash, -60)),
        )
        self._refund(exchange, (self.giftcard, -60))
        self.assertCard(self.card, 100)
        self._close(self.session)
        self.assertTiesOut()

    def test_no_card_is_bought_in_an_exchange_for_what_a_card_paid(self):
        order = self._redeem(self.session, self.card, 60)
        self._refused(
            r"Gift cards for \D*60.00 are sold here",
            lambda: self._exchange(order, self.card_product, 60),
        )
        self.assertCard(self.card, 40)

    def test_what_was_added_in_cash_comes_back_in_cash(self):
        order = self._redeem(self.session, self.card, 60)
        exchange = self._exchange(order, self.services[20], 80, (self.cash, 20))
        self._refused(
            r"59.00\D* has to go back to it",
            lambda: self._refund(exchange, (self.cash, -79), (self.giftcard, -1)),
        )
        self._refund(exchange, (self.cash, -20), (self.giftcard, -60))
        self.assertCard(self.card, 100)

    def test_over_three_exchanges(self):
        order = self._redeem(self.session, self.card, 60, price=100)
        for rate in (10, 5.5, 20):
            order = self._exchange(order, self.services[rate], 100)
        self._refused(
            r"60.00\D* has to go back to it",
            lambda: self._refund(order, (self.cash, -100)),
        )
        self._refund(order, (self.cash, -40), (self.giftcard, -60))
        self.assertCard(self.card, 100)

    def test_money_is_paid_out_once(self):
        """What one refund took of the cash is not there for the next."""
        order = self._redeem(self.session, self.card, 60, price=100)
        half = [self._back(line, 0.5) for line in order.lines]
        self._bill(half, (self.cash, -40), (self.giftcard, -10))
        self._refused(
            r"10.00\D* has to go back to it",
            lambda: self._bill(
                [self._back(line, 0.5) for line in order.lines],
                (self.cash, -10),
                (self.giftcard, -40),
            ),
        )

    def test_cash_of_another_client_is_not_there_for_it(self):
        """A purchase in cash is hung on the chain by a hundredth of the item."""
        order = self._redeem(self.session, self.card, 60)
        crumb = self._back(order.lines, 0.01)
        self._bill([crumb, self._line(self.services[20], 500)], (self.cash, 499.40))
        rest = [self._back(line, 0.99) for line in order.lines]
        self._refused(
            r"59.40\D* has to go back to it",
            lambda: self._bill(rest, (self.cash, -59.40)),
        )

    def test_bills_of_two_clients_are_not_given_back_together(self):
        order = self._redeem(self.session, self.card, 60)
        other = self._bill([self._line(self.services[20], 500)], (self.cash, 500))
        lines = [self._back(order.lines), self._back(other.lines, 0.01)]
        payload = self._payload(self.session, lines[:1], [], is_refund=True)
        draft, _answer = self._sync({**payload, "state": "draft"}, self.cashier)
        draft.with_user(self.cashier).write({"lines": lines[1:]})
        payments = [self._payment(self.cash, -65)]
        paid = self._payload(
            self.session, [], payments, uuid=draft.uuid, amount_total=-65
        )
        self._refused(
            "one bill at a time",
            lambda: self._sync({**paid, "access_token": "x"}, self.cashier),
        )

    def test_bills_that_give_back_each_other(self):
        order = self._redeem(self.session, self.card, 60)
        payload = self._payload(
            self.session, [self._back(order.lines)], [], is_refund=True
        )
        draft, _answer = self._sync({**payload, "state": "draft"}, self.cashier)
        self.env.cr.execute(
            "UPDATE pos_order_line SET refunded_orderline_id = %s WHERE id = %s",
            [draft.lines.id, order.lines.id],
        )
        self.env.invalidate_all()
        paid = self._payload(
            self.session,
            [],
            [self._payment(self.cash, -60)],
            uuid=draft.uuid,
            amount_total=-60,
        )
        self._refused(
            r"60.00\D* has to go back to it",
            lambda: self._sync({**paid, "access_token": "x"}, self.cashier),
        )

    def test_what_is_owed_on_account_is_not_paid_out(self):
        payments = [
            self._hold_at(self.session, self.card, 60, self.cashier),
            self._payment(self.account, 60),
        ]
        payload = self._payload(
            self.session,
            [self._line(self.services[20], 60), self._line(self.services[10], 60)],
            payments,
            partner_id=self.client.id,
        )
        order, _answer = self._sync(payload, self.cashier)
        back = [self._back(order.lines[0])]
        self._refused(
            r"60.00\D* has to go back to it",
            lambda: self._bill(back, (self.cash, -60)),
        )
        lowered = self._payload(
            self.session,
            [self._back(order.lines[0])],
            [self._payment(self.account, -60)],
            partner_id=self.client.id,
            is_refund=True,
        )
        self._sync(lowered, self.cashier)
        self._bill([self._back(order.lines[1])], (self.giftcard, -60))
        self.assertCard(self.card, 100)

    def test_manager_pays_out_and_the_rest_goes_on_as_before(self):
        order = self._redeem(self.session, self.card, 60, price=100)
        manager = self.env.user
        manager.group_ids += self.env.ref("giftcard_salon.group_manager")
        half = self._payload(
            self.session,
            [self._back(line, 0.5) for line in order.lines],
            [self._payment(self.cash, -50)],
            is_refund=True,
        )
        self._sync(half, manager)
        rest = [self._back(line, 0.5) for line in order.lines]
        self._bill(rest, (self.giftcard, -50))
        self.assertCard(self.card, 90)

    def test_use_with_something_left_is_found_without_a_choice(self):
        """Two cards paid; one got all of its money back already."""
        second = self._sell(self.session, 50)
        payments = [
            self._hold_at(self.session, card, 30, self.cashier)
            for card in (self.card, second)
        ]
        payload = self._payload(
            self.session, [self._line(self.services[20], 60)], payments
        )
        order, _answer = self._sync(payload, self.cashier)
        first = order.payment_ids.filtered(
            lambda paid: paid.giftcard_last4 == self.card.last4
        )
        half = self._payload(
            self.session,
            [self._back(order.lines, 0.5)],
            [self._payment(self.giftcard, -30, giftcard_refunded_payment_id=first.id)],
            is_refund=True,
        )
        self._sync(half, self.cashier)
        self._bill([self._back(order.lines, 0.5)], (self.giftcard, -30))
        self.assertCard(self.card, 100)
        self.assertCard(second, 50)
