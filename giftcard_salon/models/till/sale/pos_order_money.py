# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import to_decimal
from ....tools.refund_chain import get_overdrawn


class PosOrder(models.Model):
    """Money stands behind every card: what other lines take off is not of cards."""

    _inherit = "pos.order"

    def _check_giftcards_covered(self):
        """Refuse a bill whose cards cost more than was paid in money for them.

        What the client brought back counts as money, as far as it is worth that and
        money had paid it. What covers a card is not paid out on a later bill.

        :raises UserError: a sentence to read out
        """
        is_sale = any(line.qty > 0 for line in self.lines._filter_giftcard_sale())
        if is_sale:
            self._check_giftcards_not_for_debt()
        chain = self._get_giftcard_chain()
        if not chain.lines._filter_giftcard_sale():
            return
        # what went wrong before is not held against this bill
        before = (chain - self)._get_giftcards_uncovered()
        missing = float(chain._get_giftcards_uncovered() - before)
        if missing <= 0:
            return
        cards = self._sum_giftcards_sold()
        if is_sale:
            raise UserError(
                self.env._(
                    "Gift cards for %(cards)s are sold here, and %(paid)s is paid for "
                    "them in money. No discount, and nothing that a gift card paid, "
                    "makes a gift card cheaper. Sell the card on a bill of its own.",
                    cards=format_amount(self.env, cards, self.currency_id),
                    paid=format_amount(
                        self.env, max(cards - missing, 0), self.currency_id
                    ),
                )
            )
        if not self._may_giftcard_pay_out():
            raise UserError(
                self.env._(
                    "%s more would be paid out than is left: the rest was paid for "
                    "gift cards, or was given back before. Pay out less, or ask a "
                    "gift card manager.",
                    format_amount(self.env, missing, self.currency_id),
                )
            )

    def _check_giftcards_not_for_debt(self):
        """Refuse cards for what the client brings back and still owes.

        :raises UserError: with the way out
        """
        for order in self._get_giftcard_origins():
            on_account = order._get_giftcard_account_payments()
            if on_account and not order._is_giftcard_settled():
                raise UserError(
                    self.env._(
                        "What is given back here is not paid yet: bill %s is on "
                        "customer account. Refund it to the customer account, and "
                        "sell the gift card on a bill of its own.",
                        order.pos_reference or order.name,
                    )
                )

    def _get_giftcards_uncovered(self):
        """Return how much more these bills took for cards and paid out than came in.

        :rtype: decimal.Decimal
        """
        parents, returned, money = {}, {}, {}
        for order in self:
            digits = order.currency_id.decimal_places
            back = order.lines.filtered("refunded_orderline_id")
            back -= back._filter_giftcard_sale()
            # a till gives back one bill at a time
            parent = (back.refunded_orderline_id.order_id & self)[:1]
            back = back.filtered(
                lambda line, refunded_order=parent: (
                    line.refunded_orderline_id.order_id == refunded_order
                )
            )
            parents[order] = parent or None
            returned[order] = to_decimal(
                abs(order._compute_giftcard_total(back)), digits
            )
            money[order] = to_decimal(
                order._sum_giftcard_money() - order._sum_giftcards_sold(), digits
            )
        return get_overdrawn(parents, money, returned)

    def _sum_giftcards_sold(self):
        """Return what this bill asks for cards, less what it gives back for them."""
        return self._compute_giftcard_total(self.lines._filter_giftcard_sale())

    def _sum_giftcard_money(self):
        """Return what came in on this bill that no gift card paid.

        What the till rounds down for cash is as good as paid.
        """
        others = self.payment_ids - self.payment_ids._filter_giftcard()
        rounding = self.amount_total - self._get_rounded_amount(self.amount_total)
        return sum(others.mapped("amount")) + max(rounding, 0)
