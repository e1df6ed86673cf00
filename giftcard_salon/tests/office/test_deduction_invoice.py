# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestDeductionInvoice(GiftcardDeductionCommon):
    """Pairs on invoices, credit notes and under other ways to count tax."""

    def setUp(self):
        super().setUp()
        self.card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        self.part = self.card.entitlement_ids
        self.other = self._make_service("Gel manicure", 45)
        self._close_and_open()

    def _postings(self):
        """Balances of all posted items by role; money left out."""
        roles = {
            "deferred": self.deferred,
            "vat": self.company_data["default_account_tax_sale"],
            "revenue": self.company_data["default_account_revenue"],
        }
        items = self.env["account.move.line"].search(
            [
                ("account_id", "in", [account.id for account in roles.values()]),
                ("parent_state", "=", "posted"),
            ]
        )
        return {
            role: round(
                sum(item.balance for item in items if item.account_id == account),
                2,
            )
            for role, account in roles.items()
        }

    def test_sale_of_a_card_is_invoiced(self):
        lines = self._quote_lines(self.amount_type, 100)
        order = self._bill(lines, partner_id=self.client.id, to_invoice=True)
        invoice = order.account_move
        self.assertEqual(
            (invoice.amount_untaxed, invoice.amount_tax, invoice.payment_state),
            (83.33, 16.67, "paid"),
        )
        item = invoice.line_ids.filtered(lambda line: line.account_id == self.deferred)
        self.assertEqual(
            (item.balance, item.giftcard_card_id),
            (-83.33, order.lines.giftcard_card_id),
        )
        self._close_and_open()

    def test_use_is_invoiced_at_once(self):
        order = self._redeem_entitlement(
            self.part,
            33.33,
            price=45,
            product=self.other,
            partner_id=self.client.id,
            to_invoice=True,
        )
        invoice = order.account_move
        self.assertEqual(
            (invoice.amount_untaxed, invoice.amount_tax, invoice.amount_total),
            (9.72, 1.95, 11.67),
        )
        self.assertEqual(invoice.payment_state, "paid")
        released = invoice.line_ids.filtered(
            lambda line: line.account_id == self.deferred
        )
        self.assertEqual(
            (released.balance, released.giftcard_card_id), (27.77, self.card)
        )
        self.assertReturn(invoice, invoice_base_2=-9.72, invoice_tax_2=-1.95)
        self._close_and_open()
        self.assertEqual(
            self._postings(), {"deferred": -55.56, "vat": -18.62, "revenue": -37.49}
        )

    def test_use_of_nothing_to_pay_is_invoiced_and_credited(self):
        order = self._redeem_entitlement(
            self.part, 33.33, partner_id=self.client.id, to_invoice=True
        )
        self.assertEqual(order.account_move.amount_total, 0)
        self._close_and_open()
        before = {"deferred": -55.56, "vat": -16.67, "revenue": -27.77}
        self.assertEqual(self._postings(), before)
        refund = self._give_back(order, partner_id=self.client.id, to_invoice=True)
        self.assertEqual(refund.account_move.move_type, "out_refund")
        self._close_and_open()
        self.assertEqual(
            self._postings(), {"deferred": -83.33, "vat": -16.67, "revenue": 0}
        )
        self.assertEntitlement(self.part, 100, 83.33, 3)

    def test_topped_up_use_is_invoiced_and_credited(self):
        order = self._redeem_entitlement(
            self.part,
            33.33,
            price=45,
            product=self.other,
            partner_id=self.client.id,
            to_invoice=True,
        )
        self._close_and_open()
        self._give_back(order, partner_id=self.client.id, to_invoice=True)
        self._close_and_open()
        self.assertEqual(
            self._postings(), {"deferred": -83.33, "vat": -16.67, "revenue": 0}
        )

    def test_use_is_invoiced_later(self):
        order = self._redeem_entitlement(self.part, 33.33, price=45, product=self.other)
        self._close_and_open()
        books = self._postings()
        order.partner_id = self.client
        order.action_pos_order_invoice()
        self.assertEqual(order.account_move.amount_total, 11.67)
        self.assertEqual(self._postings(), books)
        self.assertTiesOut()

    def test_given_back_from_the_back_office(self):
        order = self._redeem_entitlement(self.part, 33.33, price=45, product=self.other)
        self._close_and_open()
        refund = self.env["pos.order"].browse(order.refund()["res_id"])
        self.assertEqual(refund.amount_total, -11.67)
        self.env["pos.make.payment"].with_context(
            active_id=refund.id, active_ids=refund.ids
        ).create(
            {"amount": -11.67, "payment_method_id": self.cash_of(self.session).id}
        ).check()
        self._commit()
        self.assertEntitlement(self.part, 100, 83.33, 3)
        self.assertBooked(
            self._close_and_open(),
            money=-11.67,
            deferred=-27.77,
            revenue=37.49,
            vat=1.95,
        )

    def test_office_credits_a_pair_of_the_till_whole_or_not_at_all(self):
        order = self._redeem_entitlement(
            self.part, 33.33, partner_id=self.client.id, to_invoice=True
        )
        self._close_and_open()
        books = self._postings()
        invoice = order.account_move
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        wizard.refund_moves()
        note = wizard.new_move_ids
        lines = note.invoice_line_ids.sorted("price_total")
        for change in (
            lambda: lines[0].unlink(),
            lambda: lines[-1].unlink(),
            lambda: lines[0].write({"price_unit": -20}),
        ):
            with (
                self.assertRaisesRegex(UserError, "go back together"),
                self.env.cr.savepoint(),
            ):
                change()
                note.action_post()
        self.env.invalidate_all()
        self.assertEqual(self._postings(), books)
        note.action_post()
        self.assertEntitlement(self.part, 100, 83.33, 3)
        self.assertEqual(
            self._postings(), {"deferred": -83.33, "vat": -16.67, "revenue": 0}
        )
        self.assertTiesOut()

    def test_credit_note_gives_back_on_the_account_chosen_since(self):
        order = self._redeem_entitlement(
            self.part, 33.33, partner_id=self.client.id, to_invoice=True
        )
        self._close_and_open()
        other = self.deferred.copy({"name": "Services owed from now on"})
        accounting = self.env["giftcard.accounting"].sudo()
        accounting._move_account(self.company, "deferred", other)
        self.assertEqual(self._postings()["deferred"], 0)
        invoice = order.account_move
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        wizard.refund_moves()
        note = wizard.new_move_ids
        note.action_post()
        self.assertEntitlement(self.part, 100, 83.33, 3)
        item = note.line_ids.filtered(lambda line: line.account_id == other)
        self.assertEqual((item.balance, item.giftcard_card_id), (-27.77, self.card))
        self.assertEqual(self._postings(), {"deferred": 0, "vat": -16.67, "revenue": 0})
        self.assertTiesOut()

    def test_fiscal_position_that_changes_the_tax(self):
        position = self.env["account.fiscal.position"].create({"name": "Ten"})
        self.taxes[10].write(
            {
                "fiscal_position_ids": position.ids,
                "original_tax_ids": self.taxes[20].ids,
            }
        )
        self.assertEqual(position.map_tax(self.taxes[20]), self.taxes[10])
        hold = self._hold_entitlements(
            self.card, (self.part, 33.33, (self.massage, 40))
        )
        lines = self._deduction_lines(self.massage, hold["redemptions"][0])
        self._refused(
            "does not fit",
            lambda: self._bill(lines, fiscal_position_id=position.id),
        )
        self._commit()
        self._refused(
            "VAT was counted",
            lambda: self._hold_entitlements(
                self.card,
                (self.part, 33.33, (self.other, 45)),
                fiscal_position_id=position.id,
            ),
        )

    def test_prices_without_tax(self):
        without = self.taxes[20].copy({"price_include_override": "tax_excluded"})
        facial = self._make_service("Facial", 37.5)
        facial.taxes_id = without
        card = self._sell_entitlements(self._make_package((facial, 3, 100)))
        part = card.entitlement_ids
        self.assertEqual((part.price, part.net), (100, 83.33))
        self._close_and_open()
        for amount, net in ((33.33, 27.77), (33.34, 27.79)):
            order = self._redeem_entitlement(part, amount, price=37.5, product=facial)
            self.assertEqual(order.amount_total, 0)
            self.assertBooked(self._close_and_open(), deferred=net, revenue=-net)
        dearer = self._make_service("Long facial", 37.5)
        dearer.taxes_id = without
        order = self._redeem_entitlement(part, 33.33, price=37.5, product=dearer)
        self.assertEqual((order.amount_total, order.amount_tax), (11.67, 1.95))
        self.assertBooked(
            self._close_and_open(),
            money=11.67,
            deferred=27.77,
            revenue=-37.49,
            vat=-1.95,
        )
        self.assertEntitlement(part, 0, 0, 0)
