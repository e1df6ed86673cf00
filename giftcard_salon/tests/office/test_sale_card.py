# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date, timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install")
class TestSaleCard(GiftcardInvoiceCommon):
    """A gift card on a sales order: reserved, kept, taken by the invoice."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self._close(self.session)

    def test_quotation_reserves_order_keeps_invoice_takes(self):
        order = self._order(60, 20)
        effect = self._redeem_card(order, self.card, 70)
        self.assertRegex(effect, r"reserved on card .*\$.?10.00 is left to pay")
        hold = order.giftcard_application_ids._get_redemption()
        self.assertEqual((hold.state, hold.source_name), ("held", order.name))
        self.assertTrue(hold.expires_at)
        order.action_confirm()
        self._commit()
        self.assertFalse(hold.expires_at)
        self.assertCard(self.card, 30, 70)
        invoice = self._invoice_of(order)
        self.assertEqual(invoice.giftcard_reserved_ids, order.giftcard_application_ids)
        self.assertEqual(invoice.giftcard_to_pay, 10)
        self._posted(invoice)
        self.assertCard(self.card, 30)
        self.assertEqual((invoice.amount_residual, invoice.amount_tax), (10, 13.33))
        self.assertBalances(liability=-30, revenue=-66.67, vat=-13.33, receivable=10)
        self.assertEqual(order.giftcard_application_ids.move_id, invoice)
        self.assertTiesOut()

    def test_partial_invoices_share_the_card(self):
        order = self._order(60, 40, policy="delivery")
        self._redeem_card(order, self.card, 80)
        order.action_confirm()
        order.order_line[0].qty_delivered = 1
        first = self._invoice_of(order)
        self._posted(first)
        self.assertEqual(first.amount_residual, 0)
        self.assertCard(self.card, 20, 20)
        self.assertTiesOut()
        order.order_line[1].qty_delivered = 1
        second = self._invoice_of(order)
        self._posted(second)
        self.assertEqual(second.amount_residual, 20)
        self.assertCard(self.card, 20)
        self.assertBalances(liability=-20, receivable=20)
        self.assertTiesOut()

    def test_one_invoice_for_two_orders(self):
        """A card pays the lines of its own order only."""
        first, second = self._order(30), self._order(50)
        self._redeem_card(first, self.card, 30)
        with Form(first) as form, form.order_line.edit(0) as line:
            line.price_unit = 20
        (first | second).action_confirm()
        invoice = (first | second)._create_invoices()
        self.assertEqual(invoice.amount_total, 70)
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 50)
        self.assertCard(self.card, 80)
        self.assertTiesOut()

    def test_order_that_became_smaller_holds_less(self):
        order = self._order(80)
        self._redeem_card(order, self.card, 80)
        with Form(order) as form, form.order_line.edit(0) as line:
            line.price_unit = 50
        order.action_confirm()
        self._commit()
        self.assertCard(self.card, 50, 50)
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(self.card, 50)

    def test_hold_that_lapsed_comes_back_with_the_confirmation(self):
        order = self._order(60, validity_date=fields.Date.today())
        self._redeem_card(order, self.card)
        end = order.giftcard_application_ids._get_redemption().expires_at
        self.assertEqual(end.date(), date.today())
        order.validity_date = date.today() + timedelta(days=3)
        self.env["giftcard.redemption"]._release(order.giftcard_application_ids.key)
        self._commit()
        order.invalidate_recordset()
        self.assertEqual(order.giftcard_application_ids.state, "released")
        order.action_confirm()
        self._commit()
        self.assertCard(self.card, 40, 60)

    def test_confirmation_is_refused_when_the_card_was_spent(self):
        order = self._order(60)
        self._redeem_card(order, self.card)
        self.env["giftcard.redemption"]._release(order.giftcard_application_ids.key)
        self._hold(self.card, 70)
        self._commit()
        self._refused("At most .*30.00", order.action_confirm)

    def test_removing_cancelling_and_deleting_release(self):
        for way in ("remove", "cancel", "delete"):
            order = self._order(60)
            self._redeem_card(order, self.card)
            self.assertCard(self.card, 40, 60)
            if way == "remove":
                order.giftcard_application_ids.with_user(self.desk).action_remove()
            elif way == "cancel":
                order.action_confirm()
                order._action_cancel()
            else:
                order.sudo().unlink()
            self._commit()
            self.assertCard(self.card, 100)

    def test_copy_has_no_card(self):
        order = self._order(60)
        self._redeem_card(order, self.card)
        copy = order.copy()
        self.assertFalse(copy.giftcard_application_ids)
        self.assertCard(self.card, 40, 60)

    def test_invoiced_order_takes_no_card(self):
        order = self._order(60)
        order.action_confirm()
        self.assertTrue(order.with_user(self.desk).giftcard_can_apply)
        self._invoice_of(order)
        order.invalidate_recordset()
        self.assertFalse(order.with_user(self.desk).giftcard_can_apply)

    def test_gift_cards_are_not_sold_here(self):
        order = self._order(60)
        order.order_line = [
            Command.create({"product_id": self.card_product.id, "price_unit": 50})
        ]
        order.action_confirm()
        invoice = self._invoice_of(order)
        self._refused("Sell and refund gift cards at the till", invoice.action_post)
