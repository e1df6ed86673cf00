# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import io
from urllib.parse import urlencode

import openpyxl
from PyPDF2 import PdfReader

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..french_common import install_french
from ..group_common import GiftcardGroupCommon

FIRST, LAST = "2026-01-01", "2026-12-31"


@tagged("post_install", "-at_install")
class TestReportButtons(GiftcardGroupCommon, HttpCase):
    """Each report as a file, by the address that its screen's buttons open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        install_french(cls.env)
        cls.both = new_test_user(
            cls.env,
            "giftcard_accountant_ab",
            groups="base.group_user,giftcard_salon.group_accountant",
            company_id=cls.company.id,
            company_ids=[Command.set((cls.company + cls.other).ids)],
        )

    def setUp(self):
        super().setUp()
        session = self._open()
        self.card = self._sell(session, 100)
        self._redeem(session, self.card, 35)
        self._close(session)

    # === AS THE SCREEN DOES === #

    def _enter(self, user, lang):
        user.lang = lang
        self.authenticate(user.login, user.login)

    def _load(self, kind, companies, chosen):
        """What the screen loads when the switcher names ``companies``."""
        options = {"company_id": chosen.id, "date_from": FIRST, "date_to": LAST}
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw/giftcard.report/get_report",
            {
                "model": "giftcard.report",
                "method": "get_report",
                "args": [kind, options],
                "kwargs": {
                    "context": {
                        "allowed_company_ids": companies.ids,
                        "lang": self.env["res.users"].browse(self.session.uid).lang,
                    }
                },
            },
        )

    def _press(self, report, extension):
        """Open the address that ``download`` of the screen opens; return the file."""
        query = urlencode(report["options"])
        address = f"/giftcard_salon/report/{report['kind']}.{extension}?{query}"
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200, (address, answer.text[:300]))
        named = answer.headers["Content-Disposition"]
        self.assertIn(f"{LAST}.{extension}", named)
        return answer.content

    def assertWorkbook(self, content, report):
        """The workbook has the screen's company, tables and figures."""
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertEqual(
            [sheet["A1"].value for sheet in book],
            [table["title"] for table in report["tables"]],
        )
        for table, sheet in zip(report["tables"], book, strict=True):
            self.assertIn(report["company"], sheet["A2"].value)
            for row, found in zip(
                table["rows"],
                sheet.iter_rows(min_row=6, values_only=True),
                strict=True,
            ):
                self.assertEqual(found[0] or "", row["label"])
                for column, figure in zip(table["columns"], found[1:], strict=False):
                    if column["type"] in ("money", "count"):
                        wanted = row["cells"].get(column["key"])
                        self.assertAlmostEqual(figure or 0, wanted or 0, 6)

    def assertPdf(self, content, report):
        """The PDF names the report and the company of the screen."""
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(pages[0].extract_text().split())
        self.assertIn(report["title"], text)
        self.assertIn(report["company"], text)

    def _press_all(self, user, lang, companies, chosen):
        """Both buttons of every report; return the titles."""
        self._enter(user, lang)
        titles = []
        for one in self.env["giftcard.report"].with_user(user).get_reports():
            with self.subTest(kind=one["kind"], lang=lang, chosen=chosen.name):
                report = self._load(one["kind"], companies, chosen)
                self.assertEqual(report["company"], chosen.name)
                self.assertWorkbook(self._press(report, "xlsx"), report)
                self.assertPdf(self._press(report, "pdf"), report)
                titles.append(report["title"])
        self.assertEqual(len(titles), 7)
        return titles

    # === TESTS === #

    def test_one_company_in_english_and_french(self):
        english = self._press_all(self.accountant, "en_US", self.company, self.company)
        self.assertEqual(english[0], "Gift card liability")
        french = self._press_all(self.accountant, "fr_FR", self.company, self.company)
        self.assertFalse(set(english) & set(french))

    def test_the_first_of_two_companies(self):
        both = self.company + self.other
        self._press_all(self.both, "en_US", both, self.company)

    def test_the_second_of_two_companies_in_french(self):
        both = self.company + self.other
        self._press_all(self.both, "fr_FR", both, self.other)

    def test_a_company_that_is_not_the_user_s_own_is_refused(self):
        self._enter(self.accountant, "en_US")
        query = urlencode(
            {"company_id": self.other.id, "date_from": FIRST, "date_to": LAST}
        )
        for extension in ("xlsx", "pdf"):
            answer = self.url_open(
                f"/giftcard_salon/report/liability.{extension}?{query}"
            )
            self.assertEqual(answer.status_code, 403)
            self.assertNotIn(self.other.name, answer.text)

    def test_a_company_named_twice_is_no_wrong_day(self):
        reports = self.env["giftcard.report"].with_user(self.both)
        twice = reports.with_context(allowed_company_ids=self.company.ids * 2)
        options = {"company_id": self.company.id, "date_to": LAST}
        for one in reports.get_reports():
            report = twice.get_report(one["kind"], options)
            self.assertEqual(report["company"], self.company.name)
        self._refused(
            "Choose a day",
            lambda: reports.get_report("liability", {"date_to": "2026-02-30"}),
        )

    def test_the_proof_of_the_ledger_is_printed_from_its_button(self):
        self._enter(self.both, "fr_FR")
        wizard = self.env["giftcard.verify"].with_user(self.both).create({})
        answer = self.url_open(wizard.action_print()["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"%PDF"))
