# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Override of `account`: no invoice sells a card that does not exist."""
        unknown = self.invoice_line_ids.filtered(
            lambda line: line.product_id.giftcard_type_id and not line.giftcard_entry_id
        )
        if unknown:
            raise UserError(
                self.env._(
                    "%(invoice)s would sell or take back a gift card that no bill of a "
                    "till stands behind. Sell and refund gift cards at the till.",
                    invoice=unknown[0].move_id.display_name,
                )
            )
        return super()._post(soft)

    def _has_giftcards(self):
        """Override: an invoice that would sell a card."""
        sold = self.invoice_line_ids.filtered("product_id.giftcard_type_id")
        return bool(sold) or super()._has_giftcards()
