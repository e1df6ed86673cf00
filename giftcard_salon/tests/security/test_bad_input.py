# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import json
from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import GiftcardTillCommon

HOLDS = (
    "giftcard_hold_tender",
    "giftcard_hold_entitlements",
    "giftcard_hold_conversion",
    "giftcard_present",
)


@tagged("post_install", "-at_install")
class TestBadInput(GiftcardTillCommon):
    """Nonsense gets a sentence, changes nothing and tells nothing."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _request(self, **values):
        return {
            "key": str(uuid4()),
            "revision": 1,
            "amount": 10,
            "session_id": self.session.id,
            "code": self.card._reveal(),
            "order_uuid": self._bill_uuid,
            "order_name": "Bill",
            **values,
        }

    def _refused(self, sentence, **values):
        with self.assertRaisesRegex(UserError, sentence, msg=values):
            self.giftcard.giftcard_hold_tender(self._request(**values))
        self.assertCard(self.card, 100)

    def _lookup(self, code, session=None):
        return self.giftcard.with_user(self.cashier).giftcard_lookup(
            code, (session or self.session).id
        )

    def _state_of_everything(self):
        """What no refusal may change: cards, ledger, holds, seals, bills."""
        self.env.flush_all()
        rows = []
        for query in (
            "SELECT id, state, available, value, valid_until FROM giftcard_card",
            "SELECT id, kind, face FROM giftcard_entry",
            "SELECT id, key, state, revision, amount FROM giftcard_redemption",
            "SELECT id FROM giftcard_seal",
            "SELECT id, state, amount_total FROM pos_order",
            "SELECT id, uuid, amount FROM pos_payment",
        ):
            self.env.cr.execute(query + " ORDER BY id")
            rows.append(self.env.cr.fetchall())
        return rows

    def test_codes_that_nobody_knows(self):
        own = self.card._reveal()
        before = self._state_of_everything()
        for code in (
            *("", " ", "GC", "%", "GC%", "_" * 18, "\x00", "GC" + "0" * 16),
            *(own[:-1], own + "0", own + "\x00", "\x00" + own, own[::-1], own[:8]),
            *("X" * 2000, "GC" + "0" * 1998, "\U0001f381" * 18, "' OR 1=1 --"),
            *(None, 5, 1.5, True, ["GC"], [own], {}, {"code": own}),
        ):
            # nobody guesses here: the wait for those who do is tested apart
            self.env["giftcard.attempt"].sudo().search([]).unlink()
            answer = self._lookup(code)
            self.assertEqual(answer["status"], "unknown", code)
            self.assertEqual(set(answer), {"status", "refusal"})
            self._refused("do not know this code|Nothing is on hold here", code=code)
        self.assertEqual(self._state_of_everything(), before)

    def test_cards_that_cannot_pay(self):
        """Each kind of card gets its sentence from the look-up and from the hold."""
        expired, blocked, empty, foreign, cancelled = (
            self._issue(50) for _number in range(5)
        )
        self.env.cr.execute(
            "UPDATE giftcard_card SET valid_until = '2020-01-01' WHERE id = %s",
            [expired.id],
        )
        self.env.invalidate_all()
        blocked.sudo().state = "blocked"
        self._redeem(self.session, empty, 50)
        cancelled._cancel("cancelled", "cancel", "key-of-a-test", self._origin())
        company = self.env["res.company"].create({"name": "Another spa"})
        foreign.sudo().company_id = company
        euro = self.env.ref("base.EUR")
        euro.active = True
        euros = self._issue(50, self._make_type(currency_id=euro.id))
        self._commit()
        for card, sentence in (
            (expired, "This card expired on"),
            (blocked, "This card is blocked. Ask a manager."),
            (empty, "Nothing is left on this card. It was last used on"),
            (foreign, "was sold by Another spa and cannot be used here"),
            (cancelled, "This card was cancelled."),
            (euros, "is in EUR, this bill is in USD. Take another payment."),
        ):
            before = self._state_of_everything()
            code = card._reveal()
            facts = self._lookup(code)
            self.assertRegex(facts["refusal"], sentence)
            self.assertNotIn(code, str(facts))
            self._refused(sentence, code=code)
            self.assertEqual(self._state_of_everything(), before, sentence)

    def test_amounts(self):
        before = self._state_of_everything()
        for amount in (
            *(0, -5, -0.001, 0.001, "0.004", "-1"),
            *("NaN", "sNaN", "Infinity", "1e400", "ten", "10 \u20ac", "10,00", "\x00"),
            *(float("nan"), float("inf"), float("-inf"), 1e300, 10**400),
            *(None, "", [], {}, [10], True),
        ):
            self._refused("more than zero", amount=amount)
        for amount in (100.01, 1000000000, "100.01"):
            self._refused("At most .*100.00.*left on the card", amount=amount)
        self.assertEqual(self._state_of_everything(), before)

    def test_amount_above_the_bill(self):
        payments = [
            self._hold_at(self.session, self.card, 80),
            self._payment(self.cash, -10),
        ]
        before = self._state_of_everything()
        lines = [self._line(self.services[20], 70)]
        with (
            self.assertRaisesRegex(UserError, "may pay .*70.00.* not .*80.00"),
            self.env.cr.savepoint(),
        ):
            self._sync(self._payload(self.session, lines, payments))
        self.assertEqual(self._state_of_everything(), before)

    def test_requests_of_another_shape(self):
        method = self.giftcard.with_user(self.cashier)
        before = self._state_of_everything()
        for request in (None, [], ["key"], "key", 5, {}, {"key": {}}):
            for hold in HOLDS:
                with self.assertRaisesRegex(UserError, "not open", msg=(hold, request)):
                    getattr(method, hold)(request)
        for damaged in (None, [], {}, "x", 5, [[]], ["x"], [None], [{}]):
            own = {"redemptions": damaged, "keys": damaged, "key": damaged}
            for hold in HOLDS:
                with self.assertRaisesRegex(UserError, "amaged|[Cc]ard", msg=hold):
                    getattr(method, hold)(self._request(**own))
        for key in (None, [], {}, 5, "\x00" * 20, "x" * 2000):
            with self.assertRaisesRegex(UserError, "is damaged", msg=key):
                method.giftcard_release(key, 1, self.session.id)
            self.assertEqual(method.giftcard_status(key, self.session.id), {})
            self.assertEqual(method.giftcard_status([key], self.session.id), {})
        for text in ("\x00", "x" * 2000, [], {}, 5, True):
            answer = method.giftcard_hold_tender(
                self._request(order_name=text, partner_id=text)
            )
            method.giftcard_release(answer["key"], 2, self.session.id)
        for bill in (None, "", "\x00" * 36, "short", [], {}, 5, True):
            with self.assertRaisesRegex(UserError, "is damaged", msg=bill):
                method.giftcard_hold_tender(self._request(order_uuid=bill))
        self.assertCard(self.card, 100)
        holds = [row for row in self._state_of_everything()[2] if row[2] == "held"]
        self.assertFalse(holds)
        self.assertEqual(self._state_of_everything()[:2], before[:2])

    def test_keys_of_rates_that_no_answer_could_carry(self):
        """The bonus goes to what else the till says; the answer can be sent."""
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": "free-card", "value": 100, "price": 0}],
            "issue",
            self._origin(),
        )
        self._commit()
        taxes = self.taxes[20].ids
        sound = {"key": "own", "tax_ids": taxes, "gross": 60}
        for key in ("\ud800", "x" * 201, "a\udfff"):
            tax_groups = [{"key": key, "tax_ids": taxes, "gross": 40}, sound]
            answer = self.giftcard.with_user(self.cashier).giftcard_hold_tender(
                self._request(code=card._reveal(), amount=12, tax_groups=tax_groups)
            )
            json.dumps(answer, ensure_ascii=False).encode()
            told = {line["key"] for line in answer["discounts"]}
            self.assertEqual(told, {"own"}, repr(key))
            self.giftcard.giftcard_release(answer["key"], 2, self.session.id)

    def test_requests_of_another_shape_at_the_desk(self):
        """Every other call of the till: a sentence or an empty answer, no change."""
        self.cashier.group_ids += self.env.ref("giftcard_salon.group_desk")
        method = self.giftcard.with_user(self.cashier)
        self._hold_at(self.session, self.card, 10)
        before = self._state_of_everything()
        session = self.session.id
        for bad in (
            *(None, "", "\x00", "%%%", "x" * 2000, 0, -1, 2**63, True, [], {}, [[1]]),
        ):
            for name, args in (
                ("giftcard_balance", (bad, session)),
                ("giftcard_scan_for_sale", (bad, session, bad)),
                ("giftcard_scan_for_sale", (self.card._reveal(), session, bad)),
                ("giftcard_find", (bad, session)),
                ("giftcard_reprint", (bad, session)),
                ("giftcard_send", (bad, session, "sofia@example.com")),
                ("giftcard_send", (self.card.id, session, bad)),
                ("giftcard_undo_preview", (bad, session)),
                ("giftcard_undo", (bad, session)),
                ("giftcard_release_abandoned", (session, bad)),
                ("giftcard_release_abandoned", (session, [bad])),
                ("giftcard_quote", (bad, session, bad, bad)),
                ("giftcard_quote", (self.card_type.id, session, bad, bad)),
                ("giftcard_refundable", (bad, session)),
                ("giftcard_refundable", ([bad], session)),
                ("giftcard_refund_split", (bad,)),
                (
                    "giftcard_refund_split",
                    ({"session_id": session, "key": "k" * 36, "payment_id": bad},),
                ),
            ):
                self.env["giftcard.attempt"].sudo().search([]).unlink()
                try:
                    answer = getattr(method, name)(*args)
                except (UserError, AccessError) as error:
                    answer = error.args[0]
                    self.assertTrue(answer, (name, bad))
                self.assertNotIn(self.card._reveal(), str(answer), (name, bad))
        self.assertEqual(self._state_of_everything(), before)

    def test_replayed_and_reordered_requests(self):
        """Each order in which a line's requests can arrive ends the same way."""
        method = self.giftcard.with_user(self.cashier)
        first, second = self._request(amount=10), self._request(amount=60, revision=2)
        key = second["key"] = first["key"]
        # the newer one overtakes the older one, which is then old news
        for request in (second, first, second, first):
            answer = method.giftcard_hold_tender(request)
            self.assertEqual((answer["revision"], answer["amount"]), (2, 60))
            self.assertCard(self.card, 40, held=60)
        # the same revision that says something else
        with self.assertRaisesRegex(UserError, "already uses a gift card"):
            method.giftcard_hold_tender({**second, "amount": 61})
        # a release overtaken by a newer hold releases nothing
        self.assertEqual(
            method.giftcard_release(key, 1, self.session.id)["state"], "held"
        )
        self.assertCard(self.card, 40, held=60)
        # a hold overtaken by its release holds nothing
        self.assertEqual(
            method.giftcard_release(key, 3, self.session.id)["state"], "released"
        )
        self.assertEqual(
            method.giftcard_release(key, 3, self.session.id)["state"], "released"
        )
        for late in (first, second, {**second, "revision": 3}):
            self.assertEqual(method.giftcard_hold_tender(late)["state"], "released")
        self.assertCard(self.card, 100)
        # nor does one whose release came before anything else
        unknown = self._request()
        self.assertEqual(
            method.giftcard_release(unknown["key"], 1, self.session.id)["state"],
            "released",
        )
        self.assertEqual(method.giftcard_hold_tender(unknown)["state"], "released")
        self.assertCard(self.card, 100)

    def test_requests_after_the_bill_is_paid(self):
        bill = self._bill_uuid
        payment = self._hold_at(self.session, self.card, 70)
        key = payment[2]["uuid"]
        lines = [self._line(self.services[20], 70)]
        self._sync(self._payload(self.session, lines, [payment]))
        before = self._state_of_everything()
        method = self.giftcard.with_user(self.cashier)
        for revision in (1, 2, 99):
            request = self._request(key=key, revision=revision, order_uuid=bill)
            self.assertEqual(method.giftcard_hold_tender(request)["state"], "captured")
            self.assertEqual(
                method.giftcard_release(key, revision, self.session.id)["state"],
                "captured",
            )
        self.assertEqual(self._state_of_everything(), before)
        self.assertCard(self.card, 30)

    def test_keys_and_revisions(self):
        for key in (None, "", "short", "k" * 65, 12, ["k"]):
            self._refused("is damaged", key=key)
        for key in ("\x00" * 36, "key\nof a line", "k" * 2000, {}):
            self._refused("is damaged", key=key)
        for revision in (None, 0, -1, "1", 2**31 - 1, 2**31, 1.5, True, [], {}):
            self._refused("is damaged", revision=revision)

    def test_sessions(self):
        for session in (None, 0, -1, 10**9, 2**63, "1", True, [self.session.id], {}):
            self._refused("not open", session_id=session)

    def test_other_payment_method(self):
        with self.assertRaisesRegex(UserError, "does not take gift cards"):
            self.cash.giftcard_hold_tender(self._request())

    def test_who_guesses_codes_has_to_wait(self):
        method = self.giftcard.with_user(self.cashier)
        for _ in range(20):
            method.giftcard_lookup("GC" + "0" * 16, self.session.id)
        with self.assertRaisesRegex(UserError, "Wait 10 minutes"):
            method.giftcard_lookup(self.card._reveal(), self.session.id)
        with self.assertRaisesRegex(UserError, "Wait 10 minutes"):
            method.giftcard_hold_tender(self._request())
        self.assertCard(self.card, 100)
        facts = self.giftcard.giftcard_lookup(self.card._reveal(), self.session.id)
        self.assertEqual(facts["status"], "active")
