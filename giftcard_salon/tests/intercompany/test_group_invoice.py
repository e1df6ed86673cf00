# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.fields import Command
from odoo.tests import tagged

from ..group_common import GiftcardGroupCommon


@tagged("post_install", "-at_install")
class TestGroupInvoice(GiftcardGroupCommon):
    """VAT counted at the sale in company A, the service given by company B (C47)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.massage = cls.services[20]
        cls.spv = cls._make_type(
            name="Massages",
            kind="service",
            vat_mode="spv",
            amount_ids=False,
            service_ids=[Command.create({"product_id": cls.massage.id, "quantity": 1})],
        )
        cls.deferred = cls.company.giftcard_deferred_account_id

    def _sell_units(self, units, value, net, **part):
        """Sell a single-purpose card in company A, its books included."""
        card = self.env["giftcard.card"]._issue(
            self.spv,
            [
                {
                    "key": str(uuid4()),
                    "value": value,
                    "entitlements": [
                        {
                            "key": str(uuid4()),
                            "name": "Massage",
                            "kind": "service",
                            "quantity": units,
                            "value": value,
                            "price": value,
                            "net": net,
                            "product_id": self.massage.id,
                            "tax_ids": self.taxes[20].ids,
                            **part,
                        }
                    ],
                }
            ],
            "sale",
            self._origin(),
        )
        accounting = self.env["giftcard.accounting"]
        accounting = accounting._as_writer(accounting)
        accounting._post_entries(
            card.sudo().entry_ids, self.company_data["default_account_assets"], "Sale"
        )
        self._commit()
        return card

    def _redeem_entitlement(self, card, amount, key=None):
        key = key or str(uuid4())
        uses = self.env["giftcard.redemption"].sudo()
        with self._at_other():
            origin = self._origin()
            uses = uses.with_env(self.env(su=True))
            uses._hold(
                card.with_env(self.env), key, 1, amount, origin, card.entitlement_ids
            )
            use = uses._capture(key, amount, origin)
            self._commit()
        return use.with_env(self.env)

    def _give_back(self, use, amount):
        with self._at_other():
            use.with_env(self.env).sudo()._refund(amount, str(uuid4()), self._origin())
            self._commit()

    def test_service_is_invoiced_at_the_agreed_price(self):
        """C47: 83.33 are revenue of A, B invoices 70.00 and VAT."""
        self.massage.with_company(self.other).giftcard_agreed_price = 70
        self.other.giftcard_invoicing = "use"
        card = self._sell_units(1, 100, 83.33)
        self.assertPostings(self.company, deferred=-83.33)
        self._redeem_entitlement(card, 100)
        row = self._rows()
        self.assertEqual((row.vat_by, row.net, row.agreed_net), ("issuer", 83.33, 70))
        self.assertBothTieOut()
        self._run_queue()
        self.assertPostings(
            self.company,
            deferred=0,
            revenue=-83.33,
            cost=70,
            input_vat=14,
            payable=-84,
        )
        self.assertPostings(self.other, receivable=84, revenue=-70, vat=-14)
        self.assertFalse(self.assertBothTieOut().line_ids)
        bill, invoice = row.sudo().bill_id, row.sudo().invoice_id
        self.assertEqual((bill.ref, bill.amount_total), (invoice.name, 84))
        self.assertEqual(bill.invoice_date, invoice.invoice_date)
        statement = self._settle()
        own = statement.with_user(self.accountant)
        other = statement.with_user(self.other_accountant)
        self.assertEqual((own.net, other.net), (-84, 84))
        self.assertEqual(
            row.with_user(self.accountant).reader_move_ids.company_id, self.company
        )
        self._pay(own)
        self._pay(other)
        self.assertEqual((row.is_paid, row.is_received), (True, True))
        self.assertEqual((bill.payment_state, invoice.payment_state), ("paid", "paid"))
        self.assertPostings(self.company, payable=0)
        self.assertPostings(self.other, receivable=0)

    def test_month_makes_one_invoice_of_all_uses(self):
        """Without a price of its own: the percentage of the net, uses by R5."""
        self.other.giftcard_agreed_percent = 90
        card = self._sell_units(3, 100, 83.33)
        for amount in (33.33, 33.34, 33.33):
            self._redeem_entitlement(card, amount)
        rows = self._rows()
        self.assertEqual(rows.mapped("net"), [27.77, 27.79, 27.77])
        self.assertEqual(rows.mapped("agreed_net"), [24.99, 25.01, 24.99])
        self._run_queue()
        self.assertPostings(self.company, deferred=0, revenue=-83.33, payable=0)
        self.assertFalse(rows.sudo().invoice_id)
        statement = self._settle()
        invoice = rows.sudo().invoice_id
        self.assertEqual(invoice.amount_untaxed, 74.99)
        self.assertEqual(invoice.amount_tax, 15)
        self.assertIn("Massage × 3", invoice.invoice_line_ids.name)
        self.assertPostings(self.company, cost=74.99, input_vat=15, payable=-89.99)
        self.assertPostings(self.other, receivable=89.99, revenue=-74.99, vat=-15)
        self.assertEqual(statement.with_user(self.accountant).to_pay, 89.99)

    def test_draft_waits_for_its_accountant(self):
        """The vendor bill follows when the invoice is posted."""
        self.other.giftcard_invoicing = "month_draft"
        card = self._sell_units(1, 100, 83.33)
        self._redeem_entitlement(card, 100)
        self._settle()
        row = self._rows().sudo()
        self.assertEqual(row.invoice_id.state, "draft")
        self._run_queue()
        self.assertFalse(row.bill_id)
        row.invoice_id.action_post()
        self._run_queue()
        self.assertEqual(row.bill_id.state, "posted")
        self.assertPostings(self.company, cost=83.33, input_vat=16.67, payable=-100)

    def test_money_back_on_the_card_is_credited(self):
        """Before the invoice it nets; after it, a credit note goes both ways."""
        self.massage.with_company(self.other).giftcard_agreed_price = 70
        card = self._sell_units(1, 100, 83.33)
        use = self._redeem_entitlement(card, 100)
        self._settle()
        self._give_back(use, 40)
        self._give_back(use, 60)
        rows = self._rows()
        self.assertEqual(rows.mapped("agreed_net"), [70, -28, -42])
        self._run_queue()
        self.assertPostings(self.company, deferred=-83.33, revenue=0)
        self._settle()
        credit = rows[1:].sudo().invoice_id
        self.assertEqual((credit.move_type, credit.amount_total), ("out_refund", 84))
        self.assertEqual(rows[1:].sudo().bill_id.move_type, "in_refund")
        for company in (self.company, self.other):
            self.assertPostings(company, payable=0, receivable=0, revenue=0)
        self.assertBothTieOut()

    def test_tip_passes_through_without_vat(self):
        """A prepaid tip is owed like money, and nobody invoices it."""
        card = self._sell_units(
            0, 10, 10, name="Tip", kind="tip", product_id=False, tax_ids=[]
        )
        self.assertPostings(self.company, tips=-10)
        self._redeem_entitlement(card, 10)
        row = self._rows()
        self.assertEqual((row.vat_by, row.consideration), ("nobody", 10))
        self._run_queue()
        self.assertPostings(self.company, tips=0, payable=-10)
        with self._at_other():
            accounting = self.env["giftcard.accounting"]
            account = self.company_data["default_account_revenue"]
            item = accounting._prepare_deduction_item(
                row.sudo().entry_id, self.company, account
            )
            self.assertEqual(
                item["account_id"], self.company.giftcard_receivable_account_id.id
            )
            self.assertEqual(item["giftcard_settlement_id"], row.id)
            self.assertEqual(
                accounting._get_deduction_account(
                    self.company, card, card.entitlement_ids, account
                ).id,
                item["account_id"],
            )

    def test_deduction_elsewhere_is_on_the_items_account(self):
        card = self._sell_units(1, 100, 83.33)
        self._redeem_entitlement(card, 100)
        account = self.other_data["default_account_revenue"]
        accounting = self.env["giftcard.accounting"]
        item = accounting._prepare_deduction_item(
            self._rows().sudo().entry_id, self.other, account
        )
        self.assertEqual(item, {"account_id": account.id})
        own = accounting._get_deduction_account(
            self.company, card, card.entitlement_ids, account
        )
        self.assertEqual(own, self.deferred)

    def test_missing_purchase_tax_is_told_and_tried_again(self):
        self.other.giftcard_invoicing = "use"
        taxes = self.env["account.tax"].search(
            [("type_tax_use", "=", "purchase"), ("amount", "=", 20)]
        )
        taxes.active = False
        card = self._sell_units(1, 100, 83.33)
        self._redeem_entitlement(card, 100)
        self._run_queue()
        row = self._rows()
        self.assertIn("has no purchase tax", row.with_user(self.accountant).note)
        self.assertFalse(row.sudo().bill_id)
        taxes.active = True
        self._run_queue()
        self.assertFalse(row.with_user(self.accountant).note)
        self.assertPostings(self.company, payable=-100)
