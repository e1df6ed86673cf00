# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import Form, tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install")
class TestSaleBonus(GiftcardInvoiceCommon):
    """Cards worth more than was paid for them, on orders and invoices (5)."""

    def _mixed_order(self, *prices, **values):
        """An order with one line per pair of rate and price."""
        order = self._order(**values)
        order.order_line = [
            Command.create(
                {
                    "product_id": self.services[rate].id,
                    "price_unit": price,
                    "tax_ids": [Command.set(self.services[rate].taxes_id.ids)],
                }
            )
            for rate, price in prices
        ]
        return order

    def _figures(self, lines):
        """Base and VAT of each discount line, by its rate."""
        return {
            line.tax_ids.amount: (
                line.price_subtotal,
                round(line.price_total - line.price_subtotal, 2),
            )
            for line in lines.filtered(lambda line: line.giftcard_role == "bonus")
        }

    def test_case_c23_on_an_order_and_its_invoice(self):
        """100.00 for 120.00, 80.00 used on 50, 20 and 10: 66.67 and 13.33."""
        card = self._card(120, 100)
        for method in ("round_per_line", "round_globally"):
            with self.subTest(method):
                self.company.tax_calculation_rounding_method = method
                order = self._mixed_order((20, 50), (10, 20), (5.5, 10))
                self._redeem_card(order, card)
                expected = {20: (-6.94, -1.39), 10: (-3.03, -0.3), 5.5: (-1.58, -0.09)}
                self.assertEqual(self._figures(order.order_line), expected)
                self.assertEqual(order.amount_total, 66.67)
                self.assertEqual(order.giftcard_to_pay, 0)
                order.giftcard_application_ids.with_user(self.desk).action_remove()
                self._commit()
                self.assertEqual((order.amount_total, len(order.order_line)), (80, 3))
        self._redeem_card(order, card)
        order.action_confirm()
        self._commit()
        invoice = self._invoice_of(order)
        self.assertEqual(self._figures(invoice.invoice_line_ids), expected)
        payment = self._posted(invoice)
        self.assertEqual((invoice.amount_total, invoice.amount_residual), (66.67, 0))
        self.assertPosted(payment, liability=66.67, money=-66.67)
        self.assertBalances(liability=-33.33, revenue=-57.78, vat=-8.89, receivable=0)
        self.assertCard(card, 40)
        self.assertEqual(card.available_consideration, 33.33)
        self.assertTiesOut()

    def test_part_of_an_invoice_and_two_cards(self):
        invoice = self._invoice(80)
        first, second = self._card(120, 100), self._card(110, 100)
        self._redeem_card(invoice, first, 30)
        self.assertEqual((invoice.amount_total, invoice.giftcard_to_pay), (75, 50))
        self._redeem_card(invoice, second, 50)
        self.assertEqual((invoice.amount_total, invoice.giftcard_to_pay), (70.45, 0))
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertBalances(liability=-129.55, receivable=0, vat=-11.74)
        self.assertTiesOut()

    def test_free_card_is_a_discount_only(self):
        """Cases C28 and C29: nobody paid, so nothing is owed and nothing is posted."""
        card = self._card(100, 0)
        invoice = self._invoice(80)
        self._redeem_card(invoice, card, 20)
        self.assertEqual(invoice.amount_total, 60)
        self.assertFalse(self._posted(invoice))
        self.assertEqual((invoice.amount_tax, invoice.amount_residual), (10, 60))
        whole = self._invoice(80)
        self._redeem_card(whole, card, 80)
        self.assertEqual(whole.amount_total, 0)
        self._posted(whole)
        self.assertEqual((whole.amount_tax, whole.payment_state), (0, "paid"))
        self.assertCard(card, 0)
        self.assertBalances(liability=0, revenue=-50, vat=-10)

    def test_lines_of_a_card_are_locked_and_leave_together(self):
        card = self._card(120, 100)
        order = self._mixed_order((20, 50), (10, 30))
        self._redeem_card(order, card)
        bonus = order.order_line.filtered("giftcard_role")
        self.assertEqual(len(bonus), 2)
        for values in (
            {"price_unit": -1},
            {"product_uom_qty": 2},
            {"discount": 10},
            {"tax_ids": [Command.clear()]},
        ):
            self._refused("stays as it is", lambda v=values: bonus[0].write(v))
        bonus[0].with_user(self.desk).write({"giftcard_role": False})
        self.assertEqual(bonus[0].giftcard_role, "bonus")
        bonus[0].with_user(self.desk).unlink()
        self._commit()
        self.assertFalse(order.order_line.filtered("giftcard_role"))
        self.assertFalse(order.giftcard_application_ids)
        self.assertCard(card, 120)

    def test_prices_and_copies_leave_the_lines_alone(self):
        card = self._card(120, 100)
        order = self._order(60)
        self._redeem_card(order, card)
        order.action_update_prices()
        self._refused("stays as it is", order.action_update_taxes)
        bonus = order.order_line.filtered("giftcard_role")
        self.assertEqual(bonus.price_total, -10)
        self.assertEqual(len(order.copy().order_line), 1)

    def test_order_that_changed_is_not_confirmed(self):
        card = self._card(120, 100)
        order = self._order(60)
        self._redeem_card(order, card)
        order.order_line.filtered(lambda line: not line.giftcard_role).price_unit = 50
        self._refused("Take the gift card off", order.action_confirm)

    def test_bonus_is_invoiced_with_the_whole_order(self):
        card = self._card(120, 100)
        order = self._order(60, 40, policy="delivery")
        self._redeem_card(order, card)
        order.action_confirm()
        order.order_line[0].qty_delivered = 1
        self._refused("Deliver the rest first", lambda: self._invoice_of(order))
        order.order_line[1].qty_delivered = 1
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual((invoice.amount_total, invoice.amount_residual), (83.33, 0))
        self.assertTiesOut()

    def test_posted_invoice_takes_no_bonus_card(self):
        card = self._card(120, 100)
        invoice = self._invoice(60)
        invoice.action_post()
        self._refused(
            "is posted, so its lines", lambda: self._redeem_card(invoice, card)
        )
        self.assertCard(card, 120)

    def test_draft_invoice_of_an_order_is_deleted_and_made_again(self):
        card = self._card(120, 100)
        order = self._order(60)
        self._redeem_card(order, card)
        order.action_confirm()
        self._commit()
        draft = self._invoice_of(order)
        self._refused(
            "Delete the draft invoice first",
            order.giftcard_application_ids.with_user(self.desk).action_remove,
        )
        self._refused(
            "stays as it is",
            draft.invoice_line_ids.filtered("giftcard_role").unlink,
        )
        draft.sudo().unlink()
        self._commit()
        self.assertCard(card, 60, 60)
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual((invoice.amount_total, invoice.amount_residual), (50, 0))
        copy = invoice.copy()
        self.assertEqual((copy.amount_total, len(copy.invoice_line_ids)), (60, 1))
        self.assertTiesOut()

    def test_credit_notes_of_a_bonus(self):
        """Case C56: parts give back value and paid part by R5, all of it in the end."""
        card = self._card(120, 100)
        order = self._mixed_order((20, 50), (10, 20), (5.5, 10))
        self._redeem_card(order, card)
        order.action_confirm()
        self._commit()
        invoice = self._invoice_of(order)
        self._posted(invoice)

        def tea_only(form):
            for index in (2, 0):
                form.invoice_line_ids.remove(index)

        note = self._draft_credit(invoice)
        with Form(note) as form:
            tea_only(form)
        self._refused("Fit the bonus", note.action_post)
        note.action_fit_giftcard_bonus()
        self.assertEqual(note.amount_total, 16.67)
        self._posted(note)
        self.assertEqual(note.amount_residual, 0)
        self.assertCard(card, 60)
        self.assertEqual(card.available_consideration, 50)
        self.assertTiesOut()
        rest = self._draft_credit(invoice)
        with Form(rest) as form:
            form.invoice_line_ids.remove(1)
        rest.action_fit_giftcard_bonus()
        self._posted(rest)
        self.assertCard(card, 120)
        self.assertEqual(rest.amount_residual, 0)
        self.assertBalances(liability=-100, revenue=0, vat=0, receivable=0)
        self.assertTiesOut()

    def test_credit_notes_of_two_cards_with_a_bonus(self):
        """66.00 go back: all of the first card, 6.00 of the other; then the rest."""
        first, other = self._card(60, 48), self._card(18, 12)
        invoice = self._invoice(66, 12)
        self._redeem_card(invoice, first)
        self._redeem_card(invoice, other)
        self._posted(invoice)
        self.assertEqual(invoice.amount_total, 60)
        for gone, discounts, left in (
            (12, [-12, -2], (60, 6)),
            (66, [-4], (60, 18)),
        ):
            note = self._draft_credit(invoice)
            note.invoice_line_ids.filtered(
                lambda line, price=gone: line.price_unit == price
            ).unlink()
            note.action_fit_giftcard_bonus()
            found = note.invoice_line_ids.filtered(lambda line: line.price_total < 0)
            self.assertEqual(found.mapped("price_total"), discounts)
            self._posted(note)
            self.assertEqual(note.amount_residual, 0)
            self.assertCard(first, left[0])
            self.assertCard(other, left[1])
        self.assertBalances(liability=-60, revenue=0, vat=0, receivable=0)
        self.assertTiesOut()

    def test_whole_credit_note_of_a_bonus(self):
        card = self._card(120, 100)
        invoice = self._invoice(80)
        self._redeem_card(invoice, card)
        self._posted(invoice)
        note = self._credit(invoice)
        self.assertEqual((note.amount_total, note.amount_residual), (66.67, 0))
        self.assertCard(card, 120)
        self.assertBalances(liability=-100, revenue=0, vat=0, receivable=0)
