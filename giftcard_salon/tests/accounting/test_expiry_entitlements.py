# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo.tests import tagged

from ..deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestExpiryEntitlements(GiftcardDeductionCommon):
    """Cards whose VAT was counted at the sale: net only, VAT stays with the State."""

    def setUp(self):
        super().setUp()
        self.today = self.env["giftcard.card"]._today(self.company)

    def _end(self, card):
        card.sudo().write({"valid_until": self.today - timedelta(days=1)})
        self._commit()
        self.env["giftcard.card"].sudo()._expire_due()
        self._commit()
        items = self.env["account.move.line"].search(
            [("giftcard_card_id", "=", card.id)], order="id"
        )
        return items.move_id.sorted("id")[-1:]

    def _balances(self, move):
        found = {}
        for item in move.line_ids:
            found[item.account_id] = round(
                found.get(item.account_id, 0) + item.balance, 2
            )
        return found

    def test_services_not_had_are_income_without_vat(self):
        """C39: 3 units of 100.00, one used; 55.56 is income, VAT is left alone."""
        card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        self._redeem_entitlement(card.entitlement_ids, 33.33)
        self._close(self.session)
        part = card.entitlement_ids
        self.assertEntitlement(part, 66.67, 55.56, units=2)
        move = self._end(card)
        income = self.company.giftcard_income_account_id
        self.assertEqual(self._balances(move), {self.deferred: 55.56, income: -55.56})
        self.assertFalse(move.line_ids.tax_ids)
        self.assertFalse(move.line_ids.tax_tag_ids)
        self.assertEntitlement(part, 0, 0, units=0)
        self.assertCard(card, 0, status="expired")
        self.assertTiesOut()

    def test_tip_of_a_package_expires_apart_and_comes_back(self):
        package = self._make_package((self.massage, 1, 60), (None, 1, 10))
        card = self._sell_entitlements(package)
        self._close(self.session)
        income = self.company.giftcard_income_account_id
        expected = {self.deferred: 50, self.tips: 10, income: -60}
        self.assertEqual(self._balances(self._end(card)), expected)
        wizard = self.env["giftcard.extend"].create(
            {
                "card_id": card.id,
                "reason": "Ill",
                "valid_until": self.today + timedelta(days=9),
            }
        )
        self.assertRegex(wizard.effect, r"70.00 on it.*puts .*60.00 back into what you")
        wizard.action_extend()
        self._commit()
        self.assertCard(card, 70, status="active")
        service, tip = card.entitlement_ids.sorted("sequence")
        self.assertEntitlement(service, 60, 50, units=1)
        self.assertEntitlement(tip, 10, 10)
        self.assertTiesOut()

    def test_income_in_proportion_is_of_net_amounts(self):
        self.company.giftcard_income_mode = "proportion"
        package = self._make_package((self.massage, 2, 120))
        self.env["giftcard.breakage.estimate"].create(
            {"type_id": package.id, "rate": 20}
        )
        card = self._sell_entitlements(package)
        self._redeem_entitlement(card.entitlement_ids, 60)
        run = self.env["giftcard.breakage.run"]._run(self.company, self.today)
        line = run.line_ids
        self.assertEqual(
            (
                line.liability_kind,
                line.sold,
                line.redeemed,
                line.liability,
                line.amount,
            ),
            ("deferred", 100, 50, 50, 12.5),
        )
        self._close(self.session)
        self.assertTiesOut()
        income = self.company.giftcard_income_account_id
        contra = self.company.giftcard_contra_account_id
        self.assertEqual(
            self._balances(self._end(card)),
            {self.deferred: 50, contra: -12.5, income: -37.5},
        )
        self.assertTiesOut()
