# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from .tour_common import GiftcardTourCommon

HUNDRED = "GC7K4MQX9TRV2HWD3P"
FIFTY = "GC3N8RB5ZC7YQ1M4RX"
BLOCKED = "GC2222222222228XBK"


@tagged("post_install", "-at_install", "giftcard_tour")
class TestGiftcardToursDesk(GiftcardTourCommon):
    """Clients who ask about a card, or lost it, seen in a browser."""

    def setUp(self):
        super().setUp()
        self.card = self._issue_as(HUNDRED, 100)
        self.card.sudo().buyer_id = self.env["res.partner"].create(
            {"name": "Sofia Laurent", "phone": "+33 6 12 34 56 78"}
        )
        self._commit()
        self._hold(self.card, 48, "cut")
        self._capture("cut", 48)
        self._issue_as(FIFTY, 50)
        self.main_pos_config.with_user(self.pos_user).open_ui()

    def _events(self):
        return self.card.entry_ids.filtered(lambda entry: not entry.face)

    def test_balance_is_told_on_the_product_screen_and_holds_nothing(self):
        self._issue_as(BLOCKED, 50)._block("test")
        self._commit()
        self.start_pos_tour("giftcard_balance")
        self.assertEqual(self._redemptions(self.card), [("captured", 48)])
        self.assertFalse(self._events())

    def test_lost_card_is_printed_and_sent_again_by_right(self):
        self.pos_user.group_ids += self.env.ref("giftcard_salon.group_desk")
        self.main_pos_config.company_id.email = "salon@example.com"
        self._commit()
        self.start_pos_tour("giftcard_lost")
        events = self._events().sorted("id")
        self.assertEqual(events.mapped("kind"), ["print", "send"])
        self.assertEqual(events.mapped("user_id"), self.pos_user)
        self.assertEqual(events[1].reason, "s•••@example.com")
        self.assertCard(self.card, 52, status="partial")
