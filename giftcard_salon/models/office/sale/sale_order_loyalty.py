# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models


class SaleOrder(models.Model):
    """Odoo's own promotions (`sale_loyalty`): gift cards are none of their business.

    The methods are that app's: without it nobody calls them.
    """

    _inherit = "sale.order"

    def _get_no_effect_on_threshold_lines(self):
        """Override of `sale_loyalty`: no discount, no threshold, no points."""
        lines = super()._get_no_effect_on_threshold_lines()
        return lines | self.order_line._get_giftcard_undiscounted()

    def _get_not_rewarded_order_lines(self):
        """Override of `sale_loyalty`: a card is nothing that is counted."""
        lines = super()._get_not_rewarded_order_lines()
        return lines - self.order_line._get_giftcard_undiscounted()

    def _discountable_order(self, reward):
        """Override of `sale_loyalty`: its gift cards and wallets pay no gift card."""
        payable, per_tax = super()._discountable_order(reward)
        if not reward.program_id.is_payment_program:
            return payable, per_tax
        cards = self.order_line.filtered("product_id.giftcard_type_id")
        for line in cards:
            payable -= line.price_total
            taxes = line.tax_ids.flatten_taxes_hierarchy()
            per_tax[taxes] = per_tax.get(taxes, 0) - line.price_subtotal
        return payable, per_tax
