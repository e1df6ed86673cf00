# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError


class GiftcardEntitlement(models.Model):
    _inherit = "giftcard.entitlement"

    tax_ids = fields.Many2many(
        "account.tax",
        string="VAT counted at the sale",
        readonly=True,
        context={"active_test": False},
    )

    @api.model
    def _get_kept_terms(self):
        return [*super()._get_kept_terms(), "tax_ids"]

    def _get_taxes(self, company):
        """Return the taxes of ``company`` that were counted when this was sold.

        In another company than the seller's: its own ones for the same supply.

        :param company: ``res.company`` in which it is redeemed
        :rtype: account.tax
        """
        # sudo: giftcard.entitlement, res.company - VAT is what it is, whoever uses the
        # card
        entitlement = self.sudo()
        issuer = entitlement.card_id.company_id
        if not entitlement.tax_ids or issuer in company.sudo().parent_ids:
            return entitlement.tax_ids._filter_taxes_by_company(company)
        try:
            return self.env["giftcard.accounting"]._get_supply_taxes(
                entitlement, company
            )
        except UserError:
            # nothing here can be paid by it: the till says so of every item
            return self.env["account.tax"]
