# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Orders that a till takes over (`pos_sale`): not with gift cards on them.

    It copies lines as plain ones: what a card takes off would be given for nothing.
    """

    _inherit = "sale.order"

    def load_sale_order_from_pos(self, config_id):
        """Override of `pos_sale`: refuse at once what the till could not settle.

        :param int config_id: the till
        :raises UserError: naming the card and the way out
        """
        self.check_access("read")
        self.sudo()._check_giftcard_at_till()
        return super().load_sale_order_from_pos(config_id)

    def _check_giftcard_at_till(self):
        """Refuse orders with gift cards on them.

        :raises UserError: naming the card and the way out
        """
        for order in self:
            applications = (
                order.giftcard_application_ids
                | order.order_line.giftcard_application_id
            )
            if applications or order.order_line.filtered("giftcard_role"):
                refusal = UserError(
                    self.env._(
                        "Gift card %(card)s is on order %(order)s, which a till cannot "
                        "take over. Take the card off the order and use it at the "
                        "till, or make an invoice of the order.",
                        card=applications[:1].card_name or "",
                        order=order.name,
                    )
                )
                # for the till, which says it in its own way
                refusal.context = {"giftcard_order": order.id}
                raise refusal
