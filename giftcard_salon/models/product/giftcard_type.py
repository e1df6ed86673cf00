# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models

# what decides which VAT the product of a type has
TAXED_FIELDS = {"kind", "vat_mode", "service_ids", "categ_ids", "company_ids"}


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
            [card_type._prepare_product() for card_type in types.sudo()]
        )
        types._sync_product_taxes()
        return types

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            for card_type in self:
                card_type.sudo().product_ids.name = vals["name"]
        if "active" in vals:
            self.sudo().product_ids.active = vals["active"]
        if TAXED_FIELDS.intersection(vals):
            self._sync_product_taxes()
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

    def action_open_product(self):
        """Show the product that is this type's tile at the till.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "product.template",
            "res_id": self.product_ids[:1].id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _sync_product_taxes(self):
        """Give the product of a type the VAT of what it stands for, per company."""
        # sudo: product.template - taxes of companies that the user does not see
        companies = self.env["res.company"].sudo().search([("id", "!=", False)])
        for card_type in self.sudo():
            taxes = self.env["account.tax"]
            if card_type.vat_mode == "spv":
                for company in card_type.company_ids or companies:
                    taxes += card_type._get_common_taxes(company)
            if card_type.product_ids.taxes_id != taxes:
                card_type.product_ids.taxes_id = taxes
        for model in ("product.template", "product.product"):
            # what others may not see of it must not stay in the cache
            self.env[model].invalidate_model(["taxes_id"])

    def _get_common_taxes(self, company):
        """Return the VAT of all services, if it is the same; else none."""
        if self.kind == "amount":
            found = self._get_scope_taxes(company)
        else:
            services = self.service_ids.filtered(lambda service: not service.is_tip)
            found = [service._get_taxes(company) for service in services]
        get_key = self.env["giftcard.accounting"]._get_vat_key
        same = len({get_key(taxes) for taxes in found}) == 1
        return found[0] if same else self.env["account.tax"]
