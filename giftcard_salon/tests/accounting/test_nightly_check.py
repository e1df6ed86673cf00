# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from ..group_common import GiftcardGroupCommon


@tagged("post_install", "-at_install")
class TestNightlyCheck(GiftcardGroupCommon):
    """Every night the cards are compared with the accounts, company by company."""

    def setUp(self):
        super().setUp()
        self.company.giftcard_account_protection = (
            self.other.giftcard_account_protection
        ) = "show"
        self.company.giftcard_accountant_id = self.accountant
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _night(self):
        self.env.flush_all()
        self.env.ref("giftcard_salon.ir_cron_nightly_check").method_direct_trigger()
        self.env.invalidate_all()

    def _post(self, amount, company_data=None, day=None):
        """Post by hand on the account of gift cards: more is owed."""
        data = company_data or self.company_data
        liability = data["company"].giftcard_liability_account_id
        move = (
            self.env["account.move"]
            .with_company(data["company"])
            .create(
                {
                    "move_type": "entry",
                    "journal_id": data["default_journal_misc"].id,
                    "date": day or "2026-01-15",
                    "line_ids": [
                        Command.create({"account_id": account.id, "balance": sign})
                        for account, sign in (
                            (liability, -amount),
                            (data["default_account_assets"], amount),
                        )
                    ],
                }
            )
        )
        move.action_post()
        return move

    def _match(self, company_data=None):
        """An accountant matches what was posted by hand, one with the other."""
        company = (company_data or self.company_data)["company"]
        self.env["account.move.line"].search(
            [
                ("account_id", "=", company.giftcard_liability_account_id.id),
                ("company_id", "=", company.id),
                ("giftcard_entry_id", "=", False),
                ("parent_state", "=", "posted"),
            ]
        ).reconcile()

    def _forge(self, *amounts):
        """Bills of the open till that say a card paid, made past every door."""
        for amount in amounts:
            self.env["pos.order"].create(
                self._payload(
                    self.session,
                    [self._line(self.services[20], amount)],
                    [self._payment(self.giftcard, amount)],
                    state="draft",
                )
            )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE pos_order SET state = 'paid' WHERE session_id = %s"
            " AND state = 'draft'",
            [self.session.id],
        )
        self.env.invalidate_all()

    def _finding(self, kind="tie_out", company=None):
        company = company or self.company
        return self.env["giftcard.finding"].search(
            [("company_id", "=", company.id), ("kind", "=", kind)]
        )

    def _response(self, **alarm):
        return self._finding(**alarm).activity_ids

    def test_nothing_to_tell_while_they_agree(self):
        self._night()
        alarm = self._finding()
        self.assertFalse(alarm.is_open or alarm.activity_ids)
        self.assertTrue(alarm.checked_at)
        # a company that never sold a card is not looked at
        self.assertFalse(self._finding(company=self.other))

    def test_difference_is_told_once_and_done_by_itself(self):
        self._post(12)
        self._night()
        activity = self._response()
        self.assertEqual(
            activity.summary,
            "The cards and the accounts differ by "
            + self.company.currency_id.format(12),
        )
        self.assertEqual(activity.user_id, self.accountant)
        self.assertIn("Since", activity.note)
        alarm = self._finding()
        self.assertEqual((alarm.amount, str(alarm.first_day)), (12, "2026-01-15"))
        self._night()
        self.assertEqual(self._response(), activity)
        # one more posting: the same activity says the new sum
        self._post(3, day="2026-01-10")
        self._night()
        self.assertEqual(self._response(), activity)
        self.assertIn(self.company.currency_id.format(15), activity.summary)
        self.assertEqual(str(self._finding().first_day), "2026-01-10")
        self._post(-15)
        self._night()
        # three lines that nobody explained yet are three, though they come to nothing
        self.assertEqual(activity.summary, "Lines that no gift card stands behind: 3")
        self.assertEqual(self._finding().amount, 30)
        self._match()
        self._night()
        self.assertFalse(self._response() or self._finding().is_open)
        self.assertIn("All is well again", "".join(alarm.message_ids.mapped("body")))
        self._night()
        self.assertFalse(self._response())

    def test_done_by_hand_too_early_comes_back(self):
        self._post(12)
        self._night()
        self._response().with_user(self.accountant).action_feedback(
            feedback="Looked at"
        )
        self.assertFalse(self._response())
        self._night()
        self.assertEqual(len(self._response()), 1)

    def test_companies_apart(self):
        with self._at_other():
            session = self._open_other()
            self._sell(session, 50)
        self._redeem_at_other(session, self.card, 10)
        self._post(12)
        self._post(7, self.other_data)
        self._night()
        own, other = self._response(), self._response(company=self.other)
        self.assertIn("12.00", own.summary)
        self.assertIn("7.00", other.summary)
        self.assertEqual(other.user_id, self.other_accountant)
        # each accountant sees the own company only
        alarms = self.env["giftcard.finding"].with_user(self.other_accountant)
        self.assertEqual(alarms.search([]).company_id.ids, self.other.ids)
        self._post(-7, self.other_data)
        self._match(self.other_data)
        self._night()
        self.assertFalse(self._response(company=self.other))
        self.assertEqual(self._response(), own)

    def test_open_till_and_draft_are_no_difference(self):
        """Cards of an open till are explained, before and after its closing."""
        self._redeem(self.session, self.card, 60)
        self._night()
        self.assertFalse(self._finding().is_open)
        self._close(self.session)
        self._night()
        self.assertFalse(self._finding().is_open)

    def test_forged_bills_of_an_open_till_are_told_one_by_one(self):
        self._forge(100, -100)
        self._night()
        self.assertEqual(
            self._response().summary, "Lines that no gift card stands behind: 2"
        )
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        self.assertEqual(report.unbacked_ids.mapped("amount"), [-100, 100])
        self.assertEqual((report.difference, report.is_equal), (200, False))
        self.assertFalse(any(report.column_ids.mapped("difference")))
        # the closing posts them: two lines of one entry, and still two
        self._close(self.session)
        self._night()
        self.assertEqual(
            self._response().summary, "Lines that no gift card stands behind: 2"
        )
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        self.assertEqual(sorted(report.unbacked_ids.mapped("amount")), [-100, 100])
        rows = self.env["giftcard.report.liability"]._build_tie_out(
            report, {"company": self.company, "date_to": report.day}
        )["rows"]
        labels = [row["label"] for row in rows]
        self.assertEqual(sum("No card stands behind" in label for label in labels), 2)

    def test_forged_line_and_changed_payment_are_told(self):
        order = self._redeem(self.session, self.card, 60)
        sold = self.env["pos.order.line"].search(
            [("giftcard_card_id", "=", self.card.id)]
        )
        self.env.cr.execute(
            "UPDATE pos_payment SET amount = 20 WHERE id = %s", [order.payment_ids.id]
        )
        self.env.cr.execute(
            "UPDATE pos_order_line SET giftcard_entry_id = NULL WHERE id = %s",
            [sold.id],
        )
        self.env.invalidate_all()
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        self.assertEqual(sorted(report.unbacked_ids.mapped("amount")), [-20, 100])
        names = report.unbacked_ids.mapped("name")
        self.assertTrue(all(name.endswith(" at Till A") for name in names), names)

    def test_who_is_told(self):
        other_user = self._make_user(
            "giftcard_accountant_2",
            "base.group_user,account.group_account_manager",
            self.company,
        )
        self.company.giftcard_accountant_id = other_user
        self._post(12)
        self._night()
        activity = self._response()
        self.assertEqual(activity.user_id, other_user)
        # chosen, but gone: the company's first accountant
        other_user.active = False
        self._night()
        self.assertEqual(self._response(), activity)
        self.assertEqual(
            activity.user_id, self._finding()._get_accountant(), activity.user_id.login
        )
        self.assertNotEqual(activity.user_id, other_user)
        self.assertTrue(activity.user_id.has_group("giftcard_salon.group_accountant"))
        self.assertEqual(activity.user_id.company_id, self.company)

    def test_uses_that_cannot_be_posted_are_told(self):
        with self._at_other():
            session = self._open_other()
        self._redeem_at_other(session, self.card, 60)
        self._run_queue()
        self._night()
        self.assertFalse(self._finding("settlement").is_open)
        journal = self.company.giftcard_journal_id
        self.company.giftcard_journal_id = False
        self._redeem_at_other(session, self.card, 10)
        self._run_queue()
        self._night()
        activity = self._response(kind="settlement")
        self.assertIn("could not be posted: 1", activity.summary)
        self.assertIn("Gift card journal", activity.note)
        self.assertFalse(self._response())
        self.company.giftcard_journal_id = journal
        self._run_queue()
        self._night()
        self.assertFalse(self._response(kind="settlement"))

    def test_one_company_in_trouble_does_not_stop_the_others(self):
        with self._at_other():
            self._sell(self._open_other(), 50)
        self._post(7, self.other_data)
        alarms = type(self.env["giftcard.finding"])
        check = alarms._check_company

        def broken(alarm, company):
            if company == self.company:
                raise ZeroDivisionError
            return check(alarm, company)

        with (
            patch.object(alarms, "_check_company", broken),
            self.assertLogs("odoo.addons.giftcard_salon", "ERROR"),
        ):
            self._night()
        self.assertEqual(len(self._response(company=self.other)), 1)

    def test_accountant_opens_the_row_and_checks_again(self):
        move = self._post(12)
        self._night()
        alarm = self._finding().with_user(self.accountant)
        self.assertEqual(alarm.action_open_report()["tag"], "giftcard_salon.report")
        self._post(-12, day=move.date)
        self._match()
        alarm.action_check()
        self.assertFalse(alarm.is_open)
        self.assertFalse(
            self.env["giftcard.finding"].with_user(self.cashier).has_access("read")
        )
