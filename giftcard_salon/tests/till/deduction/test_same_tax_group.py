# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestSameTaxGroup(GiftcardDeductionCommon):
    """VAT is compared by rate and grids: a tax record is only its name."""

    def setUp(self):
        super().setUp()
        self.package = self._make_package((self.massage, 2, 0))
        self.card = self._sell_entitlements(self.package)
        self.part = self.card.entitlement_ids
        self.other = self._make_service("Oil", 30)

    def _move_to(self, tax, product=None):
        product = (product or self.massage).sudo()
        product.taxes_id = [Command.set(tax.ids)]
        self.env.flush_all()

    def test_moved_product_keeps_its_card(self):
        """Another record of 20 %: the pair is made, and VAT clears on it."""
        twin = self.taxes[20].copy({"name": "VAT 20 % services"})
        price = self.part.next_unit_price
        self._move_to(twin)
        order = self._redeem_entitlement(self.part, price)
        pair = order.lines.filtered("giftcard_role")
        self.assertEqual(pair.tax_ids, twin)
        self.assertEqual((order.amount_total, order.amount_tax), (0, 0))
        self._close(self.session)
        self.assertTiesOut()

    def test_other_item_of_the_same_rate(self):
        twin = self.taxes[20].copy({"name": "VAT 20 % services"})
        self._move_to(twin, self.other)
        order = self._redeem_entitlement(self.part, 30, 30, self.other)
        self.assertEqual((order.amount_total, order.amount_tax), (0, 0))

    def test_till_is_told_the_taxes_that_are_like(self):
        twin = self.taxes[20].copy({"name": "VAT 20 % services"})
        facts = self.giftcard.with_user(self.cashier).giftcard_lookup(
            self.card._reveal(), self.session.id
        )
        [part] = facts["entitlements"]
        self.assertEqual(part["tax_ids"], self.taxes[20].ids)
        [alike] = part["like_tax_ids"]
        self.assertIn(twin.id, alike)
        self.assertNotIn(self.taxes[10].id, alike)

    def test_taxes_that_are_like_are_looked_up_once_for_all_parts(self):
        package = self._make_package((self.massage, 2, 0), (self.other, 1, 0))
        code = self._sell_entitlements(package)._reveal()
        self.env.flush_all()
        with self.assertLogs("odoo.sql_db", "DEBUG") as log:
            facts = self.giftcard.with_user(self.cashier).giftcard_lookup(
                code, self.session.id
            )
        one, two = (part["like_tax_ids"] for part in facts["entitlements"])
        self.assertEqual(one, two)
        searched = [
            line for line in log.output if '"account_tax"."amount_type" ' in line
        ]
        self.assertEqual(len(searched), 1, searched)

    def test_other_grids_are_another_vat(self):
        twin = self.taxes[20].copy({"name": "VAT 20 % goods"})
        tag = self.env["account.account.tag"].create(
            {"name": "Goods", "applicability": "taxes"}
        )
        twin.invoice_repartition_line_ids.tag_ids = tag
        self._move_to(twin, self.other)
        self._refused(
            "has another one",
            lambda: self._redeem_entitlement(self.part, 30, 30, self.other),
        )

    def test_another_rate_is_another_vat(self):
        self._refused(
            "has another one",
            lambda: self._redeem_entitlement(self.part, 30, 30, self.services[10]),
        )

    def test_scope_of_two_records_is_one_rate(self):
        """A card for an amount whose items have one rate is sold with VAT at once."""
        category = self.env["product.category"].create({"name": "Of 20 %"})
        twin = self.taxes[20].copy({"name": "VAT 20 % services"})
        for tax in self.taxes[20] + twin:
            self.env["product.product"].create(
                {
                    "name": tax.name,
                    "categ_id": category.id,
                    "type": "service",
                    "taxes_id": [Command.set(tax.ids)],
                }
            )
        card_type = self._make_type(
            name="For 20 %",
            vat_mode="spv",
            categ_ids=[Command.set(category.ids)],
        )
        [part] = card_type._prepare_entitlements(self.company, 60)
        self.assertEqual((part["price"], part["net"]), (60, 50))
