from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_giftcard_redemptions(self):
        """Override: the card payments of a till's bill that was invoiced."""
        payments = self.sudo().pos_order_ids.payment_ids
        paid = payments.filtered(lambda payment: payment.amount > 0)
        return super()._get_giftcard_redemptions() | paid.giftcard_redemption_id

    def _get_giftcard_reversed_uses(self):
        """Override: what a refund of the till gives back, its payments have given."""
        uses = super()._get_giftcard_reversed_uses()
        return uses.browse() if self.sudo().pos_order_ids else uses
