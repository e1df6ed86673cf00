# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestAdjustment(GiftcardTillCommon):
    """Row 21: a correction is a document with a reason; two people, if so wanted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.expense = cls.company_data["default_account_expense"]
        cls.asker, cls.other = (
            new_test_user(
                cls.env,
                f"giftcard_adjust_{name}",
                groups="giftcard_salon.group_manager",
                company_id=cls.company.id,
            )
            for name in ("asker", "other")
        )

    def setUp(self):
        super().setUp()
        session = self._open()
        self.card = self._sell(session, 100)
        self._close(session)

    def _adjust(self, amount, direction="up"):
        wizard = (
            self.env["giftcard.adjust"]
            .with_user(self.asker)
            .create(
                {
                    "card_id": self.card.id,
                    "direction": direction,
                    "amount": amount,
                    "account_id": self.expense.id,
                    "reason": "Waited an hour",
                }
            )
        )
        wizard.action_adjust()
        self._commit()
        return self.env["giftcard.adjustment"].search([], limit=1)

    def test_correction_is_a_document(self):
        document = self._adjust(20)
        self.assertEqual(
            (document.state, document.amount, document.decided_by_id),
            ("done", 20, self.asker),
        )
        self.assertEqual(document.entry_id.kind, "adjust")
        balances = {item.account_id: item.balance for item in document.move_id.line_ids}
        self.assertEqual(balances, {self.liability: -20, self.expense: 20})
        self.assertCard(self.card, 120)
        self.assertTiesOut()

    def test_second_person_approves(self):
        self.company.giftcard_needs_approval = True
        document = self._adjust(30, "down")
        self.assertEqual((document.state, document.amount), ("waiting", -30))
        self.assertFalse(document.move_id)
        self.assertCard(self.card, 100)
        message = self.card.message_ids[:1]
        self.assertIn("asks to correct", message.body)
        self.assertIn(self.other.partner_id, message.notified_partner_ids)
        self._refused(
            "another gift card manager has to approve",
            document.with_user(self.asker).action_approve,
        )
        document.with_user(self.other).action_approve()
        self._commit()
        self.assertEqual(document.decided_by_id, self.other)
        self.assertCard(self.card, 70)
        self.assertIn("approved what", self.card.message_ids[:1].body)
        self.assertTiesOut()
        self._refused("decided already", document.with_user(self.other).action_approve)
        self.assertCard(self.card, 70)

    def test_refused_correction_changes_nothing(self):
        self.company.giftcard_needs_approval = True
        document = self._adjust(30, "down")
        document.with_user(self.asker).action_refuse()
        self.assertEqual(document.state, "refused")
        self.assertCard(self.card, 100)
        self._refused("decided already", document.with_user(self.other).action_approve)

    def test_approval_looks_at_the_card_of_now(self):
        self.company.giftcard_needs_approval = True
        document = self._adjust(80, "down")
        session = self._open()
        self._redeem(session, self.card, 50)
        self._refused("At most .*50.00", document.with_user(self.other).action_approve)
        self.assertEqual(document.state, "waiting")

    def test_nobody_writes_the_document_by_hand(self):
        document = self._adjust(20).with_user(self.other)
        for attempt in (
            lambda: document.write({"amount": 5}),
            document.unlink,
            lambda: document.create(
                {
                    "card_id": self.card.id,
                    "amount": 5,
                    "account_id": self.expense.id,
                    "reason": "x",
                }
            ),
        ):
            self._refused("", attempt, AccessError)
        with self.assertRaises(AccessError):
            document.with_user(self.cashier).read(["amount"])

    def test_other_account_is_none_of_the_cards(self):
        for role in ("liability", "deferred", "tips", "contra"):
            self.expense = self.company[f"giftcard_{role}_account_id"]
            self._refused("not the account of what you owe", lambda: self._adjust(5))
