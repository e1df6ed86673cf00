# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.exceptions import UserError

from ..common import GiftcardCommon


class TestEntitlement(GiftcardCommon):
    """Single-purpose cards: every part releases its net price by the schedule (R5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.package = cls._make_type(name="Package", vat_mode="spv")

    def _sell_entitlements(self, *parts):
        value = sum(part["value"] for part in parts)
        request = {
            "key": str(uuid4()),
            "value": value,
            "entitlements": [
                {"key": str(uuid4()), "price": part["value"], "kind": "service", **part}
                for part in parts
            ],
        }
        card = self.env["giftcard.card"]._issue(
            self.package, [request], "sale", self._origin()
        )
        self._commit()
        return card

    def _redeem_card(self, part, amount, key=None):
        key = key or str(uuid4())
        answer = self.env["giftcard.redemption"]._hold(
            part.card_id, key, 1, amount, self._origin(), part
        )
        return answer, self._capture(key, amount)

    def test_three_units_clear_to_zero(self):
        """C32: 3 units for 100.00 at 20 %: 27.77, 27.79, 27.77."""
        card = self._sell_entitlements(
            {"name": "Massage", "quantity": 3, "value": 100, "net": 83.33}
        )
        part = card.entitlement_ids
        self.assertEqual((card.price, card.entry_ids.net), (100, 83.33))
        self.assertEqual(card.entry_ids.liability_kind, "deferred")
        for amount, net, units in ((33.33, 27.77, 2), (33.34, 27.79, 1)):
            self.assertEqual(part.next_unit_price, amount)
            answer, _redeem_card = self._redeem_card(part, amount)
            self.assertEqual((answer["net"], answer["entitlement_id"]), (net, part.id))
            self.assertEqual(part.units_remaining, units)
        self._redeem_card(part, 33.33)
        self.assertEqual(
            (part.available, part.available_net, part.units_remaining), (0,) * 3
        )
        self.assertCard(card, 0, status="used")
        self.assertAlmostEqual(sum(card.entry_ids.mapped("net")), 0, 2)

    def test_parts_of_several_rates_are_used_apart(self):
        card = self._sell_entitlements(
            {"name": "Massage", "quantity": 1, "value": 60, "net": 50},
            {"name": "Lunch", "quantity": 1, "value": 33, "net": 30},
            {"name": "Tip", "kind": "tip", "value": 5, "net": 5},
        )
        massage, lunch, tip = card.entitlement_ids
        self.assertEqual(card.entry_ids.mapped("liability_kind").count("tips"), 1)
        with self.assertRaisesRegex(UserError, "At most"):
            self._redeem_card(lunch, 40)
        self._redeem_card(lunch, 33)
        self._redeem_card(tip, 2)
        self.assertCard(card, 63, status="partial")
        self.assertEqual((massage.available_net, lunch.available_net), (50, 0))
        self.assertEqual(tip.available_net, 3)

    def test_hold_needs_a_part_of_this_card(self):
        card = self._sell_entitlements(
            {"name": "Massage", "quantity": 0, "value": 60, "net": 50}
        )
        other = self._sell_entitlements(
            {"name": "Massage", "quantity": 0, "value": 60, "net": 50}
        )
        for part in (None, other.entitlement_ids):
            with self.assertRaisesRegex(UserError, "Choose what card"):
                self.env["giftcard.redemption"]._hold(
                    card, str(uuid4()), 1, 10, self._origin(), part
                )
        plain = self._issue(50)
        with self.assertRaisesRegex(UserError, "Choose what card"):
            self.env["giftcard.redemption"]._hold(
                plain, str(uuid4()), 1, 10, self._origin(), other.entitlement_ids
            )
        self.assertCard(card, 60)

    def test_release_and_refund_give_back_the_stored_amounts(self):
        card = self._sell_entitlements(
            {"name": "Massage", "quantity": 0, "value": 100, "net": 83.33}
        )
        part = card.entitlement_ids
        redemptions = self.env["giftcard.redemption"]
        redemptions._hold(card, "part-held", 1, 33.33, self._origin(), part)
        answer = redemptions._hold(card, "part-held", 2, 50, self._origin(), part)
        self.assertEqual((answer["amount"], answer["net"]), (50, 41.67))
        self.assertEqual(redemptions._release("part-held")["net"], 41.67)
        self.assertEqual((part.available, part.available_net), (100, 83.33))
        _answer, use = self._redeem_card(part, 33.33)
        use._refund(10, "part-back-1", self._origin())
        self._commit()
        self.assertEqual((part.available, part.available_net), (76.67, 63.89))
        use._refund(23.33, "part-back-2", self._origin())
        self._commit()
        self.assertEqual((part.available, part.available_net), (100, 83.33))
        self.assertCard(card, 100, status="active")

    def test_lost_card_takes_its_parts_along(self):
        card = self._sell_entitlements(
            {"name": "Massage", "quantity": 3, "value": 100, "net": 83.33}
        )
        _answer, use = self._redeem_card(card.entitlement_ids, 33.33)
        new = card._replace("Lost on the bus")
        self._commit()
        part = new.entitlement_ids
        self.assertEqual((part.available, part.available_net), (66.67, 55.56))
        self.assertEqual((part.units_remaining, card.entitlement_ids.available), (2, 0))
        self.assertCard(card, 0, status="replaced")
        self.assertCard(new, 66.67)
        use._refund(33.33, "part-back-to-new", self._origin())
        self._commit()
        self.assertEqual((part.available, part.available_net), (100, 83.33))

    def test_card_given_back_leaves_the_ledger_part_by_part(self):
        card = self._sell_entitlements(
            {"name": "Massage", "quantity": 0, "value": 60, "net": 50},
            {"name": "Lunch", "quantity": 0, "value": 33, "net": 30},
        )
        entries = card._cancel("refunded", "refund_sale", "part-gone", self._origin())
        self.assertEqual(entries.mapped("net"), [-50, -30])
        self.assertCard(card, 0, status="refunded")
        self.assertFalse(any(card.entitlement_ids.mapped("available_net")))

    def test_value_is_not_corrected_by_hand(self):
        card = self._sell_entitlements(
            {"name": "Massage", "quantity": 0, "value": 60, "net": 50}
        )
        with self.assertRaisesRegex(UserError, "VAT was counted when card"):
            card._adjust(10, "A gesture")
