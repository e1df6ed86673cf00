# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base`: the gift card ledger finds merged people again."""
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["giftcard.alias"].sudo()._note_merge(src_partners, dst_partner)
        return result
