# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from ..common import GiftcardCommon


class TestCardLife(GiftcardCommon):
    """Blocked, extended, lost, corrected: by whom, when and why."""

    def _last(self, card):
        card.invalidate_recordset()
        return card.entry_ids.sorted("id")[-1]

    def test_blocked_card_is_refused_until_it_is_unblocked(self):
        card = self._issue(100)
        with self.assertRaisesRegex(UserError, "Say why"):
            card._block("  ")
        card._block("Reported stolen")
        self._commit()
        noted = self._last(card)
        self.assertEqual((noted.kind, noted.reason), ("block", "Reported stolen"))
        with self.assertRaisesRegex(UserError, "blocked. Ask a manager"):
            self._hold(card, 10)
        with self.assertRaisesRegex(UserError, "is Blocked"):
            card._block("Again")
        card.action_unblock()
        self._commit()
        self.assertEqual(self._last(card).kind, "unblock")
        self._hold(card, 10)
        self.assertCard(card, 90, held=10)

    def test_why_a_card_was_blocked_is_for_managers_and_accountants(self):
        card = self._issue(100)
        card._block("Client reported it stolen")
        texts = {}
        for role in ("user", "desk", "manager", "accountant"):
            user = new_test_user(
                self.env, f"reads_{role}", groups=f"giftcard_salon.group_{role}"
            )
            entry = self._last(card).with_user(user)
            texts[role] = entry.description
            if role in ("user", "desk"):
                self.assertNotIn("reason", entry.fields_get())
        self.assertEqual(texts["user"], f"Blocked by {self.env.user.name}")
        self.assertEqual(texts["desk"], texts["user"])
        for role in ("manager", "accountant"):
            self.assertEqual(
                texts[role], texts["user"] + ": “Client reported it stolen”"
            )

    def test_expired_card_is_extended_and_pays_again(self):
        with freeze_time("2025-11-21 10:00:00"):
            card = self._issue(80)
        self.assertEqual(card.valid_until, date(2026, 11, 21))
        with freeze_time("2026-12-01 10:00:00"):
            card.invalidate_recordset()
            with self.assertRaisesRegex(UserError, "expired on"):
                self._hold(card, 10)
            card._extend(date(2027, 11, 21), "salon closed for works")
            self._commit()
            self._hold(card, 10)
            self.assertCard(card, 70, held=10, status="active")
        noted = self._last(card)
        self.assertEqual(
            noted.description,
            f"Extended to Nov 21, 2027 by {self.env.user.name}: "
            "“salon closed for works”",
        )
        self.assertEqual((noted.face, noted.consideration), (0, 0))

    def test_a_life_is_never_made_shorter(self):
        card = self._issue(80)
        end = card.valid_until
        for day in (end, date(2020, 1, 1)):
            with self.assertRaisesRegex(UserError, "never made shorter"):
                card._extend(day, "a try")
        self.assertEqual(card.valid_until, end)
        endless = self._issue(80, self._make_type(validity_mode="unlimited"))
        with self.assertRaisesRegex(UserError, "has no end date"):
            endless._extend(date(2099, 1, 1), "a try")
        card._cancel("cancelled", "cancel", "life-cancel", self._origin())
        with self.assertRaisesRegex(UserError, "is Cancelled"):
            card._extend(date(2099, 1, 1), "a try")

    def test_lost_card_moves_to_a_new_code_with_all_its_terms(self):
        card_type = self._make_type(is_single_use=False, pays_tips=True)
        card = self._issue(100, card_type)
        self._hold(card, 68, key="used-before")
        self._capture("used-before", 68)
        self._commit()
        old_code, end = card._reveal(), card.valid_until
        card_type.write({"validity_count": 1, "pays_tips": False})
        new = card._replace("Lost on the beach")
        self._commit()
        self.assertCard(card, 0, status="replaced")
        self.assertCard(new, 32, status="partial")
        self.assertEqual((new.value, new.valid_until, new.pays_tips), (100, end, True))
        self.assertEqual(card.replaced_by_id, new)
        self.assertEqual(new.sold_at, card.sold_at)
        self.assertNotEqual(new._reveal(), old_code)
        self.assertEqual(card.value + new.value, 100, "one card in the statistics")
        out, into = self._last(card), self._last(new)
        self.assertEqual((out.kind, out.face), ("move_out", -32))
        self.assertEqual((into.kind, into.face), ("move_in", 32))
        self.assertEqual(out.consideration + into.consideration, 0)
        with self.assertRaisesRegex(UserError, "replaced by another one"):
            self._hold(card, 1)
        self._hold(new, 32)
        self.assertCard(new, 0, held=32)

    def test_refund_of_a_use_goes_to_the_newest_card(self):
        card = self._issue(100)
        self._hold(card, 60, key="before-loss")
        use = self._capture("before-loss", 60)
        self._commit()
        second = card._replace("Lost")
        third = second._replace("Lost again")
        self._commit()
        entry = use._refund(25, "refund-after-loss", self._origin())
        self._commit()
        self.assertEqual((entry.card_id, entry.face), (third, 25))
        self.assertCard(card, 0, status="replaced")
        self.assertCard(second, 0, status="replaced")
        self.assertCard(third, 65, status="partial")
        self.assertEqual(use.refunded, 25)
        with self.assertRaisesRegex(UserError, f"{third.name}.*at most"):
            use._refund(36, "too-much", self._origin())

    def test_card_that_is_held_blocked_or_empty_gets_no_new_code(self):
        held = self._issue(100)
        self._hold(held, 40, key="held-while-lost")
        with self.assertRaisesRegex(UserError, "40.00 of card .* right now"):
            held._replace("Lost")
        blocked = self._issue(100)
        blocked._block("Stolen?")
        with self.assertRaisesRegex(UserError, "manager has to unblock"):
            blocked._replace("Lost")
        empty = self._issue(50)
        self._hold(empty, 50, key="emptied")
        self._capture("emptied", 50)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            empty._replace("Lost")
        for card in held + blocked + empty:
            self.assertFalse(card.replaced_by_id)

    def test_correction_moves_value_and_paid_part_by_the_schedule(self):
        card = self._issue(100)
        card.sudo().write(
            {"price": 90, "available_consideration": 90, "pool_consideration": 90}
        )
        entry = card._adjust(-33.33, "Typed too much")
        self.assertEqual((entry.face, entry.consideration), (-33.33, -30.0))
        self.assertEqual((card.value, card.price), (66.67, 60.0))
        self.assertEqual((card.available, card.available_consideration), (66.67, 60.0))
        self.assertEqual(card.status, "active")
        entry = card._adjust(10, "A gesture")
        self.assertEqual((entry.face, entry.consideration), (10, 10))
        self.assertEqual((card.pool_face, card.pool_consideration), (76.67, 70.0))
        self._commit()
        self._hold(card, 76.67, key="all-of-it")
        use = self._capture("all-of-it", 76.67)
        self.assertEqual((use.amount, use.consideration), (76.67, 70.0))

    def test_correction_takes_no_more_than_is_available(self):
        card = self._issue(100)
        self._hold(card, 40, key="held-while-adjusted")
        with self.assertRaisesRegex(UserError, "At most \\D*60.00"):
            card._adjust(-60.01, "Too much")
        card._adjust(-60, "All that is free")
        self._commit()
        self.assertCard(card, 0, held=40)
        self._capture("held-while-adjusted", 40)
        self.assertCard(card, 0, status="used")

    def test_correction_upwards_counts_what_is_held(self):
        card = self._issue(100)
        self._hold(card, 40, key="held-while-raised")
        card._adjust(20, "A gesture")
        self._commit()
        self.assertEqual((card.pool_face, card.value), (120, 120))
        self.env["giftcard.redemption"]._release("held-while-raised")
        self.assertCard(card, 120, status="active")

    def test_only_usable_cards_are_corrected(self):
        card = self._issue(100)
        card._cancel("cancelled", "cancel", "cancel-first", self._origin())
        with self.assertRaisesRegex(UserError, "is Cancelled"):
            card._adjust(10, "Too late")
        with self.assertRaisesRegex(UserError, "more than zero"):
            self._issue(50)._adjust(0.001, "Nothing")
