# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestBreakageBetween(GiftcardTillCommon):
    """Income taken early is never more than is owed, also between two runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.giftcard_income_mode = "proportion"
        cls.accountant = new_test_user(
            cls.env,
            "giftcard_between",
            groups="account.group_account_manager,giftcard_salon.group_accountant",
            company_id=cls.company.id,
        )

    def setUp(self):
        super().setUp()
        with freeze_time("2026-03-10 10:00:00"):
            self.session = self._open()
            self.env["giftcard.breakage.estimate"].with_user(self.accountant).create(
                {
                    "type_id": self.card_type.id,
                    "rate": 50,
                    "date_from": "2026-01-01",
                }
            )

    def _run(self, day):
        wizard = self.env["giftcard.breakage.wizard"].with_user(self.accountant)
        wizard.create({"date": day}).action_run()

    def _night(self, moment):
        """What the scheduler does in the night before ``moment``."""
        with freeze_time(moment):
            self.env["giftcard.breakage.run"].sudo()._run_month_end()
            self._commit()

    def _balance(self, account, day):
        items = self.env["account.move.line"].search(
            [
                ("account_id", "=", account.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", day),
            ]
        )
        return round(sum(items.mapped("balance")), 2)

    def _report(self, day, kind="breakage"):
        self.env.flush_all()
        options = {
            "company_id": self.company.id,
            "date_from": str(day.replace(day=1)),
            "date_to": str(day),
        }
        reports = self.env["giftcard.report"].with_user(self.accountant)
        return reports.get_report(kind, options)

    def assertRecognised(self, day, contra, liability):
        """Income recognised early, the liability: accounts and report agree."""
        company = self.company
        self.assertEqual(self._balance(company.giftcard_contra_account_id, day), contra)
        self.assertEqual(
            self._balance(company.giftcard_income_account_id, day), -contra
        )
        report = self._report(day)
        total = report["tables"][0]["rows"][-1]["cells"]
        self.assertEqual((total["contra"], total["liability"]), (contra, liability))
        self.assertEqual(report["banner"]["kind"], "success", report["banner"])
        self.assertTiesOut()

    def test_used_up_between_two_runs(self):
        """45.00 of 55.00 are income; 45.00 are used, given back, and taken again."""
        with freeze_time("2026-03-10 10:00:00"):
            card = self._sell(self.session, 100)
            self._redeem(self.session, card, 45)
            self._run("2026-03-10")
        with freeze_time("2026-03-11 10:00:00"):
            bill = self._redeem(self.session, card, 45)
        for _again in range(2):
            self._night("2026-03-12 03:00:00")
            self.assertRecognised(date(2026, 3, 11), contra=10, liability=10)
        self.assertRecognised(date(2026, 3, 10), contra=45, liability=55)
        with freeze_time("2026-03-12 10:00:00"):
            self._sync(self._refund_payload(bill, self.session))
        self._night("2026-03-13 03:00:00")
        self.assertRecognised(date(2026, 3, 12), contra=10, liability=55)
        with freeze_time("2026-03-31 10:00:00"):
            self._close(self.session)
        self._night("2026-04-01 03:00:00")
        self.assertRecognised(date(2026, 3, 31), contra=45, liability=55)
        self.assertRecognised(date(2026, 3, 11), contra=10, liability=10)

    def test_sale_given_back_between_two_runs(self):
        """90.00 of 110.00 are income; the card of 100.00 nobody used goes back."""
        with freeze_time("2026-03-10 10:00:00"):
            used, other = self._sell(self.session, 100, 100)
            self._redeem(self.session, used, 90)
            self._run("2026-03-10")
        self.assertRecognised(date(2026, 3, 10), contra=90, liability=110)
        with freeze_time("2026-03-11 10:00:00"):
            sold = self.env["pos.order.line"].search(
                [("giftcard_card_id", "=", other.id)]
            )
            line = self._line(
                sold.product_id,
                100,
                qty=-1,
                price_subtotal=-100,
                price_subtotal_incl=-100,
                refunded_orderline_id=sold.id,
            )
            payload = self._payload(
                self.session,
                [line],
                [self._payment(self.cash_of(self.session), -100)],
                is_refund=True,
            )
            self._sync(payload)
            self.assertCard(other, 0, status="cancelled")
            self._close(self.session)
        self._night("2026-03-12 03:00:00")
        self.assertRecognised(date(2026, 3, 11), contra=10, liability=10)

    def test_expired_and_extended_between_two_runs(self):
        """45.00 are income when 10.00 are left; no more comes back than that."""
        with freeze_time("2026-03-10 10:00:00"):
            card = self._sell(self.session, 100)
            self._redeem(self.session, card, 45)
            self._run("2026-03-10")
        card.sudo().write({"valid_until": "2026-03-11"})
        self._commit()
        with freeze_time("2026-03-11 10:00:00"):
            self._redeem(self.session, card, 45)
        with freeze_time("2026-03-12 03:00:00"):
            self.env["giftcard.card"].sudo()._expire_due()
            self._commit()
            self.assertCard(card, 0, status="expired")
            contra = self.company.giftcard_contra_account_id
            self.assertEqual(self._balance(contra, date(2026, 3, 12)), 0)
            card._extend(date(2026, 6, 30), "Ill")
            self._commit()
        self.assertRecognised(date(2026, 3, 12), contra=10, liability=10)

    def test_late_run_takes_nothing_of_cards_that_ended_since(self):
        """The run for March comes after the card expired in April."""
        with freeze_time("2026-03-10 10:00:00"):
            card = self._sell(self.session, 100)
            self._redeem(self.session, card, 20)
            self._run("2026-03-10")
            card.sudo().write({"valid_until": "2026-03-31"})
            self._commit()
        with freeze_time("2026-03-20 10:00:00"):
            self._redeem(self.session, card, 20)
        with freeze_time("2026-04-01 02:00:00"):
            self.env["giftcard.card"].sudo()._expire_due()
            self._commit()
            self.assertCard(card, 0, status="expired")
        self._night("2026-04-01 03:00:00")
        contra = self.company.giftcard_contra_account_id
        self.assertEqual(self._balance(contra, date(2026, 3, 31)), 20)
        self.assertEqual(self._balance(contra, date(2026, 4, 1)), 0)
        income = self.company.giftcard_income_account_id
        self.assertEqual(self._balance(income, date(2026, 4, 1)), -60)
        self.assertTiesOut()

    def _read_closed(self, day, kind):
        """Return a report's tables without the hours, which are those of the clock."""
        tables = self._report(day, kind)["tables"]
        for row in (row for table in tables for row in table["rows"]):
            row["cells"].pop("when", None)
        return tables

    def test_closed_day_stays_when_the_clock_of_the_salon_changes(self):
        """Sold on 1 April in Paris, on 31 March in London: April's cohort it stays."""
        self.company.giftcard_tz = "Europe/Paris"
        with freeze_time("2026-03-31 22:30:00"):
            card = self._sell(self.session, 100)
        with freeze_time("2026-04-10 10:00:00"):
            self._redeem(self.session, card, 45)
            self._close(self.session)
        self._night("2026-05-01 03:00:00")
        day = date(2026, 4, 30)
        self.assertRecognised(day, contra=45, liability=55)
        kinds = ("liability", "ageing", "breakage", "matrix", "vat", "activity")
        before = {kind: self._read_closed(day, kind) for kind in kinds}
        self.company.giftcard_tz = "America/New_York"
        self._commit()
        for kind in kinds:
            self.assertEqual(self._read_closed(day, kind), before[kind], kind)
        self._night("2026-06-01 09:00:00")
        self.assertRecognised(date(2026, 5, 31), contra=45, liability=55)
        [row, _total] = self._report(day)["tables"][0]["rows"]
        self.assertIn("April 2026", row["label"])
        self.assertEqual(self._open_drill(row["drill"]), card)
        card.sudo().write({"valid_until": "2026-06-01"})
        self._commit()
        with freeze_time("2026-06-03 10:00:00"):
            self.env["giftcard.card"].sudo()._expire_due()
            self._commit()
        contra = self.company.giftcard_contra_account_id
        self.assertEqual(self._balance(contra, date(2026, 6, 3)), 0)

    def _open_drill(self, drill):
        return self.env[drill["model"]].search(drill["domain"])
