# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models


class GiftcardRedeem(models.TransientModel):
    """The line that an entitlement of a card pays, and how much of it."""

    _inherit = "giftcard.redeem"

    def _get_line(self):
        """Return the line of the document that an entitlement pays."""
        return self.order_line_id or self.invoice_line_id

    @api.depends("entitlement_id", "order_id", "move_id")
    def _compute_line(self):
        for wizard in self:
            line = wizard._find_line(wizard.entitlement_id.sudo())
            is_order = bool(wizard.order_id)
            wizard.order_line_id = line if is_order else False
            wizard.invoice_line_id = False if is_order else line

    def _find_line(self, entitlement):
        """Return the line that it pays best: the same service, or the same taxes."""
        document = self._get_document()
        if not entitlement or not document:
            return False
        taxes = entitlement._get_taxes(document.company_id)
        is_same = self.env["giftcard.accounting"]._is_same_vat
        lines = document._get_giftcard_items().filtered(
            lambda line: not line.giftcard_role and is_same(line.tax_ids, taxes)
        )
        same_product = lines.filtered(
            lambda line: line.product_id == entitlement.product_id
        )
        return (same_product or lines)[:1]

    def _propose_for_line(self, entitlement):
        """Return what it pays of the line: one unit, or as far as it goes."""
        line, document = self._get_line(), self._get_document()
        if not entitlement or not line:
            return 0
        gross = float(document._get_giftcard_gross(line))
        if entitlement.kind == "service" and line.product_id == entitlement.product_id:
            return entitlement.next_unit_price
        return min(entitlement.next_unit_price or entitlement.available, gross)
