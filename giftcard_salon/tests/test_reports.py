from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .report_common import GiftcardReportCommon

PERIODS = (
    ("2026-01-01", "2026-01-31"),
    ("2026-02-01", "2026-02-28"),
    ("2026-03-01", "2026-03-31"),
)


@tagged("post_install", "-at_install")
class TestReports(GiftcardReportCommon):
    """Every total equals independent SQL at three past days, and its workbook."""

    def test_ageing_equals_the_balances_of_the_day(self):
        self._live()
        for _first, last in PERIODS:
            report = self._report(last, last, kind="ageing")
            ((count, face, net),) = self._query(
                """SELECT count(*), SUM(face), SUM(net) FROM (
                       SELECT SUM(face) AS face, SUM(net) AS net FROM giftcard_entry
                        WHERE company_id = %s AND day <= %s
                        GROUP BY card_id HAVING SUM(face) <> 0) balances""",
                self.company.id,
                last,
            )
            for table in range(3):
                total = self._row(report, "Total", table)
                self.assertEqual(
                    (total["count"], total["face"], total["net"]),
                    (count, float(face), float(net)),
                )
                rows = report["tables"][table]["rows"][:-1]
                self.assertEqual(sum(row["cells"]["count"] for row in rows), count)
            self.assertWorkbook(report)
        self.assertEqual(self._row(report, "0 to 90 days")["net"], 150)
        self.assertEqual(self._row(report, "0 to 90 days", 1)["net"], 100)
        self.assertEqual(self._row(report, "Never used", 1)["net"], 50)

    def test_matrix_equals_the_uses_between_salons(self):
        other = self._make_till("Till B")
        card = self._live()
        with freeze_time("2026-03-20 10:00:00"):
            session = self._open(other)
            self._redeem(session, card, 25)
            self._close(session)
        for first, last in PERIODS:
            report = self._report(first, last, kind="matrix")
            ((paid, face),) = self._query(
                """SELECT COALESCE(-SUM(consideration), 0), COALESCE(-SUM(face), 0)
                     FROM giftcard_entry WHERE company_id = %s
                      AND kind IN ('redeem', 'refund') AND day BETWEEN %s AND %s""",
                self.company.id,
                first,
                last,
            )
            for table, amount in ((0, paid), (1, face)):
                rows = report["tables"][table]["rows"]
                total = rows[-1]["cells"]["total"] if rows else 0
                self.assertEqual(total, float(amount))
            self.assertWorkbook(report)
        row = self._row(report, "Sold at")
        at_home, away = (
            row[f"at_{config.giftcard_location_id.id}"]
            for config in (self.config, other)
        )
        self.assertEqual((at_home, away, row["net"]), (-60, 25, -25))

    def test_vat_equals_the_bills_and_the_journal(self):
        card = self._live()
        with freeze_time("2026-03-20 10:00:00"):
            session = self._open()
            payments = [self._hold_at(session, card, 50)]
            lines = [
                self._line(self.services[20], 60),
                self._line(self.services[5.5], 10.55),
            ]
            payments.append(self._payment(self.cash_of(session), 20.55))
            self._sync(self._payload(session, lines, payments))
            self._close(session)
        for first, last in PERIODS:
            report = self._report(first, last, kind="vat")
            rows = report["tables"][1]["rows"]
            total = rows[-1]["cells"] if rows else {"base": 0, "vat": 0}
            ((vat,),) = self._query(
                """SELECT COALESCE(-SUM(balance), 0) FROM account_move_line
                    WHERE company_id = %s AND tax_line_id IS NOT NULL
                      AND parent_state = 'posted' AND date BETWEEN %s AND %s""",
                self.company.id,
                first,
                last,
            )
            self.assertEqual(total["vat"], float(vat))
            self.assertWorkbook(report)
        self.assertEqual(self._row(report, "VAT 20 %", 1), {"base": 0, "vat": 0})
        self.assertEqual(self._row(report, "VAT 5.5 %", 1), {"base": 10, "vat": 0.55})

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
        self.assertEqual((row["sold_base"], row["sold_vat"]), (83.33, 16.67))
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
