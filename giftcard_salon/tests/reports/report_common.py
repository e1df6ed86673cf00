# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import io

import openpyxl
from freezegun import freeze_time

from odoo.tests import new_test_user

from ...tools.printing.report_xlsx import make_xlsx
from ..common import GiftcardTillCommon

# who reads journal items too
ACCOUNTANT = "giftcard_salon.group_accountant,account.group_account_readonly"


class GiftcardReportCommon(GiftcardTillCommon):
    """A life of cards over three months, and reports read like an accountant does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            "giftcard_report_accountant",
            groups=ACCOUNTANT,
            company_id=cls.company.id,
        )

    def _live(self):
        """Sell 100 and 50 in January, use 60 in February, give it back in March."""
        with freeze_time("2026-01-10 10:00:00"):
            session = self._open()
            card, _other = self._sell(session, 100, 50)
            self._close(session)
        with freeze_time("2026-02-10 10:00:00"):
            session = self._open()
            order = self._redeem(session, card, 60)
        with freeze_time("2026-02-11 10:00:00"):
            self._close(session)
        with freeze_time("2026-03-10 10:00:00"):
            session = self._open()
            self._sync(self._refund_payload(order, session))
            self._close(session)
        return card

    def _report(self, first, last, user=None, kind="liability"):
        options = {
            "company_id": self.company.id,
            "date_from": first,
            "date_to": last,
        }
        return (
            self.env["giftcard.report"]
            .with_user(user or self.accountant)
            .get_report(kind, options)
        )

    def _row(self, report, label, table=0):
        return next(
            row["cells"]
            for row in report["tables"][table]["rows"]
            if label in row["label"]
        )

    def _query(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(query, params)
        return self.env.cr.fetchall()

    def assertWorkbook(self, report):
        """The workbook, read back, has every figure of the report."""
        book = openpyxl.load_workbook(io.BytesIO(make_xlsx(report)))
        self.assertEqual(len(book.sheetnames), len(report["tables"]))
        for table, sheet in zip(report["tables"], book, strict=True):
            rows = list(sheet.iter_rows(min_row=6, values_only=True))
            self.assertEqual(len(rows), len(table["rows"]), table["title"])
            for row, found in zip(table["rows"], rows, strict=True):
                self.assertEqual(found[0], row["label"])
                for column, value in zip(table["columns"], found[1:], strict=False):
                    wanted = row["cells"].get(column["key"])
                    if column["type"] in ("money", "count", "percent"):
                        self.assertAlmostEqual(value or 0, wanted or 0, 6)
                    elif wanted:
                        self.assertIn(str(wanted), str(value))
