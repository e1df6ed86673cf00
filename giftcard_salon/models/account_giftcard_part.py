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
