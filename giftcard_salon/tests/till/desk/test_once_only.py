# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestOnceOnly(GiftcardTillCommon):
    """A card for one use: what its use loses is on the bill, not only in the ledger."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        [self.card] = self._sell(self.session, 100)
        self.card.sudo().is_single_use = True
        self._commit()

    def test_the_receipt_can_say_what_was_there_before(self):
        bill = self._redeem(self.session, self.card, 60)
        paid = bill.payment_ids
        self.assertEqual((paid.giftcard_lost, paid.giftcard_remaining), (40, 0))
        [told] = paid._load_pos_data_read(paid, self.config)
        self.assertEqual(told["giftcard_lost"], 40)
        refund, _answer = self._sync(self._refund_payload(bill, self.session))
        self.assertEqual(refund.payment_ids.giftcard_lost, 0)

    def test_a_card_for_many_uses_loses_nothing(self):
        [card] = self._sell(self.session, 50)
        bill = self._redeem(self.session, card, 20)
        self.assertEqual(bill.payment_ids.giftcard_lost, 0)

    def test_a_new_slip_says_it(self):
        facts = self.giftcard.giftcard_lookup(self.card._reveal(), self.session.id)
        self.assertTrue(facts["is_single_use"])
        self.env.user.group_ids += self.env.ref("giftcard_salon.group_desk")
        slip = self.giftcard.giftcard_reprint(self.card.id, self.session.id)
        self.assertTrue(slip["is_single_use"])

    def test_closing_adds_up_with_what_cards_paid(self):
        self._redeem(self.session, self.card, 60, price=75)
        data = self.session.get_closing_control_data()
        cash = data["default_cash_details"]["payment_amount"]
        others = sum(way["amount"] for way in data["non_cash_payment_methods"])
        self.assertEqual((cash, others, data["giftcard_redeemed"]), (115, 0, 60))
        self.assertEqual(
            (data["orders_details"]["amount"], data["giftcard_sold"]), (75, 100)
        )
        self.assertEqual(
            data["giftcard_total"], cash + others + data["giftcard_redeemed"]
        )
