# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillRefund(GiftcardTillCommon):
    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def test_bill_goes_back_to_the_card(self):
        order = self._redeem(self.session, self.card, 60)
        refund, _answer = self._sync(self._refund_payload(order, self.session))
        self.assertCard(self.card, 100, status="active")
        payment = refund.payment_ids
        self.assertEqual((payment.amount, payment.giftcard_remaining), (-60, 100))
        self.assertEqual(payment.giftcard_entry_id.kind, "refund")

    def test_refund_sent_twice_gives_back_once(self):
        order = self._redeem(self.session, self.card, 60)
        payload = self._refund_payload(order, self.session)
        self._sync(payload)
        self._sync(payload)
        self.assertCard(self.card, 100)

    def test_part_goes_back_and_not_more_than_the_card_paid(self):
        order = self._redeem(self.session, self.card, 60, price=70)
        with (
            self.assertRaisesRegex(UserError, "at most .*60.00.* can go back"),
            self.env.cr.savepoint(),
        ):
            self._sync(self._refund_payload(order, self.session))
        self._sync(self._refund_payload(order, self.session, amount=20))
        self.assertCard(self.card, 60)
        with (
            self.assertRaisesRegex(UserError, "at most .*40.00"),
            self.env.cr.savepoint(),
        ):
            self._sync(self._refund_payload(order, self.session, amount=50))

    def test_bill_not_paid_by_card_does_not_fill_a_card(self):
        order, _answer = self._sync(
            self._payload(
                self.session,
                [self._line(self.services[20], 70)],
                [self._payment(self.cash, 70)],
            )
        )
        other = self._redeem(self.session, self.card, 60)
        for payment in ({}, {"giftcard_refunded_payment_id": other.payment_ids.id}):
            with (
                self.assertRaisesRegex(UserError, "was not paid by gift card"),
                self.env.cr.savepoint(),
            ):
                self._sync(self._refund_payload(order, self.session, **payment))
        self.assertCard(self.card, 40)

    def test_several_cards_paid_and_the_cashier_chooses(self):
        second = self._sell(self.session, 50)
        order, _answer = self._sync(
            self._payload(
                self.session,
                [self._line(self.services[20], 80)],
                [
                    self._hold_at(self.session, self.card, 50),
                    self._hold_at(self.session, second, 30),
                ],
            )
        )
        with (
            self.assertRaisesRegex(UserError, "Choose the card"),
            self.env.cr.savepoint(),
        ):
            self._sync(self._refund_payload(order, self.session, amount=30))
        of_second = order.payment_ids.filtered(lambda p: p.amount == 30)
        self._sync(
            self._refund_payload(
                order,
                self.session,
                amount=30,
                giftcard_refunded_payment_id=of_second.id,
            )
        )
        self.assertCard(second, 50)
        self.assertCard(self.card, 50)

    def test_refund_to_a_card_that_was_used_up_opens_it_again(self):
        order = self._redeem(self.session, self.card, 100)
        self.assertCard(self.card, 0, status="used")
        self._sync(self._refund_payload(order, self.session))
        self.assertCard(self.card, 100, status="active")
        self._redeem(self.session, self.card, 10)
        self.assertCard(self.card, 90)

    def test_unused_card_is_given_back_at_the_same_till(self):
        order = (
            self.env["pos.order.line"]
            .search([("giftcard_card_id", "=", self.card.id)])
            .order_id
        )
        payload = self._refund_payload(order, self.session, method=self.cash)
        refund, answer = self._sync(payload)
        self.assertCard(self.card, 0, status="cancelled")
        self.assertEqual(refund.lines.giftcard_card_id, self.card)
        self.assertNotIn("giftcard_code", str(answer))

    def test_unused_card_is_given_back_on_another_day(self):
        order = (
            self.env["pos.order.line"]
            .search([("giftcard_card_id", "=", self.card.id)])
            .order_id
        )
        self._close(self.session)
        session = self._open()
        self._sync(self._refund_payload(order, session, method=self.cash_of(session)))
        self.assertCard(self.card, 0, status="refunded")

    def test_used_card_is_not_given_back_for_its_whole_price(self):
        order = (
            self.env["pos.order.line"]
            .search([("giftcard_card_id", "=", self.card.id)])
            .order_id
        )
        self._redeem(self.session, self.card, 10)
        with (
            self.assertRaisesRegex(UserError, "90.00 of what was paid for card"),
            self.env.cr.savepoint(),
        ):
            self._sync(self._refund_payload(order, self.session, method=self.cash))
        self.assertCard(self.card, 90)

    def test_negative_card_line_that_refunds_nothing_is_refused(self):
        line = self._line(
            self.card_product,
            100,
            qty=-1,
            price_subtotal=-100,
            price_subtotal_incl=-100,
        )
        payload = self._payload(
            self.session, [line], [self._payment(self.cash, -100)], is_refund=True
        )
        with (
            self.assertRaisesRegex(UserError, "refund the bill it was sold on"),
            self.env.cr.savepoint(),
        ):
            self._sync(payload)

    def test_used_up_card_that_expired_gets_nothing_back(self):
        order = self._redeem(self.session, self.card, 100)
        self.card.sudo().valid_until = "2020-01-31"
        self._commit()
        payload = self._refund_payload(order, self.session)
        self._refused("This card expired on", lambda: self._sync(payload))
        self.assertCard(self.card, 0)

    def test_card_of_another_company_is_not_given_back_here(self):
        """A till sends whatever bill it likes as the one it refunds."""
        other = self._sell(self.session, 50)
        sale = self.env["pos.order.line"].search([("giftcard_card_id", "=", other.id)])
        other.sudo().company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self._commit()
        payload = self._refund_payload(sale.order_id, self.session, method=self.cash)
        self._refused("refund the bill it was sold on", lambda: self._sync(payload))
        self.assertCard(other, 50)

    def _sale_of(self, card):
        return self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])

    def _take_back(self, sold, cash, **values):
        """A cashier's own bill that gives ``sold`` back for ``cash``."""
        line = self._line(sold.product_id, 0, refunded_orderline_id=sold.id, **values)
        payload = self._payload(
            self.session,
            [line],
            [self._payment(self.cash, -cash)],
            is_refund=True,
            amount_total=-cash,
        )
        return self._sync(payload, self.cashier)[0]

    def test_sum_that_the_till_tells_gives_no_used_card_back(self):
        self._redeem(self.session, self.card, 60)
        sold = self._sale_of(self.card)
        for cash, values in (
            (100, {"qty": -1, "price_unit": 100}),
            (40, {"qty": -0.4, "price_unit": 100}),
            (40, {"qty": -2, "price_unit": 20}),
        ):
            told = {"price_subtotal": -40, "price_subtotal_incl": -40, **values}
            self._refused(
                r"40\.00 of what was paid for card|refund the bill it was sold on",
                lambda cash=cash, told=told: self._take_back(sold, cash, **told),
            )
        self.assertCard(self.card, 40)
        # what it says beside the price changes nothing
        self._take_back(sold, 40, qty=-1, price_unit=40, price_subtotal_incl=-7)
        self.assertCard(self.card, 0, status="refunded")

    def test_sum_that_the_till_tells_gives_no_top_up_back(self):
        topup = self._line(
            self.card_product,
            30,
            giftcard_reference=self.card._get_reference(),
            giftcard_is_topup=True,
        )
        payload = self._payload(self.session, [topup], [self._payment(self.cash, 30)])
        sold = self._sync(payload, self.cashier)[0].lines
        for cash, values in (
            (500, {"qty": -1, "price_unit": 500}),
            (30, {"qty": -2, "price_unit": 15}),
        ):
            told = {"price_subtotal": -30, "price_subtotal_incl": -30, **values}
            self._refused(
                "of what was paid for card|refund the bill it was sold on",
                lambda cash=cash, told=told: self._take_back(sold, cash, **told),
            )
        self.assertCard(self.card, 130)
        self._take_back(sold, 30, qty=-1, price_unit=30, price_subtotal_incl=-500)
        self.assertCard(self.card, 100)
