# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .tour_common import GiftcardTourCommon

HUNDRED = "GC7K4MQX9TRV2HWD3P"
FIFTY = "GC3N8RB5ZC7YQ1M4RX"
EMPTY = "GC000000000000ZER0"
BLOCKED = "GC2222222222228XBK"


@tagged("post_install", "-at_install", "giftcard_tour")
class TestGiftcardTours(GiftcardTourCommon):
    """What only a browser can show; what the till does behind it is tested apart."""

    def setUp(self):
        super().setUp()
        self.card = self._issue_as(HUNDRED, 100)
        self.small_card = self._issue_as(FIFTY, 50)
        self.main_pos_config.with_user(self.pos_user).open_ui()

    def test_cards_are_sold_in_three_decisions_each_with_its_slip(self):
        self.start_pos_tour("giftcard_sell")
        lines = self._orders().lines
        cards = lines.giftcard_card_id
        self.assertEqual(cards.mapped("value"), [100, 65.5])
        for card in cards:
            self.assertCard(card, card.value, status="active")
        self.assertEqual(lines[1].giftcard_recipient, "Emma")
        self.assertEqual(lines[1].giftcard_message, "Happy birthday Emma!")

    def test_cards_are_used_in_two_decisions_and_can_be_undone(self):
        self.start_pos_tour("giftcard_redeem")
        self.assertCard(self.card, 46, status="partial")
        self.assertCard(self.small_card, 0, status="used")
        self.assertEqual(self._redemptions(self.card), [("captured", 54)])
        self.assertEqual(
            self._redemptions(self.small_card),
            [("captured", 50), *2 * [("released", 50)]],
        )
        payments = self._orders().payment_ids._filter_giftcard().sorted("amount")
        self.assertEqual(payments.mapped("amount"), [50, 54])
        self.assertEqual(payments.mapped("giftcard_remaining"), [0, 46])

    def test_a_bill_is_refunded_to_the_card_that_paid_it(self):
        self.start_pos_tour("giftcard_refund")
        self.assertCard(self.card, 100, status="active")
        self.assertEqual(
            self.card.entry_ids.sorted("id").mapped("face"), [100, -48, 48]
        )

    def test_refusals_are_sentences_and_leave_the_till_usable(self):
        empty = self._issue_as(EMPTY, 50)
        self._hold(empty, 50, "used up elsewhere")
        self._capture("used up elsewhere", 50)
        self._issue_as(BLOCKED, 50).sudo().state = "blocked"
        self._commit()
        redemptions = type(self.env["giftcard.redemption"])
        refusal = UserError("This card was blocked a moment ago. Take another payment.")
        with patch.object(redemptions, "_capture", side_effect=refusal):
            self.start_pos_tour("giftcard_refusals")
        self.assertCard(self.card, 100, status="active")
        self.assertEqual(self._redemptions(self.card), [("released", 48)])
        self.assertFalse(self._orders().payment_ids._filter_giftcard())

    def test_a_mistaken_use_is_undone_and_held_cards_are_released(self):
        self.pos_user.group_ids += self.env.ref("giftcard_salon.group_desk")
        session = self.main_pos_config.current_session_id
        self._hold(
            self.small_card, 50, model="pos.session", id=session.id, name="Bill 7"
        )
        self._commit()
        self.start_pos_tour("giftcard_undo_and_close")
        self.assertCard(self.card, 100, status="active")
        self.assertCard(self.small_card, 50)
        self.assertEqual(self._orders().mapped("amount_total"), [48, -48])
