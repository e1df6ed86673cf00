# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from .tour_common import GiftcardTourCommon

HUNDRED = "GC7K4MQX9TRV2HWD3P"
FIFTY = "GC3N8RB5ZC7YQ1M4RX"
PRINTED = "GC5555555555552HK9"


@tagged("post_install", "-at_install", "giftcard_tour")
class TestGiftcardToursSale(GiftcardTourCommon):
    """Cards that are scanned while one is sold, and tips, seen in a browser."""

    def setUp(self):
        super().setUp()
        self.card = self._issue_as(HUNDRED, 100)

    def test_printed_card_and_top_up_are_scanned_into_the_sale(self):
        self.env.user.group_ids += self.env.ref("giftcard_salon.group_see_codes")
        printed = self.env["giftcard.card"]._prepare_stock(
            self.card_type, self.main_pos_config._get_giftcard_location(), [PRINTED]
        )
        self.main_pos_config.with_user(self.pos_user).open_ui()
        self._commit()
        self.start_pos_tour("giftcard_printed")
        self.assertCard(printed, 65.5, status="active")
        self.assertEqual(printed.recipient, "Emma")
        self.assertCard(self.card, 150, status="active")
        self.assertEqual(self._orders().lines.mapped("giftcard_balance_after")[-1], 150)

    def test_cards_that_pay_tips_and_others_share_a_bill(self):
        tip = self.env["product.product"].create(
            {
                "name": "Tip",
                "type": "service",
                "available_in_pos": True,
                "taxes_id": [Command.clear()],
            }
        )
        self.main_pos_config.write({"iface_tipproduct": True, "tip_product_id": tip.id})
        self.small_card = self._issue_as(FIFTY, 50)
        self.small_card.sudo().pays_tips = True
        self.main_pos_config.with_user(self.pos_user).open_ui()
        self._commit()
        self.start_pos_tour("giftcard_tips")
        self.assertCard(self.card, 52, status="partial")
        self.assertCard(self.small_card, 40, status="partial")
        self.assertEqual(self._orders().state, "paid")
