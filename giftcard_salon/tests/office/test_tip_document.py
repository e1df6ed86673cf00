# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install")
class TestTipDocument(GiftcardInvoiceCommon):
    """What a till takes for a tip is no supply on orders and invoices either."""

    def setUp(self):
        super().setUp()
        self.tip = self.env.ref("point_of_sale.product_product_tip")
        self.tip.taxes_id = False
        self.config.write({"iface_tipproduct": True, "tip_product_id": self.tip.id})

    def _card(self, value, price, pays_tips=True):
        self.card_type.pays_tips = pays_tips
        return super()._card(value, price)

    def _tipped(self, price, tip, is_order=False):
        line = Command.create(
            {"product_id": self.tip.id, "price_unit": tip, "tax_ids": [Command.clear()]}
        )
        if is_order:
            order = self._order(price)
            order.order_line = [line]
            return order
        invoice = self._invoice(price)
        invoice.invoice_line_ids = [line]
        return invoice

    def _bonus(self, lines):
        own = lines.filtered(lambda line: line.giftcard_role == "bonus")
        return own.mapped(lambda line: (line.tax_ids.amount, line.price_total))

    def test_invoice(self):
        """100.00 for 110.00, on 60.00 and a tip of 6.00: 6.00, 45.00 and 9.00."""
        invoice = self._tipped(60, 6)
        self._redeem_card(invoice, self._card(110, 100))
        self.assertEqual(self._bonus(invoice.invoice_line_ids), [(20, -6)])
        self._posted(invoice)
        self.assertEqual((invoice.amount_total, invoice.amount_tax), (60, 9))
        self.assertEqual(invoice.amount_residual, 0)
        self.assertTiesOut()

    def test_order_and_its_invoice(self):
        order = self._tipped(60, 6, is_order=True)
        self._redeem_card(order, self._card(110, 100))
        self.assertEqual(self._bonus(order.order_line), [(20, -6)])
        self.assertEqual((order.amount_total, order.amount_tax), (60, 9))
        order.action_confirm()
        self._commit()
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual((invoice.amount_tax, invoice.amount_residual), (9, 0))

    def test_credit_note_gives_the_tip_back_in_full(self):
        card = self._card(110, 100)
        invoice = self._tipped(60, 6)
        self._redeem_card(invoice, card)
        self._posted(invoice)
        note = self._credit(invoice)
        self.assertEqual((note.amount_total, note.amount_residual), (60, 0))
        self.assertCard(card, 110)
        self.assertBalances(liability=-100, revenue=0, vat=0, receivable=0)
        self.assertTiesOut()

    def test_free_card_is_offered_for_what_is_sold(self):
        for is_order in (False, True):
            with self.subTest(is_order=is_order):
                document = self._tipped(20, 6, is_order)
                card = self._card(26, 0)
                self._refused(
                    "At most .*20.00.*never a tip",
                    lambda document=document, card=card: self._redeem_card(
                        document, card, 26
                    ),
                )
                self._redeem_card(document, card)
                self.assertCard(card, 6, held=20)
                self.assertEqual((document.amount_total, document.amount_tax), (6, 0))

    def test_card_that_pays_no_tips_beside_one_that_does(self):
        """60.00 and a tip of 6.00: 30.00 leave 36.00, as at the till."""
        for is_order in (False, True):
            with self.subTest(is_order=is_order):
                document = self._tipped(60, 6, is_order)
                self._redeem_card(document, self._card(30, 30))
                plain = self._card(40, 40, pays_tips=False)
                self._redeem_card(document, plain)
                self.assertCard(plain, 4, held=36)
                self.assertEqual(document.giftcard_to_pay, 0)

    def test_cards_that_pay_no_tips_leave_the_tip(self):
        """60.00 and a tip of 6.00: 30.00 and 30.00, whoever comes after them 6.00."""
        document = self._tipped(60, 6)
        self._redeem_card(document, self._card(30, 30, pays_tips=False))
        plain = self._card(40, 40, pays_tips=False)
        self._refused(
            "does not pay tips", lambda: self._redeem_card(document, plain, 31)
        )
        self._redeem_card(document, plain)
        self.assertCard(plain, 10, held=30)
        self.assertEqual(document.giftcard_to_pay, 6)

    def test_card_that_pays_no_tips(self):
        for value, price in ((100, 100), (110, 100)):
            with self.subTest(value=value):
                invoice = self._tipped(60, 6)
                card = self._card(value, price, pays_tips=False)
                self._refused(
                    "does not pay tips",
                    lambda invoice=invoice, card=card: self._redeem_card(
                        invoice, card, 61
                    ),
                )
                self._redeem_card(invoice, card)
                self.assertCard(card, value - 60, held=60)
