# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

from ....tools.server_fields import is_writer
from .pos_order import PAID

KEPT_FIELDS = {
    "uuid",
    "order_id",
    "product_id",
    "qty",
    "price_unit",
    "price_extra",
    "price_subtotal",
    "price_subtotal_incl",
    "discount",
    "tax_ids",
    "extra_tax_data",
    "refunded_orderline_id",
    "giftcard_role",
    "giftcard_deduction_key",
    "giftcard_value",
    "giftcard_reference",
    "giftcard_is_topup",
    "giftcard_scanned_last4",
    "giftcard_card_key",
    "giftcard_entitlement_number",
    "giftcard_summary",
}


class PosOrderLine(models.Model):
    """A paid bill that gift cards are part of keeps the lines it was settled with."""

    _inherit = "pos.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: nothing of a card is added to a paid bill."""
        lines = super().create(vals_list)
        lines._check_giftcard_added()
        return lines

    def write(self, vals):
        """Override of `point_of_sale`: what was settled stays as it is."""
        if not KEPT_FIELDS.intersection(vals) or is_writer(self.env):
            return super().write(vals)
        for line in self:
            order = line.order_id
            tip = order.config_id.tip_product_id
            is_plain_tip = line.product_id == tip and not line.giftcard_role
            if order.state in PAID and order._has_giftcards() and not is_plain_tip:
                raise UserError(self._get_giftcard_kept_refusal())
        result = super().write(vals)
        self._check_giftcard_added()
        return result

    def _check_giftcard_added(self):
        """Refuse on a paid bill lines that only settling may bring to it.

        A tip that is added later is welcome, also where a card paid.

        :raises UserError: with the way out
        """
        for line in self.filtered(lambda line: line.order_id.state in PAID):
            is_card = line._filter_giftcard_sale() or line._filter_giftcard_fixed()
            is_back = line.refunded_orderline_id or line.qty * line.price_unit < 0
            # sudo: giftcard.redemption, giftcard.entry - whoever is at the till reads
            # no ledger
            if not line.sudo().giftcard_entry_id and (
                is_card or (is_back and line.order_id._has_giftcards())
            ):
                raise UserError(self._get_giftcard_kept_refusal())

    def _get_giftcard_kept_refusal(self):
        return self.env._(
            "Gift cards are part of this bill and it is paid: its lines stay as they "
            "are. Refund it at the till instead, or make a new bill."
        )
