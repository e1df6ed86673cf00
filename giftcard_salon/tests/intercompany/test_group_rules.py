# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..group_common import GiftcardGroupCommon


@tagged("post_install", "-at_install")
class TestGroupRules(GiftcardGroupCommon):
    """Where a card is taken, who sees what, and what happens when a book says no."""

    def setUp(self):
        super().setUp()
        self.card = self._issue(100)
        self.session = self._open_other()

    def _look_up(self, card):
        till = self.other_giftcard.with_user(self.other_cashier)
        return till.giftcard_lookup(card._reveal(), self.session.id)

    def _refused_there(self, sentence, card=None):
        """Neither look-up nor hold take the card in company B."""
        card = card or self.card
        self.assertRegex(self._look_up(card)["refusal"], sentence)
        self._refused(sentence, lambda: self._redeem_at_other(self.session, card, 10))

    # === WHERE A CARD IS RECOGNISED === #

    def test_till_of_the_group_learns_the_balance(self):
        facts = self._look_up(self.card)
        self.assertEqual((facts["available"], facts["refusal"]), (100, ""))
        self.assertIn(self.other.name, facts["where"])
        self.assertFalse({"buyer", "recipient", "price", "sender"} & set(facts))

    def test_both_companies_name_each_other(self):
        self.assertEqual(self.other.giftcard_group_company_ids, self.company)
        self.other.giftcard_group_company_ids = False
        self.assertFalse(self.company.giftcard_group_company_ids)
        with self.assertRaisesRegex(UserError, "its own gift cards"):
            self.company.giftcard_group_company_ids = self.company

    def test_company_that_left_the_group_takes_none(self):
        self.company.giftcard_group_company_ids = False
        self._refused_there("was sold by .* and cannot be used here. Take another")
        third = self.env["res.company"].create({"name": "Spa C"})
        self.company.giftcard_group_company_ids = third
        self._refused_there("not among its Group companies that settle gift cards")

    def test_card_keeps_the_companies_of_its_sale(self):
        only_own = self._make_type(company_ids=[Command.set(self.company.ids)])
        refused = self._issue(50, only_own)
        only_own.company_ids += self.other
        self._refused_there("was sold by", refused)
        taken = self._issue(50, only_own)
        only_own.company_ids = self.company
        self._redeem_at_other(self.session, taken, 10)
        self.assertCard(taken, 40)
        replaced = taken._replace("lost")
        self.assertEqual(replaced.sudo().company_ids, self.company | self.other)

    def test_missing_accounts_are_named_before_money_changes_hands(self):
        self.company.giftcard_payable_account_id = False
        self._refused_there('"Owed by us to group companies" of .* is empty')
        self.env["giftcard.accounting"]._set_up(self.company)
        self._close_other(self.session)
        self.other.giftcard_receivable_account_id = False
        self.assertRegex(
            self.card._get_company_refusal(self.other),
            '"Owed to us by group companies" of Spa B is empty',
        )

    def test_books_in_another_currency_are_refused(self):
        self.other.sudo().currency_id = self.env.ref("base.CHF")
        refusal = self.card._get_company_refusal(self.other)
        self.assertIn("they cannot settle it", refusal)

    def test_money_is_added_only_where_the_card_was_sold(self):
        refusal = self.card._get_topup_refusal(
            self.card_type, self.other, self.company.currency_id
        )
        self.assertIn("money is added there", refusal)

    def test_day_of_the_seller_counts(self):
        """Its last day is over in Auckland while New York still has it."""
        self.company.giftcard_tz = "Pacific/Auckland"
        self.other.giftcard_tz = "America/New_York"
        self.card.sudo().valid_until = self.card._today(self.other)
        if self.card._today(self.company) == self.card._today(self.other):
            self.company.giftcard_tz, self.other.giftcard_tz = "UTC", "UTC"
            self.card.sudo().valid_until = "2000-01-01"
        self._commit()
        self._refused_there("expired on")

    def test_use_needs_the_company_that_holds(self):
        """A hold of company B is no use of company A."""
        with self._at_other():
            self._hold(self.card.with_env(self.env), 10, key="elsewhere")
        with self.assertRaisesRegex(UserError, "could not be used"):
            self.env["giftcard.redemption"].sudo()._capture(
                "elsewhere", 10, self._origin()
            )

    def test_money_goes_back_where_it_was_used(self):
        """Company C cannot give back what company B used; company A can."""
        order = self._redeem_at_other(self.session, self.card, 60)
        use = order.payment_ids.sudo().giftcard_redemption_id
        third = self.env["res.company"].create({"name": "Spa C"})
        with self.assertRaisesRegex(UserError, "used at Spa B"):
            use._refund(10, "back-at-c", self._origin(company=third))
        use._refund(10, "back-at-a", self._origin())
        self.assertCard(self.card, 50)
        # company A gives it back with a document of its own: B owes nothing
        self.assertEqual(self._rows().mapped("consideration"), [60])

    # === THE QUEUE === #

    def test_one_broken_row_does_not_stop_the_others(self):
        self._redeem_at_other(self.session, self.card, 10)
        self._redeem_at_other(self.session, self.card, 20)
        first, second = self._rows()
        prepare = type(first)._prepare_issuer_move

        def broken(row):
            if row == first:
                raise ZeroDivisionError
            return prepare(row)

        with (
            patch.object(type(first), "_prepare_issuer_move", broken),
            self.assertLogs("odoo.addons.giftcard_salon", "ERROR"),
        ):
            self._run_queue()
        self.assertEqual((first.state, second.state), ("failed", "posted"))
        self._run_queue()
        self.assertEqual(first.state, "posted")
        self.assertPostings(self.company, payable=-30)

    def test_posting_twice_posts_once(self):
        self._redeem_at_other(self.session, self.card, 60)
        for _time in range(3):
            self._run_queue()
            self._rows().sudo()._post_rows()
        self.assertPostings(self.company, payable=-60)

    def test_open_till_waits_for_the_next_settlement(self):
        """Only what both sides have in their books is settled."""
        self._redeem_at_other(self.session, self.card, 60)
        self.assertFalse(self._settle())
        wizard = self.env["giftcard.settle"].with_user(self.accountant).create({})
        wizard.date_to = self._rows().day
        with self.assertRaisesRegex(UserError, "not in the books of both"):
            wizard.action_settle()
        self._close_other(self.session)
        wizard.action_settle()
        self.assertEqual(len(self._rows().statement_id), 1)

    def test_settlement_can_be_taken_back_until_it_is_paid(self):
        self._redeem_at_other(self.session, self.card, 60)
        self._close_other(self.session)
        statement = self._settle().with_user(self.accountant)
        statement.action_take_back()
        self.assertFalse(self._rows().statement_id)
        statement = self._settle().with_user(self.accountant)
        self._pay(statement)
        with self.assertRaisesRegex(UserError, "is paid"):
            statement.action_take_back()

    # === WHO SEES WHAT === #

    def test_each_side_sees_the_use_and_its_own_books_only(self):
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [
                {
                    "key": "told-apart",
                    "value": 100,
                    "recipient": "Marie",
                    "sender": "Paul",
                }
            ],
            "issue",
            self._origin(),
        )
        self._commit()
        order = self._redeem_at_other(self.session, card, 60)
        self._close_other(self.session)
        self._run_queue()
        row = self._rows()
        use = order.payment_ids.sudo().giftcard_redemption_id
        for user, company in (
            (self.accountant, self.company),
            (self.other_accountant, self.other),
        ):
            seen = row.with_user(user)
            self.assertEqual(seen.reader_move_ids.company_id, company)
            self.assertEqual(seen.read(["consideration"])[0]["consideration"], 60)
            self.assertEqual(use.with_user(user).amount, 60)
            with self.assertRaises(AccessError):
                seen.read(["issuer_move_id"])
            with self.assertRaises(AccessError):
                seen.write({"consideration": 1})
        self.assertEqual(card.with_user(self.accountant).recipient, "Marie")
        for record in (card, card.entry_ids[:1]):
            with self.assertRaises(AccessError):
                record.with_user(self.other_accountant).read([])
        web = row.with_user(self.other_accountant).web_read(
            {"card_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(web[0]["card_id"]["display_name"], card.name)
        found = self.env["giftcard.card"].with_user(self.other_accountant)
        self.assertFalse(found.search([("id", "=", card.id)]))

    def test_desk_of_the_other_company_does_not_find_the_card(self):
        self.other_cashier.group_ids += self.env.ref("giftcard_salon.group_desk")
        till = self.other_giftcard.with_user(self.other_cashier)
        self.assertFalse(till.giftcard_find(self.card.last4, self.session.id))
        with self.assertRaises(UserError):
            till.giftcard_reprint(self.card.id, self.session.id)

    def test_balance_elsewhere_tells_own_uses_only(self):
        session = self._open()
        self._redeem(session, self.card, 30)
        till = self.other_giftcard.with_user(self.other_cashier)
        facts = till.giftcard_balance(self.card._reveal(), self.session.id)
        self.assertEqual((facts["redemptions"], facts["is_own"]), ([], False))
        own = self.giftcard.giftcard_balance(self.card._reveal(), session.id)
        self.assertTrue(own["is_own"])
        self._redeem_at_other(self.session, self.card, 20)
        facts = till.giftcard_balance(self.card._reveal(), self.session.id)
        self.assertEqual(facts["available"], 50)
        self.assertEqual([use["amount"] for use in facts["redemptions"]], [-20])

    def test_comparison_with_the_accounts_is_ones_own(self):
        """Nor are its columns and open documents read past it."""
        self._redeem_at_other(self.session, self.card, 60)
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        self.assertTrue(report.line_ids and report.column_ids)
        for records in (report, report.line_ids, report.column_ids):
            found = [
                records.with_user(user).search([("id", "in", records.ids)])
                for user in (self.accountant, self.other_accountant)
            ]
            self.assertEqual(found, [records, records.browse()])

    def test_third_company_sees_nothing(self):
        self._redeem_at_other(self.session, self.card, 60)
        self._close_other(self.session)
        statement = self._settle()
        third = self.env["res.company"].create({"name": "Spa C"})
        stranger = self._make_user(
            "giftcard_stranger",
            "base.group_user,giftcard_salon.group_accountant",
            third,
        )
        for model in ("giftcard.settlement", "giftcard.statement"):
            self.assertFalse(self.env[model].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            statement.with_user(stranger).action_take_back()
        with self.assertRaises(AccessError):
            self._pay(statement.with_user(stranger))
        with self.assertRaises(AccessError):
            self._rows().with_user(self.other_accountant).action_post_now()
        with self.assertRaises(AccessError):
            self._rows().with_user(self.other_cashier).read(["face"])

    def test_other_companys_client_is_not_in_the_sellers_ledger(self):
        stranger = self.env["res.partner"].create(
            {"name": "Client of B", "company_id": self.other.id}
        )
        with self._at_other():
            self._hold(
                self.card.with_env(self.env), 5, key="hers", partner_id=stranger.id
            )
            self._hold(
                self.card.with_env(self.env), 5, key="ours", partner_id=self.client.id
            )
            for key, client in (("hers", stranger), ("ours", self.client)):
                self.env["giftcard.redemption"].sudo()._capture(
                    key, 5, self._origin(partner_id=client.id)
                )
        entries = self.card.entry_ids.filtered(lambda entry: entry.kind == "redeem")
        self.assertEqual(
            entries.sorted("id").mapped("partner_ref"), [0, self.client.id]
        )
