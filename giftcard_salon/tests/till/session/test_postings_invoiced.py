# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...common import GiftcardTillCommon

PRICES = ((20, 40), (10, 30))


@tagged("post_install", "-at_install")
class TestPostingsInvoiced(GiftcardTillCommon):
    """Bills with an invoice: at once, later, refunded."""

    def setUp(self):
        super().setUp()
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        self.session = self._open()
        self.card = self._sell(self.session, 120)

    def _liability(self):
        items = self.env["account.move.line"].search(
            [("account_id", "=", self.liability.id), ("parent_state", "=", "posted")]
        )
        return round(-sum(items.mapped("balance")), 2)

    def _open_receivables(self):
        items = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
            ]
        )
        return round(sum(items.mapped("amount_residual")), 2)

    def test_invoiced_at_once_is_paid_by_the_card(self):
        order = self._redeem(
            self.session,
            self.card,
            50,
            price=70,
            to_invoice=True,
            partner_id=self.client.id,
        )
        invoice = order.account_move
        self.assertEqual((invoice.amount_total, invoice.amount_tax), (70, 11.67))
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertTiesOut()
        self._close(self.session)
        self.assertEqual(self._liability(), 70)
        self.assertEqual(self._open_receivables(), 0)
        self.assertTiesOut()

    def test_invoiced_after_the_closing(self):
        order = self._redeem(
            self.session, self.card, 50, price=70, partner_id=self.client.id
        )
        self._close(self.session)
        order.action_pos_order_invoice()
        invoice = order.account_move
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual(self._liability(), 70)
        self.assertEqual(self._open_receivables(), 0)
        self.assertTiesOut()

    def test_refund_of_an_invoiced_bill(self):
        order = self._redeem(
            self.session, self.card, 50, to_invoice=True, partner_id=self.client.id
        )
        payload = self._refund_payload(order, self.session)
        refund, _answer = self._sync(
            {**payload, "to_invoice": True, "partner_id": self.client.id}
        )
        self.assertEqual(refund.account_move.move_type, "out_refund")
        self.assertTiesOut()
        self._close(self.session)
        self.assertEqual(self._liability(), 120)
        self.assertEqual(self._open_receivables(), 0)
        self.assertCard(self.card, 120)
        self.assertTiesOut()

    def test_part_of_an_invoiced_bill_goes_back_once(self):
        """The till's payment gives it back; its credit note gives nothing more."""
        client = {"partner_id": self.client.id, "to_invoice": True}
        lines = [self._line(self.services[rate], price) for rate, price in PRICES]
        payments = [self._hold_at(self.session, self.card, 70)]
        payload = self._payload(self.session, lines, payments, **client)
        order, _answer = self._sync(payload)
        massage = order.lines[0]
        back = self._line(
            massage.product_id,
            40,
            qty=-1,
            price_subtotal=-massage.price_subtotal,
            price_subtotal_incl=-40,
            refunded_orderline_id=massage.id,
        )
        payments = [self._payment(self.giftcard, -40)]
        refund, _answer = self._sync(
            self._payload(self.session, [back], payments, is_refund=True, **client)
        )
        self.assertEqual(refund.account_move.reversed_entry_id, order.account_move)
        self.assertCard(self.card, 90)
        self._close(self.session)
        self.assertCard(self.card, 90)
        self.assertEqual(self._liability(), 90)
        self.assertEqual(self._open_receivables(), 0)
        self.assertTiesOut()

    def test_card_sold_on_an_invoice_has_its_line_there(self):
        (card,) = self._sell(
            self.session, 50, to_invoice=True, partner_id=self.client.id
        )
        sold = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        invoice = sold.order_id.account_move
        item = invoice.line_ids.filtered(lambda line: line.account_id == self.liability)
        self.assertEqual((item.giftcard_card_id, item.balance), (card, -50))
        self.assertEqual(invoice.amount_tax, 0)
        self.assertTiesOut()
        self._close(self.session)
        self.assertEqual(self._liability(), 170)
        self.assertTiesOut()

    def test_card_sale_invoiced_after_the_closing(self):
        (card,) = self._sell(self.session, 50, partner_id=self.client.id)
        self._close(self.session)
        sold = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        sold.order_id.action_pos_order_invoice()
        items = self.env["account.move.line"].search(
            [("giftcard_card_id", "=", card.id), ("parent_state", "=", "posted")]
        )
        self.assertEqual(sorted(items.mapped("balance")), [-50, -50, 50])
        self.assertEqual(self._liability(), 170)
        self.assertEqual(self._open_receivables(), 0)
        self.assertTiesOut()
