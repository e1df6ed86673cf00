# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .report_common import GiftcardReportCommon

PERIODS = (
    ("2026-01-01", "2026-01-31"),
    ("2026-02-01", "2026-02-28"),
    ("2026-03-01", "2026-03-31"),
)


@tagged("post_install", "-at_install", "giftcard_runner")
class TestReports(GiftcardReportCommon):
    """Every total equals independent SQL at three past days, and its workbook."""

    def test_vat_of_cards_taxed_at_their_sale_is_the_ledger_and_the_journal(self):
        category = self.env["product.category"].create({"name": "Of one rate"})
        self.services[20].categ_id = category
        spv = self._make_type(
            vat_mode="spv",
            company_ids=[Command.set(self.company.ids)],
            categ_ids=[Command.set(category.ids)],
        )
        with freeze_time("2026-02-03 10:00:00"):
            session = self._open()
            product = spv.product_ids.product_variant_ids
            line = self._line(product, 100, tax_ids=[Command.set(self.taxes[20].ids)])
            self._sync(
                self._payload(
                    session, [line], [self._payment(self.cash_of(session), 100)]
                )
            )
            self._close(session)
        report = self._report("2026-02-01", "2026-02-28", kind="vat")
        row = self._row(report, "VAT 20 %")
        self.assertEqual((row["base_sold"], row["vat_sold"]), (83.33, 16.67))
        ((base,),) = self._query(
            """SELECT -SUM(balance) FROM account_move_line
                WHERE company_id = %s AND account_id = %s AND date >= '2026-02-01'""",
            self.company.id,
            self.company.giftcard_deferred_account_id.id,
        )
        self.assertEqual(float(base), 83.33)
        self.assertWorkbook(report)

    def test_activity_lists_every_line_of_the_ledger(self):
        self._live()
        for first, last in PERIODS:
            report = self._report(first, last, kind="activity")
            ((count, net),) = self._query(
                """SELECT count(*), COALESCE(SUM(net), 0) FROM giftcard_entry
                    WHERE company_id = %s AND day BETWEEN %s AND %s""",
                self.company.id,
                first,
                last,
            )
            rows = report["tables"][0]["rows"]
            self.assertEqual(len(rows), count)
            self.assertAlmostEqual(
                sum(row["cells"]["net"] for row in rows), float(net), 2
            )
            zero = [row["cells"]["count"] for row in report["tables"][3]["rows"]]
            self.assertEqual(zero, [0, 0, 0])
            self.assertWorkbook(report)

    def test_activity_asks_for_the_salons_clock_once_a_table(self):
        self._live()
        self.env.invalidate_all()
        with self.assertLogs("odoo.sql_db", "DEBUG") as log:
            report = self._report(PERIODS[0][0], PERIODS[-1][1], kind="activity")
        self.assertEqual(len(report["tables"][0]["rows"]), 4)
        asked = [line for line in log.output if '"giftcard_tz"' in line]
        self.assertEqual(len(asked), 1)

    def test_long_hold_is_listed(self):
        with freeze_time("2026-03-10 10:00:00"):
            session = self._open()
            (card,) = self._sell(session, 100)
            self._hold_at(session, card, 30)
        with freeze_time("2026-03-10 10:29:00"):
            report = self._report("2026-03-10", "2026-03-10", kind="activity")
            self.assertFalse(report["tables"][1]["rows"])
        with freeze_time("2026-03-10 10:31:00"):
            report = self._report("2026-03-10", "2026-03-10", kind="activity")
            self.assertEqual(self._row(report, card.name, 1)["amount"], 30)

    def test_menu_has_every_report_in_order(self):
        kinds = [
            report["kind"]
            for report in self.env["giftcard.report"]
            .with_user(self.accountant)
            .get_reports()
        ]
        self.assertEqual(
            kinds,
            ["liability", "ageing", "breakage", "matrix", "group", "vat", "activity"],
        )
        for kind in kinds:
            self._report("2026-01-01", "2026-01-31", kind=kind)
