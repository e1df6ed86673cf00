# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    giftcard_agreed_price = fields.Float(
        "Price for group companies",
        company_dependent=True,
        digits="Product Price",
        help="Without VAT. What this company invoices a group company for one unit "
        "that a single-purpose gift card of that company paid for. Zero: the "
        "percentage in the settings.",
    )


class GiftcardAccounting(models.AbstractModel):
    """What companies settle follows the service that was given."""

    _inherit = "giftcard.accounting"

    @api.model
    def _get_revenue_account(self, entry, company):
        """Override: the service's own income account, as on a bill of ``company``."""
        template = entry.sudo().entitlement_id.product_id.product_tmpl_id
        if template:
            accounts = template.with_company(company).get_product_accounts()
            if accounts["income"]:
                return accounts["income"]
        return super()._get_revenue_account(entry, company)

    @api.model
    def _get_agreed_price(self, entitlement, company):
        """Override: the service's price for group companies."""
        template = entitlement.sudo().product_id.product_tmpl_id.with_company(company)
        return template.giftcard_agreed_price or super()._get_agreed_price(
            entitlement, company
        )

    @api.model
    def _get_supply_taxes(self, entitlement, company):
        """Override: the service's own taxes in ``company``."""
        taxes = entitlement.sudo().product_id.taxes_id.filtered_domain(
            self.env["account.tax"]._check_company_domain(company)
        )
        return taxes or super()._get_supply_taxes(entitlement, company)
