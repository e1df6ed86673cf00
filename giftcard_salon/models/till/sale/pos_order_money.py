from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class PosOrder(models.Model):
    """Money stands behind every card: what other lines take off is not of cards."""

    _inherit = "pos.order"

    def _check_giftcards_covered(self):
        """Refuse a bill whose cards cost more than was paid in money for them.

        What the client brought back counts as money, unless a card had paid it. So
        bills that give one another back count together.

        :raises UserError: a sentence to read out
        """
        sold = self.lines._is_giftcard_sale().filtered(lambda line: line.qty > 0)
        if not sold:
            return
        bills = self._get_giftcard_connected_bills()
        cards = sum(bills.mapped(lambda bill: bill._sum_giftcards_sold()))
        paid = sum(bills.mapped(lambda bill: bill._sum_giftcard_money()))
        if self.currency_id.compare_amounts(paid, cards) < 0:
            raise UserError(
                self.env._(
                    "Gift cards for %(cards)s are sold here, and %(paid)s is paid for "
                    "them in money. No discount, and nothing that a gift card paid, "
                    "makes a gift card cheaper. Sell the card on a bill of its own.",
                    cards=format_amount(self.env, cards, self.currency_id),
                    paid=format_amount(self.env, max(paid, 0), self.currency_id),
                )
            )

    def _get_giftcard_connected_bills(self):
        """Return this bill and those it is connected with by what was given back.

        :rtype: pos.order
        """
        bills = found = self.sudo()
        while found:
            lines = found.lines
            near = (
                lines.refunded_orderline_id | lines.refund_orderline_ids
            ).order_id.filtered(lambda bill: bill.state not in ("draft", "cancel"))
            found = near - bills
            bills |= found
        return bills

    def _sum_giftcards_sold(self):
        """Return what this bill asks for cards, less what it gives back for them."""
        return sum(self.lines._is_giftcard_sale().mapped("price_subtotal_incl"))

    def _sum_giftcard_money(self):
        """Return what came in on this bill that no gift card paid.

        What the till rounds down for cash is as good as paid.
        """
        others = self.payment_ids - self.payment_ids._is_giftcard()
        rounding = self.amount_total - self._get_rounded_amount(self.amount_total)
        return sum(others.mapped("amount")) + max(rounding, 0)
