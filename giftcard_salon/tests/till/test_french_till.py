# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ..french_common import GiftcardFrenchCommon


@tagged("post_install", "-at_install", "giftcard_french")
class TestFrenchTill(GiftcardFrenchCommon):
    """The French seal on bills (l10n_fr_pos_cert): nothing it covers moves later."""

    def setUp(self):
        super().setUp()
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]

    def assertSealed(self, count):
        """The chain of all bills verifies, and has as many as were made."""
        self.env.flush_all()
        self.env.invalidate_all()
        orders = self.env["pos.order"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(orders.filtered("l10n_fr_hash")), count)
        result = self.company._check_pos_hash_integrity()["result"]
        self.assertFalse(result.get("corrupted_orders"), result)

    def test_every_kind_of_bill_keeps_its_seal(self):
        self.assertTrue(self.company._is_accounting_unalterable())
        card = self._sell(self.session, 100)
        used = self._redeem(self.session, card, 60, partner_id=self.client.id)
        self.assertSealed(2)
        care = self._sell_entitlements(self._make_package((self.care, 3, 100)))
        pair = self._redeem_entitlement(care.entitlement_ids, 33.33, 45, self.care)
        self.assertSealed(4)
        self._sync(self._refund_payload(used, self.session))
        self.assertSealed(5)
        self._close(self.session)
        self.assertSealed(5)
        pair.partner_id = self.client
        pair.action_pos_order_invoice()
        used.action_pos_order_invoice()
        self.assertSealed(5)
        self.assertTiesOut()
