# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from ...bonus_common import GiftcardBonusCommon
from ...deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestTillBonusAccounts(GiftcardBonusCommon):
    """A bonus over two income accounts is posted on both, and is one discount."""

    def test_vat_report_counts_the_whole_discount(self):
        """100.00 for 120.00 pays 60.00 and 20.00 of 20 %: 13.33, VAT 2.22."""
        other = self.company_data["default_account_revenue"].copy({"name": "Products"})
        second = self.env["product.product"].create(
            {
                "name": "Oil",
                "type": "service",
                "available_in_pos": True,
                "taxes_id": [Command.set(self.taxes[20].ids)],
                "property_account_income_id": other.id,
            }
        )
        with freeze_time("2026-05-05 10:00:00"):
            session = self._open()
            card = self._make_bonus_card(session, 100, 120)
            lines = [self._line(self.services[20], 60), self._line(second, 20)]
            payment, bonus = self._redeem_card(session, card, 80, lines)
            order, _answer = self._sync(
                self._payload(session, lines + bonus, [payment]), self.cashier
            )
            self.assertEqual(self._given(order), {20: (11.11, 2.22)})
            move = self._close(session)
        balance = sum(
            move.line_ids.filtered(lambda item: item.account_id == other).mapped(
                "balance"
            )
        )
        self.assertAlmostEqual(balance, -16.67 + 2.78)
        options = {
            "company_id": self.company.id,
            "date_from": "2026-05-01",
            "date_to": "2026-05-31",
        }
        self.env.user.group_ids += self.env.ref("giftcard_salon.group_accountant")
        report = self.env["giftcard.report"].get_report("vat", options)
        self.assertEqual(report["banner"]["kind"], "success", report["banner"])
        [row] = [
            row["cells"]
            for row in report["tables"][0]["rows"]
            if row["style"] != "total" and row["cells"]["base_discount"]
        ]
        self.assertEqual((row["base_discount"], row["vat_discount"]), (-11.11, -2.22))


@tagged("post_install", "-at_install")
class TestPairBonusAccount(GiftcardDeductionCommon):
    """The bonus of a single-purpose card is given on the item that it pays."""

    def test_item_beside_others_on_another_account(self):
        """100.00 for 110.00, VAT counted: an item of 110.00 beside one of 30.00."""
        other = self.company_data["default_account_revenue"].copy({"name": "Products"})
        oil = self._make_service("Oil", 30)
        oil.sudo().property_account_income_id = other
        bonus = self._make_type(
            name="Bonus", vat_mode="spv", amount_ids=False, bonus_rate=10
        )
        card = self._sell_entitlements(bonus, 100)
        self._close_and_open()
        order = self._redeem_entitlement(
            card.entitlement_ids, 110, lines=[self._line(oil, 30)]
        )
        self.assertEqual(order.state, "paid")
        self.assertCard(card, 0)
        move = self._close_and_open()
        own = move.line_ids.filtered(lambda item: item.account_id == other)
        self.assertEqual(round(sum(own.mapped("balance")), 2), -25)
