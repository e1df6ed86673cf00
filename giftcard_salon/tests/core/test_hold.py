# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import FrozenInstanceError, replace
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tools import mute_logger

from ..common import GiftcardCommon


class TestHold(GiftcardCommon):
    """What one key is told, in which order; concurrency is proved in /tests."""

    def setUp(self):
        super().setUp()
        self.card = self._issue(100)
        self.redemptions = self.env["giftcard.redemption"]

    def _find(self, key):
        return self.redemptions.search([("key", "=", key)])

    def test_hold_reserves_and_release_gives_back(self):
        answer = self._hold(self.card, 45, key="key-1")
        self.assertEqual((answer["state"], answer["available"]), ("held", 55))
        self.assertCard(self.card, 55, held=45)
        answer = self.redemptions._release("key-1", 2)
        self.assertEqual((answer["state"], answer["available"]), ("released", 100))
        self.assertCard(self.card, 100)

    def test_higher_revision_sets_the_absolute_amount(self):
        self._hold(self.card, 45, key="key-2")
        self._hold(self.card, 100, key="key-2", revision=2)
        self.assertCard(self.card, 0, held=100)
        self._hold(self.card, 0.01, key="key-2", revision=5)
        self.assertCard(self.card, 99.99, held=0.01)

    def test_same_revision_has_one_effect(self):
        first = self._hold(self.card, 45, key="key-3")
        again = self._hold(self.card, 45, key="key-3")
        self.assertEqual(again, {**first, "again": True})
        self.assertCard(self.card, 55, held=45)

    def test_lower_revision_is_old_news(self):
        self._hold(self.card, 30, key="key-4", revision=3)
        answer = self._hold(self.card, 90, key="key-4", revision=2)
        self.assertEqual((answer["amount"], answer["revision"]), (30, 3))
        self.assertCard(self.card, 70, held=30)

    def test_same_revision_with_other_input_is_an_error(self):
        self._hold(self.card, 30, key="key-5")
        with self.assertRaisesRegex(UserError, "in another way"):
            self._hold(self.card, 31, key="key-5")
        for revision in (1, 2):
            with self.assertRaisesRegex(UserError, "another gift card"):
                self._hold(self._issue(100), 30, key="key-5", revision=revision)
        self.assertCard(self.card, 70, held=30)

    def test_key_that_never_held_is_forgotten_after_a_month(self):
        self.redemptions._release("key-8", 1)
        self._hold(self.card, 30, key="key-9")
        self.redemptions._release("key-9", 1)
        found = [("key", "in", ("key-8", "key-9"))]
        self.redemptions._gc_tombstones()
        self.assertEqual(len(self.redemptions.search(found)), 2)
        with freeze_time(Datetime.now() + timedelta(days=31)):
            self.redemptions._gc_tombstones()
        self.assertEqual(self.redemptions.search(found).key, "key-9")

    def test_hold_after_its_release_is_refused_unless_it_is_newer(self):
        tombstone = self.redemptions._release("key-6", 2)
        self.assertEqual(tombstone["state"], "released")
        late = self._hold(self.card, 30, key="key-6", revision=1)
        self.assertEqual(late["state"], "released")
        self.assertCard(self.card, 100)
        self._hold(self.card, 30, key="key-6", revision=3)
        self.assertCard(self.card, 70, held=30)

    def test_old_release_does_not_undo_a_newer_hold(self):
        self._hold(self.card, 30, key="key-7", revision=5)
        answer = self.redemptions._release("key-7", 4)
        self.assertEqual(answer["state"], "held")
        self.assertCard(self.card, 70, held=30)

    def test_hold_above_what_is_left_says_how_much_is_left(self):
        self._hold(self.card, 60, key="key-8")
        with self.assertRaisesRegex(UserError, "At most .*40.00.* left on the card"):
            self._hold(self.card, 40.01)
        with self.assertRaisesRegex(UserError, "At most .*100.00"):
            self._hold(self.card, 100.01, key="key-8", revision=2)
        self.assertCard(self.card, 40, held=60)

    def test_hold_on_a_fully_held_card_says_that_it_is_in_use(self):
        self._hold(self.card, 100, key="key-9")
        with self.assertRaisesRegex(UserError, "Not enough is left .* being used"):
            self._hold(self.card, 100)

    def test_no_amount_is_no_hold(self):
        for amount in (0, -1, 0.004, "NaN", float("nan"), float("inf"), None, "x"):
            with self.assertRaisesRegex(UserError, "more than zero", msg=amount):
                self._hold(self.card, amount)
        self.assertCard(self.card, 100)

    def test_other_currency_and_other_company_are_refused(self):
        other = self.env["res.currency"].create({"name": "XGC", "symbol": "X"})
        with self.assertRaisesRegex(UserError, "this bill is in XGC"):
            self._hold(self.card, 10, currency=other)
        company = self.env["res.company"].create({"name": "Another spa"})
        with self.assertRaisesRegex(UserError, "cannot be used here"):
            self._hold(self.card, 10, company=company)
        self.assertCard(self.card, 100)

    def test_expired_card_is_refused_with_its_date(self):
        self.env.cr.execute(
            "UPDATE giftcard_card SET valid_until = %s WHERE id = %s",
            [Datetime.now().date() - timedelta(days=2), self.card.id],
        )
        with self.assertRaisesRegex(UserError, "This card expired on"):
            self._hold(self.card, 10)

    def test_capture_uses_what_is_held_and_leaves_the_card_row_alone(self):
        self._hold(self.card, 45, key="key-10")
        self.env.cr.execute(
            "SELECT xmin FROM giftcard_card WHERE id = %s", [self.card.id]
        )
        before = self.env.cr.fetchone()
        redemption = self._capture("key-10", 45)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT xmin FROM giftcard_card WHERE id = %s", [self.card.id]
        )
        self.assertEqual(self.env.cr.fetchone(), before)
        self.assertEqual(redemption.state, "captured")
        self.assertEqual(redemption.entry_ids.mapped("face"), [-45])
        self.assertCard(self.card, 55, status="partial")

    def test_capture_repeated_has_one_effect(self):
        self._hold(self.card, 45, key="key-11")
        first = self._capture("key-11", 45)
        self.assertEqual(self._capture("key-11", 45), first)
        self.assertCard(self.card, 55)
        with self.assertRaisesRegex(UserError, "the bill says something else"):
            self._capture("key-11", 44)

    def test_capture_of_another_amount_than_held_is_refused(self):
        self._hold(self.card, 45, key="key-12")
        with self.assertRaisesRegex(UserError, "the bill says something else"):
            self._capture("key-12", 46)
        self.assertCard(self.card, 55, held=45)

    def test_capture_without_any_hold_is_refused_at_once(self):
        with self.assertRaisesRegex(UserError, "No gift card is reserved"):
            self._capture("never-held-key", 10)
        self.redemptions._release("released-key", 1)
        with self.assertRaisesRegex(UserError, "No gift card is reserved"):
            self._capture("released-key", 10)

    def test_late_capture_holds_again_when_the_card_still_has_it(self):
        self._hold(self.card, 45, key="key-13")
        self.redemptions._release("key-13", 2)
        self._capture("key-13", 45)
        self.assertCard(self.card, 55)

    def test_late_capture_is_refused_when_the_money_is_gone(self):
        self._hold(self.card, 45, key="key-14")
        self.redemptions._release("key-14", 2)
        self._hold(self.card, 60, key="key-15")
        with self.assertRaisesRegex(UserError, "could not be used any more"):
            self._capture("key-14", 45)
        self.assertCard(self.card, 40, held=60)

    def test_captured_use_is_neither_released_nor_held_again(self):
        self._hold(self.card, 45, key="key-16")
        self._capture("key-16", 45)
        self.assertEqual(self.redemptions._release("key-16", 2)["state"], "captured")
        answer = self._hold(self.card, 10, key="key-16", revision=3)
        self.assertEqual((answer["state"], answer["amount"]), ("captured", 45))
        self.assertCard(self.card, 55)

    def test_refunds_of_a_use_add_up_to_it_and_not_more(self):
        self._hold(self.card, 60, key="key-17")
        redemption = self._capture("key-17", 60)
        redemption._refund(20, "refund-1", self._origin())
        redemption._refund(40, "refund-2", self._origin())
        self.assertCard(self.card, 100, status="active")
        self.assertEqual(redemption.refunded, 60)
        with self.assertRaisesRegex(UserError, "at most .*0.00.* can go back"):
            redemption._refund(0.01, "refund-3", self._origin())

    def test_hold_in_the_transaction_that_wrote_the_card_is_a_programming_error(self):
        self.card.sudo().recipient = "Emma"
        with self.assertRaisesRegex(RuntimeError, "hold it first"):
            self._hold(self.card, 10)

    def test_release_after_the_end_of_a_request_stops_at_no_locked_card(self):
        for key in ("key-lock", "key-free"):
            self._hold(self.card, 10, key=key)
        release = type(self.redemptions)._release

        def locked(redemptions, key, binding):
            if key == "key-lock":
                raise UserError(key)
            return release(redemptions, key, binding=binding)

        keys = dict.fromkeys(("key-lock", "key-free"), "test-document")
        self.redemptions._release_later("office", keys)
        self.assertCard(self.card, 80, held=20)
        with (
            patch.object(type(self.redemptions), "_release", locked),
            self.assertLogs("odoo.addons.giftcard_salon", "WARNING") as logs,
        ):
            self._commit()
        self.assertIn("key-lock", logs.output[0])
        self.assertCard(self.card, 90, held=10)

    def test_end_of_a_request_frees_nothing_of_another_document(self):
        self._hold(self.card, 10, key="key-else")
        self.redemptions._release_later("office", {"key-else": "another-document"})
        self.redemptions._release_later("till", {"key-else": "test-document"})
        self._commit()
        self.assertCard(self.card, 90, held=10)
        self.redemptions._release_later("office", {"key-else": "test-document"})
        self._commit()
        self.assertCard(self.card, 100)

    def test_time_is_up_for_holds_that_have_one(self):
        past = Datetime.now() - timedelta(minutes=1)
        self._hold(self.card, 30, key="key-18", lapses_at=past)
        self._hold(self.card, 20, key="key-19")
        self.redemptions._lapse_expired()
        self.assertEqual(self._find("key-18").state, "lapsed")
        self.assertEqual(self._find("key-19").state, "held")
        self.assertCard(self.card, 80, held=20)
        self._capture("key-18", 30)
        self.assertCard(self.card, 50, held=20)

    def test_card_for_one_use_loses_its_rest_with_it(self):
        card = self._issue(100, self._make_type(is_single_use=True))
        self._hold(card, 54, key="key-20")
        self.assertCard(card, 0, held=100)
        self.redemptions._release("key-20", 2)
        self.assertCard(card, 100)
        self._hold(card, 54, key="key-20", revision=3)
        redemption = self._capture("key-20", 54)
        faces = dict(redemption.entry_ids.mapped(lambda e: (e.kind, e.face)))
        self.assertEqual(faces, {"redeem": -54, "forfeit": -46})
        self.assertCard(card, 0, status="used")

    def test_cents_come_back_exactly(self):
        card = self._issue(0.3, self._make_type(is_single_use=True))
        self._hold(card, 0.1, key="key-cents")
        self.redemptions._release("key-cents", 2)
        self.env.cr.execute(
            "SELECT available::text FROM giftcard_card WHERE id = %s", [card.id]
        )
        self.assertEqual(float(self.env.cr.fetchone()[0]), 0.3)

    def test_manager_releases_what_a_lost_bill_holds(self):
        self._hold(self.card, 30, key="key-21")
        self._find("key-21").action_release()
        self.assertCard(self.card, 100)
        with self.assertRaisesRegex(UserError, "Nothing is on hold"):
            self._find("key-21").action_release()

    def test_database_refuses_a_use_that_was_overpaid(self):
        self._hold(self.card, 30, key="key-22")
        redemption = self._find("key-22")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE giftcard_redemption SET consideration = 999 WHERE id = %s",
                [redemption.id],
            )

    def test_origin_is_one_value_that_nobody_changes(self):
        origin = self._origin(key="bill-key")
        with self.assertRaises(FrozenInstanceError):
            origin.key = "other-key"
        self.assertEqual(origin, self._origin(key="bill-key"))
        self.assertEqual(replace(origin, key="").binding, ("office", None))
        # what proves to be the same document does not get into a log
        self.assertNotIn("bill-key", repr(origin))

    def test_origin_is_what_the_use_and_its_entry_say(self):
        self._hold(self.card, 30, key="key-23", channel="till", partner_id=7)
        use = self._capture("key-23", 30, channel="till", name="Bill 1", claimed_by="A")
        entry = use.entry_ids
        self.assertEqual((use.channel, use.document_key), ("till", "test-document"))
        self.assertEqual((use.source_name, entry.source_name), ("Bill 1", "Bill 1"))
        self.assertEqual((entry.channel, entry.claimed_by), ("till", "A"))
        self.assertTrue(self._origin().is_of(entry))
        self.assertFalse(self._origin(id=self.env.company.id + 1).is_of(use))
