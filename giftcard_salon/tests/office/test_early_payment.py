# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from ..french_common import GiftcardFrenchCommon
from ..invoice_common import GiftcardInvoiceCommon

TERM = {
    "name": "2 % within 10 days",
    "early_discount": True,
    "discount_percentage": 2,
    "discount_days": 10,
    "line_ids": [
        Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})
    ],
}


@tagged("post_install", "-at_install")
class TestEarlyPayment(GiftcardInvoiceCommon):
    """2 % for whoever pays in time: a card is offered 58.80 of 60.00, as a bank is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term = cls.env["account.payment.term"].create(
            {**TERM, "early_pay_discount_computation": "included"}
        )
        cls.loss = cls.company.account_journal_early_pay_discount_loss_account_id

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self._close(self.session)

    def _get_items(self, move):
        """Balance by account of an entry, what is settled apart from the discount."""
        sums = {}
        for line in move.line_ids:
            sums[line.account_id] = sums.get(line.account_id, 0) + line.balance
        return {account: round(balance, 2) for account, balance in sums.items()}

    def test_posted_invoice_is_paid_in_full_as_by_a_bank(self):
        invoice = self._invoice(60, invoice_payment_term_id=self.term.id)
        self._posted(invoice)
        effect = self._redeem_card(invoice, self.card)
        self.assertRegex(effect, r"58.80 is taken .* in full: .*1.20 is its discount")
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(self.card, 41.2, status="partial")
        payment = invoice.giftcard_application_ids.paying_move_id
        receivable = invoice.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).account_id
        vat = self.company_data["default_account_tax_sale"]
        self.assertEqual(
            self._get_items(payment),
            {self.liability: 58.8, self.loss: 1, vat: 0.2, receivable: -60},
        )
        self.assertBalances(liability=-41.2, revenue=-50, vat=-9.8, receivable=0)
        self.assertTiesOut()
        # the same invoice, paid through the bank by Odoo's own wizard
        other = self._invoice(60, invoice_payment_term_id=self.term.id)
        self._posted(other)
        paid = self._pay_by_bank(other)
        ours = self._get_discount(payment)
        self.assertEqual(ours, self._get_discount(paid))
        self.assertEqual(len(ours), 2)

    def test_draft_reserves_what_pays_it_in_time(self):
        with freeze_time("2027-03-01 10:00:00"):
            invoice = self._invoice(
                60, invoice_payment_term_id=self.term.id, invoice_date="2027-03-01"
            )
            effect = self._redeem_card(invoice, self.card)
            self.assertRegex(
                effect, r"58.80 is reserved .* posted by Mar 11, 2027: .*1.20"
            )
            self.assertCard(self.card, 41.2, 58.8)
            self.assertEqual(invoice.giftcard_to_pay, 0)
            self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(self.card, 41.2)
        self.assertBalances(liability=-41.2, revenue=-50, vat=-9.8, receivable=0)
        self.assertTiesOut()

    def test_reserved_before_it_had_a_discount_pays_less(self):
        invoice = self._invoice(60)
        self._redeem_card(invoice, self.card)
        invoice.invoice_payment_term_id = self.term
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(self.card, 41.2)

    def test_card_on_an_order_pays_its_invoice_in_time(self):
        order = self._order(60, payment_term_id=self.term.id)
        self._redeem_card(order, self.card)
        self.assertCard(self.card, 40, 60)
        order.action_confirm()
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(self.card, 41.2)
        self.assertTiesOut()

    def test_no_discount_for_a_part_or_after_its_last_day_here(self):
        small = self._sell(self.session_again(), 30)
        invoice = self._invoice(60, invoice_payment_term_id=self.term.id)
        self._posted(invoice)
        effect = self._redeem_card(invoice, small)
        self.assertRegex(effect, r"30.00 is taken .*30.00 is left to pay")
        self._redeem_card(invoice, self.card)
        self.assertCard(self.card, 70)
        self.assertEqual(invoice.amount_residual, 0)
        self.company.giftcard_tz = "Europe/Paris"
        with freeze_time("2027-03-01 10:00:00"):
            invoice = self._invoice(
                60, invoice_payment_term_id=self.term.id, invoice_date="2027-03-01"
            )
            self._posted(invoice)
        # the last day is 11 March; in Paris it is the 12th already
        with freeze_time("2027-03-11 23:15:00"):
            self._redeem_card(invoice, self.card)
        self.assertEqual(
            invoice.giftcard_application_ids.paying_move_id.date, date(2027, 3, 12)
        )
        self.assertCard(self.card, 10)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertTiesOut()

    def test_each_way_to_compute_it_posts_what_a_bank_would(self):
        """With the tax, without it, and with a tax that is less from the start."""
        for way, rest in (("included", 1.2), ("excluded", 1), ("mixed", 1.2)):
            self.term.early_pay_discount_computation = way
            ours, theirs = self.env["account.move"], self.env["account.move"]
            for number in range(2):
                invoice = self._invoice(60, invoice_payment_term_id=self.term.id)
                self._posted(invoice)
                if number:
                    theirs = self._pay_by_bank(invoice)
                else:
                    card = self._sell(self.session_again(), 60)
                    self._close(self.session)
                    self._redeem_card(invoice, card)
                    ours = invoice.giftcard_application_ids.paying_move_id
                    self.assertCard(card, rest)
                self.assertEqual(invoice.amount_residual, 0, way)
            self.assertEqual(self._get_discount(ours), self._get_discount(theirs), way)
        self.assertTiesOut()

    def _pay_by_bank(self, invoice):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        return wizard.create({})._create_payments().move_id

    def _get_discount(self, move):
        """What an entry says of the discount and its tax, with tags."""
        vat = self.company_data["default_account_tax_sale"]
        return {
            (line.account_id, line.tax_line_id, line.tax_ids, line.tax_tag_ids): (
                line.balance
            )
            for line in move.line_ids
            if line.account_id in (self.loss, vat)
        }

    def test_hold_that_a_draft_does_not_need_is_free_after_its_posting(self):
        other = self._sell(self.session_again(), 30)
        self._close(self.session)
        invoice = self._invoice(60)
        self._redeem_card(invoice, self.card, 40)
        self._redeem_card(invoice, other, 20)
        invoice.invoice_line_ids.price_unit = 40
        self._posted(invoice)
        self._commit()
        self.assertCard(self.card, 60)
        self.assertCard(other, 30, 0)

    def session_again(self):
        self.session = self._open()
        return self.session

    def test_credit_note_gives_back_what_the_card_paid(self):
        invoice = self._invoice(60, invoice_payment_term_id=self.term.id)
        self._posted(invoice)
        self._redeem_card(invoice, self.card)
        self._credit(invoice)
        self.assertCard(self.card, 100)
        self.assertTiesOut()

    def test_without_an_account_for_discounts_it_is_said_which_setting(self):
        invoice = self._invoice(60, invoice_payment_term_id=self.term.id)
        self._posted(invoice)
        self.company.account_journal_early_pay_discount_loss_account_id = False
        self._refused(
            "no account for early payment discounts",
            lambda: self._redeem_card(invoice, self.card),
        )
        self.assertCard(self.card, 100)


@tagged("post_install", "-at_install", "giftcard_french")
class TestEarlyPaymentOnPayment(GiftcardFrenchCommon):
    """The same with VAT that is due when services are paid."""

    def test_vat_is_due_on_what_was_paid(self):
        card = self._sell(self.session, 100)
        self._close(self.session)
        term = self.env["account.payment.term"].create(
            {**TERM, "early_pay_discount_computation": "included"}
        )
        invoice = self._treatment_invoice(60)
        invoice.invoice_payment_term_id = term
        self._posted(invoice)
        self.assertVat(0, -10)
        self._redeem_card(invoice, card)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(card, 41.2)
        self.assertVat(-9.8)
        self.assertTiesOut()
