# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..deduction_common import GiftcardDeductionCommon
from ..invoice_common import GiftcardInvoiceMixin


@tagged("post_install", "-at_install")
class TestSaleDeduction(GiftcardInvoiceMixin, GiftcardDeductionCommon):
    """Cards whose VAT was counted at their sale, on orders and invoices (4)."""

    def setUp(self):
        super().setUp()
        self.spa = self._make_service("Spa visit", 33.33)
        package = self._make_package((self.spa, 3, 100))
        self.card = self._sell_entitlements(package)
        self.part = self.card.entitlement_ids
        self._close(self.session)

    def _order_of(self, *prices, product=None, quantity=1, **values):
        order = self._order(**values)
        product = product or self.massage
        order.order_line = [
            Command.create(
                {
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                    "price_unit": price,
                    "tax_ids": [Command.set(self.taxes[20].ids)],
                }
            )
            for price in prices
        ]
        return order

    def test_three_units_clear_the_deferred_revenue(self):
        """Case C32 on invoices: 27.77, 27.79, 27.77; nothing left but revenue."""
        nets = []
        for method in ("round_per_line", "round_globally", "round_per_line"):
            self.company.tax_calculation_rounding_method = method
            order = self._order_of(40, product=self.spa)
            effect = self._redeem_card(order, self.card)
            self.assertIn("VAT was counted when the card was sold", effect)
            self.assertEqual(order.amount_total, 0)
            order.action_confirm()
            self._commit()
            invoice = self._invoice_of(order)
            self._posted(invoice)
            self.assertEqual((invoice.amount_total, invoice.amount_tax), (0, 0))
            self.assertReturn(invoice)
            tagged_line = invoice.line_ids.filtered("giftcard_entry_id")
            self.assertEqual(tagged_line.account_id, self.deferred)
            self.assertEqual(tagged_line.quantity, -1)
            nets.append(tagged_line.balance)
        self.assertEqual(nets, [27.77, 27.79, 27.77])
        self.assertBalances(deferred=0, revenue=-83.33, vat=-16.67, receivable=0)
        self.assertEntitlement(self.part, 0, 0, 0)

    def test_dearer_item_is_topped_up(self):
        """Case C35: 33.33 of a service of 45.00; 11.67 = 9.72 + 1.95 on top."""
        order = self._order_of(45)
        self._redeem_card(order, self.card)
        item, deduction = order.order_line.sorted()
        self.assertEqual((item.price_subtotal, item.price_total), (37.49, 45))
        self.assertEqual(
            (deduction.product_uom_qty, deduction.price_unit, deduction.price_subtotal),
            (-1, 33.33, -27.77),
        )
        self.assertIn("VAT charged on", deduction.name)
        self.assertEqual((order.amount_total, order.amount_tax), (11.67, 1.95))
        order.action_confirm()
        self._commit()
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual((invoice.amount_total, invoice.amount_tax), (11.67, 1.95))
        self.assertReturn(invoice, invoice_base_2=-9.72, invoice_tax_2=-1.95)
        self.assertBalances(deferred=-55.56, revenue=-37.49, vat=-18.62)
        self.assertEntitlement(self.part, 66.67, 55.56, 2)

    def test_cheaper_item_leaves_the_rest(self):
        order = self._order_of(30)
        self._redeem_card(order, self.card)
        self.assertEqual(order.amount_total, 0)
        order.action_confirm()
        self._commit()
        self._posted(self._invoice_of(order))
        self.assertEntitlement(self.part, 70, 58.33, 3)
        self.assertBalances(deferred=-58.33, revenue=-25)

    def test_one_unit_of_several_is_split_off(self):
        order = self._order_of(33.33, product=self.spa, quantity=3)
        self._redeem_card(order, self.card)
        quantities = order.order_line.sorted().mapped("product_uom_qty")
        self.assertEqual(quantities, [2, 1, -1])
        self.assertEqual(order.amount_total, 66.66)
        free = order.order_line[0]
        self._redeem_card(order, self.card, line=free)
        self.assertEqual(order.amount_total, 33.33)
        self.assertCard(self.card, 33.33, 66.67)

    def test_card_pays_a_line_of_a_draft_invoice(self):
        invoice = self._invoice(45, 20)
        line = invoice.invoice_line_ids[0]
        self._redeem_card(invoice, self.card, line=line)
        self.assertEqual(invoice.amount_total, 31.67)
        self._posted(invoice)
        self.assertEqual(invoice.amount_tax, 5.28)
        self.assertBalances(deferred=-55.56, vat=-21.95, receivable=31.67)

    def test_removing_gives_the_line_its_price_back(self):
        order = self._order_of(40, product=self.spa)
        self._redeem_card(order, self.card)
        self.assertEqual(order.order_line[0].price_total, 33.33)
        order.order_line[1].with_user(self.desk).unlink()
        self._commit()
        self.assertEqual(order.order_line.mapped("price_total"), [40])
        self.assertCard(self.card, 100)
        self._redeem_card(order, self.card)
        self.assertEqual(order.copy().order_line.mapped("price_total"), [40])
        invoice = self._invoice(45)
        self._redeem_card(invoice, self.card)
        invoice.invoice_line_ids.filtered(
            lambda line: line.giftcard_role == "deduction"
        ).unlink()
        self._commit()
        self.assertEqual((invoice.amount_total, invoice.amount_tax), (45, 7.5))
        self.assertCard(self.card, 66.67, 33.33)

    def test_pair_waits_for_its_item(self):
        """Partial invoices: the deduction comes with the item it pays."""
        order = self._order_of(45, 20, policy="delivery")
        self.massage.invoice_policy = "delivery"
        self._redeem_card(order, self.card)
        order.action_confirm()
        self._commit()
        item, deduction, other = order.order_line.sorted()
        self.assertEqual(other.price_unit, 20)
        other.qty_delivered = 1
        first = self._invoice_of(order)
        self._posted(first)
        self.assertEqual(first.amount_total, 20)
        self.assertCard(self.card, 66.67, 33.33)
        item.qty_delivered = 1
        second = self._invoice_of(order)
        self.assertEqual(second.amount_total, 11.67)
        self._posted(second)
        self.assertCard(self.card, 66.67)
        self.assertEqual(deduction.qty_invoiced, -1)

    def test_line_with_another_tax_is_refused(self):
        invoice = self._invoice(45, rate=10)
        with self.assertRaisesRegex(UserError, "Choose the line that the card pays"):
            self._redeem_card(invoice, self.card, 33.33)
        self._refused(
            "has another one",
            lambda: self._redeem_card(
                invoice, self.card, 33.33, line=invoice.invoice_line_ids
            ),
        )
        self.assertCard(self.card, 100)

    def test_changed_tax_is_not_posted(self):
        invoice = self._invoice(45)
        self._redeem_card(invoice, self.card)
        item = invoice.invoice_line_ids[0]
        self._refused("stays as it is", lambda: item.write({"price_unit": 50}))
        other = self.taxes[10]
        self.env.cr.execute(
            "UPDATE account_move_line_account_tax_rel SET account_tax_id = %s"
            " WHERE account_move_line_id = %s",
            [other.id, item.id],
        )
        self.env.invalidate_all()
        self._refused("has changed since", invoice.action_post)

    def test_credit_note_gives_the_pair_back(self):
        invoice = self._invoice(45)
        self._redeem_card(invoice, self.card)
        self._posted(invoice)
        note = self._credit(invoice)
        self.assertEqual((note.amount_total, note.amount_tax), (11.67, 1.95))
        self.assertReturn(note, refund_base_2=9.72, refund_tax_2=1.95)
        self.assertCard(self.card, 100)
        self.assertEntitlement(self.part, 100, 83.33, 3)
        self.assertBalances(deferred=-83.33, revenue=0, vat=-16.67, receivable=0)
        again = invoice._reverse_moves()
        self._refused("at most .*0.00 can go back", again.action_post)

    def test_pair_goes_back_beside_what_was_paid_otherwise(self):
        """The 20.00 paid by the bank are no payment of the card."""
        invoice = self._invoice(33.33, 20)
        self._redeem_card(invoice, self.card, line=invoice.invoice_line_ids[0])
        self._posted(invoice)
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        register.create({})._create_payments()
        note = self._credit(invoice)
        self.assertEqual((note.amount_total, note.amount_residual), (20, 20))
        self.assertEntitlement(self.part, 100, 83.33, 3)
        self.assertBalances(deferred=-83.33, revenue=0, vat=-16.67)
        self.assertTiesOut()

    def test_part_of_a_credit_note_takes_item_and_deduction(self):
        invoice = self._invoice(45, 20)
        self._redeem_card(invoice, self.card, line=invoice.invoice_line_ids[0])
        self._posted(invoice)
        note = invoice._reverse_moves()
        note.invoice_line_ids.filtered(lambda line: line.price_unit == 45).unlink()
        self.assertEqual(note.amount_total, 20)
        self._posted(note)
        self.assertCard(self.card, 66.67)

    def test_reverse_and_make_another_one_has_no_card(self):
        invoice = self._invoice(45)
        self._redeem_card(invoice, self.card)
        self._posted(invoice)
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = wizard.create({"journal_id": invoice.journal_id.id})
        wizard.modify_moves()
        self._commit()
        fresh = wizard.new_move_ids
        self.assertEqual((fresh.state, fresh.amount_total), ("draft", 45))
        self.assertFalse(fresh.invoice_line_ids.filtered("giftcard_role"))
        self.assertCard(self.card, 100)
        self.assertBalances(deferred=-83.33, revenue=0, vat=-16.67, receivable=0)
