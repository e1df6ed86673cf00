# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from ..ledger_common import GiftcardLedgerCommon


class TestDailySeal(GiftcardLedgerCommon):
    """What the ledger ended with on a day is known outside of the database."""

    def _note_head(self):
        found = self._verify(sound=True)
        return self.env["giftcard.head"]._note(
            self.company, found["sealed"], found["hash"]
        )

    def _cut_last(self, count):
        """Take the last entries away with their seals, and what they did to cards."""
        self.cr.execute(
            """SELECT array_agg(entry_id), array_agg(card_id) FROM (
                   SELECT entry_id, card_id FROM giftcard_seal WHERE company_id = %s
                    ORDER BY number DESC LIMIT %s) last""",
            [self.company.id, count],
        )
        entry_ids, card_ids = self.cr.fetchone()
        self._sql("DELETE FROM giftcard_seal WHERE entry_id = ANY(%s)", entry_ids)
        self._sql("DELETE FROM giftcard_entry WHERE id = ANY(%s)", entry_ids)
        self._sql("DELETE FROM giftcard_card WHERE id = ANY(%s)", card_ids)

    def test_last_entries_removed_with_their_seals_are_found_by_the_daily_seal(self):
        for _ in range(20):
            self._issue(50)
        head = self._note_head()
        self._cut_last(20)
        self.assertEqual(self._verify(sound=False)["cut"], [head.number])

    def test_daily_seal_that_was_kept_outside_finds_what_is_gone_with_all_traces(self):
        for _ in range(20):
            self._issue(50)
        head = self._note_head()
        number, text = head.number, head.text
        heads = self.env["giftcard.head"]
        mail = f"20 entries\n\n> {text[:40]}\n> {text[40:]}\nKeep it".replace("> ", "")
        is_there, said = heads._compare(self.company, mail)
        self.assertTrue(is_there, said)
        self._cut_last(20)
        self._sql("DELETE FROM giftcard_head")
        found = self._verify(sound=True)
        self.assertEqual(found["sealed"], number - 20)
        is_there, said = heads._compare(self.company, mail)
        self.assertFalse(is_there)
        self.assertEqual(
            said,
            [
                f"Seal {number} is gone: the ledger ends at {number - 20}. Entries "
                "were removed."
            ],
        )

    def test_what_is_no_daily_seal_is_not_taken_for_one(self):
        heads = self.env["giftcard.head"]
        for text in ("", None, "12/ab", "12", "x" * 9000, f"12/1:1:{'g' * 64}"):
            is_there, said = heads._compare(self.company, text)
            self.assertFalse(is_there)
            self.assertIn("no seal of the day in this text", said[0])
        self._issue(50)
        head = self._note_head()
        wrong = head.text[:-1] + ("0" if head.text[-1] != "0" else "1")
        is_there, said = heads._compare(self.company, f"{head.text} {wrong}")
        self.assertFalse(is_there)
        self.assertIn("is in the ledger", said[0])
        self.assertIn("is another one now", said[1])

    def test_daily_seal_made_by_hand_is_found(self):
        self._issue(50)
        head = self._note_head()
        self._sql("UPDATE giftcard_head SET day = day - 3 WHERE id = %s", head.id)
        self.assertEqual(self._verify(sound=False)["cut"], [head.number])

    def test_one_daily_seal_a_day_and_none_when_nothing_was_added(self):
        self._issue(50)
        self.assertTrue(self._note_head())
        self._issue(50)
        self.assertFalse(self._note_head(), "this day has one")
