# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from .tour_common import GiftcardTourCommon

HUNDRED = "GC7K4MQX9TRV2HWD3P"


@tagged("post_install", "-at_install", "giftcard_tour")
class TestGiftcardToursCounter(GiftcardTourCommon):
    """What a desk does beside the usual: parked bills, clients' cards, closing."""

    def setUp(self):
        super().setUp()
        self.card = self._issue_as(HUNDRED, 100)
        self.card.sudo().holder_id = self.env["res.partner"].create(
            {"name": "Sofia Laurent"}
        )
        self.pos_user.group_ids += self.env.ref("giftcard_salon.group_desk")
        self.main_pos_config.with_user(self.pos_user).open_ui()
        self._commit()

    def test_parked_bills_clients_cards_and_cards_alike(self):
        self.start_pos_tour("giftcard_counter", timeout=300)
        self.assertEqual(self._redemptions(self.card)[0], ("captured", 48))
        self.assertCard(self.card, 13, held=39)
        looks = self.card.entry_ids.filtered(lambda entry: entry.kind == "show")
        self.assertEqual(looks.user_id, self.pos_user)

    def test_closing_tells_what_cards_paid_and_what_is_held(self):
        self.start_pos_tour("giftcard_closing", timeout=300)
        self.assertCard(self.card, 13, held=39)
