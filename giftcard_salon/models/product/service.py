# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GiftcardEntitlement(models.Model):
    _inherit = "giftcard.entitlement"

    product_id = fields.Many2one(
        "product.product", "Service", readonly=True, ondelete="restrict"
    )

    @api.depends("product_id.name")
    def _compute_label(self):
        """Override: the product's name, unless the product was renamed since."""
        result = super()._compute_label()
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        for entitlement in self:
            product = entitlement.sudo().product_id
            names = {product.with_context(lang=code).name for code in codes}
            if entitlement.name in names:
                entitlement.label = product.name
        return result

    @api.model
    def _get_kept_terms(self):
        return [*super()._get_kept_terms(), "product_id"]


class GiftcardTypeService(models.Model):
    _inherit = "giftcard.type.service"

    product_id = fields.Many2one(
        "product.product",
        "Service",
        ondelete="restrict",
        domain=[
            ("sale_ok", "=", True),
            ("product_tmpl_id.giftcard_type_id", "=", False),
        ],
    )

    @api.depends("product_id", "is_tip")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for service in self:
            service.display_name = (
                self.env._("tip") if service.is_tip else service.product_id.name
            )

    @api.constrains("product_id", "is_tip")
    def _check_service(self):
        for service in self:
            if service.is_tip and service.product_id:
                raise ValidationError(
                    self.env._("A tip is no service. Remove the service or the tip.")
                )
            if not service.is_tip and not service.product_id:
                raise ValidationError(
                    self.env._("Choose the service that the card stands for.")
                )
            if service.product_id.product_tmpl_id.giftcard_type_id:
                raise ValidationError(
                    self.env._("A gift card does not stand for another gift card.")
                )
