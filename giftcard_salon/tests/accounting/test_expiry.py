# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestExpiry(GiftcardTillCommon):
    """Rows 10 and 12 of docs/rules.rst, through cron and wizards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.income = cls.company.giftcard_income_account_id
        cls.manager = new_test_user(
            cls.env,
            "giftcard_end_manager",
            groups="giftcard_salon.group_manager",
            company_id=cls.company.id,
        )
        cls.accountant = new_test_user(
            cls.env,
            "giftcard_end_accountant",
            groups="account.group_account_manager",
            company_id=cls.company.id,
        )

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.today = self.env["giftcard.card"]._today(self.company)

    def _age(self, *cards, days=1):
        """The last day of the cards was ``days`` ago."""
        for card in cards:
            card.sudo().write({"valid_until": self.today - timedelta(days=days)})
        self._commit()

    def _run_cron(self):
        self.env["giftcard.card"].sudo()._expire_due()
        self._commit()

    def _moves_of(self, *cards):
        ids = [card.id for card in cards]
        items = self.env["account.move.line"].search([("giftcard_card_id", "in", ids)])
        own = items.move_id.filtered(
            lambda move: move.journal_id == self.company.giftcard_journal_id
        )
        return own.sorted("id")

    def test_rest_becomes_income_without_vat(self):
        """C15: 50.00 sold, 25.01 used, 24.99 is income."""
        card = self._sell(self.session, 50)
        self._redeem(self.session, card, 25.01)
        self._close(self.session)
        self._run_cron()
        self.assertCard(card, 24.99, status="partial")
        self._age(card)
        self._run_cron()
        self.assertCard(card, 0, status="expired")
        self.assertEqual((card.state, card.close_reason), ("closed", "expired"))
        move = self._moves_of(card)
        self.assertPosted(move, liability=24.99, lost=-24.99)
        self.assertFalse(move.line_ids.tax_ids)
        self.assertFalse(move.line_ids.tax_tag_ids)
        self.assertTiesOut()
        self._run_cron()
        self.assertEqual(self._moves_of(card), move)

    def test_one_entry_per_run_one_pair_per_card(self):
        cards = self._sell(self.session, 50, 100)
        self._close(self.session)
        self._age(*cards)
        self._run_cron()
        move = self._moves_of(*cards)
        self.assertEqual(len(move), 1)
        pairs = [
            (item.account_id, item.balance, item.giftcard_card_id)
            for item in move.line_ids.sorted("id")
        ]
        self.assertEqual(
            pairs,
            [
                (self.liability, 50, cards[0]),
                (self.income, -50, self.env["giftcard.card"]),
                (self.liability, 100, cards[1]),
                (self.income, -100, self.env["giftcard.card"]),
            ],
        )

    def test_client_is_told_the_same_before_and_after(self):
        card = self._sell(self.session, 50)
        self._age(card)
        told = []
        for _ in range(2):
            facts = self.giftcard.giftcard_lookup(card._reveal(), self.session.id)
            told.append((facts["status"], facts["refusal"]))
            self._refused(
                "This card expired on", lambda: self._hold_at(self.session, card, 10)
            )
            self._run_cron()
        self.assertEqual(*told)
        self.assertEqual(told[0][0], "expired")

    def test_last_day_and_days_of_grace_are_waited_for(self):
        self.company.giftcard_grace_days = 30
        on_last_day, in_grace, over = self._sell(self.session, 10, 20, 30)
        for card, days in ((on_last_day, 0), (in_grace, 30), (over, 31)):
            self._age(card, days=days)
        self._run_cron()
        self.assertCard(on_last_day, 10, status="active")
        self.assertCard(in_grace, 20, status="expired")
        self.assertEqual(in_grace.state, "active")
        self.assertCard(over, 0, status="expired")

    def test_money_on_hold_waits(self):
        card = self._sell(self.session, 100)
        payment = self._hold_at(self.session, card, 40)
        self._age(card)
        self._run_cron()
        self.assertCard(card, 60, held=40)
        payload = self._payload(
            self.session, [self._line(self.services[20], 40)], [payment]
        )
        self._sync(payload)
        self._run_cron()
        self.assertCard(card, 0, status="expired")
        self._close(self.session)
        self.assertPosted(self._moves_of(card), liability=60, lost=-60)
        self.assertTiesOut()

    def test_never_where_the_law_or_the_type_says_so(self):
        kept_type = self._make_type(income_mode="never")
        self.card_product = kept_type.product_ids.product_variant_ids
        card = self._sell(self.session, 50)
        self._age(card)
        self._run_cron()
        self.assertCard(card, 50, status="expired")
        kept_type.income_mode = False
        self.company.giftcard_expiry_forbidden = True
        self._run_cron()
        self.assertCard(card, 50, status="expired")
        endless = self._sell(self.session, 50)
        self.assertFalse(endless.valid_until)
        self.company.write(
            {"giftcard_expiry_forbidden": False, "giftcard_least_months": 60}
        )
        long = self._sell(self.session, 50)
        self.assertEqual(long.valid_until.year, self.today.year + 5)

    def test_extension_after_expiry_posts_the_opposite(self):
        card = self._sell(self.session, 100)
        self._redeem(self.session, card, 20)
        self._close(self.session)
        self._age(card)
        self._run_cron()
        until = self.today + timedelta(days=90)
        wizard = self.env["giftcard.extend"].create(
            {"card_id": card.id, "reason": "Ill for months", "valid_until": until}
        )
        self.assertIn("80.00", wizard.effect)
        self.assertIn("back into what you owe clients.", wizard.effect)
        wizard.action_extend()
        self._commit()
        self.assertCard(card, 80, status="partial")
        expiry, back = self._moves_of(card)
        self.assertPosted(expiry, liability=80, lost=-80)
        self.assertPosted(back, liability=-80, lost=80)
        self.assertTiesOut()
        session = self._open()
        self._redeem(session, card, 80)
        self._close(session)
        self.assertCard(card, 0, status="used")
        self.assertTiesOut()

    def test_extension_to_a_day_that_is_over_is_refused(self):
        card = self._sell(self.session, 100)
        self._age(card, days=10)
        self._run_cron()
        late = self.today - timedelta(days=5)
        self._refused("is over. Choose today", lambda: card._extend(late, "Reason"))

    def test_card_expires_and_comes_back_as_often_as_need_be(self):
        card = self._sell(self.session, 100)
        self._close(self.session)
        card.with_user(self.manager)._block("Found in the street")
        for number in (1, 2):
            self._age(card)
            self._run_cron()
            self.assertCard(card, 0, status="expired")
            card._extend(self.today + timedelta(days=number), "Once more")
            self._commit()
            self.assertCard(card, 100, status="blocked")
        self.assertEqual(len(self._moves_of(card)), 4)
        self.assertTiesOut()

    def test_bonus_card_gives_income_of_what_was_paid(self):
        """C25: 100.00 for 120.00; 20.00 of value are 16.67 of income."""
        wizard = self.env["giftcard.issue"].create(
            {
                "type_id": self.card_type.id,
                "amount": 120,
                "price": 100,
                "account_id": self.company_data["default_account_assets"].id,
                "reason": "Anniversary",
            }
        )
        wizard.action_issue()
        self._commit()
        card = self.env["giftcard.card"].search([], limit=1, order="id desc")
        hold = self._hold(card, 100)
        self._capture(hold["key"], 100)
        self._commit()
        self.assertCard(card, 20)
        self._age(card)
        self._run_cron()
        self.assertPosted(self._moves_of(card)[-1], liability=16.67, lost=-16.67)
        self.assertEqual(card.available_consideration, 0)

    def test_free_card_ends_without_an_entry(self):
        wizard = self.env["giftcard.issue"].create(
            {
                "type_id": self.card_type.id,
                "amount": 20,
                "price": 0,
                "reason": "A gesture",
            }
        )
        wizard.action_issue()
        self._commit()
        card = self.env["giftcard.card"].search([], limit=1, order="id desc")
        self._age(card)
        self._run_cron()
        self.assertCard(card, 0, status="expired")
        self.assertFalse(self._moves_of(card))

    def test_wizard_says_what_it_does_and_skips_the_grace(self):
        self.company.giftcard_grace_days = 30
        cards = self._sell(self.session, 50, 100)
        self._age(cards[0])
        wizard = self.env["giftcard.expire"].with_user(self.accountant)
        every = wizard.create({})
        self.assertIn("No card waits", every.refusal)
        with self.assertRaisesRegex(UserError, "No card waits"):
            every.action_expire()
        chosen = wizard.with_context(
            active_model="giftcard.card", active_ids=cards.ids
        ).create({"reason": "Year end"})
        self.assertRegex(chosen.effect, r"closed: 1, with .*50.00.*50.00.*income today")
        chosen.action_expire()
        self.assertCard(cards[0], 0, status="expired")
        self.assertCard(cards[1], 100, status="active")
        self.assertIn("Year end", self._moves_of(cards[0]).ref)

    def test_who_may_not_end_cards(self):
        card = self._sell(self.session, 50)
        self._age(card)
        desk = new_test_user(
            self.env,
            "giftcard_end_desk",
            groups="giftcard_salon.group_desk",
            company_id=self.company.id,
        )
        for user in (desk, self.cashier):
            for model in ("giftcard.expire", "giftcard.escheat", "giftcard.remit"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({})

    def test_state_gets_what_nobody_claims(self):
        """C18: 50.00 sold, 12.50 used, 37.50 is owed to the State, then paid."""
        card = self._sell(self.session, 50)
        self._redeem(self.session, card, 12.5)
        self._close(self.session)
        wizard = (
            self.env["giftcard.escheat"]
            .with_user(self.accountant)
            .with_context(active_model="giftcard.card", active_ids=card.ids)
            .create({"reason": "Report 2026"})
        )
        self.assertRegex(wizard.effect, "closed: 1.*37.50.*to the State.*no income")
        wizard.action_escheat()
        self._commit()
        self.assertCard(card, 0, status="escheated")
        escheat = self.company.giftcard_escheat_account_id
        balances = {
            item.account_id: item.balance for item in self._moves_of(card).line_ids
        }
        self.assertEqual(balances, {self.liability: 37.5, escheat: -37.5})
        self.assertTiesOut()
        remit = self.env["giftcard.remit"].with_user(self.accountant).create({})
        self.assertEqual((remit.liability, remit.amount), (37.5, 37.5))
        remit.amount = 40
        self._refused("to .*37.50", remit.action_remit)
        remit.amount = 37.5
        move = self.env["account.move"].browse(remit.action_remit()["res_id"])
        bank = self.company_data["default_journal_bank"].default_account_id
        balances = {item.account_id: item.balance for item in move.line_ids}
        self.assertEqual(balances, {escheat: 37.5, bank: -37.5})
        facts = self.giftcard.giftcard_lookup(card._reveal(), self._open().id)
        self.assertIn("went to the State. Ask a manager", facts["refusal"])

    def test_closed_period_gives_way_to_the_first_open_day(self):
        card = self._sell(self.session, 50)
        self._close(self.session)
        self._age(card)
        self.company.sudo().fiscalyear_lock_date = Date.to_string(self.today)
        self._run_cron()
        self.assertCard(card, 0, status="expired")
        move = self._moves_of(card)
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.date, self.today + timedelta(days=1))

    def test_missing_setting_leaves_the_cards_and_stops_no_other_company(self):
        card = self._sell(self.session, 50)
        self._close(self.session)
        self._age(card)
        self.company.giftcard_income_account_id = False
        with self.assertLogs("odoo.addons.giftcard_salon", "WARNING") as logs:
            self._run_cron()
        self.assertIn('setting "Income from unused cards"', logs.output[0])
        self.assertCard(card, 50, status="expired")
        wizard = self.env["giftcard.expire"].create({})
        self._refused("Income from unused cards.*Settings", wizard.action_expire)
