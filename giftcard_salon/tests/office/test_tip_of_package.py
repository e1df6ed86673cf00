# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..deduction_common import GiftcardDeductionCommon
from ..invoice_common import GiftcardInvoiceMixin


@tagged("post_install", "-at_install")
class TestTipOfPackage(GiftcardInvoiceMixin, GiftcardDeductionCommon):
    """A tip that a package paid at the till is no tip any more on its invoice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["pos.payment.method"].create(
            {"name": "Customer account", "split_transactions": True}
        )
        cls.tip = cls.env.ref("point_of_sale.product_product_tip")
        cls.tip.taxes_id = False
        cls.config.write(
            {
                "iface_tipproduct": True,
                "tip_product_id": cls.tip.id,
                "invoice_journal_id": cls.company_data["default_journal_sale"].id,
                "payment_method_ids": [Command.link(cls.account.id)],
            }
        )

    def test_card_is_offered_what_is_sold(self):
        """60.00 on account, a tip of 6.00 that a package paid: 60.00, not 54.00."""
        package = self._make_package((self.massage, 1, 90), (None, 1, 6))
        card = self._sell_entitlements(package)
        order = self._redeem_entitlement(
            card.entitlement_ids[1],
            6,
            product=self.tip,
            lines=[self._line(self.massage, 60)],
            payments=[self._payment(self.account, 60)],
            partner_id=self.client.id,
            to_invoice=True,
        )
        invoice = order.account_move
        self.assertEqual((invoice.amount_total, invoice.amount_residual), (60, 60))
        self.card_type.pays_tips = False
        plain = self._card(100, 100)
        self._redeem_card(invoice, plain)
        self.assertCard(plain, 40)
        self.assertEqual(invoice.amount_residual, 0)
