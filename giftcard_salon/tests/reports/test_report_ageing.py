# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .report_life_common import MONTHS, GiftcardReportLifeCommon

LIABILITY = """SELECT COUNT(*), SUM(face), SUM(consideration), SUM(net)
            FROM (SELECT card_id, SUM(face) AS face, SUM(net) AS net,
                         SUM(consideration) AS consideration FROM giftcard_entry
                   WHERE company_id = %s AND day <= %s
                   GROUP BY card_id HAVING SUM(face) <> 0) cards"""
USED = """SELECT -SUM(consideration), -SUM(face) FROM giftcard_entry
           WHERE company_id = %s AND kind IN ('redeem', 'refund')
             AND day >= %s AND day <= %s AND sold_location_id = %s
             AND location_id = %s"""


@tagged("post_install", "-at_install")
class TestReportLocations(GiftcardReportLifeCommon):
    """Age and place: every figure equals the ledger, on three past days."""

    def test_age_equals_the_ledger_at_three_past_days(self):
        self._live()
        expected = {
            "2026-01-31": (4, 360, 350, 333.33),
            "2026-02-28": (4, 233.34, 226.37, 215.26),
            "2026-03-31": (5, 308.34, 301.37, 290.26),
        }
        for first, last in MONTHS:
            report = self._report("ageing", first, last)
            counted = self._query(LIABILITY, self.company.id, last)
            self.assertEqual(counted, expected[last])
            names = ("count", "face", "paid", "net")
            for table in report["tables"][:3]:
                cells = self._cells(table, "Total")
                self.assertEqual(tuple(cells[name] for name in names), counted)
            # a company of the United States: the same by state of the owner
            cells = self._cells(report["tables"][3], "Total")
            self.assertEqual(tuple(cells[name] for name in names[:3]), counted[:3])
            self.assertFiles(report)

    def test_age_puts_a_card_where_it_was_on_that_day(self):
        self._live()
        since, used, left, _states = self._report("ageing", *MONTHS[2])["tables"]
        self.assertEqual(self._cells(since, "0 to 90")["count"], 5)
        self.assertEqual(self._cells(used, "Never")["count"], 2)
        self.assertEqual(self._cells(used, "0 to 90")["count"], 3)
        self.assertEqual(self._cells(left, "Total")["count"], 5)
        since = self._report("ageing", "2026-05-01", "2026-05-31")["tables"][0]
        self.assertEqual(self._cells(since, "91 to 180")["count"], 4)
        self.assertEqual(self._cells(since, "0 to 90")["count"], 1)
        self.assertEqual(self._cells(since, "91 to 180")["face"], 268.34)

    def test_age_opens_its_cards_and_remembers_extended_ones(self):
        self._live()
        self.unused.sudo().valid_until = "2026-04-30"
        self._commit()
        with freeze_time("2026-03-20 10:00:00"):
            self.unused.sudo()._extend(date(2027, 4, 30), "Ill for months")
            self._commit()
        left = self._report("ageing", "2026-03-01", "2026-03-19")["tables"][2]
        row = next(row for row in left["rows"] if "0 to 90" in row["label"])
        self.assertEqual(row["cells"]["face"], 50)
        self.assertEqual(
            self._open_drill(row["drill"]).with_user(self.accountant), self.unused
        )
        left = self._report("ageing", *MONTHS[2])["tables"][2]
        self.assertEqual(self._cells(left, "0 to 90")["face"], 0)
        self.assertEqual(self._cells(left, "1 to 2 years")["face"], 50)

    def test_place_equals_the_ledger_at_three_past_days(self):
        self._live()
        here, there = f"at_{self.salon.id}", f"at_{self.other_salon.id}"
        expected = {0: (0, 0), 1: (123.63, 126.66), 2: (-35, -35)}
        for index, (first, last) in enumerate(MONTHS):
            report = self._report("matrix", first, last)
            for position, table in enumerate(report["tables"]):
                if not table["rows"]:
                    self.assertEqual(expected[index][position], 0)
                    continue
                total = self._cells(table, "Used there, of all")["total"]
                self.assertEqual(total, expected[index][position])
                for row in table["rows"][:-2]:
                    salons = self.salon + self.other_salon
                    sold = salons.filtered(
                        lambda own, row=row: own.name == row["label"]
                    )
                    for key, place in ((here, self.salon), (there, self.other_salon)):
                        if key in row["cells"]:
                            counted = self._query(
                                USED,
                                self.company.id,
                                first,
                                last,
                                sold.id,
                                place.id,
                            )
                            self.assertEqual(row["cells"][key], counted[position])
            self.assertFiles(report)
        table = self._report("matrix", *MONTHS[1])["tables"][0]
        self.assertEqual(self._cells(table, "More used")[there], 123.63)
        self.assertEqual(self._cells(table, "More used")[here], -123.63)
        row = next(row for row in table["rows"] if row["label"] == self.salon.name)
        uses = self._open_drill(row["drills"][there])
        self.assertEqual(-sum(uses.mapped("consideration")), 123.63)

    def test_closed_month_does_not_change_with_what_comes_later(self):
        self._live()
        reports = self.env["giftcard.report"].with_user(self.accountant).get_reports()
        kinds = [report["kind"] for report in reports]
        kinds.remove("activity")
        before = {kind: self._report(kind, *MONTHS[2]) for kind in kinds}
        with freeze_time("2026-04-10 10:00:00"):
            session = self._open()
            self._redeem(session, self.unused, 20)
            self._sell(session, 70)
            self._close(session)
        for kind in kinds:
            self.assertEqual(self._report(kind, *MONTHS[2]), before[kind], kind)

    def test_only_accountants_read_them(self):
        for kind in ("ageing", "breakage", "matrix", "group", "vat", "activity"):
            with self.assertRaises(AccessError):
                self._report(kind, *MONTHS[0], user=self.cashier)
        with self.assertRaises(AccessError):
            self.env["giftcard.card"].with_user(self.cashier).search(
                [("report_bracket", "=", "2026-01-31 sold 0")]
            )
