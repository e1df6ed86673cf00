# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillBill(GiftcardTillCommon):
    """Cards on a bill: the server checks everything in the order's transaction."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _bill(self, lines, payments, **values):
        return self._sync(self._payload(self.session, lines, payments, **values))[0]

    def test_lookup_tells_what_the_till_shows(self):
        facts = self.giftcard.with_user(self.cashier).giftcard_lookup(
            self.card._reveal().lower(), self.session.id
        )
        self.assertEqual(
            {name: facts[name] for name in ("status", "last4", "available", "refusal")},
            {
                "status": "active",
                "last4": self.card.last4,
                "available": 100,
                "refusal": "",
            },
        )
        self.assertNotIn(self.card._reveal(), str(facts))
        self.assertEqual(facts["valid_until"], self.card.valid_until.isoformat())

    def test_part_by_card_and_rest_in_cash(self):
        order = self._redeem(self.session, self.card, 60, price=70)
        payment = order.payment_ids.filtered("giftcard_redemption_id")
        self.assertEqual(order.state, "paid")
        self.assertEqual(payment.giftcard_last4, self.card.last4)
        self.assertEqual(payment.giftcard_remaining, 40)
        self.assertEqual(payment.giftcard_redemption_id.source_id, order.id)
        self.assertCard(self.card, 40, status="partial")

    def test_several_cards_on_one_bill(self):
        other = self._sell(self.session, 50)
        order = self._bill(
            [self._line(self.services[20], 120), self._line(self.services[10], 20)],
            [
                self._hold_at(self.session, self.card, 100),
                self._hold_at(self.session, other, 40),
            ],
        )
        self.assertEqual(len(order.payment_ids.giftcard_redemption_id), 2)
        self.assertCard(self.card, 0, status="used")
        self.assertCard(other, 10, status="partial")

    def test_card_pays_neither_for_a_card_nor_for_a_tip(self):
        tip = self.env.ref("point_of_sale.product_product_tip")
        self.session.config_id.sudo().tip_product_id = tip
        bill = self._bill_uuid
        payment = self._hold_at(self.session, self.card, 75)
        lines = [
            self._line(self.services[20], 70),
            self._line(self.card_product, 50),
            self._line(tip, 5),
        ]
        with (
            self.assertRaisesRegex(UserError, "may pay .*70.00.* not .*75.00"),
            self.env.cr.savepoint(),
        ):
            self._bill(lines, [payment, self._payment(self.cash, 50)])
        self._bill_uuid = bill
        payment = self._hold_at(
            self.session, self.card, 70, key=payment[2]["uuid"], revision=2
        )
        self._bill(lines, [payment, self._payment(self.cash, 55)])
        self.assertCard(self.card, 30)

    def test_undo_before_validation_gives_back(self):
        payment = self._hold_at(self.session, self.card, 70)
        answer = self.giftcard.giftcard_release(payment[2]["uuid"], 2, self.session.id)
        self.assertEqual((answer["state"], answer["available"]), ("released", 100))
        self.assertCard(self.card, 100)

    def test_amount_is_lowered_without_the_code_and_raised_with_it(self):
        payment = self._hold_at(self.session, self.card, 70)
        key = payment[2]["uuid"]
        own = {"session_id": self.session.id, "order_uuid": self._bill_uuid}
        request = {"key": key, **own}
        self.giftcard.giftcard_hold_tender({**request, "revision": 2, "amount": 20})
        self.assertCard(self.card, 80, held=20)
        more = {**request, "revision": 3, "amount": 90}
        self._refused("scan it again", lambda: self.giftcard.giftcard_hold_tender(more))
        self.giftcard.giftcard_hold_tender({**more, "code": self.card._reveal()})
        self.assertCard(self.card, 10, held=90)
        status = self.giftcard.giftcard_status([key, "unknown-key"], self.session.id)
        self.assertEqual(list(status), [key])
        self.assertEqual((status[key]["state"], status[key]["amount"]), ("held", 90))

    def test_till_cannot_name_the_redemption(self):
        order = self._redeem(self.session, self.card, 60)
        captured = order.payment_ids.giftcard_redemption_id
        forged = self._payment(
            self.giftcard,
            60,
            giftcard_redemption_id=captured.id,
            giftcard_entry_id=captured.entry_ids.id,
        )
        with (
            self.assertRaisesRegex(UserError, "No gift card is reserved"),
            self.env.cr.savepoint(),
        ):
            self._bill([self._line(self.services[20], 60)], [forged])
        self.assertCard(self.card, 40)

    def test_sold_in_one_salon_and_used_in_another(self):
        other = self._open(self._make_till("Till B"))
        order = self._redeem(other, self.card, 60)
        entry = order.payment_ids.giftcard_entry_id
        self.assertEqual(entry.sold_location_id, self.config.giftcard_location_id)
        self.assertEqual(entry.location_id, other.config_id.giftcard_location_id)

    def test_card_for_one_use_says_what_is_lost_and_ends(self):
        single = self._make_type(is_single_use=True)
        line = self._line(single.product_ids.product_variant_ids, 100)
        sold = self._bill([line], [self._payment(self.cash, 100)])
        card = sold.lines.giftcard_card_id
        facts = self.giftcard.giftcard_lookup(card._reveal(), self.session.id)
        self.assertTrue(facts["is_single_use"])
        self._redeem(self.session, card, 54)
        self.assertCard(card, 0, status="used")
