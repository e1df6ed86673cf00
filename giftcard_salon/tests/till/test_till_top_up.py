# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...tools.keys import card_code
from ...tools.server_fields import WRITER
from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillTopUp(GiftcardTillCommon):
    """Printed cards that are handed over, and money added to cards (C08)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("giftcard_salon.group_see_codes")

    def setUp(self):
        super().setUp()
        self.session = self._open()

    def _print_card(self, **values):
        text = card_code.draw()
        card = self.env["giftcard.card"]._prepare_stock(
            values.get("type_id", self.card_type),
            values.get("location_id", self.config.giftcard_location_id),
            [text],
        )
        self._commit()
        return card, text

    def _scan(self, text, card_type=None):
        return self.giftcard.with_user(self.cashier).giftcard_scan_for_sale(
            text, self.session.id, (card_type or self.card_type).id
        )

    def _sell_scanned(self, scan, amount, **values):
        line = self._line(
            self.card_product,
            amount,
            giftcard_reference=scan["reference"],
            giftcard_is_topup=scan["purpose"] == "topup",
            **values,
        )
        payments = [self._payment(self.cash, amount)]
        return self._sync(
            self._payload(self.session, [line], payments), user=self.cashier
        )

    def test_printed_card_is_worth_what_it_is_sold_for(self):
        card, text = self._print_card()
        scan = self._scan(text)
        self.assertEqual((scan["purpose"], scan["last4"]), ("new", card.last4))
        self.assertEqual(scan["text"], f"Printed card ••{card.last4} is ready to sell.")
        order, answer = self._sell_scanned(scan, 75, giftcard_recipient="Emma")
        self.assertEqual(order.lines.giftcard_card_id, card)
        self.assertCard(card, 75, status="active")
        self.assertEqual((card.recipient, card.price), ("Emma", 75))
        self.assertNotIn("giftcard_code", answer["pos.order.line"][0])
        self._redeem(self.session, card, 75)
        self.assertPosted(self._close(self.session), money=75, vat=-12.5, revenue=-62.5)
        self.assertTiesOut()

    def test_printed_card_is_sold_once(self):
        _card, text = self._print_card()
        scan = self._scan(text)
        self._sell_scanned(scan, 50)
        again = self._scan(text)
        self.assertEqual(again["purpose"], "topup")
        self._refused(
            "already sold on .* Take another one", lambda: self._sell_scanned(scan, 50)
        )

    def test_two_lines_cannot_share_a_printed_card(self):
        card, text = self._print_card()
        reference = self._scan(text)["reference"]
        lines = [
            self._line(self.card_product, 50, giftcard_reference=reference)
            for _number in range(2)
        ]
        payload = self._payload(self.session, lines, [self._payment(self.cash, 100)])
        self._refused("already sold", lambda: self._sync(payload))
        self.assertCard(card, 0, status="draft")

    def test_printed_card_of_elsewhere_is_not_sold_here(self):
        salon = self.env["giftcard.location"].create({"name": "Croix-Rousse"})
        _card, elsewhere = self._print_card(location_id=salon)
        _card, other_type = self._print_card(type_id=self._make_type(name="Spa day"))
        for text, sentence in (
            (elsewhere, "This card is in the stock of Croix-Rousse. Take another one."),
            (
                other_type,
                'This printed card is a "Spa day". Tap that one to sell it.',
            ),
            (
                card_code.draw(),
                "This card is not in this salon's stock. Take another one.",
            ),
        ):
            self.assertEqual(self._scan(text), {"purpose": "", "text": sentence})

    def test_printed_card_pays_nothing_before_it_is_sold(self):
        card, text = self._print_card()
        facts = self.giftcard.giftcard_lookup(text, self.session.id)
        self.assertEqual(facts["refusal"], "This card has not been sold yet.")
        self._refused(
            "has not been sold yet", lambda: self._hold_at(self.session, card, 10)
        )

    def test_reference_that_nobody_scanned_sells_nothing(self):
        scan = {"reference": "0" * 64, "purpose": "new"}
        self._refused("scan the card again", lambda: self._sell_scanned(scan, 50))

    def test_top_up_adds_to_the_card(self):
        """C08: 30.00 sold, 19.99 used, 50.00 added: 60.01 on the card and owed."""
        card = self._sell(self.session, 30)
        self._redeem(self.session, card, 19.99)
        scan = self._scan(card._reveal())
        self.assertEqual(scan["purpose"], "topup")
        self.assertIn("has $\xa010.01 on it", scan["text"].replace(" ", "\xa0", 0))
        order, answer = self._sell_scanned(scan, 50)
        self.assertCard(card, 60.01, status="partial")
        self.assertEqual((card.value, card.price), (80, 80))
        self.assertEqual(order.lines.giftcard_balance_after, 60.01)
        self.assertNotIn("giftcard_code", answer["pos.order.line"][0])
        self._redeem(self.session, card, 60.01)
        self.assertCard(card, 0, status="used")
        self._close(self.session)
        self.assertTiesOut()

    def test_top_up_while_another_till_holds(self):
        card = self._sell(self.session, 100)
        payment = self._hold_at(self.session, card, 40)
        bill = self._payload(
            self.session, [self._line(self.services[20], 40)], [payment]
        )
        self._sell_scanned(self._scan(card._reveal()), 50)
        self.assertCard(card, 110, held=40)
        self._sync(bill)
        self._redeem(self.session, card, 110)
        self.assertCard(card, 0)
        self._close(self.session)
        self.assertTiesOut()

    def test_top_up_goes_by_the_terms_of_its_own_type(self):
        card = self._issue(50, self._make_type(name="Spa day"))
        self.assertEqual(
            self._scan(card._reveal()),
            {
                "purpose": "",
                "text": 'This card is a "Spa day". Tap that one to add money to it.',
            },
        )
        scan = {"reference": card._get_reference(), "purpose": "topup"}
        self._refused('This card is a "Spa day"', lambda: self._sell_scanned(scan, 50))
        self.assertCard(card, 50)

    def test_top_up_sent_twice_adds_once(self):
        card = self._sell(self.session, 30)
        scan = self._scan(card._reveal())
        line = self._line(
            self.card_product,
            50,
            giftcard_reference=scan["reference"],
            giftcard_is_topup=True,
        )
        payload = self._payload(self.session, [line], [self._payment(self.cash, 50)])
        self._sync(payload)
        self._sync(payload)
        self.assertCard(card, 80)

    def test_top_up_makes_the_card_last_as_long_as_a_new_one(self):
        card = self._sell(self.session, 30)
        until = card.valid_until
        card.sudo().valid_until = card._today(self.company)
        self._commit()
        self._sell_scanned(self._scan(card._reveal()), 50)
        self.assertEqual(card.valid_until, until)

    def test_cards_that_take_no_more_money(self):
        single = self._make_type(name="Once", is_single_use=True)
        once = self._issue(50, single)
        blocked, full = self._sell(self.session, 50, 19990)
        blocked._block("test")
        self._commit()
        self.assertEqual(
            self._scan(once._reveal())["text"],
            "This card can be used once: nothing can be added. Sell a new one.",
        )
        self.assertEqual(
            self._scan(blocked._reveal()),
            {"purpose": "", "text": "This card is blocked. Ask a manager."},
        )
        self._refused(
            r"At most .*20,000.00.* may be on one card",
            lambda: self._sell_scanned(self._scan(full._reveal()), 50),
        )

    def test_top_up_is_given_back_while_it_is_on_the_card(self):
        card = self._sell(self.session, 30)
        order, _answer = self._sell_scanned(self._scan(card._reveal()), 50)
        first = self._redeem(self.session, card, 40)
        payload = self._refund_payload(order, self.session, method=self.cash)
        self._refused("what was added to it has been used", lambda: self._sync(payload))
        self._sync(self._refund_payload(first, self.session))
        payload = self._refund_payload(order, self.session, method=self.cash)
        self._sync(payload)
        self.assertCard(card, 30, status="active")
        self.assertEqual((card.value, card.price), (30, 30))
        self._close(self.session)
        self.assertTiesOut()

    def test_top_up_is_given_back_once(self):
        card = self._sell(self.session, 100)
        order, _answer = self._sell_scanned(self._scan(card._reveal()), 50)
        self._sync(self._refund_payload(order, self.session, method=self.cash))
        again = self._refund_payload(order, self.session, method=self.cash)
        self._refused("given back already", lambda: self._sync(again))
        back, change = order.lines.refund_orderline_ids, {"refunded_orderline_id": 0}
        self._refused("its lines stay as they are", lambda: back.write(change))
        back.with_context(giftcard_writer=WRITER).write(change)
        self._refused("has been given back", lambda: self._sync(again))
        self.assertCard(card, 100)

    def test_sale_is_no_top_up_because_the_till_says_so(self):
        card = self._sell(self.session, 50)
        sale = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        self._sell_scanned(self._scan(card._reveal()), 50)
        self._redeem(self.session, card, 50)
        change = {"giftcard_is_topup": True}
        sale.with_context(giftcard_writer=WRITER).write(change)
        payload = self._refund_payload(sale.order_id, self.session, method=self.cash)
        self._sync(payload)
        # all that is left of sale and top-up went back as the sale
        self.assertCard(card, 0, status="refunded")
        kinds = card.sudo().entry_ids.mapped("kind")
        self.assertEqual(sorted(kinds), ["redeem", "refund_sale", "sale", "topup"])

    def test_card_is_given_back_with_what_was_added_to_it(self):
        """Sold for 30.00, 50.00 added, 60.00 used: 20.00 of both is left."""
        card = self._sell(self.session, 30)
        sale = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        order, _answer = self._sell_scanned(self._scan(card._reveal()), 50)
        self._redeem(self.session, card, 60)
        rest = self.giftcard.giftcard_refundable(sale.ids, self.session.id)[
            str(sale.id)
        ]
        self.assertEqual(rest["gross"], 20)
        back = self._line(
            sale.product_id,
            20,
            qty=-1,
            price_subtotal=-20,
            price_subtotal_incl=-20,
            refunded_orderline_id=sale.id,
        )
        payment = self._payment(self.cash, -20)
        self._sync(self._payload(self.session, [back], [payment], is_refund=True))
        self.assertCard(card, 0, status="refunded")
        again = self._refund_payload(order, self.session, method=self.cash)
        self._refused("has been used", lambda: self._sync(again))
        self._close(self.session)
        self.assertTiesOut()

    def test_nothing_is_added_to_a_card_that_stays_expired(self):
        card = self._sell(self.session, 30)
        self._redeem(self.session, card, 30)
        yesterday = card._today(self.company) - timedelta(days=1)
        card.sudo().valid_until = yesterday
        self.card_type.write({"validity_mode": "date", "validity_date": yesterday})
        self._commit()
        scan = {"reference": card._get_reference(), "purpose": "topup"}
        self._refused("expired on", lambda: self._sell_scanned(scan, 50))
        self.assertCard(card, 0)

    def test_scan_is_for_the_open_till_only(self):
        _card, text = self._print_card()
        self._close(self.session)
        self._refused("not open", lambda: self._scan(text))
        with self.assertRaises(AccessError):
            self.giftcard.with_user(
                self.env.ref("base.public_user")
            ).giftcard_scan_for_sale(text, self.session.id, self.card_type.id)
