# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_giftcard_tips(self):
        """Override: what a till takes for a tip is one on other documents as well."""
        tills = (
            self.env["pos.config"].sudo().search([("tip_product_id", "in", self.ids)])
        )
        return super()._get_giftcard_tips() | tills.tip_product_id.sudo(False)
