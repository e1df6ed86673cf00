# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import Form, tagged

from ..group_common import GiftcardGroupCommon
from ..invoice_common import DESK


@tagged("post_install", "-at_install")
class TestGroupPostings(GiftcardGroupCommon):
    """A card of company A pays at company B: both books, to the cent."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self._close(self.session)
        self.session = self._open_other()

    def test_use_elsewhere_is_posted_on_both_sides(self):
        """C46, steps 1 to 3."""
        self.assertPostings(self.company, liability=-100)
        self._redeem_at_other(self.session, self.card, 60, user=self.other_cashier)
        self.assertCard(self.card, 40, status="partial")
        row = self._rows()
        self.assertEqual(
            (row.company_id, row.redeemer_id, row.consideration, row.vat_by, row.state),
            (self.company, self.other, 60, "redeemer", "queued"),
        )
        entry = row.entry_id
        self.assertEqual(entry.company_id, self.company)
        self.assertEqual(entry.location_id.company_id, self.other)
        report = self.assertBothTieOut()
        self.assertEqual(report.line_ids.mapped("amount"), [-60])
        self.assertEqual(report.line_ids.source_model, "giftcard.settlement")
        waiting = "uses in other companies that are not in their books yet: 1"
        modules = self.env["ir.module.module"]
        self.assertIn(waiting, "".join(modules._get_giftcard_debts()))
        self._run_queue()
        self.assertEqual(row.state, "posted")
        self.assertNotIn("their books yet", "".join(modules._get_giftcard_debts()))
        self.assertPostings(self.company, liability=-40, payable=-60)
        self.assertFalse(self.assertBothTieOut().line_ids)
        move = self._close_other(self.session)
        self.assertPostings(
            self.other, receivable=60, revenue=-50, vat=-10, liability=0
        )
        item = move.line_ids.filtered("giftcard_settlement_id")
        self.assertEqual(item.partner_id, self.company.partner_id)
        self.assertFalse(move.line_ids.giftcard_entry_id)
        self.assertBothTieOut()

    def test_month_is_settled_and_paid_on_both_sides(self):
        """C46, steps 4 and 5: each side records its own payment."""
        self._redeem_at_other(self.session, self.card, 60)
        self._close_other(self.session)
        statement = self._settle()
        self.assertEqual(statement.row_ids, self._rows())
        own = statement.with_user(self.accountant)
        other = statement.with_user(self.other_accountant)
        self.assertEqual((own.to_pay, own.to_collect, own.net), (60, 0, -60))
        for side in (own, other):
            number = int(side.action_print()["url"].split("/")[-1].split("?")[0])
            paper = self.env["ir.attachment"].browse(number).with_user(side.env.user)
            self.assertTrue(paper.raw.startswith(b"%PDF"))
        self.assertEqual((other.to_pay, other.to_collect, other.net), (0, 60, 60))
        self.assertEqual((own.open_amount, other.open_amount), (-60, 60))
        move = self._pay(own)
        self.assertPostings(self.company, liability=-40, payable=0)
        methods = self._bank_of(self.company).outbound_payment_method_line_ids
        money = move.line_ids - move.line_ids.filtered("reconciled")
        self.assertEqual(
            (money.account_id, money.balance), (methods.payment_account_id[:1], -60)
        )
        self.assertEqual((own.is_done, other.is_done), (True, False))
        row = self._rows()
        self.assertEqual((row.is_paid, row.is_received), (True, False))
        self.assertEqual(row.paid_on, move.date)
        self._pay(other)
        self.assertPostings(self.other, receivable=0, revenue=-50, vat=-10)
        self.assertTrue(other.is_done)
        self.assertEqual((row.is_received, row.received_on), (True, move.date))
        self.assertFalse(self._settle())

    def test_payment_is_offered_in_the_readers_own_books(self):
        self._redeem_at_other(self.session, self.card, 60)
        self._close_other(self.session)
        statement = self._settle()
        for user, company in (
            (self.accountant, self.company),
            (self.other_accountant, self.other),
        ):
            wizards = self.env["giftcard.pay"].with_user(user)
            form = Form(wizards.with_context(default_statement_id=statement.id))
            self.assertEqual(form.company_id, company)
            self.assertEqual(form.journal_id.company_id, company)
            self.assertRegex(form.effect, r"pays Spa B .*60\.00")

    def test_both_ways_are_netted(self):
        """A owes 60.00, B owes 25.00: 35.00 flow, nothing stays open."""
        with self._at_other():
            card = self._sell(self.session.with_env(self.env), 50)
        self._redeem_at_other(self.session, self.card, 60)
        session = self._open()
        self._redeem(session, card.with_env(self.env), 25)
        self._close(session)
        self._close_other(self.session)
        self._run_queue()
        self.assertPostings(self.company, liability=-40, payable=-60, receivable=25)
        self.assertPostings(self.other, liability=-25, payable=-25, receivable=60)
        statement = self._settle()
        own = statement.with_user(self.accountant)
        self.assertEqual((own.to_pay, own.to_collect, own.net), (60, 25, -35))
        move = self._pay(own)
        self.assertEqual(sum(move.line_ids.mapped("credit")), 60)
        self._pay(statement.with_user(self.other_accountant))
        for company in (self.company, self.other):
            self.assertPostings(company, payable=0, receivable=0)
        self.assertBothTieOut()

    def test_money_back_on_the_card_is_the_opposite_row(self):
        order = self._redeem_at_other(self.session, self.card, 60)
        with self._at_other():
            session = self.session.with_env(self.env)
            payload = self._refund_payload(order.with_env(self.env), session, 20)
            self._sync(payload)
        self.assertCard(self.card, 60)
        self.assertEqual(self._rows().mapped("consideration"), [60, -20])
        self.assertBothTieOut()
        self._run_queue()
        self.assertPostings(self.company, liability=-60, payable=-40)
        self._close_other(self.session)
        self.assertPostings(self.other, receivable=40, revenue=0, vat=0)
        self.assertBothTieOut()
        statement = self._settle().with_user(self.accountant)
        self.assertEqual(statement.net, -40)
        self._pay(statement)
        self.assertPostings(self.company, payable=0)

    def test_what_a_card_for_one_use_loses_is_its_sellers(self):
        card_type = self._make_type(is_single_use=True)
        card = self._issue(100, card_type)
        self._redeem_at_other(self.session, card, 60)
        row = self._rows()
        self.assertEqual(row.lost_entry_id.consideration, -40)
        self._run_queue()
        self.assertPostings(self.company, payable=-60, income=-40)
        self._close_other(self.session)
        self.assertPostings(self.other, receivable=60, income=0)

    def test_bonus_is_the_discount_of_the_salon_that_gives_it(self):
        """C48: the redeemer learns the paid part with the hold."""
        card = self._make_bonus_card()
        with self._at_other():
            answer = self._hold(card.with_env(self.env), 33.33, key="bonus-use")
            self.assertEqual(
                (answer["amount"], answer["consideration"], answer["bonus"]),
                (33.33, 30.3, 3.03),
            )
            self.env["giftcard.redemption"].sudo()._capture(
                "bonus-use", 33.33, self._origin()
            )
        row = self._rows()
        self.assertEqual((row.face, row.consideration, row.bonus), (33.33, 30.3, 3.03))
        self._run_queue()
        self.assertPostings(self.company, payable=-30.3)

    def test_use_at_an_invoiced_bill(self):
        """The invoice of company B is paid, by what company A owes."""
        with self._at_other():
            client = self.client.with_env(self.env)
            order = self._redeem(
                self.session.with_env(self.env),
                self.card.with_env(self.env),
                60,
                partner_id=client.id,
                to_invoice=True,
            )
            self.assertIn(order.account_move.payment_state, ("paid", "in_payment"))
        self._close_other(self.session)
        self._run_queue()
        self.assertPostings(self.other, receivable=60, revenue=-50, vat=-10)
        self.assertBothTieOut()

    def test_credit_note_of_an_invoiced_bill(self):
        """Company B takes back what company A owes it; its own cards do not move."""
        values = {"partner_id": self.client.id, "to_invoice": True}
        order = self._redeem_at_other(self.session, self.card, 60, **values)
        self._close_other(self.session)
        self._run_queue()
        desk = self._make_user("giftcard_desk_b", DESK)
        wizard = self.env["account.move.reversal"].with_user(desk)
        wizard = wizard.with_context(
            active_model="account.move",
            active_ids=order.account_move.ids,
            allowed_company_ids=self.other.ids,
        ).create({"journal_id": order.account_move.journal_id.id})
        wizard.refund_moves()
        wizard.new_move_ids.action_post()
        self.assertCard(self.card, 100)
        self._run_queue()
        self.assertPostings(self.other, receivable=0, liability=0, revenue=0, vat=0)
        self.assertPostings(self.company, payable=0, liability=-100)
        self.assertBothTieOut()

    def test_two_salons_of_one_company_owe_each_other_nothing(self):
        """C45: only the ledger says where."""
        config = self._make_till("Till A2")
        session = self._open(config)
        self._redeem(session, self.card, 60)
        self._close(session)
        self.assertFalse(self._rows())
        self.assertPostings(self.company, liability=-40, payable=0)
        entry = self.card.entry_ids[:1]
        self.assertEqual(entry.location_id, config.giftcard_location_id)
        self.assertNotEqual(entry.sold_location_id, entry.location_id)

    def test_refused_books_are_told_and_tried_again(self):
        self._redeem_at_other(self.session, self.card, 60)
        journal = self.company.giftcard_journal_id
        self.company.giftcard_journal_id = False
        row = self._rows()
        self._run_queue()
        self.assertEqual((row.state, row.tries), ("failed", 1))
        self.assertIn("Gift card journal", row.with_user(self.accountant).note)
        self.assertFalse(row.with_user(self.other_accountant).note)
        report = self.assertBothTieOut()
        self.assertEqual(report.line_ids.mapped("source_id"), row.ids)
        answer = row.with_user(self.accountant).action_post_now()
        self.assertEqual(answer["params"]["type"], "warning")
        self.company.giftcard_journal_id = journal
        self._run_queue()
        self.assertEqual(
            (row.state, row.with_user(self.accountant).note), ("posted", False)
        )
        self.assertPostings(self.company, payable=-60)
