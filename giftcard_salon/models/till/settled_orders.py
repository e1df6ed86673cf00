# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models

# states of a bill that counts
SETTLED = ("paid", "done", "invoiced")


class GiftcardFixedDocument(models.AbstractModel):
    """Orders that a till settled (`pos_sale`), all or in part."""

    _inherit = "giftcard.fixed.document"

    def _get_giftcard_at_tills(self):
        """Override: what bills took over, less what was given back.

        :return: in the currency of the till, tax included
        :rtype: float
        """
        lines = self.env["pos.order.line"].sudo()
        origin = lines._fields.get("sale_order_origin_id")
        if not origin or origin.comodel_name != self._name:
            return super()._get_giftcard_at_tills()
        lines = lines.search([("sale_order_origin_id", "in", self.ids)])
        lines |= lines.refund_orderline_ids
        paid = lines.filtered(lambda line: line.order_id.state in SETTLED)
        return sum(paid.mapped("price_subtotal_incl"))
