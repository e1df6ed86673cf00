# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from freezegun import freeze_time

from odoo.fields import Date
from odoo.tests import new_test_user, tagged

from ..group_common import GiftcardGroupCommon
from .report_life_common import MONTHS, GiftcardReportLifeCommon

SOLD = """SELECT SUM(net), SUM(consideration - net) FROM giftcard_entry
           WHERE company_id = %s AND day BETWEEN %s AND %s
             AND liability_kind = 'deferred' AND kind = 'sale'"""
POSTED = """SELECT -SUM(line.balance) FROM account_move_line line
             JOIN account_account_tag_account_move_line_rel tag
               ON tag.account_move_line_id = line.id
             JOIN account_account_tag name ON name.id = tag.account_account_tag_id
            WHERE line.company_id = %s AND line.date BETWEEN %s AND %s
              AND line.parent_state = 'posted' AND name.name->>'en_US' LIKE %s"""


@tagged("post_install", "-at_install")
class TestReportVat(GiftcardReportLifeCommon):
    """VAT at the sale or at the use, as the documents, the ledger and the tags say."""

    def test_vat_equals_ledger_and_tags_in_three_past_months(self):
        self._live()
        expected = (
            {"sold": (83.33, 16.67), "used": (0, 0), "discount": (0, 0)},
            {"sold": (0, 0), "used": (75.25, 15.05), "discount": (-2.52, -0.51)},
            {"sold": (0, 0), "used": (-50, -10), "discount": (0, 0)},
        )
        for (first, last), figures in zip(MONTHS, expected, strict=True):
            report = self._report("vat", first, last)
            rates, check, _tags = report["tables"]
            cells = self._cells(rates, "20")
            for kind, pair in figures.items():
                self.assertEqual(
                    (cells[f"base_{kind}"], cells[f"vat_{kind}"]), pair, kind
                )
            sold = self._query(SOLD, self.company.id, first, last)
            self.assertEqual((cells["base_sold"], cells["vat_sold"]), sold)
            cells = self._cells(check, "Total")
            for part, name in (("base", "%base%"), ("vat", "%tax%")):
                (posted,) = self._query(POSTED, self.company.id, first, last, name)
                self.assertEqual(cells[f"{part}_all"], posted)
                self.assertEqual(cells[f"{part}_difference"], 0)
            self.assertEqual(report["banner"]["kind"], "success")
            self.assertFiles(report)

    def test_vat_of_a_bill_paid_in_part_by_card(self):
        """25.00 of 35.00 at 10 %: 2.27 of 3.18; sold without VAT: 40.00."""
        self._live()
        rates = self._report("vat", *MONTHS[2])["tables"][0]
        cells = self._cells(rates, "10")
        self.assertEqual((cells["base_used"], cells["vat_used"]), (22.73, 2.27))
        self.assertEqual(self._cells(rates, "Without VAT")["base_sold"], 40)

    def test_vat_lists_its_return_by_tags(self):
        self._live()
        tags = self._report("vat", *MONTHS[2])["tables"][2]
        self.assertEqual(self._cells(tags, "refund base 20")["amount"], -50)
        row = next(row for row in tags["rows"] if row["label"] == "refund tax 20.0")
        items = self._open_drill(row["drill"])
        self.assertEqual(sum(items.mapped("balance")), 10)

    def test_open_till_is_in_no_period_yet(self):
        self._sell_entitlements(self.amount_type, 60)
        rates = self._report("vat", "2026-01-01", "2026-12-31")["tables"][0]
        self.assertEqual(self._cells(rates, "Total")["vat_sold"], 0)
        self._close(self.session)
        rates = self._report("vat", "2026-01-01", "2026-12-31")["tables"][0]
        self.assertEqual(self._cells(rates, "Total")["vat_sold"], 10)

    def test_bill_invoiced_after_its_till_was_closed_counts_once(self):
        with freeze_time("2026-01-10 12:00:00"):
            card = self._sell(self.session, 100)
            order = self._redeem(self.session, card, 60)
            self._close(self.session)
        with freeze_time("2026-02-10 12:00:00"):
            order.partner_id = self.client
            order._generate_pos_order_invoice()
        for (first, last), base in zip(MONTHS[:2], (50, 0), strict=True):
            report = self._report("vat", first, last)
            cells = self._cells(report["tables"][0], "Total")
            self.assertEqual(cells["base_used"], base)
            self.assertEqual(report["banner"]["kind"], "success")

    def test_invoiced_bill_is_read_from_its_invoice(self):
        card = self._sell(self.session, 100)
        self._redeem(self.session, card, 60, to_invoice=True, partner_id=self.client.id)
        self._close(self.session)
        report = self._report("vat", "2026-01-01", "2026-12-31")
        cells = self._cells(report["tables"][0], "20")
        self.assertEqual((cells["base_used"], cells["vat_used"]), (50, 10))
        self.assertEqual(report["banner"]["kind"], "success")


