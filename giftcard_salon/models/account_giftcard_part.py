from odoo import api, fields, models


class GiftcardPart(models.Model):
    _inherit = "giftcard.part"

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
        """Return the taxes of ``company`` that were counted when this part was sold.

        :param company: ``res.company`` in which the part is used
        :rtype: account.tax
        """
        return self.sudo().tax_ids._filter_taxes_by_company(company)
