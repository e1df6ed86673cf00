from odoo import models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _check_giftcard_rules(self):
        """Override: what an invoice cannot say of a card of another company."""
        result = super()._check_giftcard_rules()
        entries = self.lines.sudo().giftcard_entry_id
        tips = entries.filtered(
            lambda entry: entry.book == "tips" and entry.company_id != self.company_id
        )
        if self.to_invoice and tips:
            raise UserError(
                self.env._(
                    "The tip on this card is owed by %s, which an invoice to the "
                    "client cannot say. Make the bill without an invoice.",
                    tips.company_id[:1].name,
                )
            )
        return result
