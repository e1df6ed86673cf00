# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon
from ...invoice_common import GiftcardInvoiceMixin
from .currency_common import GiftcardCurrencyMixin


@tagged("post_install", "-at_install")
class TestForeignInvoice(
    GiftcardCurrencyMixin, GiftcardInvoiceMixin, GiftcardDeductionCommon
):
    """Cards in another currency on invoices in it leave at what they carry, too."""

    def setUp(self):
        super().setUp()
        self._close(self.session)
        self.euro = self.env.ref("base.EUR")
        self.session = self._make_foreign_till(self.euro)
        self._set_rate(self.euro, 1.25)
        self.loss = self.company.expense_currency_exchange_account_id
        self.gain = self.company.income_currency_exchange_account_id

    def _sum_exchange(self):
        accounts = self.loss | self.gain
        items = self.env["account.move.line"].search(
            [("account_id", "in", accounts.ids), ("parent_state", "=", "posted")]
        )
        return round(sum(items.mapped("balance")), 2)

    def _match(self, card):
        self.env["giftcard.accounting"]._match_ended()
        items = card.journal_item_ids.filtered(
            lambda item: item.account_id in (self.liability, self.deferred)
        )
        self.assertEqual(set(items.mapped("reconciled")), {True})
        self.assertEqual(
            self.env["giftcard.tie.out"]
            .create({"company_id": self.company.id})
            .is_equal,
            True,
        )

    def test_a_card_pays_an_invoice_at_another_rate(self):
        card = self._sell_foreign(self.session, 120)
        self._close(self.session)
        self._set_rate(self.euro, 1.00)
        invoice = self._invoice(120, currency_id=self.euro.id)
        self._redeem_card(invoice, card)
        payment = self._posted(invoice)
        self.assertEqual(invoice.payment_state, "paid")
        found = {item.account_id: item.balance for item in payment.line_ids}
        self.assertEqual((found[self.liability], found[self.loss]), (96, 24))
        self.assertBalances(liability=0, revenue=-100, vat=-20, receivable=0)
        self.assertEqual(self._sum_exchange(), 24)
        self._match(card)

    def test_a_credit_note_brings_back_what_the_invoice_took(self):
        card = self._sell_foreign(self.session, 120)
        self._close(self.session)
        self._set_rate(self.euro, 1.00)
        invoice = self._invoice(120, currency_id=self.euro.id)
        self._redeem_card(invoice, card)
        self._posted(invoice)
        self._credit(invoice)
        self.assertCard(card, 120)
        self.assertBalances(liability=-96, revenue=0, vat=0, receivable=0)
        self.assertEqual(self._sum_exchange(), 0)
        self.assertTiesOut()

    def test_vat_report_is_in_the_companys_currency(self):
        """EUR 120.00 sold at 1.25: base 80.00, VAT 16.00; EUR 60.00 used: 40, 8."""
        card_type = self._make_type(
            name="Euro spa card",
            vat_mode="spv",
            currency_id=self.euro.id,
            amount_min=1,
            amount_ids=[Command.clear()],
        )
        self.giftcard = self.session.payment_method_ids.filtered("giftcard_is_method")
        self._sell_entitlements(card_type, 120)
        card = self._sell_foreign(self.session, 180)
        payment = self._hold_at(self.session, card, 60)
        self._bill([self._line(self.services[20], 60)], [payment])
        self._close(self.session)
        found = self._report_vat()
        self.assertEqual(
            {name: found[name] for name in ("base_sold", "vat_sold")},
            {"base_sold": 80, "vat_sold": 16},
        )
        self.assertEqual((found["base_used"], found["vat_used"]), (40, 8))
        self._set_rate(self.euro, 1.00)
        invoice = self._invoice(120, currency_id=self.euro.id)
        self._redeem_card(invoice, card)
        self._posted(invoice)
        found = self._report_vat()
        self.assertEqual((found["base_used"], found["vat_used"]), (140, 28))

    def _report_vat(self):
        self.env.user.group_ids += self.env.ref("giftcard_salon.group_accountant")
        today = str(fields.Date.context_today(self.company))
        options = {
            "company_id": self.company.id,
            "date_from": today,
            "date_to": today,
        }
        report = self.env["giftcard.report"].get_report("vat", options)
        self.assertEqual(report["banner"]["kind"], "success", report["tables"][1])
        (found,) = (
            row["cells"] for row in report["tables"][0]["rows"] if "20" in row["label"]
        )
        return found

    def test_a_service_on_an_invoice_has_an_entry_beside_it(self):
        card_type = self._make_type(
            name="Euro spa card",
            vat_mode="spv",
            currency_id=self.euro.id,
            amount_min=1,
            amount_ids=[Command.clear()],
        )
        self.giftcard = self.session.payment_method_ids.filtered("giftcard_is_method")
        card = self._sell_entitlements(card_type, 120)
        self._close(self.session)
        self.assertBalances(deferred=-80)
        self._set_rate(self.euro, 1.00)
        invoice = self._invoice(120, currency_id=self.euro.id)
        self._redeem_card(invoice, card)
        self._posted(invoice)
        self.assertBalances(deferred=0, revenue=-100)
        self.assertEqual(self._sum_exchange(), 20)
        self.assertTiesOut()
        self._match(card)
        beside = self.env["account.move.line"].search(
            [("account_id", "=", self.loss.id)]
        )
        self.assertEqual(beside.move_id.date, invoice.date)
