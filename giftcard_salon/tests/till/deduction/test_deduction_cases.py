# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon


class DeductionCases:
    """The worked cases of single-purpose cards, through bills and closed sessions."""

    # Odoo's own runner leaves out what a class inherits, unless it is told
    allow_inherited_tests_method = True
    rounding = "round_globally"

    def setUp(self):
        self.company.tax_calculation_rounding_method = self.rounding
        super().setUp()

    def test_three_units_clear_the_deferred_account(self):
        """C32, and C31 for one unit: 27.77, 27.79, 27.77."""
        package = self._make_package((self.massage, 3, 100))
        card = self._sell_entitlements(package)
        part = card.entitlement_ids
        self.assertEqual((card.value, card.price, part.net), (100, 100, 83.33))
        self.assertBooked(
            self._close_and_open(), money=100, deferred=-83.33, vat=-16.67
        )
        for amount, net, units in (
            (33.33, 27.77, 2),
            (33.34, 27.79, 1),
            (33.33, 27.77, 0),
        ):
            order = self._redeem_entitlement(part, amount, price=40)
            self.assertEqual(order.amount_total, 0)
            self.assertEntitlement(
                part, card.available, card.entitlement_ids.available_net, units
            )
            self.assertBooked(self._close_and_open(), deferred=net, revenue=-net)
        self.assertEntitlement(part, 0, 0, 0)
        self.assertCard(card, 0, status="used")

    def test_seven_units(self):
        """C33: 49.99 at 5.5 %."""
        package = self._make_package((self.services[5.5], 7, 49.99))
        card = self._sell_entitlements(package)
        part = card.entitlement_ids
        self.assertEqual(part.net, 47.38)
        self._close_and_open()
        for net in (6.77, 6.76, 6.77, 6.77, 6.77, 6.77, 6.77):
            self._redeem_entitlement(
                part, part.next_unit_price, product=self.services[5.5]
            )
            self.assertBooked(self._close_and_open(), deferred=net, revenue=-net)
        self.assertEntitlement(part, 0, 0, 0)

    def test_dearer_item_is_topped_up(self):
        """C35: unit of 33.33, item of 45.00."""
        card = self._sell_entitlements(self._make_package((self.services[10], 3, 100)))
        self.assertEqual(card.entitlement_ids.net, 90.91)
        card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        part = card.entitlement_ids
        self._close_and_open()
        other = self._make_service("Gel manicure", 45)
        order = self._redeem_entitlement(part, 33.33, price=45, product=other)
        self.assertEqual((order.amount_total, order.amount_tax), (11.67, 1.95))
        self.assertBooked(
            self._close_and_open(),
            money=11.67,
            deferred=27.77,
            revenue=-37.49,
            vat=-1.95,
        )
        self.assertEntitlement(part, 66.67, 55.56, 2)

    def test_cheaper_item_leaves_the_rest(self):
        card = self._sell_entitlements(self._make_package((self.massage, 2, 100)))
        part = card.entitlement_ids
        tea = self._make_service("Tea", 20)
        order = self._redeem_entitlement(part, 50, price=20, product=tea)
        self.assertEqual(order.amount_total, 0)
        self.assertEntitlement(part, 80, 66.66, 2)
        self.assertEqual(part.next_unit_price, 30)

    def test_amount_card(self):
        """C57: 33.33 three times and 0.01."""
        card = self._sell_entitlements(self.amount_type, 100)
        part = card.entitlement_ids
        self.assertBooked(
            self._close_and_open(), money=100, deferred=-83.33, vat=-16.67
        )
        for amount, net in (
            (33.33, 27.77),
            (33.33, 27.78),
            (33.33, 27.77),
            (0.01, 0.01),
        ):
            self._redeem_entitlement(part, amount)
            self.assertBooked(self._close_and_open(), deferred=net, revenue=-net)
        self.assertEntitlement(part, 0, 0)

    def test_rest_of_an_amount_card_is_topped_up(self):
        """C59: 10.00 are left for an item of 45.00."""
        card = self._sell_entitlements(self.amount_type, 100)
        part = card.entitlement_ids
        self._redeem_entitlement(part, 90)
        self._close_and_open()
        order = self._redeem_entitlement(part, 10, price=45)
        self.assertEqual((order.amount_total, order.amount_tax), (35, 5.83))
        self.assertBooked(
            self._close_and_open(),
            money=35,
            deferred=8.33,
            revenue=-37.50,
            vat=-5.83,
        )
        self.assertCard(card, 0, status="used")

    def test_undone_use_gives_back_what_it_took(self):
        """C42."""
        card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        part = card.entitlement_ids
        order = self._redeem_entitlement(part, 33.33)
        self._close_and_open()
        self._give_back(order)
        self.assertBooked(self._close_and_open(), deferred=-27.77, revenue=27.77)
        self.assertEntitlement(part, 100, 83.33, 3)

    def test_topped_up_use_given_back(self):
        card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        part = card.entitlement_ids
        other = self._make_service("Gel manicure", 45)
        order = self._redeem_entitlement(part, 33.33, price=45, product=other)
        self._close_and_open()
        refund = self._give_back(order)
        self.assertEqual((refund.amount_total, refund.amount_tax), (-11.67, -1.95))
        self.assertBooked(
            self._close_and_open(),
            money=-11.67,
            deferred=-27.77,
            revenue=37.49,
            vat=1.95,
        )
        self.assertEntitlement(part, 100, 83.33, 3)

    def test_unused_card_given_back(self):
        """C40: in a later period, on the refund's own tags."""
        package = self._make_package((self.massage, 3, 100))
        card = self._sell_entitlements(package)
        order = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        move = self._close_and_open()
        self.assertReturn(move, invoice_base_2=-83.33, invoice_tax_2=-16.67)
        self._give_back(order.order_id)
        move = self._close_and_open()
        self.assertBooked(move, money=-100, deferred=83.33, vat=16.67)
        self.assertReturn(move, refund_base_2=83.33, refund_tax_2=16.67)
        self.assertCard(card, 0, status="refunded")

    def test_partly_used_card_given_back(self):
        card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        sold = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        self._redeem_entitlement(card.entitlement_ids, 33.33)
        self._close_and_open()
        refund = self._give_back(sold.order_id)
        self.assertEqual((refund.amount_total, refund.amount_tax), (-66.67, -11.11))
        self.assertBooked(
            self._close_and_open(), money=-66.67, deferred=55.56, vat=11.11
        )
        self.assertEntitlement(card.entitlement_ids, 0, 0, 0)

    def test_use_moves_nothing_on_the_vat_return(self):
        card = self._sell_entitlements(self.amount_type, 100)
        self._close_and_open()
        self._redeem_entitlement(card.entitlement_ids, 33.33)
        move = self._close_and_open()
        self.assertReturn(move)
        self.assertFalse(move.line_ids.tax_line_id)
        self.assertEqual(
            {tag.name for tag in move.line_ids.tax_tag_ids}, {"invoice base 20.0"}
        )


@tagged("post_install", "-at_install")
class TestDeductionCasesGlobally(DeductionCases, GiftcardDeductionCommon):
    rounding = "round_globally"


@tagged("post_install", "-at_install")
class TestDeductionCasesPerLine(DeductionCases, GiftcardDeductionCommon):
    rounding = "round_per_line"
