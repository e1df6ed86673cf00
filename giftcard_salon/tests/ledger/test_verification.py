# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import hashlib
import json
from unittest.mock import patch

from ...tools.keys import keyring
from ..ledger_common import GiftcardLedgerCommon


class TestVerification(GiftcardLedgerCommon):
    """Whoever has the database, and not the server's keys, changes nothing unseen."""

    def _redeem_card(self, card, amount):
        key = f"use-{card.id}-{amount}"
        self._hold(card, amount, key=key)
        return self._capture(key, amount)

    # === ENTRIES AND THEIR CHAIN === #

    def test_chain_made_anew_without_the_key_is_found(self):
        """+500 on a card, and every seal after it computed again from what is known."""
        card = self._issue(100)
        self._issue(50)
        self._verify(sound=True)
        self._sql(
            "UPDATE giftcard_entry SET face = face + 500, net = net + 500,"
            " consideration = consideration + 500 WHERE card_id = %s",
            card.id,
        )
        self._sql(
            "UPDATE giftcard_card SET available = available + 500, value = value + 500,"
            " price = price + 500, pool_face = pool_face + 500,"
            " available_consideration = available_consideration + 500 WHERE id = %s",
            card.id,
        )
        self.cr.execute(
            "SELECT id, entry_id, number, previous_hash FROM giftcard_seal"
            " WHERE company_id = %s ORDER BY number DESC LIMIT 2",
            [self.company.id],
        )
        rows = sorted(self.cr.dictfetchall(), key=lambda row: row["number"])
        previous = rows[0]["previous_hash"]
        for row in rows:
            text = json.dumps([previous, row["number"], row["entry_id"], 600])
            digest = f"1:1:{hashlib.sha256(text.encode()).hexdigest()}"
            self._sql(
                "UPDATE giftcard_seal SET previous_hash = %s, hash = %s,"
                " face_after = (SELECT SUM(face) FROM giftcard_entry entry"
                "  WHERE entry.card_id = giftcard_seal.card_id),"
                " consideration_after = (SELECT SUM(consideration) FROM giftcard_entry"
                "  entry WHERE entry.card_id = giftcard_seal.card_id) WHERE id = %s",
                previous,
                digest,
                row["id"],
            )
            previous = digest
        found = self._verify(sound=False)
        self.assertEqual(found["broken"], [row["number"] for row in rows])
        self.assertEqual(found["strange"], [rows[0]["entry_id"]])
        self.assertEqual(found["unequal"], [])

    def test_plain_insert_is_found_before_and_after_it_is_sealed(self):
        """A top-up that nobody paid, put in by SQL with a balance that goes with it."""
        card = self._issue(50)
        self._verify(sound=True)
        columns = (
            "card_id, currency_id, date, day, company_id, channel, revision, face, net,"
            " consideration, liability_kind, location_id, sold_location_id, user_ref,"
            " mac"
        )
        self.cr.execute(
            f"INSERT INTO giftcard_entry (kind, key, {columns})"
            f" SELECT 'topup', 'forged', {columns} FROM giftcard_entry"
            " WHERE card_id = %s RETURNING id",
            [card.id],
        )
        (entry_id,) = self.cr.fetchone()
        self.cr.execute(
            "UPDATE giftcard_card SET available = 100, available_consideration = 100"
            " WHERE id = %s",
            [card.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.seals._verify(self.company)["strange"], [entry_id])
        found = self._verify(sound=False)
        self.assertEqual((found["strange"], found["broken"]), ([entry_id], []))

    def test_every_column_of_an_entry_is_signed(self):
        card = self._issue(50)
        self._redeem_card(card, 20)
        self._verify(sound=True)
        entry = card.entry_ids[0]
        other = self._issue(70)
        self._verify(sound=True)
        for change in (
            f"card_id = {other.id}",
            "redemption_id = NULL",
            "kind = 'forfeit'",
            "face = face - 0.01",
            "consideration = consideration + 0.01",
            "net = 0",
            "date = date - interval '1 second'",
            "day = day - 1",
            "location_id = NULL",
            "channel = 'till'",
            "source_name = 'Other'",
            "key = 'other'",
            "revision = 2",
            "user_ref = user_ref + 1",
            "partner_ref = 1",
            "reason = ''",
            "liability_kind = 'tips'",
            "is_pending = TRUE",
            "mac = NULL",
        ):
            with self.subTest(change), self.cr.savepoint() as savepoint:
                self._sql(f"UPDATE giftcard_entry SET {change} WHERE id = %s", entry.id)
                found = self.seals._verify(self.company)
                self.assertEqual(found["strange"], entry.ids)
                self.assertTrue(found["broken"])
                savepoint.rollback()
        self._verify(sound=True)

    # === CARDS === #

    def test_part_with_more_than_the_ledger_says_is_found(self):
        """10.00 more of a service, on a card whose own balance stays what it was."""
        package = self._make_type(name="Package", vat_mode="spv")
        part = {"kind": "service", "value": 100, "price": 100, "net": 80}
        services = [
            {**part, "key": f"part-{name}", "name": name, "quantity": 1}
            for name in ("Massage", "Facial")
        ]
        card = self.env["giftcard.card"]._issue(
            package,
            [{"key": "package-key", "value": 200, "entitlements": services}],
            "sale",
            self._origin(),
        )
        self._commit()
        massage = card.entitlement_ids.sorted("sequence")[0]
        holds = self.env["giftcard.redemption"]
        for key, amount in (("held-part", 30), ("used-part", 20)):
            holds._hold(card, key, 1, amount, self._origin(), massage)
        self._capture("used-part", 20)
        self._verify(sound=True)
        for change in (
            "available = available + 10",
            "available_consideration = available_consideration - 10",
            "available_net = available_net + 1",
        ):
            with self.subTest(change), self.cr.savepoint() as savepoint:
                self.cr.execute(
                    f"UPDATE giftcard_entitlement SET {change} WHERE id = %s",
                    [massage.id],
                )
                self.assertEqual(self._verify(sound=False)["unequal"], card.ids)
                savepoint.rollback()

    def test_card_unblocked_or_paid_by_hand_is_found(self):
        card = self._issue(100)
        card._block("Stolen")
        waiting = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": "waiting-key", "value": 50}],
            "issue",
            self._origin(),
            is_pending=True,
        )
        self._verify(sound=True)
        self.assertEqual((card.state, waiting.state), ("blocked", "pending"))
        for changed in (card, waiting):
            with self.cr.savepoint() as savepoint:
                self.cr.execute(
                    "UPDATE giftcard_card SET state = 'active' WHERE id = %s",
                    [changed.id],
                )
                self.assertEqual(self._verify(sound=False)["states"], changed.ids)
                savepoint.rollback()
        self.env.invalidate_all()
        card.action_unblock()
        waiting._make_usable()
        self._verify(sound=True)

    def test_closed_card_opened_by_hand_is_found(self):
        card = self._issue(100)
        new = card._replace("Lost")
        self._verify(sound=True)
        self._sql(
            "UPDATE giftcard_card SET state = 'active', close_reason = NULL"
            " WHERE id = %s",
            card.id,
        )
        self.assertEqual(self._verify(sound=False)["states"], card.ids)
        self.assertEqual(new.state, "active")

    def test_exchanged_codes_are_found(self):
        """The thief's card of 50 opens the card of 500, and the other way round."""
        cards = self._issue(50) + self._issue(500)
        self._verify(sound=True)
        columns = (
            "code_hash",
            "code_hash_key",
            "code_cipher",
            "code_cipher_key",
            "last4",
        )
        for names in (("code_hash",), ("code_hash", "last4"), columns):
            with self.subTest(names), self.cr.savepoint() as savepoint:
                values = cards.sudo().read(names)
                self._sql(
                    "UPDATE giftcard_card SET code_hash = NULL WHERE id = %s",
                    cards[0].id,
                )
                for card, other in zip(cards[::-1], values, strict=True):
                    pairs = ", ".join(f"{name} = %s" for name in names)
                    self._sql(
                        f"UPDATE giftcard_card SET {pairs} WHERE id = %s",
                        *(other[name] for name in names),
                        card.id,
                    )
                self.assertEqual(self._verify(sound=False)["codes"], cards.ids)
                savepoint.rollback()
        self.env.invalidate_all()
        self._sql(
            "UPDATE giftcard_card SET code_hash = NULL, code_cipher = NULL"
            " WHERE id = %s",
            cards[0].id,
        )
        self.assertEqual(self._verify(sound=False)["codes"], cards[0].ids)

    def test_use_whose_entry_was_never_there_is_found(self):
        card = self._issue(100)
        self._hold(card, 30, key="taken-key")
        self._sql(
            "UPDATE giftcard_redemption SET state = 'captured' WHERE key = 'taken-key'"
        )
        use = self.env["giftcard.redemption"].search([("key", "=", "taken-key")])
        found = self._verify(sound=False)
        self.assertEqual((found["redemptions"], found["unequal"]), (use.ids, card.ids))

    # === KEYS === #

    def test_ledger_goes_on_under_a_new_seal_key_while_the_old_one_is_kept(self):
        def keys(**seal):
            return keyring.Keyring({"1": b"h" * 32}, {"1": b"c" * 32}, seal)

        old, new = b"s" * 32, b"t" * 32
        # nothing of before was signed with these
        self.company = self.env["res.company"].create({"name": "Rotating"})
        self.env["giftcard.accounting"]._set_up(self.company)
        self.env = self.env(context={"allowed_company_ids": self.company.ids})
        self.seals = self.env["giftcard.seal"]
        check = patch.object(type(self.env["giftcard.card"]), "_check_keys")
        self.startPatcher(check)
        with patch.object(keyring, "load", return_value=keys(a=old)):
            first = self._issue(50)
            self.assertEqual(self._verify(sound=True)["sealed"], 1)
        with patch.object(keyring, "load", return_value=keys(b=new, a=old)):
            second = self._issue(50)
            found = self._verify(sound=True)
            self.assertEqual(found["sealed"], 2)
            self.assertRegex(found["hash"], "^1:b:")
        marks = [card.entry_ids.sudo().mac[:4] for card in (first, second)]
        self.assertEqual(marks, ["1:a:", "1:b:"])
        with patch.object(keyring, "load", return_value=keys(b=new)):
            found = self._verify(sound=False)
            self.assertEqual(found["missing_keys"], ["seal key a is missing"])
            self.assertEqual((found["broken"], found["strange"]), ([], []))
            told = self.seals._describe(found)
            self.assertIn("put them back: seal key a is missing", told[0])

    def test_what_was_found_is_told_with_the_cards(self):
        card = self._issue(100)
        self.cr.execute(
            "UPDATE giftcard_card SET available = 90, available_consideration = 90,"
            " state = 'blocked' WHERE id = %s",
            [card.id],
        )
        self.env.invalidate_all()
        told = self.seals._describe(self._verify(sound=False))
        self.assertEqual(
            told,
            [
                "Cards that have another balance than their entries say: "
                f"{card.name} (no. {card.id})",
                "Cards that were blocked, unblocked, paid or closed without an entry: "
                f"{card.name} (no. {card.id})",
            ],
        )
        self.assertEqual(
            self.seals._list(list(range(12))), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"
        )
