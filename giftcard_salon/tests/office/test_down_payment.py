# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install")
class TestDownPayment(GiftcardInvoiceCommon):
    """Orders of which a part was invoiced in advance, and gift cards on them."""

    def _advance(self, order, percent):
        """Invoice a part in advance and post it, as the button does."""
        wizard = self.env["sale.advance.payment.inv"].with_user(self.desk)
        wizard = wizard.with_context(active_model="sale.order", active_ids=order.ids)
        wizard.create(
            {"advance_payment_method": "percentage", "amount": percent}
        ).create_invoices()
        invoice = order.invoice_ids.sorted("id")[-1:]
        self._posted(invoice)
        return invoice

    def _confirmed(self, *prices):
        order = self._order(*prices)
        order.action_confirm()
        self._commit()
        return order

    def test_bonus_card_leaves_an_order_with_a_down_payment(self):
        card = self._card(110, 100)
        order = self._confirmed(110)
        self._redeem_card(order, card, 55)
        advance = self._advance(order, 10)
        self.assertEqual((advance.amount_total, advance.amount_residual), (10.5, 10.5))
        order.giftcard_application_ids.with_user(self.desk).action_remove()
        self._commit()
        self.assertCard(card, 110)
        self.assertEqual(order.amount_total, 110)
        # and may come again, for all that is due
        self.assertEqual(order.giftcard_to_pay, 99.5)
        self._redeem_card(order, card)
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(card, 10.5)
        self.assertTiesOut()

    def test_bonus_card_pays_what_a_large_down_payment_leaves(self):
        """110.00, the card gives 55.00 of it, 63.00 are invoiced: 47.00 are left."""
        card = self._card(110, 100)
        order = self._confirmed(110)
        self._redeem_card(order, card, 55)
        advance = self._advance(order, 60)
        self.assertEqual(advance.amount_total, 63)
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual(
            (order.amount_total, invoice.amount_total, invoice.amount_residual),
            (105.73, 42.73, 0),
        )
        self.assertCard(card, 63)
        self.assertEqual(order.giftcard_application_ids.amount, 47)
        self.assertBalances(liability=-57.27, revenue=-88.11, vat=-17.62)
        self.assertTiesOut()

    def test_down_payment_of_all_lets_a_bonus_card_go(self):
        card = self._card(110, 100)
        order = self._confirmed(110)
        self._redeem_card(order, card, 55)
        self._advance(order, 100)
        order.giftcard_application_ids.with_user(self.desk).action_remove()
        self._commit()
        self._redeem_card(order, card)
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(card, 105)
        self.assertTiesOut()

    def test_card_pays_what_a_bank_left(self):
        """120.00, of which 10.00 came in advance by bank: the card may pay 110.00."""
        for price in (100, 150):
            with self.subTest(price=price):
                card = self._card(150, price)
                order = self._confirmed(120)
                wizard = self.env["sale.advance.payment.inv"].with_user(self.desk)
                wizard = wizard.with_context(
                    active_model="sale.order", active_ids=order.ids
                )
                wizard.create(
                    {"advance_payment_method": "fixed", "fixed_amount": 10}
                ).create_invoices()
                advance = order.invoice_ids
                self._posted(advance)
                self.env["account.payment.register"].with_context(
                    active_model="account.move", active_ids=advance.ids
                ).create({}).action_create_payments()
                order.invalidate_recordset()
                self.assertTrue(order.giftcard_can_apply)
                self.assertEqual(order.giftcard_to_pay, 110)
                self._redeem_card(order, card)
                self.assertCard(card, 40, held=110)
                invoice = self._invoice_of(order)
                self._posted(invoice)
                self.assertEqual(invoice.amount_residual, 0)
                self.assertCard(card, 40)
                self.assertFalse(order.giftcard_can_apply)

    def test_nothing_is_due_on_an_order_that_was_invoiced(self):
        card = self._sell(self._open(), 100)
        order = self._confirmed(60)
        draft = self._invoice_of(order)
        self.assertEqual((order.giftcard_to_pay, order.giftcard_can_apply), (0, False))
        self._refused("nothing is due", lambda: self._redeem_card(order, card, 10))
        draft.button_cancel()
        order.invalidate_recordset()
        self.assertEqual((order.giftcard_to_pay, order.giftcard_can_apply), (60, True))
