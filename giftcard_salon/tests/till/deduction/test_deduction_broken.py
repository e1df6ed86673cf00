# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestDeductionBroken(GiftcardDeductionCommon):
    """A service card that paid for something else in part: what stays of its unit."""

    def test_a_broken_unit_is_told_in_money(self):
        tea = self._make_service("Tea", 18)
        card_type = self._make_package((self.massage, 2, 180))
        card = self._sell_entitlements(card_type)
        part = card.entitlement_ids
        self.assertEqual(part._describe_remaining()[0]["broken"], 0)
        self.assertRegex(part._get_remaining_label(), "2 of 2 left")
        self._redeem_entitlement(part, 18, product=tea)
        told = part._describe_remaining()[0]
        self.assertEqual(
            (told["units_remaining"], told["broken"], told["remaining"]), (2, 72, 162)
        )
        self.assertRegex(part._get_remaining_label(), "1 of 2 and .*72.00 left")
        facts = self.giftcard.giftcard_lookup(card._reveal(), self.session.id)
        self.assertEqual(facts["entitlements"][0]["broken"], 72)
        self.assertEqual(facts["entitlements"][0]["unit_prices"], [72, 90])
        # of its own service it pays what it has, the client the rest
        bill = self._redeem_entitlement(part, 72, price=90)
        self.assertEqual(bill.amount_total, 18)
        self.assertEqual(part._describe_remaining()[0]["broken"], 0)
        self.assertRegex(part._get_remaining_label(), "1 of 2 left")

    def test_closing_adds_up_with_what_service_cards_took_off(self):
        card = self._sell_entitlements(self._make_package((self.massage, 2, 180)))
        self._redeem_entitlement(card.entitlement_ids, 90)
        data = self.session.get_closing_control_data()
        cash = data["default_cash_details"]["payment_amount"]
        self.assertEqual((cash, data["giftcard_redeemed"]), (180, 90))
        self.assertEqual(data["orders_details"]["amount"], 90)
        self.assertEqual((data["giftcard_sold"], data["giftcard_total"]), (180, 270))
