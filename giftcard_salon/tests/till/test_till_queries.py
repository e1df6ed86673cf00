# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import replace

from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillQueries(GiftcardTillCommon):
    """What a client at the till waits for: the queries of a scan, a hold, a bill."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 300)
        self.method = self.giftcard.with_user(self.cashier)

    def _count(self, action):
        """Return how many queries a request takes that finds nothing in memory."""
        action()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _look_up(self):
        return self.method.giftcard_lookup(self.card._reveal(), self.session.id)

    def test_a_scan_reads_what_it_tells_and_no_more(self):
        code = self.card._reveal()
        look_up = self.method.giftcard_lookup
        self.assertLessEqual(self._count(lambda: look_up(code, self.session.id)), 12)

    def test_many_holds_on_a_card_are_read_together(self):
        few = self._count(self._look_up)
        for _number in range(15):
            self._hold_at(self.session, self.card, 2)
        self.assertLessEqual(self._count(self._look_up), few + 6)
        self.assertEqual(len(self._look_up()["parked"]), 15)

    def test_a_hold_asks_each_thing_once(self):
        hold = lambda: self._hold_at(self.session, self.card, 1)  # noqa: E731
        self.assertLessEqual(self._count(hold), 24)

    def test_a_capture_reads_nothing_that_it_wrote(self):
        redemptions = self.env["giftcard.redemption"].sudo()
        keys = [self._hold_at(self.session, self.card, 3)[2]["uuid"] for _i in "12"]
        origin = replace(self.session._prepare_giftcard_origin(), key=self._bill_uuid)
        self.env.flush_all()
        used = redemptions._capture(keys[0], 3, origin)
        origin.location.company_id.currency_id.read(["name"])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        used = redemptions._capture(keys[1], 3, origin)
        # what the key was told, its mark, its entry
        self.assertLessEqual(self.env.cr.sql_log_count - before, 4)
        kept = ["state", "source_id", "amount", "company_id"]
        entered = ["kind", "face", "consideration", "key"]
        told, entries = used.read(kept), used.entry_ids.read(entered)
        self.env.invalidate_all()
        self.assertEqual(told, used.read(kept))
        self.assertEqual(entries, used.entry_ids.read(entered))
        self.assertEqual((entries[0]["kind"], entries[0]["face"]), ("redeem", -3))