@tagged("post_install", "-at_install", "giftcard_runner")
class TestReportBreakage(GiftcardReportLifeCommon):
    """What is never used: estimated, taken, and what came true."""

    def test_breakage_equals_its_account_at_three_past_days(self):
        manager = new_test_user(
            self.env,
            "giftcard_report_manager",
            groups="account.group_account_manager",
            company_id=self.company.id,
        )
        self.company.giftcard_income_mode = "proportion"
        estimates = self.env["giftcard.breakage.estimate"].with_user(manager)
        estimates.create(
            {"type_id": self.card_type.id, "rate": 10, "date_from": "2026-01-01"}
        )
        self._live()
        wizard = self.env["giftcard.breakage.wizard"].with_user(manager)
        for _first, last in MONTHS:
            wizard.create({"date": last}).action_run()
        contra = self.company.giftcard_contra_account_id
        query = """SELECT SUM(balance), SUM(balance) FILTER (WHERE date >= %s)
                     FROM account_move_line
                    WHERE account_id = %s AND date <= %s AND parent_state = 'posted'"""
        for (first, last), figures in zip(
            MONTHS, ((0, 0), (6.67, 6.67), (2.78, -3.89)), strict=True
        ):
            report = self._report("breakage", first, last)
            cells = self._cells(report["tables"][0], "Total")
            self.assertEqual((cells["contra"], cells["now"]), figures)
            self.assertEqual(figures, self._query(query, first, contra.id, last))
            self.assertEqual(report["banner"]["kind"], "success")
            self.assertFiles(report)
        row = report["tables"][0]["rows"][0]
        cohort = self._cells(report["tables"][0], "Test gift card, January 2026")
        self.assertEqual((cohort["sold"], cohort["redeemed"]), (150, 25))
        self.assertEqual(cohort["rate"], 0.1)
        self.assertEqual((cohort["since"], cohort["who"]), ("2026-01-01", manager.name))
        self.assertEqual(
            self._open_drill(row["drill"]).type_id.name, row["label"].split(",")[0]
        )

    def test_due_by_the_estimate_is_of_the_day_not_of_the_last_run(self):
        """60.00 used by February: 6.67. 25.00 by March: 2.78; 45.00 by April: 5.00."""
        self.company.giftcard_income_mode = "proportion"
        estimates = self.env["giftcard.breakage.estimate"].sudo()
        estimates.create(
            {
                "type_id": self.card_type.id,
                "company_id": self.company.id,
                "rate": 10,
                "date_from": "2026-01-01",
            }
        )
        self._live()
        runs = self.env["giftcard.breakage.run"].sudo()
        runs._run(self.company, Date.to_date(MONTHS[1][1]))
        with freeze_time("2026-04-10 10:00:00"):
            self.session = self._open()
            self._redeem(self.session, self.card, 20)
            self._close(self.session)
        april = ("2026-04-01", "2026-04-30")
        for (first, last), due in zip(
            (*MONTHS[1:], april), (6.67, 2.78, 5), strict=True
        ):
            table = self._report("breakage", first, last)["tables"][0]
            cells = self._cells(table, "Test gift card, January 2026")
            self.assertEqual((cells["target"], cells["recognised"]), (due, 6.67), last)
        estimates.create(
            {
                "type_id": self.card_type.id,
                "company_id": self.company.id,
                "rate": 20,
                "date_from": "2026-04-15",
            }
        )
        table = self._report("breakage", *april)["tables"][0]
        cells = self._cells(table, "Test gift card, January 2026")
        self.assertEqual((cells["target"], cells["rate"]), (11.25, 0.2))

    def test_breakage_says_what_expired(self):
        self._live()
        self.unused.sudo().valid_until = "2026-02-20"
        self._commit()
        with freeze_time("2026-03-15 10:00:00"):
            self.env["giftcard.card"].sudo()._expire_due()
            self._commit()
        for (first, last), ended in zip(MONTHS, (0, 0, 50), strict=True):
            table = self._report("breakage", first, last)["tables"][0]
            self.assertEqual(self._cells(table, "Total")["ended"], ended)
        cohort = self._cells(table, "Test gift card, January 2026")
        self.assertEqual(cohort["ended_share"], 50 / 150)


