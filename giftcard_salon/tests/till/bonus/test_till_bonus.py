# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...bonus_common import GiftcardBonusCommon


@tagged("post_install", "-at_install")
class TestTillBonus(GiftcardBonusCommon):
    """Cards worth more than was paid: tender and discount lines (C21 to C29)."""

    def setUp(self):
        super().setUp()
        self.session = self._open()

    def test_bonus_of_four_uses(self):
        """C21: pay 100.00, get 110.00; 33.33 three times, then 10.01."""
        for method in ("round_globally", "round_per_line"):
            self.company.tax_calculation_rounding_method = method
            card = self._make_bonus_card(self.session, 100, 110)
            self._close(self.session)
            session = self.session = self._open()
            for amount, tender, vat in ((33.33, 30.30, 5.05),) * 3 + (
                (10.01, 9.10, 1.52),
            ):
                order = self._pay(session, card, amount, ((20, amount),))
                payment = order.payment_ids
                self.assertEqual((payment.amount, order.amount_tax), (tender, vat))
                self.assertEqual(payment.giftcard_bonus, round(amount - tender, 2))
            self.assertCard(card, 0, status="used")
            self.assertEqual(card.available_consideration, 0)
            self.assertTiesOut()
            move = self._close(session)
            self.assertPosted(move, liability=100, vat=-16.67, revenue=-83.33)
            self.assertTiesOut()
            self.session = self._open()

    def test_mixed_basket(self):
        """C23: 80.00 of three rates by a card of 120.00 that cost 100.00."""
        for method in ("round_globally", "round_per_line"):
            self.company.tax_calculation_rounding_method = method
            card = self._make_bonus_card(self.session, 100, 120)
            self._close(self.session)
            session = self._open()
            order = self._pay(session, card, 80)
            self.assertEqual(order.amount_total, 66.67)
            self.assertEqual(
                self._given(order),
                {20: (6.94, 1.39), 10: (3.03, 0.30), 5.5: (1.58, 0.09)},
            )
            self.assertCard(card, 40)
            self.assertEqual(card.available_consideration, 33.33)
            move = self._close(session)
            self.assertPosted(move, liability=66.67, vat=-8.89, revenue=-57.78)
            self.assertTiesOut()
            self.session = self._open()
