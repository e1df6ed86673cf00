from odoo import models


class PosOrderLine(models.Model):
    """Where a bill line of a card is posted."""

    _inherit = "pos.order.line"

    def _get_giftcard_account(self):
        return self.env["giftcard.accounting"]._get_account(
            self.order_id.company_id, "liability"
        )

    def _prepare_giftcard_tag(self):
        """Return what ties a journal item to the card sold or given back here."""
        entry = self.sudo().giftcard_entry_id
        accounting = self.env["giftcard.accounting"]
        company = self.order_id.company_id
        return accounting._prepare_line_tag(entry, company) if entry else {}
