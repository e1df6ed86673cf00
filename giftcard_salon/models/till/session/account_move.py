# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_giftcard_redemptions(self):
        """Override: the card payments of a till's bill that was invoiced."""
        payments = self.sudo().pos_order_ids.payment_ids._get_giftcard_payments()
        return super()._get_giftcard_redemptions() | payments.giftcard_redemption_id

    def _get_giftcard_copied_lines(self):
        """Override: the bill of the till stands behind the lines of its invoice."""
        lines = super()._get_giftcard_copied_lines()
        return lines.filtered(lambda line: not line.move_id.sudo().pos_order_ids)

    def _get_giftcard_reversed_redemptions(self):
        """Override: what a refund of the till gives back, its payments have given."""
        redemptions = super()._get_giftcard_reversed_redemptions()
        return redemptions.browse() if self.sudo().pos_order_ids else redemptions

    def _get_giftcard_bonus_elsewhere(self, redemption):
        """Override: refunds of the till that have no credit note of their own."""
        found = super()._get_giftcard_bonus_elsewhere(redemption)
        refunds = redemption.entry_ids.filtered(lambda entry: entry.kind == "refund")
        keys = {redemption.key, *refunds.mapped("key")}
        orders = self.sudo().pos_order_ids.lines.refund_orderline_ids.order_id
        for order in orders.filtered(lambda order: not order.account_move):
            splits = order._get_giftcard_splits()
            found += [
                (line.tax_ids_after_fiscal_position, splits[line])
                for line in order._get_giftcard_bonus_lines(*keys)
            ]
        return found
