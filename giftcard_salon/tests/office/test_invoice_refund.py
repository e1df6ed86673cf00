# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install", "giftcard_runner")
class TestInvoiceRefund(GiftcardInvoiceCommon):
    """Credit notes give the card-paid part back to the card."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _paid_invoice(self, price=60, amount=None):
        invoice = self._invoice(price)
        self._redeem_card(invoice, self.card, amount)
        self._posted(invoice)
        return invoice

    def test_credit_note_gives_all_back(self):
        self._close(self.session)
        invoice = self._paid_invoice()
        note = self._credit(invoice)
        self.assertCard(self.card, 100, status="active")
        self.assertEqual(note.amount_residual, 0)
        entry = self.card.entry_ids[0]
        self.assertEqual((entry.kind, entry.face, entry.net), ("refund", 60, 60))
        self.assertEqual(entry.source_name, note.name)
        self.assertBalances(liability=-100, revenue=0, vat=0, receivable=0)
        self.assertTiesOut()

    def test_partial_credit_notes_never_exceed_what_the_card_paid(self):
        self._close(self.session)
        invoice = self._paid_invoice(70, 50)

        def thirty(form):
            with form.invoice_line_ids.edit(0) as line:
                line.price_unit = 30

        # 20.00 were still due: the credit note takes them first
        first = self._credit(invoice, thirty)
        self.assertCard(self.card, 60)
        self.assertEqual((first.amount_residual, invoice.amount_residual), (0, 0))
        second = self._credit(invoice, lambda form: None)
        self.assertCard(self.card, 100)
        self.assertEqual(second.amount_residual, 30)
        self.assertTiesOut()

    def test_reverse_and_make_another_one(self):
        self._close(self.session)
        invoice = self._paid_invoice(80, 60)
        note = self._credit(invoice, modify=True)
        self.assertCard(self.card, 100)
        self.assertEqual((note.amount_residual, invoice.amount_residual), (0, 0))
        self.assertBalances(liability=-100, revenue=0, vat=0, receivable=0)
        self.assertTiesOut()

    def test_expired_card_says_so_and_a_manager_may_pay_otherwise(self):
        self._close(self.session)
        invoice = self._paid_invoice()
        yesterday = fields.Date.today() - timedelta(days=1)
        self.card.sudo().write({"valid_until": yesterday})
        self._refused("expired .* switch off", lambda: self._credit(invoice))
        self.env.invalidate_all()
        note = invoice._reverse_moves()
        with self.assertRaises(AccessError):
            note.with_user(self.desk).giftcard_is_back = False
        note.sudo().giftcard_is_back = False
        self._posted(note)
        self.assertEqual(note.amount_residual, 60)
        self.assertCard(self.card, 40)
        # the card is extended later: the button does what the posting left
        self.card.sudo().write({"valid_until": False})
        note.with_user(self.desk).action_refund_giftcard()
        self.assertEqual(note.amount_residual, 0)
        self.assertCard(self.card, 100)
        self.assertTiesOut()

    def test_credit_note_of_a_bill_of_the_till(self):
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        order = self._redeem(
            self.session,
            self.card,
            50,
            price=70,
            to_invoice=True,
            partner_id=self.client.id,
        )
        self._close(self.session)
        note = self._credit(order.account_move)
        self.assertCard(self.card, 100)
        self.assertEqual(note.amount_residual, 20)
        self.assertTiesOut()

    def test_card_for_one_use_gets_back_what_it_lost(self):
        once = self._make_type(name="Once", is_single_use=True)
        payload = self._payload(
            self.session,
            [self._line(once.product_ids.product_variant_ids, 50)],
            [self._payment(self.cash_of(self.session), 50)],
        )
        card = self._sync(payload)[0].lines.giftcard_card_id
        self._close(self.session)
        invoice = self._invoice(30)
        self._redeem_card(invoice, card)
        self._posted(invoice)
        self._credit(invoice)
        self.assertCard(card, 50)
        self.assertBalances(liability=-150, lost=0, receivable=0)
        self.assertTiesOut()
