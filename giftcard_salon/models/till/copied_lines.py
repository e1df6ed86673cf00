# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError

# what cards put on a bill under products of their own, and what is checked with a card
DEDUCTION_ROLES = ("deduction", "bonus", "conversion_out", "conversion_in")


class PosOrder(models.Model):
    """Lines copied from elsewhere: a card's lines come with its redemption only."""

    _inherit = "pos.order"

    def action_pos_order_paid(self):
        """Override of `point_of_sale`: nothing is given for a card that is not used."""
        self._check_giftcard_copied()
        return super().action_pos_order_paid()

    def _check_giftcard_copied(self):
        """Refuse what a card takes off by itself, and orders with a card on them.

        :raises UserError: with the way out
        """
        line_products = self.env["product.product"]._get_giftcard_line_products()
        if self.lines.filtered(
            lambda line: (
                line.product_id in line_products
                and line.giftcard_role not in DEDUCTION_ROLES
            )
        ):
            raise UserError(
                self.env._(
                    "A line of this bill takes off what a gift card pays, but no card "
                    "is used with it. Remove the line and scan the card."
                )
            )
        if "sale_order_origin_id" in self.lines._fields:
            # what is given back was settled before
            settled = self.lines.filtered(lambda line: not line.refunded_orderline_id)
            # sudo: sale.order - a cashier may not read the order that his bill settles
            settled.sudo().sale_order_origin_id._check_giftcard_at_till()
