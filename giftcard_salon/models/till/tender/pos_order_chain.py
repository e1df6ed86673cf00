# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import to_decimal
from ....tools.refund_chain import get_overdrawn


class PosOrder(models.Model):
    """What a card paid goes back to that card, also over exchanges between.

    Bills that refunds and exchanges connect are looked at together: in other money no
    more leaves than came in in other money.
    """

    _inherit = "pos.order"

    # === BILLS === #

    def _get_giftcard_origins(self):
        """Return the bills that these give back, directly or over exchanges.

        :rtype: pos.order
        """
        # sudo: pos.order - bills of other tills and companies, to add them up
        orders = self.sudo()
        origins, near = orders.browse(), orders.lines.refunded_orderline_id.order_id
        while near := near - origins:
            origins |= near
            near = near.lines.refunded_orderline_id.order_id
        return origins - orders

    def _get_giftcard_refunded_orders(self):
        """Return the bills that this one gives back and that a gift card paid.

        Also when exchanges lie between.
        """
        origins = self._get_giftcard_origins()
        return origins.filtered("payment_ids.giftcard_redemption_id")

    def _get_giftcard_chain(self):
        """Return all paid bills that refunds connect with this one, and this one.

        :rtype: pos.order
        """
        # sudo: pos.order - bills of other tills and companies, to add them up
        chain = near = self.sudo() | self._get_giftcard_origins()
        while near:
            refunds = near.lines.refund_orderline_ids.order_id - chain
            near = refunds.filtered(
                lambda order: order.state not in ("draft", "cancel")
            )
            chain |= near
        return chain

    # === MONEY === #

    def _check_giftcard_goes_back(self):
        """What a card paid goes back to that card, unless a manager decides.

        :raises UserError: naming the card
        """
        originals = self._get_giftcard_refunded_orders()
        if not originals:
            return
        if len(self.lines.refunded_orderline_id.order_id) > 1:
            raise UserError(
                self.env._(
                    "A gift card paid for what is given back here. Refund the items "
                    "of one bill at a time."
                )
            )
        chain = self._get_giftcard_chain()
        self._check_giftcard_not_overpaid(chain.payment_ids)
        # what a manager let go before is not held against this bill
        before = (chain - self)._get_giftcard_overdrawn()
        overdrawn = chain._get_giftcard_overdrawn() - before
        if overdrawn > 0 and not self._may_giftcard_pay_out():
            raise UserError(
                self.env._(
                    "Gift card %(cards)s paid for what is given back here: %(amount)s "
                    "has to go back to it. Choose the gift card as payment, or ask a "
                    "gift card manager.",
                    cards=self._get_giftcard_names(originals),
                    amount=format_amount(self.env, float(overdrawn), self.currency_id),
                )
            )

    def _get_giftcard_names(self, originals):
        payments = originals.payment_ids._get_giftcard_payments()
        cards = payments.giftcard_redemption_id.card_id
        return ", ".join(dict.fromkeys(card._get_current().name for card in cards))

    def _get_giftcard_overdrawn(self):
        """Return how much more left these bills in other money than came in.

        What is still owed on customer account did not come in: it may be lowered, not
        paid out.

        :rtype: decimal.Decimal
        """
        parents, returned, paid, received = {}, {}, {}, {}
        for order in self:
            digits = order.currency_id.decimal_places
            back = order.lines.filtered("refunded_orderline_id")
            parents[order] = (back.refunded_orderline_id.order_id & self)[:1] or None
            returned[order] = to_decimal(
                abs(order._compute_giftcard_total(back)) if back else 0, digits
            )
            others = order.payment_ids - order.payment_ids._filter_giftcard()
            others -= others.filtered("giftcard_redemption_id")
            on_account = order._get_giftcard_account_payments()
            paid[order] = to_decimal(sum(others.mapped("amount")), digits)
            received[order] = to_decimal(
                sum((others - on_account).mapped("amount")), digits
            )
            if on_account and order._is_giftcard_settled():
                received[order] += max(paid[order] - received[order], 0)
        return max(
            get_overdrawn(parents, money, returned) for money in (paid, received)
        )

    def _check_giftcard_not_overpaid(self, payments):
        """Refuse to pay out, for a bill that a bonus lowered, more than was paid."""
        if not any(payments.giftcard_redemption_id.mapped("bonus")):
            return
        kept = sum(payments.mapped("amount"))
        if self.currency_id.compare_amounts(kept, 0) < 0:
            raise UserError(
                self.env._(
                    "%s more would be given back than was paid: a gift card gave a "
                    "bonus on this bill. Put the gift card's part back on the card "
                    "first.",
                    format_amount(self.env, -kept, self.currency_id),
                )
            )
