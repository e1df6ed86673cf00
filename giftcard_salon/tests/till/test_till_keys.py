# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta
from uuid import uuid4

from odoo.fields import Datetime
from odoo.tests import tagged

from ..common import GiftcardTillCommon
from ..invoice_common import GiftcardInvoiceMixin

ELSEWHERE = "reserved for another bill"
SCAN_AGAIN = "scan it again"
GONE = "could not be used any more"


@tagged("post_install", "-at_install")
class TestTillKeys(GiftcardInvoiceMixin, GiftcardTillCommon):
    """A key is no proof: what a till may do with it its own bills and the code say."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 300)
        self.method = self.giftcard.with_user(self.cashier)

    def _request(self, key, amount, revision=2, **values):
        """What a till asks without the code, for its own bill."""
        return {
            "key": key,
            "revision": revision,
            "amount": amount,
            "session_id": self.session.id,
            "order_uuid": self._bill_uuid,
            **values,
        }

    def _hold(self, amount, **values):
        return self._hold_at(self.session, self.card, amount, **values)[2]["uuid"]

    def _refuses(self, sentence, key, amount, **values):
        request = self._request(key, amount, **values)
        self._refused(sentence, lambda: self.method.giftcard_hold_tender(request))

    def _pay(self, key, amount):
        payments = [self._payment(self.giftcard, amount, uuid=key)]
        lines = [self._line(self.services[20], amount)]
        return self._sync(self._payload(self.session, lines, payments))[0]

    def _is_foreign(self, key, session):
        """Whatever the till asks about a key, it learns and moves nothing."""
        own = {"session_id": session.id, "revision": 99}
        self.assertEqual(self.method.giftcard_status([key], session.id), {})
        self._refuses("Nothing is on hold here", key, 300, **own)
        self._refuses("Nothing is on hold here", key, 1, **own)
        code = {"code": self.card._reveal()}
        self._refuses(ELSEWHERE, key, 300, **own, **code)
        self._refuses(ELSEWHERE, key, 1, **own, **code, order_uuid=str(uuid4()))
        self._refused(
            "reserved by another till or the office",
            lambda: self.method.giftcard_release(key, 99, session.id),
        )

    # === WHOSE KEY === #

    def test_hold_of_an_order_is_out_of_a_tills_reach(self):
        order = self._order(60, 20)
        use = self._redeem_card(order, self.card, 40) and order.giftcard_application_ids
        self.assertRegex(use.key, r"^[0-9a-f]{8}-[0-9a-f-]{27}$")
        self._is_foreign(use.key, self.session)
        bill = {"order_uuid": use.document_key, "code": self.card._reveal()}
        self._refuses(ELSEWHERE, use.key, 300, revision=99, **bill)
        self.assertCard(self.card, 260, held=40)
        order.action_confirm()
        self._commit()
        self._posted(self._invoice_of(order))
        self.assertCard(self.card, 260)

    def test_hold_of_an_order_pays_no_bill(self):
        order = self._order(60, 20)
        self._redeem_card(order, self.card, 40)
        use = order.giftcard_application_ids
        self._bill_uuid = use.document_key
        self._refused(GONE, lambda: self._pay(use.key, 40))
        self.assertCard(self.card, 260, held=40)

    def test_hold_of_another_till_is_out_of_reach(self):
        key = self._hold(30)
        bill, self._bill_uuid = self._bill_uuid, str(uuid4())
        other = self._open(self._make_till("Till B"))
        self._is_foreign(key, other)
        code = self.card._reveal()
        # even who knows the bill's uuid, which every cashier can read
        self._refuses(
            "Nothing is on hold", key, 30, session_id=other.id, order_uuid=bill
        )
        self.assertCard(self.card, 270, held=30)
        answer = self.method.giftcard_lookup(code, other.id)
        self.assertEqual((answer["available"], answer["held"]), (270, 30))

    def test_asking_for_foreign_keys_counts_as_guessing(self):
        keys = [self._hold(1) for _ in range(20)]
        other = self._open(self._make_till("Till B"))
        unknown = [str(uuid4()) for _ in range(90)]
        self.assertEqual(self.method.giftcard_status(unknown, other.id), {})
        self.assertEqual(self.method.giftcard_status(keys[:19], other.id), {})
        self.method.giftcard_lookup(self.card._reveal(), other.id)
        self.assertEqual(self.method.giftcard_status(keys[19:], other.id), {})
        self._refused(
            "Too many codes were not known",
            lambda: self.method.giftcard_lookup(self.card._reveal(), other.id),
        )

    def test_tills_that_share_bills_share_their_holds(self):
        key = self._hold(30)
        config = self._make_till("Till B")
        config.trusted_config_ids = self.config
        other = self._open(config)
        status = self.method.giftcard_status([key], other.id)
        self.assertEqual(status[key]["amount"], 30)
        lower = self._request(key, 20, session_id=other.id)
        self.assertEqual(self.method.giftcard_hold_tender(lower)["amount"], 20)
        self._refuses(SCAN_AGAIN, key, 21, revision=3, session_id=other.id)
        self.assertCard(self.card, 280, held=20)
        answer = self.method.giftcard_release(key, 4, other.id)
        self.assertEqual(answer["state"], "released")
        self.assertCard(self.card, 300)

    def test_without_the_code_a_bill_keeps_or_lowers(self):
        key = self._hold(30)
        self.assertEqual(
            self.method.giftcard_hold_tender(self._request(key, 30))["amount"], 30
        )
        lower = self._request(key, 20, 3)
        self.assertEqual(self.method.giftcard_hold_tender(lower)["amount"], 20)
        self._refuses(SCAN_AGAIN, key, 20.01, revision=4)
        self._refuses(SCAN_AGAIN, key, 300, revision=4)
        self._refuses(ELSEWHERE, key, 10, revision=4, order_uuid=str(uuid4()))
        self._refuses("damaged", key, 10, revision=4, order_uuid="")
        raised = self._request(key, 80, 5, code=self.card._reveal())
        self.assertEqual(self.method.giftcard_hold_tender(raised)["amount"], 80)
        second = self._sell(self.session, 50)
        # a payload of the sale took the bill's uuid: this is another bill now
        self._refuses(ELSEWHERE, key, 50, revision=6, code=second._reveal())
        self.assertCard(self.card, 220, held=80)

    def test_closing_data_and_captured_uses_give_no_key_away(self):
        key = self._hold(30)
        data = self.session.with_user(self.cashier).get_closing_control_data()
        self.assertEqual(len(data["giftcard_holds"]), 1)
        self.assertNotIn(key, str(data))
        bill = self._pay(key, 30)
        self.assertEqual(bill.state, "paid")
        other = self._open(self._make_till("Till B"))
        self._is_foreign(key, other)

    # === KEY ORDER === #

    def test_release_counts_whatever_the_state_it_finds(self):
        for told in ((1, "hold"), (0, "tombstone")):
            with self.subTest(told):
                key = self._hold(60) if told[0] else str(uuid4())
                for revision in (2, 4):
                    answer = self.method.giftcard_release(
                        key, revision, self.session.id
                    )
                    self.assertEqual(
                        (answer["state"], answer["revision"]), ("released", revision)
                    )
                late = self._request(key, 60, 3, code=self.card._reveal())
                self.assertEqual(
                    self.method.giftcard_hold_tender(late)["state"], "released"
                )
                self.assertCard(self.card, 300)
                again = {**late, "revision": 5}
                self.assertEqual(
                    self.method.giftcard_hold_tender(again)["state"], "held"
                )
                self.method.giftcard_release(key, 6, self.session.id)

    def test_revisions_are_bounded(self):
        key = str(uuid4())
        for revision in (10**6 + 1, 2**31 - 2, 2**31 - 1, 2**70):
            self._refused(
                "damaged",
                lambda told=revision: self.method.giftcard_release(
                    key, told, self.session.id
                ),
            )
        self.method.giftcard_release(key, 10**6, self.session.id)
        self._refuses("Nothing is on hold", key, 10, revision=10**6)
        self._refused("No gift card is reserved", lambda: self._pay(key, 10))

    # === WHAT COMES BACK === #

    def test_released_hold_is_no_blank_cheque(self):
        key = self._hold(1)
        self.method.giftcard_release(key, 2, self.session.id)
        bill = self._bill_uuid
        self._refused(GONE, lambda: self._pay(key, 100))
        self._bill_uuid = bill
        self.assertCard(self.card, 300)
        self.assertEqual(self._pay(key, 1).state, "paid")
        self.assertCard(self.card, 299)

    def test_what_staff_took_back_stays_back(self):
        by_desk, by_manager = self._hold(60), self._hold(50)
        desk = self.giftcard.with_user(self.desk)
        self.desk.group_ids += self.env.ref("point_of_sale.group_pos_user")
        held = self.session._get_giftcard_holds()
        first = held.filtered(lambda use: use.key == by_desk)
        self.assertEqual(
            desk.giftcard_release_abandoned(self.session.id, first.ids), first.ids
        )
        (held - first).action_release()
        bill = self._bill_uuid
        for key, amount in ((by_desk, 60), (by_manager, 50)):
            self._bill_uuid = bill
            self._refused(GONE, lambda own=key, sum_=amount: self._pay(own, sum_))
        self.assertCard(self.card, 300)

    def test_released_hold_comes_back_within_minutes_only(self):
        key = self._hold(60)
        self.method.giftcard_release(key, 2, self.session.id)
        use = self.env["giftcard.redemption"].search([("key", "=", key)])
        self.env.cr.execute(
            "UPDATE giftcard_redemption SET ended_at = %s WHERE id = %s",
            [Datetime.now() - timedelta(minutes=11), use.id],
        )
        self.env.invalidate_all()
        self._refused(GONE, lambda: self._pay(key, 60))
        self.assertCard(self.card, 300)

    # === WHOSE BALANCE === #

    def test_one_cards_code_tells_nothing_of_another_card(self):
        """A known key, a card of one's own: no answer names the other's balance."""
        key, bill = self._hold(30), self._bill_uuid
        self._pay(key, 30)
        own = self._sell(self.session, 50)
        other = "already uses another gift card"
        for revision in (1, 2, 99):
            self._refuses(
                other,
                key,
                1,
                revision=revision,
                order_uuid=bill,
                code=own._reveal(),
            )
        again = self._request(key, 30, order_uuid=bill, code=self.card._reveal())
        answer = self.method.giftcard_hold_tender(again)
        self.assertEqual(answer["state"], "captured")
        self.assertNotIn("available", answer)
        self.assertCard(self.card, 270)
        self.assertCard(own, 50)
