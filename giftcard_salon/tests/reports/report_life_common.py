# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Three months of gift cards at two tills, and the reports on them."""

import io

import openpyxl
from freezegun import freeze_time

from odoo.tests import new_test_user

from ...tools.printing.report_pdf import make_pdf
from ...tools.printing.report_xlsx import make_xlsx
from ..bonus_common import GiftcardBonusCommon
from ..deduction_common import GiftcardDeductionCommon

MONTHS = (
    ("2026-01-01", "2026-01-31"),
    ("2026-02-01", "2026-02-28"),
    ("2026-03-01", "2026-03-31"),
)
# who reads journal items too
ACCOUNTANT = "giftcard_salon.group_accountant,account.group_account_readonly"


class GiftcardReportLifeCommon(GiftcardBonusCommon, GiftcardDeductionCommon):
    """History through the till; every month's sessions are closed in that month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            "giftcard_report_accountant",
            groups=ACCOUNTANT,
            company_id=cls.company.id,
        )
        cls.other_till = cls._make_till("Till B")
        cls.salon = cls.config.giftcard_location_id
        cls.other_salon = cls.other_till.giftcard_location_id

    def setUp(self):
        with freeze_time("2026-01-10 10:00:00"):
            super().setUp()

    def _live(self):
        """Sell four cards in January, use three of them in February, one in March."""
        with freeze_time("2026-01-10 10:00:00"):
            self.card, self.unused = self._sell(self.session, 100, 50)
            self.bonus_card = self._make_bonus_card(self.session, 100, 110)
            self.package = self._sell_entitlements(
                self._make_package((self.massage, 3, 100))
            )
            self._close(self.session)
        with freeze_time("2026-02-10 10:00:00"):
            self.session = self._open(self.other_till)
            self.paid = self._redeem(self.session, self.card, 60)
            self._pay(self.session, self.bonus_card, 33.33, [(20, 33.33)])
            self._redeem_entitlement(self.package.entitlement_ids, 33.33, price=45)
            self._close(self.session)
        with freeze_time("2026-03-10 10:00:00"):
            self.session = self._open()
            self._sync(self._refund_payload(self.paid, self.session))
            self.sold_late = self._sell(self.session, 40)
            self._redeem(self.session, self.card, 25, rate=10, price=35)
            self._close(self.session)

    def _report(self, kind, first, last, user=None):
        options = {
            "company_id": self.company.id,
            "date_from": first,
            "date_to": last,
        }
        self.env.flush_all()
        reports = self.env["giftcard.report"].with_user(user or self.accountant)
        return reports.get_report(kind, options)

    def _cells(self, table, label):
        """The figures of the row of that name, which there must be."""
        found = [row["cells"] for row in table["rows"] if label in row["label"]]
        self.assertTrue(found, (label, [row["label"] for row in table["rows"]]))
        return found[0]

    def _query(self, query, *parameters):
        """Independent SQL: one row of numbers."""
        self.env.flush_all()
        self.env.cr.execute(query, parameters)
        return tuple(float(figure or 0) for figure in self.env.cr.fetchone())

    def _open_drill(self, drill):
        """The records behind a figure, as the accountant's list has them."""
        return self.env[drill["model"]].search(
            [
                tuple(leaf) if isinstance(leaf, list) else leaf
                for leaf in drill["domain"]
            ]
        )

    def assertFiles(self, report):
        """The workbook says what the screen does; the PDF can be made."""
        book = openpyxl.load_workbook(io.BytesIO(make_xlsx(report)))
        self.assertEqual(len(book.sheetnames), len(report["tables"]))
        for table, sheet in zip(report["tables"], book, strict=True):
            rows = list(sheet.iter_rows(min_row=6, values_only=True))
            for row, found in zip(table["rows"], rows, strict=True):
                self.assertEqual(found[0] or "", row["label"])
                for column, figure in zip(table["columns"], found[1:], strict=True):
                    wanted = row["cells"].get(column["key"])
                    if column["type"] == "percent" and wanted:
                        self.assertAlmostEqual(figure, wanted, 9)
                    elif column["type"] in ("money", "count"):
                        self.assertEqual(figure, wanted)
                    elif column["type"] == "date" and wanted:
                        self.assertEqual(str(figure.date()), wanted)
        content = make_pdf(report, lambda _column, value: str(value))
        self.assertTrue(content.startswith(b"%PDF"))