@tagged("post_install", "-at_install")
class TestReportSettlement(GiftcardGroupCommon):
    """What one company owes the other, on three past days, for both of them."""

    _report = GiftcardReportLifeCommon._report
    _cells = GiftcardReportLifeCommon._cells
    _query = GiftcardReportLifeCommon._query
    _open_drill = GiftcardReportLifeCommon._open_drill
    assertFiles = GiftcardReportLifeCommon.assertFiles

    def _live(self):
        with freeze_time("2026-01-10 10:00:00"):
            session = self._open()
            card = self._sell(session, 100)
            self._close(session)
        with freeze_time("2026-02-10 10:00:00"):
            session = self._open_other()
            self._redeem_at_other(session, card, 60)
            self._run_queue()
        with freeze_time("2026-02-12 10:00:00"):
            self._close_other(session)
        with freeze_time("2026-03-10 10:00:00"):
            statement = self._settle()
            for side in (statement.company_id, statement.other_id):
                user = self.accountant if side == self.company else None
                self._pay(statement.with_user(user or self.other_accountant))
        return card

    def test_settlement_equals_the_accounts_at_three_past_days(self):
        self._live()
        query = """SELECT SUM(face), SUM(consideration), COUNT(*)
                     FROM giftcard_settlement
                    WHERE company_id = %s AND day BETWEEN %s AND %s"""
        owed = """SELECT -SUM(balance) FROM account_move_line
                   WHERE account_id = %s AND date <= %s
                     AND parent_state = 'posted'"""
        payable = self.company.giftcard_payable_account_id
        for (first, last), (count, still) in zip(
            MONTHS, ((0, 0), (1, 60), (0, 0)), strict=True
        ):
            report = self._report("group", first, last)
            uses, sides, each = report["tables"]
            rows = each["rows"] or [{"label": "Total", "cells": {"face": 0, "paid": 0}}]
            cells = rows[-1]["cells"]
            counted = self._query(query, self.company.id, first, last)
            self.assertEqual((cells["face"], cells["paid"], count), counted)
            if last != MONTHS[0][1]:
                if still:
                    self.assertEqual(self._cells(uses, "Our cards")["open"], still)
                else:
                    # used before and settled: nothing to tell of this month
                    self.assertFalse(uses["rows"])
                cells = self._cells(sides, self.other.name)
                self.assertEqual((cells["liability"], cells["due"]), (still, still))
                posted = self._query(owed, payable.id, last)
                self.assertEqual((cells["liability"],), posted)
                self.assertEqual(report["banner"]["kind"], "success")
            self.assertFiles(report)

    def test_settlement_lists_what_only_one_side_has(self):
        self._live()
        report = self._report("group", "2026-02-01", "2026-02-10")
        cells = self._cells(report["tables"][1], self.other.name)
        self.assertEqual(
            tuple(
                cells[name] for name in ("liability", "due", "waiting", "difference")
            ),
            (60, 0, 60, 0),
        )

    def test_settlement_from_the_other_side(self):
        self._live()
        with self._at_other():
            uses, sides, _each = self._report(
                "group", *MONTHS[1], user=self.other_accountant
            )["tables"]
        self.assertEqual(self._cells(uses, "used here")["paid"], 60)
        row = sides["rows"][0]
        items = self._open_drill(row["drill"])
        self.assertEqual(sum(items.mapped("balance")), 60)
        self.assertEqual(items.company_id, self.other)
