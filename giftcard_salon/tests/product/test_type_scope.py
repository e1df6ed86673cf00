# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTypeScope(GiftcardTillCommon):
    """When is VAT due? The type checks what its card can buy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.template"].search(
            [("giftcard_type_id", "=", False), ("taxes_id", "!=", False)]
        ).product_variant_ids.filtered(
            lambda product: (
                product not in cls.env["product.product"].union(*cls.services.values())
            )
        ).product_tmpl_id.sale_ok = False
        parent = cls.env["product.category"].create({"name": "Face"})
        cls.category = cls.env["product.category"].create(
            {"name": "Lotions", "parent_id": parent.id}
        )
        cls.services[20].categ_id = cls.category
        cls.parent = parent
        cls.card_type.company_ids = cls.company

    def test_one_rate_warns_of_counting_vat_at_the_use(self):
        self.assertFalse(self.card_type.scope_warning)
        for rate in (10, 5.5):
            self.services[rate].sale_ok = False
        self.card_type.invalidate_recordset(["scope_warning"])
        self.assertIn("has the same VAT (VAT 20 %)", self.card_type.scope_warning)

    def test_several_rates_refuse_counting_vat_at_the_sale(self):
        with self.assertRaisesRegex(ValidationError, "different VAT rates"):
            self.card_type.vat_mode = "spv"
        self.card_type.write({"vat_mode": "spv", "categ_ids": self.parent.ids})
        self.assertEqual(
            self.card_type._get_scope_taxes(self.company), [self.taxes[20]]
        )
        with self.assertRaisesRegex(ValidationError, "VAT 10 %"):
            self.services[10].categ_id = self.category
            self.card_type.write({"categ_ids": [Command.link(self.parent.id)]})

    def test_fixed_tax_refuses_counting_vat_at_the_sale(self):
        """A lotion with an eco tax of 0.50: the tax is no share of what a card pays."""
        eco = self.taxes[20].copy(
            {"name": "Eco tax", "amount_type": "fixed", "amount": 0.5}
        )
        self.services[20].taxes_id += eco
        for values in (
            {"categ_ids": self.parent.ids},
            {
                "kind": "service",
                "service_ids": [
                    Command.create({"product_id": self.services[20].id, "quantity": 3})
                ],
            },
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, "Eco tax is a fixed amount"),
                self.env.cr.savepoint(),
            ):
                self.card_type.write({"vat_mode": "spv", **values})
        # the tax came later: the card is not sold
        self.services[20].taxes_id -= eco
        self.card_type.write({"vat_mode": "spv", "categ_ids": self.parent.ids})
        self.services[20].taxes_id += eco
        with self.assertRaisesRegex(UserError, "Eco tax is a fixed amount"):
            self.card_type._prepare_entitlements(self.company, 100)

    def test_sentence_names_what_the_card_is_good_for(self):
        self.card_type.write({"vat_mode": "spv", "categ_ids": self.parent.ids})
        self.assertIn("uses it in parts, for Face, in", self.card_type.sentence)
        self.card_type.write({"vat_mode": "mpv", "categ_ids": [Command.clear()]})
        self.assertIn("for all services and products", self.card_type.sentence)
        self.card_type.write({"categ_ids": self.category.ids, "is_single_use": True})
        self.assertIn("uses it once, for Lotions, in", self.card_type.sentence)

    def test_card_whose_vat_is_counted_at_its_sale_is_not_made_by_hand(self):
        self.card_type.write({"vat_mode": "spv", "categ_ids": self.parent.ids})
        with self.assertRaisesRegex(UserError, "sold at the till and not made by hand"):
            self._issue(50)

    def test_package_needs_services_and_is_used_unit_by_unit(self):
        service = Command.create({"product_id": self.services[20].id, "quantity": 3})
        with self.assertRaisesRegex(ValidationError, "at least one service"):
            self._make_type(kind="service", vat_mode="spv")
        with self.assertRaisesRegex(ValidationError, "unit by unit"):
            self._make_type(kind="service", service_ids=[service], is_single_use=True)
        package = self._make_type(kind="service", service_ids=[service])
        self.assertIn("The client buys 3 × Service 20 %.", package.sentence)
        for wrong in ({"is_tip": True, "price": 5}, {"product_id": False}):
            with self.assertRaises(ValidationError):
                package.service_ids.write(wrong)
        with self.assertRaisesRegex(ValidationError, "another gift card"):
            package.service_ids.product_id = self.card_product
