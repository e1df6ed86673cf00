# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models


class GiftcardReportLiability(models.AbstractModel):
    _inherit = "giftcard.report.liability"

    @api.model
    def _drill_item(self, item):
        """Override: of an open till, what it did to cards and has not posted yet."""
        if item.source_model != "pos.session":
            return super()._drill_item(item)
        session = self.env["pos.session"].browse(item.source_id)
        domain = [
            ("source_model", "=", "pos.order"),
            ("source_id", "in", session.order_ids.ids),
            ("company_id", "=", session.company_id.id),
            ("liability_kind", "=", item.liability_kind),
            ("currency_id", "=", item.currency_id.id),
            ("day", "<=", item.tie_out_id.day),
        ]
        return self._drill("giftcard.entry", domain, item.name)
