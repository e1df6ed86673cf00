# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..group_common import GiftcardGroupCommon

NEW_YEAR = date(2027, 1, 1)
# a quarter past midnight in Paris, 31 December in UTC
MIDNIGHT = "2026-12-31 23:15:00"


@tagged("post_install", "-at_install")
class TestGroupDay(GiftcardGroupCommon):
    """Companies of a group in Paris, users and robots without a time zone."""

    def setUp(self):
        super().setUp()
        (self.company + self.other).giftcard_tz = "Europe/Paris"
        (self.accountant + self.env.user).tz = False
        with freeze_time("2026-12-30 10:00:00"):
            session = self._open()
            self.card = self._sell(session, 100)
            self._close(session)

    def test_use_settlement_and_payment_are_of_the_new_year(self):
        with freeze_time(MIDNIGHT):
            session = self._open_other()
            self._redeem_at_other(session, self.card, 60)
            self._close_other(session)
            self._run_queue()
            row = self._rows()
            self.assertEqual(row.day, NEW_YEAR)
            self.assertEqual(row.sudo().issuer_move_id.date, NEW_YEAR)
            statement = self.env["giftcard.statement"].sudo()._settle(NEW_YEAR)
            self.assertRegex(statement.name, r"^GCS/2027/")
            move = self._pay(statement.with_user(self.accountant))
            self.assertEqual(move.date, NEW_YEAR)
            wizards = self.env["giftcard.settle"].with_user(self.accountant)
            wizard = wizards.create({})
            self.assertEqual(wizard.date_to, date(2026, 12, 31))
            wizard.date_to = date(2027, 1, 2)
            with self.assertRaisesRegex(UserError, "a day that has come already"):
                wizard.action_settle()

    def test_month_is_over_when_it_is_over_in_every_company(self):
        """1 January in Paris, New Year's Eve in New York: December waits."""
        with freeze_time("2026-12-05 12:00:00"):
            session = self._open_other()
            self._redeem_at_other(session, self.card, 60)
            self._close_other(session)
            self._run_queue()
        statements = self.env["giftcard.statement"].sudo()
        self.env["res.company"].search([]).giftcard_tz = "Europe/Paris"
        self.other.giftcard_tz = "America/New_York"
        with freeze_time(MIDNIGHT):
            statements._settle_month()
            self.assertFalse(self._rows().statement_id)
        with freeze_time("2027-01-01 06:00:00"):
            statements._settle_month()
            self.assertTrue(self._rows().statement_id)
