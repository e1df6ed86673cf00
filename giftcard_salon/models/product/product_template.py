# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.server_fields import with_unset, without

SERVER_FIELDS = ("giftcard_type_id",)


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "giftcard.kept.data"]
    giftcard_type_id = fields.Many2one(
        "giftcard.type",
        "Gift card type",
        index="btree_not_null",
        copy=False,
        readonly=True,
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `product`: what sells gift cards is made by their type."""
        if not self.env.su:
            vals_list = with_unset(vals_list, SERVER_FIELDS)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `product`: nor does a product become one that sells them."""
        return super().write(vals if self.env.su else without(vals, SERVER_FIELDS))

    @api.constrains("giftcard_type_id", "taxes_id", "type")
    def _check_giftcard_product(self):
        for product in self.filtered("giftcard_type_id"):
            is_taxed_later = product.sudo().giftcard_type_id.vat_mode != "spv"
            if is_taxed_later and product.sudo().taxes_id:
                raise ValidationError(
                    self.env._(
                        "%s is sold without tax: VAT is counted when the card is used. "
                        "Remove the taxes.",
                        product.display_name,
                    )
                )
            if product.type != "service":
                raise ValidationError(
                    self.env._(
                        "%s is a service: nothing is stored.", product.display_name
                    )
                )

    def _force_default_sale_tax(self, companies):
        """Override of `account`: no default tax on gift cards."""
        lines = self.env["product.product"]._get_giftcard_line_products()
        others = self.filtered(lambda product: not product.giftcard_type_id)
        others -= lines.product_tmpl_id
        return super(ProductTemplate, others)._force_default_sale_tax(companies)

    def _get_product_accounts(self):
        """Override of `account`: a gift card sold is money owed to the client."""
        accounts = super()._get_product_accounts()
        if self.giftcard_type_id:
            is_taxed_now = self.sudo().giftcard_type_id.vat_mode == "spv"
            accounts["income"] = self.env["giftcard.accounting"]._get_account(
                self.env.company, "deferred" if is_taxed_now else "liability"
            )
        return accounts


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "giftcard.kept.data"]

    @api.model
    def _get_giftcard_line_products(self):
        """Return the products of bill lines that gift cards make: bonus, deduction.

        Asked for each bill, so no query: nobody can delete them.

        :rtype: product.product
        """
        find = self.env["ir.model.data"]._xmlid_to_res_id
        names = ("product_bonus", "product_deduction")
        return self.browse(filter(None, (find(f"giftcard_salon.{n}") for n in names)))

    def _get_giftcard_tips(self):
        """Return those of these products that are a tip; who knows of tips says so.

        :rtype: product.product
        """
        return self.browse()

    def _get_giftcard_stored_value(self):
        """Return those of these products that are money to spend later.

        Gift cards of this add-on, and gift cards and wallets of Odoo's own programs.

        :rtype: product.product
        """
        found = self.filtered("giftcard_type_id")
        if "loyalty.program" in self.env:
            # sudo: loyalty.program - only whether it sells stored value
            programs = self.env["loyalty.program"].sudo()
            domain = [("program_type", "in", ("gift_card", "ewallet"))]
            found |= self & programs.search(domain).trigger_product_ids.sudo(False)
        return found
