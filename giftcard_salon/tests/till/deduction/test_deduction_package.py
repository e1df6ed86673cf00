# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestDeductionPackage(GiftcardDeductionCommon):
    """Packages of several rates with a tip, and what the till is told of them."""

    def setUp(self):
        super().setUp()
        self.tip = self.env.ref("point_of_sale.product_product_tip")
        self.session.config_id.sudo().write(
            {"iface_tipproduct": True, "tip_product_id": self.tip.id}
        )
        self.tip.taxes_id = False
        self.lunch = self._make_service("Spa lunch", 33, rate=10)
        self.massage.list_price = 90
        self.package = self._make_package(
            (self.massage, 2, 0), (self.lunch, 1, 0), (None, 1, 5)
        )

    def test_offer_is_what_the_services_cost_now(self):
        offer = self.giftcard.with_user(self.cashier).giftcard_quote(
            self.package.id, self.session.id
        )
        self.assertEqual((offer["price"], offer["value"]), (218, 218))
        self.assertEqual(
            [
                (part["kind"], part["quantity"], part["amounts"]["gross"])
                for part in offer["entitlements"]
            ],
            [("service", 2, 180), ("service", 1, 33), ("tip", 1, 5)],
        )
        self.assertEqual(
            [part["amounts"]["base"] for part in offer["entitlements"]], [150, 30, 5]
        )

    def test_one_taxed_part_per_service_and_the_tip_without(self):
        card = self._sell_entitlements(self.package)
        self.assertEqual(card.entitlement_ids.mapped("net"), [150, 30, 5])
        self.assertEqual(
            card.entitlement_ids.mapped("liability_kind"),
            ["deferred", "deferred", "tips"],
        )
        self.assertEqual(len(card.entry_ids), 3)
        self.assertBooked(
            self._close_and_open(), money=218, deferred=-180, tips=-5, vat=-33
        )
        massage, lunch, tip = card.entitlement_ids
        self._redeem_entitlement(massage, 90)
        self._redeem_entitlement(lunch, 33, product=self.lunch)
        order = self._redeem_entitlement(tip, 5, product=self.tip)
        self.assertEqual(order.amount_total, 0)
        self.assertBooked(self._close_and_open(), deferred=105, tips=5, revenue=-110)
        self.assertEntitlement(massage, 90, 75, 1)
        self.assertCard(card, 90, status="partial")

    def test_whole_package_on_one_bill(self):
        card = self._sell_entitlements(self.package)
        self._close_and_open()
        massage, lunch, tip = card.entitlement_ids
        holds = self._hold_entitlements(
            card,
            (massage, 90, (self.massage, 90)),
            (massage, 90, (self.massage, 90)),
            (lunch, 33, (self.lunch, 33)),
            (tip, 5, (self.tip, 5)),
        )["redemptions"]
        products = (self.massage, self.massage, self.lunch, self.tip)
        lines = []
        for product, hold in zip(products, holds, strict=True):
            lines += self._deduction_lines(product, hold)
        order = self._bill([*lines, self._line(self.services[5.5], 10.05)])
        self.assertEqual((order.amount_total, order.amount_tax), (10.05, 0.52))
        self.assertBooked(
            self._close_and_open(),
            money=10.05,
            deferred=180,
            tips=5,
            revenue=-194.53,
            vat=-0.52,
        )
        self.assertCard(card, 0, status="used")

    def _read_remaining(self, order):
        """What the receipt is told of the card: units of services, money of the tip."""
        deduction = order.lines.filtered(lambda line: line.giftcard_role == "deduction")
        return [
            [
                (
                    part["name"],
                    part["units_remaining"],
                    part["quantity"],
                    part["remaining"],
                )
                for part in line.giftcard_summary["entitlements"]
            ]
            for line in deduction
        ]

    def test_receipt_is_told_all_that_is_left_of_the_package(self):
        card = self._sell_entitlements(self.package)
        massage, lunch, _tip = card.entitlement_ids
        used = self._redeem_entitlement(massage, 90)
        name = self.massage.name
        left = [(name, 1, 2, 90), ("Spa lunch", 1, 1, 33), ("Tip", 1, 1, 5)]
        self.assertEqual(self._read_remaining(used), [left])
        other = self._redeem_entitlement(lunch, 33, product=self.lunch)
        left[1] = ("Spa lunch", 0, 1, 0)
        self.assertEqual(self._read_remaining(other), [left])
        back = self._give_back(used)
        left[0] = (name, 2, 2, 180)
        self.assertEqual(self._read_remaining(back), [left])

    def test_receipt_is_told_whatever_the_till_said_of_the_use(self):
        card = self._sell_entitlements(self.package)
        massage = (card.entitlement_ids[0], 90, (self.massage, 90))
        for units, facts in ((1, "damaged"), (0, {"entitlements": [{"name": "Gold"}]})):
            hold = self._hold_entitlements(card, massage)
            lines = self._deduction_lines(self.massage, hold["redemptions"][0])
            lines[1][2]["giftcard_summary"] = facts
            [told] = self._read_remaining(self._bill(lines))
            self.assertEqual(told[0][1:], (units, 2, units * 90))

    def test_facts_tell_units_and_taxes(self):
        card = self._sell_entitlements(self.package)
        self._redeem_entitlement(card.entitlement_ids[0], 90)
        facts = self.giftcard.with_user(self.cashier).giftcard_lookup(
            card._reveal(), self.session.id
        )
        self.assertEqual(facts["settles"], "deduction")
        massage, _lunch, tip = facts["entitlements"]
        self.assertEqual((massage["units_remaining"], massage["quantity"]), (1, 2))
        self.assertEqual((massage["unit_prices"], massage["available"]), ([90], 90))
        self.assertEqual(massage["tax_ids"], self.taxes[20].ids)
        self.assertEqual(massage["product_id"], self.massage.id)
        self.assertTrue(massage["vat_receipt"]["name"])
        self.assertFalse(tip["vat_receipt"])
        money = self._sell(self.session, 50)
        facts = self.giftcard.giftcard_lookup(money._reveal(), self.session.id)
        self.assertEqual((facts["settles"], facts["entitlements"]), ("tender", []))

    def test_good_for_what_it_names(self):
        card = self._sell_entitlements(self.package)
        facts = self.giftcard.with_user(self.cashier).giftcard_lookup(
            card._reveal(), self.session.id
        )
        names = f"2 × {self.massage.name}, Spa lunch, Tip"
        self.assertEqual((facts["good_for"], card.good_for), (names, names))

    def test_history_names_the_services(self):
        card = self._sell_entitlements(self.package)
        self.assertEqual(len(card.entry_ids), 3)
        for sold in card.entry_ids:
            self.assertRegex(
                sold.description, rf"^Sold at .* \({sold.entitlement_id.name}\)$"
            )

    def test_price_is_frozen_at_the_sale(self):
        card = self._sell_entitlements(self.package)
        self.massage.list_price = 120
        order = self._redeem_entitlement(card.entitlement_ids[0], 90, price=120)
        item = order.lines.filtered(lambda line: line.giftcard_role == "item")
        self.assertEqual((order.amount_total, item.price_unit), (0, 90))

    def test_changed_price_or_tax_refuses_the_sale(self):
        lines = self._quote_lines(self.package)
        self.massage.list_price = 95
        self._refused("another price", lambda: self._bill(lines))
        self.massage.list_price = 90
        self.massage.taxes_id = self.taxes[10]
        lines = [
            (*line[:2], {**line[2], "uuid": f"{line[2]['uuid']}x"}) for line in lines
        ]
        for line in lines:
            line[2]["giftcard_card_key"] = lines[0][2]["uuid"]
        self._refused("another price", lambda: self._bill(lines))

    def test_part_of_a_package_is_not_sold_alone(self):
        lines = self._quote_lines(self.package)
        self._refused("another price", lambda: self._bill(lines[:2]))
        lines = self._quote_lines(self.package)
        lines[1][2]["price_unit"] = 1
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._bill(lines)

    def test_whole_package_is_given_back(self):
        card = self._sell_entitlements(self.package)
        sold = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        self._redeem_entitlement(card.entitlement_ids[1], 33, product=self.lunch)
        self._close_and_open()
        self._refused(
            "all lines it was sold with",
            lambda: self._give_back(sold.order_id, lines=sold[:1]),
        )
        refund = self._give_back(sold.order_id)
        self.assertEqual((refund.amount_total, refund.amount_tax), (-185, -30))
        self.assertBooked(
            self._close_and_open(), money=-185, deferred=150, tips=5, vat=30
        )
        self.assertCard(card, 0, status="refunded")

    def test_rest_of_a_multi_purpose_card_is_given_back(self):
        card = self._sell(self.session, 100)
        sold = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        self._redeem(self.session, card, 30)
        self._close_and_open()
        full = self._refund_payload(
            sold.order_id, self.session, method=self.cash_of(self.session)
        )
        self._refused("70.00.* is left", lambda: self._sync(full))
        refund = self._give_back(sold.order_id)
        self.assertEqual(refund.amount_total, -70)
        self.assertBooked(self._close_and_open(), money=-70, liability=70)
        self.assertCard(card, 0, status="refunded")
