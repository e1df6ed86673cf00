# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import new_test_user, tagged

from ...deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install", "giftcard_runner")
class TestDeductionTip(GiftcardDeductionCommon):
    """The tip of a package at tills with and without tips, and what tills tell."""

    def setUp(self):
        super().setUp()
        self.tip = self.env.ref("point_of_sale.product_product_tip")
        self.tip.taxes_id = False
        self.massage.list_price = 90
        self.package = self._make_package((self.massage, 2, 0), (None, 1, 5))
        self.card = self._sell_entitlements(self.package)

    def _let_tip(self):
        self.session.config_id.sudo().write(
            {"iface_tipproduct": True, "tip_product_id": self.tip.id}
        )

    def _desk(self):
        user = new_test_user(
            self.env,
            "giftcard_reception",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "giftcard_salon.group_desk",
            company_id=self.company.id,
        )
        return self.giftcard.with_user(user)

    def test_found_card_and_its_slip_tell_units_and_tip(self):
        self._redeem_entitlement(self.card.entitlement_ids[0], 90)
        desk = self._desk()
        [found] = desk.giftcard_find(self.card.last4, self.session.id)
        slip = desk.giftcard_reprint(self.card.id, self.session.id)
        for told in found, slip:
            self.assertEqual(told["available"], 95)
            self.assertEqual(
                [
                    (
                        part["name"],
                        part["units_remaining"],
                        part["quantity"],
                        part["remaining"],
                    )
                    for part in told["entitlements"]
                ],
                [(self.massage.name, 1, 2, 90), ("Tip", 1, 1, 5)],
            )
        money = self._sell(self.session, 50)
        [found] = desk.giftcard_find(money.last4, self.session.id)
        self.assertEqual((found["available"], found["entitlements"]), (50, []))

    def test_message_tells_units_and_tip(self):
        self.company.email = "salon@example.com"
        self._redeem_entitlement(self.card.entitlement_ids[0], 90)
        self._desk().giftcard_send(self.card.id, self.session.id, "emma@example.com")
        mail = self.env["mail.mail"].sudo().search([], limit=1, order="id desc")
        self.assertIn(f"<p>{self.massage.name}: 1 of 2 left</p>", mail.body_html)
        self.assertRegex(mail.body_html, r"<p>Tip: \$\s5.00 left</p>")
        self.assertNotIn("95.00", mail.body_html)

    def test_tip_is_not_used_at_a_till_without_tips(self):
        tip = self.card.entitlement_ids[1]
        self.session.config_id.sudo().write(
            {"iface_tipproduct": False, "tip_product_id": False}
        )
        for product in self.tip, self.massage:
            self._refused(
                "is a tip: it pays the tip on the bill",
                lambda item=product: self._redeem_entitlement(tip, 5, product=item),
            )
        self.assertCard(self.card, 185)

    def test_tip_is_all_that_is_left(self):
        massage, tip = self.card.entitlement_ids
        for _unit in range(2):
            self._redeem_entitlement(massage, 90)
        self.assertCard(self.card, 5, status="partial")
        self._close_and_open()
        self._let_tip()
        order = self._redeem_entitlement(tip, 5, product=self.tip)
        self.assertEqual((order.amount_total, order.amount_tax), (0, 0))
        self.assertCard(self.card, 0, status="used")
        self.assertBooked(self._close_and_open(), tips=5, revenue=-5)
