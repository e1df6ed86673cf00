# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import tagged

from ..common import GiftcardTillCommon
from .tour_common import GiftcardTourCommon

OFFLINE = ["BEF0", "RE1X", "PA1D"]
ANSWERS = ["RP1Y", "10ST", "HANG", "SYNC", "BACK", "0PEN"]
USED_48 = {
    "uses": [("captured", 48)],
    "available": 52,
    "ledger": [100, -48],
    "bills": ["paid"],
}


@tagged("post_install", "-at_install")
class TestOffline(GiftcardTillCommon):
    """Network and server fail, where the server decides: one test per moment."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _payload_of(self, payment, price=70, **values):
        lines = [self._line(self.services[20], price)]
        return self._payload(self.session, lines, [payment], **values)

    def _release(self, payment):
        return self.giftcard.giftcard_release(payment[2]["uuid"], 2, self.session.id)

    def test_hold_reached_the_server_answer_lost__same_uuid_same_hold(self):
        """7 "hold reached server, answer lost": replay, captured once."""
        payment = self._hold_at(self.session, self.card, 70)
        again = self._hold_at(self.session, self.card, 70, key=payment[2]["uuid"])
        self.assertCard(self.card, 30, held=70)
        self._sync(self._payload_of(again))
        self.assertCard(self.card, 30)

    def test_paid_offline_and_synced_a_day_later__the_hold_has_not_lapsed(self):
        """7 "held, then offline, rest paid in cash, validated": outlives the outage."""
        self.env.cr.execute(
            "UPDATE giftcard_card SET valid_until = %s WHERE id = %s",
            [self.card._today(self.company), self.card.id],
        )
        self.env.invalidate_all()
        payload = self._payload_of(self._hold_at(self.session, self.card, 70))
        with freeze_time(Datetime.now() + timedelta(hours=26)):
            self.env["giftcard.redemption"]._lapse_expired()
            self.assertCard(self.card, 30, held=70)
            order, _answer = self._sync(payload)
            self.assertEqual(order.state, "paid")
            self.assertCard(self.card, 30, status="expired")
            self._close(self.session)
        self.assertTiesOut()

    def test_order_synced_answer_lost__taken_once(self):
        """7 "order synced, answer lost": re-sync ignored by uuid, same id."""
        payload = self._payload_of(self._hold_at(self.session, self.card, 70))
        first, _answer = self._sync(payload)
        again, _answer = self._sync(payload)
        self.assertEqual(first, again)
        self.assertCard(self.card, 30)
        self.assertEqual(len(self.card.entry_ids), 2)

    def test_hold_gone_then_sync__held_again_if_the_card_still_has_it(self):
        """7 "hold expired, then sync": capture first tries to re-hold the same uuid."""
        payment = self._hold_at(self.session, self.card, 70)
        self._release(payment)
        self.assertCard(self.card, 100)
        self._sync(self._payload_of(payment))
        self.assertCard(self.card, 30)

    def test_hold_gone_then_sync__refused_with_a_sentence_and_later_repeated(self):
        """7 "hold expired, then sync": the card was used elsewhere meanwhile."""
        payment = self._hold_at(self.session, self.card, 70)
        payload = self._payload_of(payment)
        self._release(payment)
        other = self._redeem(self.session, self.card, 60)
        with (
            self.assertRaisesRegex(UserError, "could not be used any more"),
            self.env.cr.savepoint(),
        ):
            self._sync(payload)
        self.assertFalse(self.env["pos.order"].search([("uuid", "=", payload["uuid"])]))
        self.assertCard(self.card, 40)
        self._sync(self._refund_payload(other, self.session))
        order, _answer = self._sync(payload)
        self.assertEqual(order.state, "paid")
        self.assertCard(self.card, 30)

    def test_session_closed_on_the_server_meanwhile__goes_to_the_next_one(self):
        """7 "session closed on the server meanwhile": only the uuid ties the hold."""
        payload = self._payload_of(self._hold_at(self.session, self.card, 70))
        self._close(self.session)
        with (
            self.assertRaisesRegex(UserError, "No open session available"),
            self.env.cr.savepoint(),
        ):
            self._sync(payload)
        self.assertCard(self.card, 30, held=70)
        later = self._open()
        order, _answer = self._sync(payload)
        self.assertEqual((order.state, order.session_id), ("paid", later))
        self.assertCard(self.card, 30)
        self._close(later)
        self.assertTiesOut()

    def test_refund_to_card_offline__arrives_a_day_later_and_once(self):
        """7 "refund to card offline": credit happens at sync only."""
        order = self._redeem(self.session, self.card, 60)
        payload = self._refund_payload(order, self.session)
        self.assertCard(self.card, 40)
        with freeze_time(Datetime.now() + timedelta(hours=26)):
            self._sync(payload)
            self._sync(payload)
        self.assertCard(self.card, 100)

    def test_card_sold_offline__is_one_card_when_it_arrives(self):
        """7 "card sale offline": a bill that came through late and twice."""
        payload = self._payload(
            self.session,
            [self._line(self.card_product, 50)],
            [self._payment(self.cash, 50)],
        )
        with freeze_time(Datetime.now() + timedelta(hours=26)):
            order, _answer = self._sync(payload)
            self._sync({**payload, "lines": [Command.clear()]})
        self.assertCard(order.lines.giftcard_card_id, 50, status="active")


@tagged("post_install", "-at_install", "giftcard_tour")
class TestOfflineAtTheTill(GiftcardTourCommon):
    """Network and server fail, where the browser decides: one test per moment.

    Two walks; each row is a bill and a card of its own.
    """

    def assertRemaining(self, walk, last4, **expected):
        last_fours = OFFLINE if walk == "giftcard_trap_offline" else ANSWERS
        found = self._walk(walk, last_fours)[last4]
        self.assertEqual({name: found[name] for name in expected}, expected)

    def test_before_the_code_is_sent__nothing_happened_and_it_can_be_tried_again(self):
        """7 "before the code is sent": message, other method."""
        self.assertRemaining("giftcard_trap_offline", "BEF0", **USED_48)

    def test_release_while_offline__goes_out_when_the_connection_is_back(self):
        """7 "release while offline": line gone, still held, then released."""
        uses = [("released", 48)]
        self.assertRemaining("giftcard_trap_offline", "RE1X", uses=uses, available=100)

    def test_held_then_paid_offline__arrives_once(self):
        """7 "held, then offline, rest paid in cash, validated"."""
        found = self._walk("giftcard_trap_offline", OFFLINE)["PA1D"]
        self.assertEqual(found["uses"], [("captured", 100)])
        self.assertEqual(found["ledger"][:2], [100, -100])

    def test_refund_to_card_offline__prints_no_balance_and_arrives(self):
        """7 "refund to card offline": allowed, credited at sync."""
        ledger = [100, -100, 100]
        bills = ["paid", "paid"]
        self.assertRemaining(
            "giftcard_trap_offline", "PA1D", ledger=ledger, bills=bills
        )

    def test_card_sale_offline__is_blocked_and_the_bill_is_kept(self):
        """7 "card sale offline": block, the code needs the server."""
        found = self._walk("giftcard_trap_offline", OFFLINE)
        self.assertEqual(found["sold"], [100])

    def test_hold_answer_lost__is_asked_again_under_the_same_uuid(self):
        """7 "hold reached server, answer lost": retry with SAME line uuid."""
        self.assertRemaining("giftcard_trap_answers", "RP1Y", **USED_48)

    def test_hold_answer_lost_for_good__is_given_back(self):
        """7 "hold reached server, answer lost": delete -> release."""
        uses = [("released", 40)]
        self.assertRemaining("giftcard_trap_answers", "10ST", uses=uses, available=100)

    def test_call_hangs__the_till_waits_no_longer_than_it_says(self):
        """7 "call hangs (no timeout in rpc)": own timeout; status(uuid)."""
        uses = [("captured", 48), ("released", 48)]
        self.assertRemaining(
            "giftcard_trap_answers", "HANG", **{**USED_48, "uses": uses}
        )

    def test_order_answer_lost__is_sent_again_and_taken_once(self):
        """7 "order synced, answer lost"."""
        self.assertRemaining("giftcard_trap_answers", "SYNC", **USED_48)

    def test_refused_in_background_sync__is_told_kept_and_sent_again(self):
        """7 "hold expired, then sync": background sync -> stuck 'paid' order."""
        uses = [("captured", 48), ("released", 90)]
        bills = ["paid"]
        self.assertRemaining("giftcard_trap_answers", "BACK", uses=uses, bills=bills)

    def test_refused_for_good__is_opened_and_paid_another_way(self):
        """7 "hold expired, then sync": the cashier is not stuck."""
        uses = [("held", 90), ("released", 48)]
        ledger = [100]
        self.assertRemaining("giftcard_trap_answers", "0PEN", uses=uses, ledger=ledger)
