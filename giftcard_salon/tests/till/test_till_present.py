# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.tests import tagged

from ..bonus_common import GiftcardBonusCommon


@tagged("post_install", "-at_install")
class TestTillPresent(GiftcardBonusCommon):
    """A scanned card is told and held by one request, where nothing needs deciding."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self.method = self.giftcard.with_user(self.cashier)

    def _request(self, card, lines, tips=0, **values):
        """What a till says of its bill when a card is scanned."""
        supplies = sum(line[2]["price_subtotal_incl"] for line in lines)
        return {
            "code": card._reveal(),
            "key": str(uuid4()),
            "session_id": self.session.id,
            "order_uuid": self._bill_uuid,
            "order_name": "Bill",
            "tax_groups": self._tax_groups(lines),
            "tips": tips,
            "payable": {"with_tips": supplies + tips, "without_tips": supplies},
            **values,
        }

    def _present(self, card, *items, **values):
        return self.method.giftcard_present(
            self._request(card, self._basket(*items), **values)
        )

    def _nothing_is_held(self, card, *items, **values):
        before = card.available
        told = self._present(card, *items, **values)
        self.assertIs(told["hold"], False)
        self.assertEqual((card.available, card.held), (before, 0))
        return told

    def test_two_requests_pay_a_bill(self):
        """The card with its hold, then the bill: no other request of the till."""
        lines = self._basket((20, 60))
        request = self._request(self.card, lines)
        told = self.method.giftcard_present(request)
        # what it was before: the hold that comes with it is not in its figures
        self.assertEqual(
            (told["available"], told["held"], told["status"], told["refusal"]),
            (100, 0, "active", ""),
        )
        self.assertNotIn("parked", told)
        self.assertNotIn(self.card._reveal(), str(told))
        hold = told["hold"]
        self.assertEqual(
            {name: hold[name] for name in ("state", "key", "revision", "amount")},
            {"state": "held", "key": request["key"], "revision": 1, "amount": 60},
        )
        self.assertEqual((hold["available"], hold["discounts"]), (40, []))
        self.assertCard(self.card, 40, held=60)
        payment = self._payment(self.giftcard, 60, uuid=request["key"])
        order = self._sync(self._payload(self.session, lines, [payment]), self.cashier)[
            0
        ]
        self.assertEqual(order.state, "paid")
        self.assertCard(self.card, 40, status="partial")
        self.assertEqual(self.card.entry_ids[:1].face, -60)

    def test_amount_that_is_changed_and_card_that_is_not_used(self):
        lines = self._basket((20, 60))
        request = self._request(self.card, lines)
        self.method.giftcard_present(request)
        other = {**request, "revision": 2, "amount": 20}
        self.assertEqual(self.method.giftcard_hold_tender(other)["amount"], 20)
        self.assertCard(self.card, 80, held=20)
        self.method.giftcard_release(request["key"], 3, self.session.id)
        self.assertCard(self.card, 100)
        # late by then: nothing is held by it
        self.assertIs(self.method.giftcard_present(request)["hold"], False)
        self.assertCard(self.card, 100)

    def test_card_whose_till_died_goes_free_by_itself(self):
        request = self._request(self.card, self._basket((20, 60)))
        self.method.giftcard_present(request)
        redemption = self.card.redemption_ids
        wait = redemption.expires_at - fields.Datetime.now()
        self.assertAlmostEqual(wait.total_seconds(), 1800, delta=60)
        redemption.sudo().expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self._commit()
        redemption._lapse_expired()
        self.assertCard(self.card, 100)

    def test_card_that_is_on_a_bill_waits_with_it(self):
        """A parked bill, or another amount: the cashier decided."""
        lines = self._basket((20, 60))
        request = self._request(self.card, lines)
        self.method.giftcard_present(request)
        payment = self._payment(self.giftcard, 60, uuid=request["key"])
        parked = self._payload(self.session, lines, [payment], state="draft")
        self._sync(parked, self.cashier)
        self.assertFalse(self.card.redemption_ids.expires_at)
        other = self._sell(self.session, 100)
        request = self._request(other, lines)
        self.method.giftcard_present(request)
        self.assertTrue(other.redemption_ids.expires_at)
        self.method.giftcard_hold_tender({**request, "revision": 2, "amount": 20})
        self.assertFalse(other.redemption_ids.expires_at)

    def test_another_bill_keeps_no_hold_alive(self):
        lines = self._basket((20, 60))
        request = self._request(self.card, lines)
        self.method.giftcard_present(request)
        payment = self._payment(self.giftcard, 60, uuid=request["key"])
        stranger = self._payload(
            self.session, lines, [payment], state="draft", uuid=str(uuid4())
        )
        self._sync(stranger, self.cashier)
        self.assertTrue(self.card.redemption_ids.expires_at)

    def test_the_same_once_more_holds_once(self):
        request = self._request(self.card, self._basket((20, 60)))
        self.assertEqual(self.method.giftcard_present(request)["hold"]["amount"], 60)
        self.assertIs(self.method.giftcard_present(request)["hold"], False)
        self.assertCard(self.card, 40, held=60)

    def test_card_that_has_less_than_the_bill_is_held_whole(self):
        told = self._present(self.card, (20, 130), (10, 20))
        self.assertEqual(told["hold"]["amount"], 100)
        self.assertCard(self.card, 0, held=100)

    def test_tips_are_held_by_cards_that_pay_them(self):
        self.assertEqual(
            self._present(self.card, (20, 60), tips=8)["hold"]["amount"], 60
        )
        tipping = self._make_type(name="Pays tips", pays_tips=True)
        product = tipping.product_ids.product_variant_ids
        order, _answer = self._sync(
            self._payload(
                self.session,
                [self._line(product, 100)],
                [self._payment(self.bank, 100)],
            )
        )
        card = order.lines.giftcard_card_id
        self.assertEqual(self._present(card, (20, 60), tips=8)["hold"]["amount"], 68)

    def test_bonus_comes_with_its_discounts(self):
        card = self._make_bonus_card(self.session, 80, 100)
        hold = self._present(card, (20, 60), (10, 40))["hold"]
        self.assertEqual(
            (hold["amount"], hold["consideration"], hold["bonus"]), (100, 80, 20)
        )
        self.assertEqual([line["amount"] for line in hold["discounts"]], [12, 8])

    def test_bonus_that_has_nowhere_to_go_is_left_out(self):
        """A card of 100 that cost 50: 10.00 of supplies take 10.00 of its bonus."""
        card = self._make_bonus_card(self.session, 50, 100, pays_tips=True)
        hold = self._present(card, (20, 10), tips=30)["hold"]
        # one cent more, whose bonus is rounded away
        self.assertEqual((hold["amount"], hold["bonus"]), (20.01, 10))

    def test_nothing_is_held_where_somebody_has_to_decide(self):
        single = self._make_type(name="Once", is_single_use=True)
        product = single.product_ids.product_variant_ids
        order, _answer = self._sync(
            self._payload(
                self.session,
                [self._line(product, 100)],
                [self._payment(self.bank, 100)],
            )
        )
        once = order.lines.giftcard_card_id
        told = self._nothing_is_held(once, (20, 60))
        self.assertEqual((told["refusal"], told["is_single_use"]), ("", True))
        # all of it goes: nothing is lost
        self.assertEqual(self._present(once, (20, 130))["hold"]["amount"], 100)

    def test_nothing_is_held_of_a_card_that_cannot_pay(self):
        self.card._block("Found in the street")
        told = self._nothing_is_held(self.card, (20, 60))
        self.assertIn("blocked", told["refusal"])
        self.card._unblock("It is the client's")
        self._nothing_is_held(self.card, (20, 60), payable={"with_tips": 0})
        told = self.method.giftcard_present(
            {**self._request(self.card, []), "code": "GC0000000000000000"}
        )
        self.assertEqual((told["status"], told["hold"]), ("unknown", False))

    def test_what_another_bill_holds_is_told_and_stays(self):
        self._hold_at(self.session, self.card, 100)
        told = self._present(self.card, (20, 60), order_uuid=str(uuid4()))
        self.assertIs(told["hold"], False)
        self.assertRegex(told["refusal"], "of this card is on bill Bill")
        self.assertCard(self.card, 0, held=100)

    def test_what_a_stranger_says_of_the_bill(self):
        """Never more than the card has, and a sentence or nothing for the rest."""
        for payable in (
            *(None, [], "x", 5, {}, {"with_tips": 60}, {"without_tips": None}),
            *(
                {"without_tips": value}
                for value in ("NaN", 1e300, "ten", -5, [], {}, 0)
            ),
        ):
            self._nothing_is_held(self.card, (20, 60), payable=payable)
        request = {"payable": {"without_tips": 10**9}, "tax_groups": []}
        told = self._present(self.card, **request)
        self.assertEqual(told["hold"]["amount"], 100)
        self.method.giftcard_release(told["hold"]["key"], 2, self.session.id)
        for bad in ({"key": None}, {"key": "short"}):
            self._refused("is damaged", lambda bad=bad: self._present(self.card, **bad))
        for bad in (None, [], {}, {"session_id": 0}):
            self._refused("not open", lambda bad=bad: self.method.giftcard_present(bad))
        self._nothing_is_held(self.card, (20, 60), order_uuid="")
        self.assertCard(self.card, 100)

    def test_guessing_is_counted(self):
        attempts = self.env["giftcard.attempt"].sudo()
        before = attempts.search_count([])
        request = {**self._request(self.card, []), "code": "GC0000000000000000"}
        self.method.giftcard_present(request)
        self.assertEqual(attempts.search_count([]), before + 1)
