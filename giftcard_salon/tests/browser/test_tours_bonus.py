# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from .test_tours import FIFTY, HUNDRED
from .tour_common import GiftcardTourCommon

SERVICES = (
    ("Massage", 49.99, 20),
    ("Tea", 20.01, 10),
    ("Honey", 10, 5.5),
    ("Oil", 10.05, 5.5),
    ("Ritual", 60, 20),
)


@tagged("post_install", "-at_install", "giftcard_tour")
class TestGiftcardToursBonus(GiftcardTourCommon):
    """Cards worth more than was paid, from their sale to a refund, in the browser."""

    def setUp(self):
        super().setUp()
        self.card_type.amount_ids = [
            Command.update(self.card_type.amount_ids[1].id, {"value": 120})
        ]
        self._make_services(*SERVICES)
        self.main_pos_config.with_user(self.pos_user).open_ui()

    def _issue_at(self, code, value, price):
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": code, "value": value, "price": price}],
            "issue",
            self._origin(),
        )
        card.sudo().write(card._prepare_code(code))
        self._commit()
        return card

    def test_a_bonus_is_a_discount_beside_the_payment(self):
        card = self._issue_at(HUNDRED, 120, 100)
        free = self._issue_at(FIFTY, 20, 0)
        self.start_pos_tour("giftcard_bonus", timeout=600)
        sale, bill, refund = self._orders()
        sold = sale.lines.giftcard_card_id
        self.assertEqual((sold.price, sold.value), (100, 120))
        self.assertEqual(bill.amount_total, 58.38)
        self.assertEqual(refund.amount_total, -24.99)
        self.assertCard(free, 20)
        self.assertCard(card, 79.94)
        self.assertEqual(card.available_consideration, 66.61)

    def test_a_tip_is_lowered_by_no_bonus(self):
        tip = self.env.ref("point_of_sale.product_product_tip")
        tip.taxes_id = False
        self.main_pos_config.write({"iface_tipproduct": True, "tip_product_id": tip.id})
        self.card_type.pays_tips = True
        card = self._issue_at(HUNDRED, 110, 100)
        free = self._issue_at(FIFTY, 70, 0)
        self.start_pos_tour("giftcard_bonus_tip", timeout=300)
        bill = self._orders()
        self.assertEqual((bill.amount_total, bill.amount_tax), (6, 0))
        self.assertCard(card, 110)
        self.assertCard(free, 10)
