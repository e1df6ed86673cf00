# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ..deduction_common import GiftcardDeductionCommon
from ..french_common import install_french


@tagged("post_install", "-at_install")
class TestEntitlementLanguage(GiftcardDeductionCommon):
    """What a card stands for is named in the language of whoever reads it."""

    def test_a_service_sold_in_english_is_read_in_french(self):
        install_french(self.env)
        self.massage.name = "Relaxing massage"
        self.massage.with_context(lang="fr_FR").name = "Massage relaxant"
        package = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        part = package.entitlement_ids
        self.assertEqual((part.name, part.label), ("Relaxing massage",) * 2)
        french = package.with_context(lang="fr_FR")
        self.assertIn("Massage relaxant", french.good_for)
        self.assertNotIn("Relaxing", french.good_for)
        (told,) = french.entitlement_ids._describe_remaining()
        self.assertEqual(told["name"], "Massage relaxant")
        # what was sold keeps its name when the product becomes another thing
        self.massage.name = "Head massage"
        self.massage.with_context(lang="fr_FR").name = "Massage crânien"
        self.env.invalidate_all()
        self.assertEqual(french.entitlement_ids.label, "Relaxing massage")

    def test_a_tip_sold_in_english_is_read_in_french(self):
        install_french(self.env)
        package = self._sell_entitlements(
            self._make_package((self.massage, 1, 60), (None, 1, 5))
        )
        tip = package.entitlement_ids.filtered(lambda part: part.kind == "tip")
        self.assertEqual((tip.name, tip.label), ("Tip", "Tip"))
        self.assertEqual(tip.with_context(lang="fr_FR").label, "Pourboire")
