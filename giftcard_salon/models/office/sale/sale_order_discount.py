# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models


class SaleOrderDiscount(models.TransientModel):
    _inherit = "sale.order.discount"

    def action_apply_discount(self):
        """Override of `sale`: "on all order lines" means those a discount may touch."""
        lines = self.sale_order_id.order_line
        undiscounted = lines._get_giftcard_undiscounted()
        if self.discount_type != "sol_discount" or not undiscounted:
            return super().action_apply_discount()
        percentage = self.discount_percentage * 100
        return (lines - undiscounted).write({"discount": percentage})
