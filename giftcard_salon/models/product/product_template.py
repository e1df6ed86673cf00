from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    giftcard_type_id = fields.Many2one(
        "giftcard.type",
        "Gift card type",
        index="btree_not_null",
        copy=False,
        readonly=True,
        ondelete="restrict",
    )

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
        lines = self.env["pos.config"]._get_giftcard_line_products()
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

    @api.model
    def _load_pos_data_domain(self, data, config):
        """Override of `point_of_sale`: gift cards only at tills that take them."""
        domain = super()._load_pos_data_domain(data, config)
        if not config.giftcard_enabled:
            return [*domain, ("giftcard_type_id", "=", False)]
        sold_here = self.env["giftcard.type"]._search_sold_by(config)
        return [
            *domain,
            "|",
            ("giftcard_type_id", "=", False),
            ("giftcard_type_id", "in", sold_here.ids),
        ]

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "giftcard_type_id"]
