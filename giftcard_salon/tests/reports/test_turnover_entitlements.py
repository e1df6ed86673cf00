# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..deduction_common import GiftcardDeductionCommon
from ..till.deduction import test_conversion as changing
from .test_turnover import TurnoverMixin


@tagged("post_install", "-at_install")
class TestTurnoverOfEntitlements(TurnoverMixin, GiftcardDeductionCommon):
    """Cards sold with VAT: the use is the turnover, the sale has the VAT."""

    def _sell_unused(self, card_type, *args, **values):
        card = self._sell_entitlements(card_type, *args, **values)
        sold = self.env["pos.order"].search([("lines.giftcard_card_id", "=", card.id)])
        return card, sold

    def test_package_over_its_life(self):
        """C32: three units of 100.00; 83.33 net are turnover, unit by unit."""
        card, sold = self._sell_unused(self._make_package((self.massage, 3, 100)))
        self.assertEqual(self._analysis(sold), (0, 0, 100, 0))
        orders = sold
        for amount, net in ((33.33, 27.77), (33.34, 27.79), (33.33, 27.77)):
            order = self._redeem_entitlement(card.entitlement_ids, amount, price=40)
            self.assertEqual(self._analysis(order), (amount, net, 0, amount))
            orders |= order
        self.assertEqual(self._analysis(orders), (100, 83.33, 100, 100))
        details = self._details(self.session)
        self.assertEqual(details["products_info"]["qty"], 3)
        self.assertAlmostEqual(details["products_info"]["total"], 83.33, 2)
        # the VAT of the sale, and none of the uses
        self.assertEqual(self._taxes(details), {"VAT 20 %": (83.33, 16.67)})
        self.assertEqual(
            self._rows(details),
            {
                "Sales and refunds, taxes included": (0, 100),
                "Gift cards sold": (1, 100),
                "Paid by cards sold with VAT": (3, -100),
                "Total of the bills": (4, 100),
                "VAT in gift cards sold, part of the taxes": (0, 16.67),
            },
        )
        paid = {method["total"] for method in details["payments_per_method"]}
        self.assertEqual(paid, {100})
        # each day its own: the sale has VAT and no turnover, the use the opposite
        self._close_and_open()
        card = self._sell_entitlements(self.amount_type, 100)
        details = self._details(self.session)
        self.assertEqual(details["products"], [])
        self.assertEqual(self._taxes(details), {"VAT 20 %": (83.33, 16.67)})
        self._close_and_open()
        self._redeem_entitlement(card.entitlement_ids, 33.33)
        details = self._details(self.session)
        self.assertEqual(self._products(details), {self.massage.name: (1, 27.77)})
        self.assertEqual(self._taxes(details), {"VAT 20 %": (0, 0)})

    def test_dearer_item(self):
        """C35: a unit of 33.33 pays for 45.00; 45.00 are turnover, 1.95 is VAT."""
        card, sold = self._sell_unused(self._make_package((self.massage, 3, 100)))
        self._close_and_open()
        item = self._make_service("Gel manicure", 45)
        order = self._redeem_entitlement(
            card.entitlement_ids, 33.33, price=45, product=item
        )
        self.assertEqual(self._analysis(order), (45, 37.49, 0, 33.33))
        details = self._details(self.session)
        self.assertEqual(self._products(details), {"Gel manicure": (1, 37.49)})
        self.assertEqual(self._taxes(details), {"VAT 20 %": (9.72, 1.95)})
        self.assertEqual(
            self._rows(details),
            {
                "Sales and refunds, taxes included": (0, 45),
                "Paid by cards sold with VAT": (1, -33.33),
                "Total of the bills": (1, 11.67),
            },
        )
        data = self.session.get_closing_control_data()
        self.assertEqual(data["orders_details"], {"quantity": 1, "amount": 45})

    def test_refunds(self):
        """The use goes back to the card, then the card is given back."""
        card, sold = self._sell_unused(self.amount_type, 100)
        used = self._redeem_entitlement(card.entitlement_ids, 33.33)
        refund = self._give_back(used)
        self.assertEqual(self._analysis(refund), (-33.33, -27.77, 0, -33.33))
        self.assertEqual(self._analysis(used, refund), (0, 0, 0, 0))
        returned = self._give_back(sold)
        self.assertEqual(self._analysis(returned), (0, 0, -100, 0))
        details = self._details(self.session)
        self.assertEqual(
            self._rows(details),
            {
                "Sales and refunds, taxes included": (0, 0),
                "Gift cards sold": (1, 100),
                "Gift cards given back": (1, -100),
                "Paid by cards sold with VAT": (1, 0),
                "Total of the bills": (4, 0),
            },
        )

    def test_bonus_of_a_card_sold_with_vat(self):
        """Pay 100.00 for 110.00: 33.00 used are 30.00 of turnover."""
        card_type = self._make_type(
            name="Spa card",
            vat_mode="spv",
            is_free_amount=False,
            amount_ids=[
                Command.clear(),
                Command.create({"amount": 100, "value": 110}),
            ],
        )
        card, sold = self._sell_unused(card_type, 100)
        order = self._redeem_entitlement(card.entitlement_ids, 33)
        total, net, _sold, used = self._analysis(order)
        self.assertEqual((total, net, used), (30, 25, 30))
        rows = self._rows(self._details(self.session))
        self.assertEqual(rows["Sales and refunds, taxes included"], (0, 30))
        self.assertEqual(rows["Bonus given, taken off the sales"], (1, 3))

    _hold_conversion = changing.TestConversion._hold_conversion
    _conversion_lines = changing.TestConversion._conversion_lines
    _convert_and_redeem = changing.TestConversion._convert_and_redeem

    def test_change_into_a_gift_card(self):
        """C38: what the changed card pays for is turnover, the change is none."""
        card, sold = self._sell_unused(self._make_package((self.massage, 1, 100)))
        self._close_and_open()
        order = self._convert_and_redeem(card, 100)
        self.assertEqual(self._analysis(sold, order), (100, 94.79, 100, 0))
        self.assertEqual(order.giftcard_turnover, 100)
        details = self._details(self.session)
        self.assertEqual(
            self._taxes(details),
            {"VAT 5.5 %": (94.79, 5.21), "VAT 20 %": (-83.33, -16.67)},
        )
        rows = self._rows(details)
        self.assertEqual(rows["Sales and refunds, taxes included"], (0, 100))
        self.assertEqual(rows["of which paid by gift cards"], (1, 100))

    def test_invoices_analysis(self):
        values = {"partner_id": self.client.id, "to_invoice": True}
        card, sold = self._sell_unused(
            self._make_package((self.massage, 3, 100)), **values
        )
        order = self._redeem_entitlement(
            card.entitlement_ids, 33.33, price=40, **values
        )
        self.env.flush_all()
        figures = []
        for move in (sold.account_move, order.account_move):
            self.assertTrue(move)
            [sums] = self.env["account.invoice.report"]._read_group(
                [("move_id", "=", move.id)],
                [],
                ["price_subtotal:sum", "quantity:sum", "giftcard_amount:sum"],
            )
            figures.append(tuple(round(amount, 2) for amount in sums))
        self.assertEqual(figures, [(0, 0, 83.33), (27.77, 1, -27.77)])
