# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.tools import mute_logger

from ..common import GiftcardCommon


class TestEntry(GiftcardCommon):
    """The ledger only grows."""

    def setUp(self):
        super().setUp()
        self.card = self._issue(100)
        self.entry = self.card.entry_ids

    def _refuses(self, query, error=CheckViolation, params=None):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(error),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(query, params)

    def test_database_refuses_change_deletion_and_emptying(self):
        for change in ("face = 1", "key = 'x'", "date = now()", "partner_ref = 3"):
            self._refuses(f"UPDATE giftcard_entry SET {change}")
        self._refuses("DELETE FROM giftcard_entry")
        self._refuses("TRUNCATE giftcard_entry CASCADE")

    def test_orm_refuses_with_a_sentence(self):
        for attempt in (
            lambda: self.entry.write({"face": 1}),
            lambda: self.entry.unlink(),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation) as caught,
                self.env.cr.savepoint(),
            ):
                attempt()
                self.env.flush_all()
            message = self.entry._sql_error_to_message(caught.exception)
            self.assertIn("only grows. Post a correcting entry", message)

    def test_triggers_stand_on_every_column_of_the_ledger(self):
        self.env.cr.execute(
            """SELECT tgname, array_agg(attname::text ORDER BY attname::text)
                 FROM pg_trigger trg
                 LEFT JOIN pg_attribute att
                        ON att.attrelid = trg.tgrelid AND att.attnum = ANY(trg.tgattr)
                WHERE tgrelid = 'giftcard_entry'::regclass AND NOT tgisinternal
                GROUP BY tgname"""
        )
        triggers = dict(self.env.cr.fetchall())
        self.assertEqual(
            set(triggers),
            {
                "giftcard_entry_only_grows",
                "giftcard_entry_no_truncate",
                "giftcard_entry_queue",
            },
        )
        stored = {
            name
            for name, field in self.entry._fields.items()
            if field.store and field.column_type and name != "id"
        }
        self.assertEqual(set(triggers["giftcard_entry_only_grows"]), stored)

    def test_one_key_enters_once(self):
        self._hold(self.card, 10, key="entry-key")
        redemption = self._capture("entry-key", 10)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            redemption._enter_capture(self._origin())

    def test_people_may_be_merged_and_deleted(self):
        partner = self.env["res.partner"].create({"name": "Sofia"})
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": "people-key", "value": 50, "buyer_id": partner.id}],
            "issue",
            self._origin(),
        )
        self.assertEqual(card.entry_ids.partner_id, partner)
        twin = self.env["res.partner"].create({"name": "Sofia"})
        self.env["base.partner.merge.automatic.wizard"]._merge(
            [partner.id, twin.id], twin
        )
        card.entry_ids.invalidate_recordset()
        self.assertEqual(card.entry_ids.partner_ref, partner.id)
        self.assertEqual(card.holder_id, twin)

    def test_every_entry_says_where_and_by_whom(self):
        self.assertEqual(self.entry.kind, "issue")
        self.assertEqual(self.entry.user_id, self.env.user)
        self.assertEqual(self.entry.location_id, self.entry.sold_location_id)
        self.assertEqual(self.entry.source_name, "Test document")
