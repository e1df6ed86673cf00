# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..deduction_common import GiftcardDeductionCommon
from ..invoice_common import GiftcardInvoiceCommon, GiftcardInvoiceMixin


class BonusAccountsMixin(GiftcardInvoiceMixin):
    """A second income account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods_account = cls.revenue.copy({"name": "Goods"})

    def _sum(self, account, *moves):
        """Balance of an account over some moves."""
        items = self.env["account.move.line"].union(*(move.line_ids for move in moves))
        items = items.filtered(lambda item: item.account_id == account)
        return round(sum(items.mapped("balance")), 2)


@tagged("post_install", "-at_install")
class TestBonusAccounts(BonusAccountsMixin, GiftcardInvoiceCommon):
    """A bonus lowers the income of all items it is given on, and goes back there."""

    def setUp(self):
        super().setUp()
        self.oil = self.env["product.product"].create(
            {
                "name": "Oil",
                "type": "service",
                "taxes_id": [Command.set(self.taxes[20].ids)],
                "property_account_income_id": self.goods_account.id,
            }
        )

    def _make_invoice(self):
        invoice = self._invoice(60, 50)
        # the desk's accountant says where it goes
        invoice.invoice_line_ids[1].sudo().account_id = self.goods_account
        self._redeem_card(invoice, self._card(110, 100))
        return invoice

    def _make_order_invoice(self):
        order = self._order(60, 50)
        order.order_line[1].product_id = self.oil
        order.order_line[1].price_unit = 50
        self._redeem_card(order, self._card(110, 100))
        order.action_confirm()
        self._commit()
        return self._invoice_of(order)

    def test_bonus_is_split_by_account_and_returns_there(self):
        """10.00 at 20 % over 60.00 and 50.00: 4.54 and 3.79 without VAT."""
        for make in self._make_invoice, self._make_order_invoice:
            with self.subTest(make=make.__name__):
                invoice = make()
                self._posted(invoice)
                self.assertEqual(
                    (invoice.amount_total, invoice.amount_tax), (100, 16.66)
                )
                bonus = invoice.invoice_line_ids.filtered(
                    lambda line: line.giftcard_role == "bonus"
                )
                self.assertEqual(
                    {line.account_id: line.balance for line in bonus},
                    {self.revenue: 4.54, self.goods_account: 3.79},
                )
                self.assertEqual(sorted(bonus.mapped("price_total")), [-5.45, -4.55])
                notes = []
                for gone, figures in (
                    (50, {self.revenue: -4.54}),
                    (60, {self.goods_account: -3.79}),
                ):
                    note = self._draft_credit(invoice)
                    note.invoice_line_ids.filtered(
                        lambda line, price=gone: line.price_unit == price
                    ).unlink()
                    note.action_fit_giftcard_bonus()
                    self._posted(note)
                    notes.append(note)
                    self.assertEqual(
                        {
                            line.account_id: line.balance
                            for line in note.invoice_line_ids
                            if line.price_total < 0
                        },
                        figures,
                    )
                for account in self.revenue, self.goods_account:
                    self.assertEqual(self._sum(account, invoice, *notes), 0)
                self.assertEqual(sum(note.amount_total for note in notes), 100)
                self.assertTiesOut()

    def test_parts_of_both_accounts_leave_nothing(self):
        """24.00 and 18.00 go back, then 36.00 and 32.00; then nothing is left."""
        invoice = self._make_invoice()
        self._posted(invoice)
        notes = []
        for prices in (24, 18), (36, 32):
            note = self._draft_credit(invoice)
            items = note.invoice_line_ids.filtered(lambda line: line.price_total > 0)
            for line, price in zip(items, prices, strict=True):
                line.price_unit = price
            note.action_fit_giftcard_bonus()
            self._posted(note)
            notes.append(note)
        for account in self.revenue, self.goods_account:
            self.assertEqual(self._sum(account, invoice, *notes), 0)
        self.assertBalances(liability=-100, revenue=0, vat=0, receivable=0)
        self.assertTiesOut()

    def test_whole_credit_note_has_the_invoices_accounts(self):
        invoice = self._make_invoice()
        self._posted(invoice)
        note = self._credit(invoice)
        for account in self.revenue, self.goods_account:
            self.assertEqual(self._sum(account, invoice, note), 0)


@tagged("post_install", "-at_install")
class TestDeductionBonusAccount(BonusAccountsMixin, GiftcardDeductionCommon):
    """The bonus of a single-purpose card stays on the account of its item."""

    def setUp(self):
        super().setUp()
        self.oil = self._make_service("Oil", 300)
        self.oil.sudo().property_account_income_id = self.goods_account
        bonus = self._make_type(
            name="Bonus", vat_mode="spv", amount_ids=False, bonus_rate=10
        )
        self.card = self._sell_entitlements(bonus, 100)
        self._close(self.session)

    def test_item_beside_a_larger_one_on_another_account(self):
        """110.00 for 100.00: the bonus of 10.00 is 8.33 less of its item's income."""
        for make in self._invoice, self._order:
            with self.subTest(make=make.__name__):
                document = make(300, 55)
                lines = document[
                    "order_line" if make == self._order else "invoice_line_ids"
                ]
                for line in lines.filtered(lambda line: line.price_unit == 300):
                    line.product_id = self.oil
                    line.price_unit = 300
                item = lines.filtered(lambda line: line.price_unit == 55)
                part = self.card.entitlement_ids
                self._redeem_card(document, self.card, 55, line=item, part=part)
                invoice = document
                if make == self._order:
                    document.action_confirm()
                    self._commit()
                    invoice = self._invoice_of(document)
                self._posted(invoice)
                bonus = invoice.invoice_line_ids.filtered(
                    lambda line: line.giftcard_role == "bonus"
                )
                self.assertEqual(bonus.account_id, self.revenue)
                self.assertEqual(bonus.price_total, -5)
                self.assertEqual(self._sum(self.goods_account, invoice), -250)
