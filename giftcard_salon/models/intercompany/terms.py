# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """What group companies agreed on for cards whose VAT was counted at the sale."""

    _inherit = "res.company"

    giftcard_agreed_percent = fields.Float(
        "Price between group companies (%)",
        default=100,
        help="What this company invoices for a service it gave for a group company's "
        "card whose VAT was counted at the sale: this part of the price without VAT, "
        "unless the service has a price of its own.",
    )
    giftcard_invoicing = fields.Selection(
        [
            ("month", "Every month"),
            ("month_draft", "Every month, as a draft to check"),
            ("use", "At once, with every use"),
        ],
        "Invoices between group companies",
        default="month",
        required=True,
        help="When this company invoices a group company for services it gave for its "
        "cards. The group company's invoices are entered as vendor bills, as drafts if "
        "drafts are chosen here.",
    )

    _giftcard_agreed_percent_positive = models.Constraint(
        "CHECK(giftcard_agreed_percent > 0)",
        "The price between group companies is more than zero.",
    )


class GiftcardAccounting(models.AbstractModel):
    """Price and taxes of what one company supplies to another for its cards."""

    _inherit = "giftcard.accounting"

    @api.model
    def _get_agreed_price(self, entitlement, company):
        """Return what ``company`` invoices a group company for one unit; 0: by percent.

        :param entitlement: ``giftcard.entitlement`` that is used
        :param company: ``res.company`` that gives the service
        :rtype: float
        """
        return 0.0

    @api.model
    def _get_supply_taxes(self, entitlement, company):
        """Return the taxes with which ``company`` supplies what it stands for.

        :param entitlement: ``giftcard.entitlement`` that is used
        :param company: ``res.company`` that gives the service
        :rtype: account.tax
        :raises UserError: when it has none of that rate
        """
        # sudo: account.tax, giftcard.entitlement - those of a company that the user may
        # not see
        taxes = self.env["account.tax"].sudo()
        for tax in entitlement.sudo().tax_ids.flatten_taxes_hierarchy():
            company_tax = self._find_like(tax, company, "sale")
            if not company_tax:
                raise UserError(
                    self.env._(
                        "%(company)s has no sales tax like %(tax)s, with which the "
                        "card was sold. Make or activate one under Accounting > "
                        "Configuration > Taxes.",
                        company=company.name,
                        tax=tax.name,
                    )
                )
            taxes |= company_tax
        return taxes

    @api.model
    def _find_like(self, tax, company, type_tax_use):
        """Return the tax of ``company`` that is most like ``tax``, at least in rate.

        :param tax: ``account.tax`` of another company
        :param company: ``res.company`` record
        :param str type_tax_use: 'sale' or 'purchase'
        :rtype: account.tax
        """
        # sudo: res.company, account.tax - those of a company that the user may not see
        company = company.sudo()
        found = (
            company.env["account.tax"]
            .search(
                [
                    ("company_id", "parent_of", company.id),
                    ("type_tax_use", "=", type_tax_use),
                    ("amount_type", "=", tax.amount_type),
                    ("amount", "=", tax.amount),
                    ("country_id", "=", company.account_fiscal_country_id.id),
                ]
            )
            .filtered(lambda candidate: not candidate.has_negative_factor)
        )
        usual = company.account_purchase_tax_id
        if type_tax_use == "sale":
            usual = company.account_sale_tax_id
        return found.sorted(
            lambda candidate: (
                candidate.name != tax.name,
                candidate.tax_scope != tax.tax_scope,
                candidate != usual,
                candidate.sequence,
                candidate.id,
            )
        )[:1]
