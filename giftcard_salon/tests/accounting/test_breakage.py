# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestBreakage(GiftcardTillCommon):
    """Row 11 of docs/rules.rst: income in proportion to use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contra = cls.company.giftcard_contra_account_id
        cls.company.giftcard_income_mode = "proportion"
        cls.accountant = new_test_user(
            cls.env,
            "giftcard_breakage_accountant",
            groups="account.group_account_manager",
            company_id=cls.company.id,
        )

    def setUp(self):
        super().setUp()
        self.today = self.env["giftcard.card"]._today(self.company)
        self.session = self._open()

    def _estimate(self, rate, **values):
        return (
            self.env["giftcard.breakage.estimate"]
            .with_user(self.accountant)
            .create({"type_id": self.card_type.id, "rate": rate, **values})
        )

    def _run(self, day=None):
        """Take the income; return the run, if anything changed."""
        wizard = self.env["giftcard.breakage.wizard"].with_user(self.accountant)
        answer = wizard.create({"date": day or self.today}).action_run()
        return self.env["giftcard.breakage.run"].browse(answer.get("res_id"))

    def _redeem_card(self, card, amount):
        self._redeem(self.session, card, amount)

    def _balance(self, account):
        items = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return round(sum(items.mapped("balance")), 2)

    def _end(self, *cards):
        for card in cards:
            card.sudo().write({"valid_until": self.today - timedelta(days=1)})
        self._commit()
        self.env["giftcard.card"].sudo()._expire_due()
        self._commit()

    def test_estimate_catch_up_and_expiry_to_the_cent(self):
        """C16: 10,000.00 sold; 10 %, then 15 %; what expires is 1,600.00."""
        card = self._sell(self.session, 10000)
        self._estimate(10)
        for used, income, so_far in ((4000, 444.44, 444.44), (3000, 333.34, 777.78)):
            self._redeem_card(card, used)
            run = self._run()
            self.assertEqual((run.amount, run.line_ids.target), (income, so_far))
            self.assertEqual(self._balance(self.contra), so_far)
        self._estimate(15)
        self.assertEqual(self._run().amount, 457.51)
        self.assertEqual(self._balance(self.contra), 1235.29)
        self._redeem_card(card, 1400)
        run = self._run()
        self.assertEqual((run.amount, run.line_ids.rate), (247.06, 15))
        self.assertEqual(run.move_id.state, "posted")
        line = run.line_ids
        self.assertEqual(
            (line.sold, line.redeemed, line.liability, line.before, line.recognised),
            (10000, 8400, 1600, 1235.29, 1482.35),
        )
        self._close(self.session)
        self.assertTiesOut()
        self._end(card)
        move = card.sudo().journal_item_ids.move_id.sorted("id")[-1]
        by_account = {item.account_id: item.balance for item in move.line_ids}
        self.assertEqual(
            by_account,
            {
                self.liability: 1600,
                self.contra: -1482.35,
                self.company.giftcard_income_account_id: -117.65,
            },
        )
        self.assertEqual(self._balance(self.contra), 0)
        self.assertFalse(self._run())
        self.assertTiesOut()

    def test_second_run_of_a_day_posts_nothing(self):
        card = self._sell(self.session, 100)
        self._estimate(10)
        self._redeem_card(card, 45)
        self.assertEqual(self._run().amount, 5)
        self.assertFalse(self._run())
        self.assertEqual(self._balance(self.contra), 5)

    def test_never_more_than_is_owed_and_back_again(self):
        """The cap: 50 % of 100.00, and 90.00 used of it: 10.00 is owed."""
        card = self._sell(self.session, 100)
        self._estimate(50)
        self._redeem_card(card, 40)
        self.assertEqual(self._run().amount, 40)
        self._redeem_card(card, 50)
        wizard = self.env["giftcard.breakage.wizard"].create({})
        self.assertRegex(wizard.effect, "Takes back .*30.00 of income")
        self.assertEqual(self._run().amount, -30)
        self.assertEqual(self._balance(self.contra), 10)

    def test_lower_estimate_takes_income_back(self):
        card = self._sell(self.session, 1000)
        self._estimate(20)
        self._redeem_card(card, 400)
        self.assertEqual(self._run().amount, 100)
        self._estimate(10)
        self.assertEqual(self._run().amount, -55.56)
        self.assertEqual(self._balance(self.contra), 44.44)

    def test_each_ended_card_takes_its_share_of_the_cohort(self):
        """Three cards of 100.00 and 100.00 used: 11.11 of 300.00 are income."""
        cards = self._sell(self.session, 100, 100, 100, 100)
        self._estimate(10)
        self._redeem_card(cards[0], 100)
        self.assertEqual(self._run().amount, 11.11)
        self._end(cards[1], cards[2])
        ends = self.env["giftcard.breakage"].search(
            [("entry_id.card_id", "in", cards.ids)]
        )
        self.assertEqual(sorted(ends.mapped("amount")), [-3.71, -3.7])
        self.assertEqual(self._balance(self.contra), 3.7)
        cards[1]._extend(self.today + timedelta(days=30), "Ill")
        self._commit()
        self.assertEqual(self._balance(self.contra), 7.4)
        self.assertFalse(self._run())
        self._end(cards[1], cards[3])
        self.assertEqual(self._balance(self.contra), 0)

    def test_what_the_state_gets_is_no_income(self):
        card = self._sell(self.session, 100)
        self._estimate(10)
        self._redeem_card(card, 45)
        self.assertEqual(self._run().amount, 5)
        wizard = self.env["giftcard.escheat"].with_context(
            active_model="giftcard.card", active_ids=card.ids
        )
        wizard.create({"reason": "Law"}).action_escheat()
        self.assertEqual(self._balance(self.contra), 0)
        self.assertEqual(self._balance(self.company.giftcard_income_account_id), 0)
        self.assertEqual(self._balance(self.company.giftcard_escheat_account_id), -55)

    def test_cohorts_are_apart_and_other_types_are_left_alone(self):
        old, new = self._sell(self.session, 100, 100)
        old.sudo().write({"sold_at": "2020-01-15 12:00:00"})
        self._commit()
        self._estimate(10)
        self.card_product = self._make_type().product_ids.product_variant_ids
        other = self._sell(self.session, 100)
        for card, amount in ((old, 45), (new, 90), (other, 50)):
            self._redeem_card(card, amount)
        run = self._run()
        found = {line.month.year: line.amount for line in run.line_ids}
        self.assertEqual(found, {2020: 5, self.today.year: 10})
        self.assertEqual(run.line_ids.type_id, self.card_type)

    def test_type_decides_for_itself(self):
        self.company.giftcard_income_mode = "expiry"
        card = self._sell(self.session, 100)
        self._estimate(10)
        self._redeem_card(card, 45)
        self._refused("set a card type, or the company", self._run)
        self.card_type.income_mode = "proportion"
        self.assertEqual(self._run().amount, 5)

    def test_month_end_runs_once_by_itself(self):
        card = self._sell(self.session, 100)
        self._redeem_card(card, 45)
        self._estimate(10, date_from="2020-01-01")
        month_end = self.today.replace(day=1) - timedelta(days=1)
        runs = self.env["giftcard.breakage.run"].sudo()
        own = [("company_id", "=", self.company.id)]
        runs._run_month_end()
        self.assertFalse(runs.search(own))
        self.env.cr.execute(
            "ALTER TABLE giftcard_entry DISABLE TRIGGER giftcard_entry_only_grows"
        )
        self.env.cr.execute("UPDATE giftcard_entry SET day = %s", [month_end])
        self.env.cr.execute(
            "ALTER TABLE giftcard_entry ENABLE TRIGGER giftcard_entry_only_grows"
        )
        self.env.invalidate_all()
        for _ in range(2):
            runs._run_month_end()
            run = runs.search(own)
            self.assertEqual((run.date, run.amount), (month_end, 5))
        self.assertEqual(run.move_id.date, month_end)

    def test_earlier_day_than_the_last_run_is_refused(self):
        card = self._sell(self.session, 100)
        self._estimate(10)
        self._redeem_card(card, 45)
        self._run()
        self._refused(
            "figures of .* stay as they are",
            lambda: self._run(self.today - timedelta(days=1)),
        )

    def test_used_estimate_is_kept(self):
        card = self._sell(self.session, 100)
        estimate = self._estimate(10)
        estimate.rate = 12
        self._redeem_card(card, 44)
        self.assertEqual(self._run().amount, 6)
        self._refused("so it is kept", lambda: estimate.write({"rate": 20}))
        self._refused("so it is kept", estimate.unlink)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self._estimate(100)

    def test_entry_of_a_run_is_not_taken_back_by_hand(self):
        card = self._sell(self.session, 100)
        self._estimate(10)
        self._redeem_card(card, 45)
        move = self._run().move_id.with_user(self.accountant)
        for attempt in (move.button_draft, move._reverse_moves):
            with self.assertRaisesRegex(UserError, "estimate"):
                attempt()
