# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models


class GiftcardReportVat(models.AbstractModel):
    _inherit = "giftcard.report.vat"

    @api.model
    def _get_invoice_kind(self, line):
        """Override: what nobody paid for is a discount."""
        if line.product_id == self.env.ref("giftcard_salon.product_bonus"):
            return "discount"
        return super()._get_invoice_kind(line)
