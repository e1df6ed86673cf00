# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.printing.report_pdf import make_pdf
from .report_common import GiftcardReportCommon


@tagged("post_install", "-at_install")
class TestReportLiability(GiftcardReportCommon):
    """What is owed, how it changed, and the accounts beside it, as of any day."""

    def _sum(self, measure, last):
        self.env.cr.execute(
            f"SELECT COALESCE(SUM({measure}), 0) FROM giftcard_entry"
            " WHERE company_id = %s AND day <= %s",
            [self.company.id, last],
        )
        return float(self.env.cr.fetchone()[0])

    def test_roll_forward_equals_the_ledger_at_three_past_days(self):
        self._live()
        for first, last, expected in (
            ("2026-01-01", "2026-01-31", (0, 150, 0, 0, 150)),
            ("2026-02-01", "2026-02-28", (150, 0, -60, 0, 90)),
            ("2026-03-01", "2026-03-31", (90, 0, 0, 60, 150)),
        ):
            report = self._report(first, last)
            names = ("opening", "sold", "used", "refunded", "closing")
            for table, measure in ((0, "net"), (2, "consideration"), (3, "face")):
                cells = self._row(report, "Gift cards owed", table)
                self.assertEqual(tuple(cells[name] for name in names), expected)
                self.assertEqual(cells["closing"], self._sum(measure, last))
            self.assertEqual(report["banner"]["figure"], 0)

    def test_day_before_the_closing_lists_the_till_on_its_way(self):
        self._live()
        report = self._report("2026-02-01", "2026-02-10")
        labels = [row["label"] for row in report["tables"][1]["rows"]]
        self.assertTrue(any("posted on Feb 11, 2026" in label for label in labels))
        ledger, posted = (
            self._row(report, label, 1) for label in ("own ledger", "posted balance")
        )
        self.assertEqual((list(ledger.values()), list(posted.values())), ([90], [150]))
        self.assertEqual(report["banner"]["kind"], "success")

    def test_closed_day_does_not_change_with_what_comes_later(self):
        card = self._live()
        before = self._report("2026-03-01", "2026-03-31")
        with freeze_time("2026-04-10 10:00:00"):
            session = self._open()
            self._redeem(session, card, 25)
            self._close(session)
        self.assertEqual(self._report("2026-03-01", "2026-03-31"), before)

    def test_open_till_is_listed_and_opens_its_ledger_entries(self):
        session = self._open()
        self._sell(session, 40)
        today = str(date.today())
        table = self._report(today, today)["tables"][1]
        (item,) = [row for row in table["rows"] if row["style"] == "detail"]
        self.assertIn(session.name, item["label"])
        self.assertEqual(list(item["cells"].values()), [-40])
        found = self.env[item["drill"]["model"]].search(item["drill"]["domain"])
        self.assertEqual(found.mapped("face"), [40])
        self.assertEqual(found.mapped("source_model"), ["pos.order"])

    def test_figures_open_what_they_sum_up(self):
        self._live()
        report = self._report("2026-02-01", "2026-02-28")
        row = report["tables"][0]["rows"][0]
        for name, amount in (("used", -60), ("sold", 0)):
            drill = row["drills"][name]
            entries = self.env[drill["model"]].search(drill["domain"])
            self.assertEqual(sum(entries.mapped("net")), amount)

    def test_workbook_and_pdf_have_the_same_figures(self):
        self._live()
        report = self._report("2026-02-01", "2026-02-28")
        self.assertWorkbook(report)
        content = make_pdf(report, lambda _column, value: str(value))
        self.assertTrue(content.startswith(b"%PDF"))

    def test_posting_by_hand_is_a_difference_with_its_day(self):
        self._live()
        self.company.giftcard_account_protection = "show"
        move = self.env["account.move"].create(
            {
                "journal_id": self.company_data["default_journal_misc"].id,
                "date": "2026-02-05",
                "line_ids": [
                    (0, 0, {"account_id": self.liability.id, "credit": 12}),
                    (
                        0,
                        0,
                        {
                            "account_id": self.company_data[
                                "default_account_revenue"
                            ].id,
                            "debit": 12,
                        },
                    ),
                ],
            }
        )
        move.action_post()
        self.assertEqual(
            self._report("2026-01-01", "2026-02-04")["banner"]["figure"], 0
        )
        banner = self._report("2026-02-01", "2026-02-28")["banner"]
        self.assertEqual((banner["kind"], banner["figure"]), ("danger", 12))
        self.assertIn("Feb 5, 2026", banner["text"])

    def test_only_accountants_of_the_company_read_it(self):
        with self.assertRaises(AccessError):
            self._report("2026-01-01", "2026-01-31", self.cashier)
        other = self.env["res.company"].create({"name": "Somebody else"})
        report = self.env["giftcard.report"].with_user(self.accountant)
        with self.assertRaises(AccessError):
            report.get_report("liability", {"company_id": other.id})
        for wrong in ({"date_to": "soon"}, {"date_from": "2099-01-01"}):
            with self.assertRaises(UserError):
                report.get_report("liability", wrong)
        with self.assertRaises(UserError):
            report.get_report("none", {})
