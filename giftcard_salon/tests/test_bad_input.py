from uuid import uuid4

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GiftcardTillCommon


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
            "order_name": "Bill",
            **values,
        }

    def _refused(self, sentence, **values):
        with self.assertRaisesRegex(UserError, sentence, msg=values):
            self.giftcard.giftcard_hold(self._request(**values))
        self.assertCard(self.card, 100)

    def test_codes(self):
        for code in ("", " ", "GC", "X" * 2000, "GC" + "0" * 16, None, 5, ["GC"], {}):
            answer = self.giftcard.giftcard_lookup(code, self.session.id)
            self.assertEqual(answer["status"], "unknown", code)
            self.assertEqual(set(answer), {"status", "refusal"})
            self._refused("do not know this code|Nothing is on hold here", code=code)

    def test_amounts(self):
        for amount in (
            0,
            -5,
            "NaN",
            float("nan"),
            float("inf"),
            1e300,
            None,
            "",
            [],
            {},
        ):
            self._refused("more than zero", amount=amount)
        self._refused("At most", amount=100.01)

    def test_keys_and_revisions(self):
        for key in (None, "", "short", "k" * 65, 12, ["k"]):
            self._refused("is damaged", key=key)
        for revision in (None, 0, -1, "1", 2**31, 1.5):
            self._refused("is damaged", revision=revision)

    def test_sessions(self):
        for session in (None, 0, -1, 10**9, "1", [self.session.id]):
            self._refused("not open", session_id=session)

    def test_other_payment_method(self):
        with self.assertRaisesRegex(UserError, "does not take gift cards"):
            self.cash.giftcard_hold(self._request())

    def test_status_of_nonsense_is_nothing(self):
        self.assertEqual(self.giftcard.giftcard_status([None, 5, "x" * 500, {}]), {})

    def test_who_guesses_codes_has_to_wait(self):
        method = self.giftcard.with_user(self.cashier)
        for _ in range(20):
            method.giftcard_lookup("GC" + "0" * 16, self.session.id)
        with self.assertRaisesRegex(UserError, "Wait 10 minutes"):
            method.giftcard_lookup(self.card._reveal(), self.session.id)
        with self.assertRaisesRegex(UserError, "Wait 10 minutes"):
            method.giftcard_hold(self._request())
        self.assertCard(self.card, 100)
        facts = self.giftcard.giftcard_lookup(self.card._reveal(), self.session.id)
        self.assertEqual(facts["status"], "active")
