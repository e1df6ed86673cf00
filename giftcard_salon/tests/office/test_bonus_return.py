# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install")
class TestBonusReturn(GiftcardInvoiceCommon):
    """A bonus goes back over taxes in the office as it does at the till."""

    def _lines(self, *prices):
        return [
            Command.create(
                {
                    "product_id": self.services[rate].id,
                    "price_unit": price,
                    "tax_ids": [Command.set(self.services[rate].taxes_id.ids)],
                }
            )
            for rate, price in prices
        ]

    def _bonus(self, move):
        """What the discount lines of an invoice take off: tax included, and VAT."""
        return {
            line.tax_ids.amount: (
                -line.price_total,
                round(line.price_subtotal - line.price_total, 2),
            )
            for line in move.invoice_line_ids
            if line.price_total < 0
        }

    def _paid_invoice(self, *prices, uses):
        invoice = self._invoice()
        invoice.invoice_line_ids = self._lines(*prices)
        for card, amount in uses:
            self._redeem_card(invoice, card, amount)
        self._posted(invoice)
        return invoice

    def test_tax_that_is_full_leaves_the_rest_to_the_others(self):
        """5.00 at 20 % and 15.00 at 10 %; 10.00 back for goods of 3 : 1: 5.00 each."""
        card = self._card(100, 80)
        prices = ((20, 37.5), (20, 12.5), (10, 12.5), (10, 137.5))
        invoice = self._paid_invoice(*prices, uses=[(card, 100)])
        self.assertEqual(self._bonus(invoice), {20: (5, 0.83), 10: (15, 1.36)})
        note = self._draft_credit(invoice)
        note.invoice_line_ids.filtered(
            lambda line: (
                line.price_unit in (137.5,)
                or (line.price_unit == 12.5 and line.tax_ids.amount == 20)
            )
        ).unlink()
        note.action_fit_giftcard_bonus()
        self.assertEqual(self._bonus(note), {20: (5, 0.83), 10: (5, 0.45)})
        self.assertEqual(note.amount_total, 40)
        self._posted(note)
        self.assertCard(card, 50)
        self.assertEqual(card.available_consideration, 40)
        rest = self._draft_credit(invoice)
        rest.invoice_line_ids.filtered(
            lambda line: (
                line.price_unit == 37.5
                or (line.price_unit == 12.5 and line.tax_ids.amount == 10)
            )
        ).unlink()
        rest.action_fit_giftcard_bonus()
        self.assertEqual(self._bonus(rest), {10: (10, 0.91)})
        self._posted(rest)
        self.assertCard(card, 100)
        self.assertTiesOut()

    def test_vat_report_says_what_bonus_lowered(self):
        """A bonus of 5.00 at 20 % and 15.00 at 10 %: VAT of 0.83 and 1.36 less."""
        prices = ((20, 50), (10, 150))
        self._paid_invoice(*prices, uses=[(self._card(100, 80), 100)])
        cells = self._report_vat()
        found = [(row["base_discount"], row["vat_discount"]) for row in cells]
        self.assertEqual(found, [(-4.17, -0.83), (-13.64, -1.36)])

    def test_vat_report_of_what_a_card_paid_beside_a_fixed_tax(self):
        """60.50 with an eco tax of 0.50, a bonus of 5.00: all of 45.83 and 9.17."""
        eco = self.taxes[20].copy(
            {"name": "Eco tax", "amount_type": "fixed", "amount": 0.5}
        )
        invoice = self._invoice(60.5)
        invoice.invoice_line_ids.tax_ids += eco
        self.assertEqual(invoice.amount_total, 60.5)
        self._redeem_card(invoice, self._card(60.5, 55.5), 60.5)
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        found = [
            (row["base_used"], row["vat_used"])
            for row in self._report_vat()
            if row["vat_used"] != 0.5
        ]
        self.assertEqual(found, [(45.83, 9.17)])

    def _report_vat(self):
        """Check that documents and journal agree; return the figures by tax."""
        self.env.user.group_ids += self.env.ref("giftcard_salon.group_accountant")
        today = str(fields.Date.context_today(self.company))
        options = {
            "company_id": self.company.id,
            "date_from": today,
            "date_to": today,
        }
        report = self.env["giftcard.report"].get_report("vat", options)
        self.assertEqual(report["banner"]["kind"], "success", report["banner"])
        return [
            row["cells"]
            for row in report["tables"][0]["rows"]
            if row["style"] != "total"
        ]

    def test_discounts_of_cards_that_stay_are_made_anew(self):
        """1.67 and 1.66; the first leaves: 1.67; another comes: 3.33 in all (R2)."""
        self.company.tax_calculation_rounding_method = "round_globally"
        for make in self._invoice, self._order:
            with self.subTest(make=make.__name__):
                document = make(60)
                for _card in range(2):
                    self._redeem_card(document, self._card(10, 0), 10)
                first = document.giftcard_application_ids.sorted("id")[0]
                first.with_user(self.desk).action_remove()
                self._commit()
                document.invalidate_recordset()
                self.assertEqual(self._bonus_vats(document), [1.67])
                self._redeem_card(document, self._card(10, 0), 10)
                self.assertEqual(self._bonus_vats(document), [1.66, 1.67])
                self.assertEqual(
                    (document.amount_total, document.amount_tax), (40, 6.67)
                )

    def test_card_that_stays_is_split_over_what_is_sold(self):
        """5.00 over 30.00 and 10.00 is 3.75 and 1.25 when the card before it left."""
        invoice = self._invoice()
        invoice.invoice_line_ids = self._lines((20, 30), (10, 10))
        self._redeem_card(invoice, self._card(10, 0), 10)
        self._redeem_card(invoice, self._card(5, 0), 5)
        invoice.giftcard_application_ids.sorted("id")[0].with_user(
            self.desk
        ).action_remove()
        self._commit()
        self.assertEqual(self._bonus(invoice), {20: (3.75, 0.63), 10: (1.25, 0.11)})
        self._posted(invoice)

    def _bonus_vats(self, document):
        return sorted(
            round(line["record"].price_subtotal - line["record"].price_total, 2)
            for line in document._get_giftcard_base_lines()
            if line["record"].giftcard_role == "bonus"
        )

    def test_vat_of_two_discounts_is_rounded_once_on_a_document(self):
        """Two of 10.00 at 20 %: 3.33 off the VAT where bills are rounded once (R2)."""
        for method, vat, shown in (
            ("round_globally", 6.67, [1.67, 1.66]),
            ("round_per_line", 6.66, [1.67, 1.67]),
        ):
            for make in self._invoice, self._order:
                with self.subTest(method=method, make=make.__name__):
                    self.company.tax_calculation_rounding_method = method
                    document = make(60)
                    for _card in range(2):
                        self._redeem_card(document, self._card(10, 0), 10)
                    self.assertEqual(
                        (document.amount_total, document.amount_tax), (40, vat)
                    )
                    lines = document._get_giftcard_base_lines()
                    found = [
                        round(line["record"].price_subtotal + 10, 2)
                        for line in lines
                        if line["record"].giftcard_role == "bonus"
                    ]
                    self.assertEqual(found, shown)

    def test_what_is_left_of_two_taxes_goes_back_as_it_is(self):
        """GST and QST on 10.00: 0.43 and 0.87; 0.20 goes back first, then all of it."""
        vat = self.services[20].taxes_id
        taxes = self.env["account.tax"]
        for name, rate in (("GST", 5), ("QST", 9.975)):
            taxes += vat.copy(
                {
                    "name": name,
                    "amount": rate,
                    "price_include_override": "tax_excluded",
                }
            )
        invoice = self._invoice(0.17, 100)
        invoice.invoice_line_ids.tax_ids = taxes
        self._redeem_card(invoice, self._card(10, 0), 10)
        self._posted(invoice)
        for price, expected in ((0.17, (0.17, 0.01, 0.02)), (100, (8.53, 0.42, 0.85))):
            note = self._draft_credit(invoice)
            note.invoice_line_ids.filtered(
                lambda line, price=price: line.price_unit not in (price, -8.7)
            ).unlink()
            note.action_fit_giftcard_bonus()
            bonus = note.invoice_line_ids.filtered("giftcard_role")
            data = bonus.extra_tax_data
            found = [data["manual_total_excluded"]] + [
                data["manual_tax_amounts"][str(tax.id)]["tax_amount"] for tax in taxes
            ]
            self.assertEqual(found, [-amount for amount in expected])
            self._posted(note)
        self.assertEqual(note.state, "posted")
