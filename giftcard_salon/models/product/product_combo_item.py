# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import ValidationError


class ProductComboItem(models.Model):
    _inherit = "product.combo.item"

    @api.constrains("product_id")
    def _check_giftcard_choice(self):
        """A combo shares its price out over its choices: a card has its own price."""
        giftcard_products = self.env["product.product"]._get_giftcard_line_products()
        for item in self:
            if item.product_id.giftcard_type_id or item.product_id in giftcard_products:
                raise ValidationError(
                    self.env._(
                        "%s cannot be a choice of a combo: a gift card is sold at its "
                        "own price.",
                        item.product_id.display_name,
                    )
                )
