from odoo import api, fields, models


class GiftcardType(models.Model):
    _inherit = "giftcard.type"

    product_ids = fields.One2many(
        "product.template",
        "giftcard_type_id",
        string="Products",
        context={"active_test": False},
    )

    @api.model_create_multi
    def create(self, vals_list):
        types = super().create(vals_list)
        self.env["product.template"].sudo().create(
            [card_type._prepare_product() for card_type in types]
        )
        return types

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            for card_type in self:
                card_type.sudo().product_ids.name = vals["name"]
        if "active" in vals:
            self.sudo().product_ids.active = vals["active"]
        return result

    def _prepare_product(self):
        """Return the product under which the type is sold: no price, no tax."""
        self.ensure_one()
        return {
            "name": self.name,
            "type": "service",
            "giftcard_type_id": self.id,
            "list_price": 0,
            "taxes_id": False,
            "supplier_taxes_id": False,
            "purchase_ok": False,
            "company_id": False,
        }
