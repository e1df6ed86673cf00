# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ..french_common import GiftcardFrenchCommon


@tagged("post_install", "-at_install", "giftcard_french")
class TestFrenchInvoice(GiftcardFrenchCommon):
    """E-invoices and VAT on payment, with the French chart of accounts."""

    def setUp(self):
        super().setUp()
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        self.card = self._sell(self.session, 100)

    # === THE CARD IS A PAYMENT, NEVER AN ALLOWANCE === #

    def assertPrepaid(self, invoice, prepaid, payable):
        ubl, cii = self._ubl(invoice), self._facturx(invoice)
        self.assertEqual(ubl("PrepaidAmount"), [prepaid])
        self.assertEqual(ubl("PayableAmount"), [payable])
        self.assertEqual(ubl("AllowanceCharge"), [])
        self.assertEqual(cii("TotalPrepaidAmount"), [prepaid])
        self.assertEqual(cii("DuePayableAmount"), [payable])
        self.assertEqual(cii("SpecifiedTradeAllowanceCharge"), [])

    def test_invoice_and_credit_note_of_the_office(self):
        self._close(self.session)
        invoice = self._treatment_invoice(70)
        self._redeem_card(invoice, self.card, 50)
        self._posted(invoice)
        self.assertPrepaid(invoice, "50.00", "20.00")
        self.assertEqual(self._ubl(invoice)("TaxInclusiveAmount"), ["70.00"])
        note = self._credit(invoice)
        # 20.00 were not paid and are settled with the invoice, 50.00 by the card
        self.assertPrepaid(note, "70.00", "0.00")

    def test_bill_of_the_till_invoiced_at_once_and_later(self):
        common = {"price": 70, "partner_id": self.client.id}
        at_once = self._redeem(self.session, self.card, 50, to_invoice=True, **common)
        later = self._redeem(self.session, self.card, 30, **common)
        self.assertPrepaid(at_once.account_move, "70.00", "0.00")
        self._close(self.session)
        later.action_pos_order_invoice()
        self.assertPrepaid(later.account_move, "70.00", "0.00")

    def test_pair_is_a_line_with_negative_quantity(self):
        care = self._sell_treatment_card()
        self._close(self.session)
        invoice = self._treatment_invoice(45, product=self.massage)
        self._redeem_card(invoice, care)
        self._posted(invoice)
        ubl = self._ubl(invoice)
        self.assertEqual(ubl("InvoicedQuantity"), ["1.0", "-1.0"])
        self.assertEqual(ubl("TaxInclusiveAmount"), ["11.67"])
        self.assertEqual(ubl("TaxAmount")[0], "1.95")
        self.assertEqual(ubl("LineExtensionAmount"), ["9.72", "37.49", "-27.77"])
        self.assertEqual(ubl("PayableAmount"), ["11.67"])
        # 8.33 less 4.18 are 4.15, of 4.99 without VAT 4.16
        other = self._treatment_invoice(10, product=self.massage)
        self._redeem_card(other, care, 5.01)
        self._posted(other)
        ubl, cii = self._ubl(other), self._facturx(other)
        total, *lines = map(float, ubl("LineExtensionAmount"))
        self.assertEqual((total, round(sum(lines), 2)), (4.16, 4.16))
        self.assertEqual(ubl("TaxExclusiveAmount"), ["4.16"])
        *lines, total = map(float, cii("LineTotalAmount"))
        self.assertEqual((total, round(sum(lines), 2)), (4.16, 4.16))

    def _sell_treatment_card(self):
        """Three units for 100.00, VAT due when they are paid."""
        package = self._make_package((self.care, 3, 100))
        return self._sell_entitlements(package)

    # === VAT ON PAYMENT === #

    def test_vat_is_due_with_the_card_and_with_the_rest(self):
        self._close(self.session)
        invoice = self._treatment_invoice(70)
        self._redeem_card(invoice, self.card, 50)
        self.assertVat(0)
        self._posted(invoice)
        self.assertVat(-8.34, -3.33)
        self._pay(invoice)
        self.assertVat(-11.67)
        self.assertTiesOut()

    def test_credit_note_takes_the_vat_back(self):
        self._close(self.session)
        invoice = self._treatment_invoice(60)
        self._redeem_card(invoice, self.card)
        self._posted(invoice)
        self.assertVat(-10)
        self._credit(invoice)
        self.assertVat(0)
        self.assertCard(self.card, 100)
        self.assertTiesOut()

    def test_single_purpose_card_through_its_life(self):
        """Sold on an invoice, used on invoices: VAT once, nothing waits for ever."""
        package = self._make_package((self.care, 3, 100))
        care = self._sell_entitlements(
            package, to_invoice=True, partner_id=self.client.id
        )
        self.assertVat(-16.67)
        self._close(self.session)
        self.assertVat(-16.67)
        invoice = self._treatment_invoice(33.33)
        self._redeem_card(invoice, care)
        self._posted(invoice)
        self.assertEqual(invoice.amount_total, 0)
        self.assertVat(-16.67)
        dearer = self._treatment_invoice(45, product=self.massage)
        self._redeem_card(dearer, care)
        self._posted(dearer)
        self.assertVat(-16.67, -1.94)
        self._pay(dearer)
        self.assertVat(-18.61)
        last = self._treatment_invoice(33.33)
        self._redeem_card(last, care)
        self._posted(last)
        self.assertVat(-18.61)
        self.assertEqual(self._balance(self.deferred), 0)
        self.assertTiesOut()

    def _pay(self, invoice):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({}).action_create_payments()
        self.assertEqual(invoice.amount_residual, 0)
