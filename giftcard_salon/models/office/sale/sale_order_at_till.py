from odoo import models
from odoo.exceptions import UserError

# states of a till's bill that counts
SETTLED = ("paid", "done", "invoiced")


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
            uses = order.giftcard_use_ids | order.order_line.giftcard_use_id
            if uses or order.order_line.filtered("giftcard_role"):
                refusal = UserError(
                    self.env._(
                        "Gift card %(card)s is on order %(order)s, which a till cannot "
                        "take over. Take the card off the order and use it at the "
                        "till, or make an invoice of the order.",
                        card=uses[:1].card_name or "",
                        order=order.name,
                    )
                )
                # for the till, which says it in its own way
                refusal.context = {"giftcard_order": order.id}
                raise refusal

    def _get_giftcard_at_tills(self):
        """Return what tills settled of the order (`pos_sale`), less what they gave back.

        :return: in the order's currency, tax included
        :rtype: float
        """
        if "pos_order_line_ids" not in self._fields:
            return 0.0
        lines = self.sudo().pos_order_line_ids
        lines |= lines.refund_orderline_ids
        paid = lines.filtered(lambda line: line.order_id.state in SETTLED)
        return sum(paid.mapped("price_subtotal_incl"))
