# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError


class PosOrderLine(models.Model):
    """Money added to a card whose VAT is counted at its sale: taxed like the card."""

    _inherit = "pos.order.line"

    def _top_up_giftcard(self):
        """Override: what is added to a single-purpose card carries its VAT now."""
        card_type = self.product_id.giftcard_type_id.sudo()
        if card_type.vat_mode != "spv":
            return super()._top_up_giftcard()
        order = self.order_id
        self._check_giftcard_not_on_account()
        split = order._get_giftcard_splits()[self]
        entitlement = card_type._prepare_entitlements(order.company_id, split.gross)[0]
        self._check_giftcard_entitlement_sale(card_type, entitlement, split)
        card = self._find_scanned_giftcard().sudo()
        taxes = card.entitlement_ids._get_taxes(order.company_id)
        added = self.tax_ids_after_fiscal_position
        if not self.env["giftcard.accounting"]._is_same_vat(taxes, added):
            raise UserError(
                self.env._(
                    "Card %s was sold with another VAT. Sell a new card instead.",
                    card.name,
                )
            )
        entry = card._top_up(
            card_type,
            entitlement["value"],
            self.uuid,
            order._prepare_giftcard_origin(),
            price=split.gross,
            net=split.base,
        )
        self._link_giftcard(card, entry)
        return None

    def _get_take_back_refusal(self, sold, card):
        """Override: the VAT of what was added goes back as it came."""
        refusal = super()._get_take_back_refusal(sold, card)
        entry = sold.giftcard_entry_id
        if refusal or not (entry.entitlement_id and self._is_topup_refund()):
            return refusal
        given, added = (
            line.order_id._get_giftcard_splits()[line] for line in (self, sold)
        )
        if given != -added:
            return self._get_giftcard_refundable_message(card, self.order_id)
        return ""
