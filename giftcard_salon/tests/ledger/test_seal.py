# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.tools import SQL, mute_logger

from ...models.ledger.entry import COLUMNS, FORMATS
from ...tools import ledger_text
from ..common import GiftcardCommon


class TestSeal(GiftcardCommon):
    def setUp(self):
        super().setUp()
        self.seals = self.env["giftcard.seal"]
        self.seals._seal_pending()
        self.company = self.env.company
        self.start = self.seals._verify(self.company)["sealed"]

    def _new_seals(self):
        return self.seals.search(
            [("company_id", "=", self.company.id), ("number", ">", self.start)],
            order="number",
        )

    def test_entries_are_sealed_once_in_a_gap_free_chain(self):
        card = self._issue(100)
        self._hold(card, 30, key="seal-key")
        self._capture("seal-key", 30)
        self.assertEqual(self.seals._seal_pending(), 2)
        self.assertEqual(self.seals._seal_pending(), 0)
        seals = self._new_seals()
        self.assertEqual(seals.mapped("number"), [self.start + 1, self.start + 2])
        self.assertEqual(seals.mapped("face_after"), [100, 70])
        self.assertEqual(seals[1].previous_hash, seals[0].hash)
        found = self.seals._verify(self.company)
        self.assertEqual((found["sealed"], found["pending"]), (self.start + 2, 0))
        self.assertEqual(found["hash"], seals[1].hash)
        self.assertTrue(self.seals._is_sound(found), found)

    def test_entry_not_sealed_yet_is_counted(self):
        self._issue(100)
        found = self.seals._verify(self.company)
        self.assertEqual((found["pending"], found["broken"]), (1, []))

    def test_balances_go_on_over_batches(self):
        card = self._issue(100)
        self.seals._seal_pending()
        for number in range(3):
            key = f"batch-key-{number}"
            self._hold(card, 10, key=key)
            self._capture(key, 10)
            self.seals._seal_pending()
        self.assertEqual(self._new_seals().mapped("face_after"), [100, 90, 80, 70])
        self.assertFalse(self.seals._verify(self.company)["broken"])

    def test_tampering_behind_the_triggers_is_found(self):
        card = self._issue(100)
        self._issue(50)
        self.seals._seal_pending()
        cr = self.env.cr
        cr.execute("ALTER TABLE giftcard_entry DISABLE TRIGGER USER")
        cr.execute(
            "UPDATE giftcard_entry SET face = 110 WHERE card_id = %s",
            [card.id],
        )
        cr.execute("ALTER TABLE giftcard_entry ENABLE TRIGGER USER")
        found = self.seals._verify(self.company)
        self.assertIn(self.start + 1, found["broken"])

    def test_removed_seal_is_found(self):
        for _ in range(3):
            self._issue(50)
        self.seals._seal_pending()
        cr = self.env.cr
        cr.execute("ALTER TABLE giftcard_seal DISABLE TRIGGER USER")
        cr.execute(
            "DELETE FROM giftcard_seal WHERE company_id = %s AND number = %s",
            [self.company.id, self.start + 2],
        )
        cr.execute("ALTER TABLE giftcard_seal ENABLE TRIGGER USER")
        self.assertEqual(self.seals._verify(self.company)["broken"], [self.start + 3])

    def test_seals_are_not_changed(self):
        self._issue(50)
        self.seals._seal_pending()
        for query in (
            "UPDATE giftcard_seal SET hash = 'x'",
            "DELETE FROM giftcard_seal",
            "TRUNCATE giftcard_seal",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def _sign_anew(self, entry, **values):
        """Write an entry behind the triggers and sign it with the server's key."""
        cr, keys = self.env.cr, self.env["giftcard.card"]._load_keys()
        sets = ", ".join(f"{name} = %s" for name in values)
        cr.execute("ALTER TABLE giftcard_entry DISABLE TRIGGER USER")
        cr.execute(
            f"UPDATE giftcard_entry SET {sets} WHERE id = %s",
            [*values.values(), entry.id],
        )
        cr.execute(self.seals._read_query(SQL("WHERE entry.id = %s", entry.id)))
        [row] = cr.dictfetchall()
        names = entry._get_signed(int(row["format"]))
        text = ledger_text.write(self.seals._get_values(row, names))
        cr.execute(
            "UPDATE giftcard_entry SET mac = %s WHERE id = %s",
            [keys.sign("entry", text), entry.id],
        )
        cr.execute("ALTER TABLE giftcard_entry ENABLE TRIGGER USER")

    def test_a_new_column_leaves_older_seals_right(self):
        # before the reason was signed, say
        before = tuple(name for name in COLUMNS if name != "reason")
        card = self._issue(100)
        with patch.dict(FORMATS, {7: before}):
            self._sign_anew(card.entry_ids, format=7)
            self.seals._seal_pending()
            self._issue(50)
            self.seals._seal_pending()
            found = self.seals._verify(self.company)
            self.assertEqual(found["sealed"], self.start + 2)
            self.assertTrue(self.seals._is_sound(found), found)

    def test_another_format_than_was_signed_is_found(self):
        card = self._issue(100)
        self.seals._seal_pending()
        cr = self.env.cr
        cr.execute("ALTER TABLE giftcard_entry DISABLE TRIGGER USER")
        cr.execute("UPDATE giftcard_entry SET format = 8 WHERE card_id = %s", [card.id])
        cr.execute("ALTER TABLE giftcard_entry ENABLE TRIGGER USER")
        found = self.seals._verify(self.company)
        self.assertEqual(found["broken"], [self.start + 1])
        self.assertEqual(found["strange"], card.entry_ids.ids)

    def test_row_slipped_in_past_the_ledger_is_found(self):
        card = self._issue(50)
        self.seals._seal_pending()
        cr = self.env.cr
        cr.execute("ALTER TABLE giftcard_entry DISABLE TRIGGER USER")
        cr.execute(
            "INSERT INTO giftcard_entry (card_id, kind, face, consideration,"
            " currency_id, date, day, company_id, channel, key, revision, net,"
            " liability_kind)"
            " SELECT card_id, kind, face, consideration, currency_id, date, day,"
            " company_id, channel, 'forged', 1, net, liability_kind"
            " FROM giftcard_entry WHERE card_id = %s",
            [card.id],
        )
        cr.execute("ALTER TABLE giftcard_entry ENABLE TRIGGER USER")
        forged = self.env["giftcard.entry"].search([("key", "=", "forged")])
        self.assertEqual(self.seals._verify(self.company)["strange"], forged.ids)

    def test_balance_changed_behind_the_ledger_is_found(self):
        card = self._issue(50)
        self.env.cr.execute(
            "UPDATE giftcard_card SET available = 45, available_consideration = 45"
            " WHERE id = %s",
            [card.id],
        )
        self.assertEqual(self.seals._verify(self.company)["unequal"], card.ids)
