# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon

NEW_YEAR = date(2027, 1, 1)
# a quarter past midnight in Paris, 31 December in UTC
MIDNIGHT = "2026-12-31 23:15:00"


@tagged("post_install", "-at_install")
class TestCompanyDay(GiftcardTillCommon):
    """Ledger and journal say the company's day, wherever people and servers are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.giftcard_tz = "Europe/Paris"
        cls.env.ref("base.user_root").partner_id.tz = False
        cls.env.user.partner_id.tz = False

    def _make_user(self, zone, groups="giftcard_salon.group_manager"):
        return new_test_user(
            self.env,
            f"giftcard_day_{zone[:4].lower()}",
            groups=f"{groups},account.group_account_manager",
            company_id=self.company.id,
            tz=zone,
        )

    def _issue_by_hand(self, user):
        wizard = (
            self.env["giftcard.issue"]
            .with_user(user)
            .with_context(tz=user.tz)
            .create(
                {
                    "type_id": self.card_type.id,
                    "amount": 50,
                    "account_id": self.company_data["default_account_assets"].id,
                    "reason": "Brought over",
                }
            )
        )
        card = self.env["giftcard.card"].browse(wizard.action_issue()["res_id"])
        self._commit()
        return card.sudo()

    def _get_days(self, card, kind):
        entry = card.entry_ids.filtered(lambda line: line.kind == kind)
        items = card.journal_item_ids.filtered(
            lambda item: item.giftcard_entry_id == entry
        )
        return entry.day, items.move_id.date

    def test_expiry_of_the_night_by_a_robot_without_a_time_zone(self):
        with freeze_time("2026-12-30 10:00:00"):
            session = self._open()
            card = self._sell(session, 100)
            self._close(session)
            card.sudo().valid_until = "2026-12-31"
            self._commit()
        with freeze_time("2026-12-31 22:45:00"):
            self.env["giftcard.card"].sudo()._expire_due()
            self.assertCard(card, 100, status="active")
        robot = self.env.ref("base.user_root")
        with freeze_time(MIDNIGHT):
            cards = self.env(user=robot, context={})["giftcard.card"]
            cards._expire_due()
            self._commit()
        self.assertCard(card, 0, status="expired")
        days = self._get_days(card.sudo(), "expire")
        self.assertEqual(days, (NEW_YEAR, NEW_YEAR))

    def test_users_elsewhere_post_on_the_company_s_day(self):
        """In Auckland it is 1 January at noon, in New York New Year's Eve at 18:15."""
        for zone in ("Pacific/Auckland", "America/New_York"):
            user = self._make_user(zone)
            with freeze_time("2026-12-31 22:15:00"):
                card = self._issue_by_hand(user)
            eve = date(2026, 12, 31)
            self.assertEqual(self._get_days(card, "issue"), (eve, eve), zone)
            with freeze_time(MIDNIGHT):
                card = self._issue_by_hand(user)
            self.assertEqual(self._get_days(card, "issue"), (NEW_YEAR, NEW_YEAR), zone)

    def test_what_wizards_propose_is_the_company_s_day(self):
        user = self._make_user("America/New_York", "giftcard_salon.group_accountant")
        with freeze_time(MIDNIGHT):
            env = self.env(user=user, context={"tz": user.tz})
            for model, name in (
                ("giftcard.breakage.estimate", "date_from"),
                ("giftcard.breakage.wizard", "date"),
                ("giftcard.remit", "date"),
                ("giftcard.tie.out", "day"),
            ):
                self.assertEqual(
                    env[model].default_get([name]), {name: NEW_YEAR}, model
                )
            self.assertEqual(
                env["giftcard.settle"].default_get(["date_to"]),
                {"date_to": date(2026, 12, 31)},
            )

    def test_till_s_entry_keeps_core_s_day_and_the_tie_out_explains_it(self):
        """The till is closed by a user without a time zone: core's day is UTC's."""
        with freeze_time(MIDNIGHT):
            session = self._open()
            card = self._sell(session, 100)
            move = self._close(session)
            self._commit()
        self.assertEqual(move.date, date(2026, 12, 31))
        self.assertEqual(card.sudo().entry_ids.day, NEW_YEAR)
        for day, figures in (
            (date(2026, 12, 31), (0, 100, -100)),
            (NEW_YEAR, (100, 100, 0)),
        ):
            report = self.env["giftcard.tie.out"].create({"day": day})
            self.assertEqual(
                (report.ledger_amount, report.posted_amount, report.bridging_amount),
                figures,
            )
            self.assertTrue(report.is_equal, day)
            names = [f"{move.name}, posted on Dec 31, 2026"] if figures[2] else []
            self.assertEqual(report.line_ids.mapped("name"), names)

    def test_time_zone_is_the_company_s_own_setting(self):
        """Known from the country; what is chosen stays while the country does."""
        companies = self.env["res.company"]
        france = self.env.ref("base.fr")
        company = companies.create({"name": "Spa"})
        self.assertFalse(company.giftcard_tz)
        company.country_id = france
        self.assertEqual(company.giftcard_tz, "Europe/Paris")
        company.giftcard_tz = "Indian/Reunion"
        company.partner_id.tz = "America/New_York"
        self.assertEqual(company.giftcard_tz, "Indian/Reunion")
        company.country_id = self.env.ref("base.us")
        self.assertEqual(company.giftcard_tz, "America/New_York")
        company.partner_id.tz = "America/Los_Angeles"
        company.country_id = self.env.ref("base.us")
        self.assertEqual(company.giftcard_tz, "America/New_York")
        settings = self.env["res.config.settings"].create({})
        settings.giftcard_tz = "Indian/Reunion"
        settings.execute()
        self.assertEqual(self.company.giftcard_tz, "Indian/Reunion")
        moment = self.env.cr.now().replace(month=12, day=31, hour=20, minute=30)
        day = self.env["giftcard.card"]._to_day(moment, self.company)
        self.assertEqual((day.month, day.day), (1, 1))
        own = self.env["giftcard.card"]._to_day(moment, companies.create({"name": "X"}))
        self.assertEqual((own.month, own.day), (12, 31))

    def test_hold_is_told_by_the_salon_s_clock(self):
        card = self._issue(50, self.card_type)
        with freeze_time("2026-12-31 22:50:00"):
            self._hold(card, 10)
            self.assertIn("since 23:50", card.held_note)
        with freeze_time(MIDNIGHT):
            card.invalidate_recordset()
            self.assertIn("since Dec 31, 2026", card.held_note)
