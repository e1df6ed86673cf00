# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Down payments: a part of an order is invoiced, in advance or as delivered.

    A card pays what is due of the rest.
    """

    _inherit = "sale.order"

    def _get_giftcard_invoiced(self):
        """Return what the order's invoices come to, those in draft too.

        :return: in the order's currency, tax included
        :rtype: float
        """
        # sudo: sale.order.line - a seller reads no invoices
        lines = self.sudo().order_line.invoice_lines.filtered(
            lambda line: line.parent_state != "cancel"
        )
        return sum(-line.move_id.direction_sign * line.price_total for line in lines)

    def _check_giftcard_payable(self, card, amount):
        """Override: a bonus is on the whole of an order, and comes with its items."""
        has_bonus = self.currency_id.compare_amounts(
            card.available_consideration, card.available
        )
        if has_bonus and self._get_giftcard_items().filtered("qty_invoiced"):
            raise UserError(
                self.env._(
                    "A part of %(order)s is invoiced, and card %(card)s gives a bonus "
                    "on all of it. Make the invoice of the rest and use the card on "
                    "that draft.",
                    order=self.name,
                    card=card.name,
                )
            )
        return super()._check_giftcard_payable(card, amount)

    def _check_giftcard_deduction(self, entitlement, line):
        """Override: what was invoiced is paid on its invoice."""
        if line.qty_invoiced:
            raise UserError(
                self.env._(
                    "This line of %s is on an invoice already. Use the card on the "
                    "draft of that invoice, or choose another line.",
                    self.name,
                )
            )
        return super()._check_giftcard_deduction(entitlement, line)

    def _create_invoices(self, grouped=False, final=False, date=None):
        """Override of `sale`: an advance may have left less than cards were to pay."""
        if final:
            for order in self:
                order._lower_giftcards_to_due()
        return super()._create_invoices(grouped=grouped, final=final, date=date)

    def _lower_giftcards_to_due(self):
        """Let cards with a bonus give no more than what no invoice asked for yet.

        Others are lowered when an invoice is posted; what a card with a bonus takes
        off is on the order.
        """
        invoiced = self._get_giftcard_invoiced()
        applications = self._get_open_giftcard_applications().filtered(
            lambda application: (
                application.bonus
                and not application.entitlement_id
                and not application._is_invoiced()
            )
        )
        compare = self.currency_id.compare_amounts
        if not applications or compare(invoiced, 0) <= 0:
            return
        # what a card gives less, the order is dearer by the bonus in it
        over = invoiced + sum(applications.mapped("paid_amount")) - self.amount_total
        for application in applications.sorted("id", reverse=True):
            less = min(over, application.amount)
            if compare(less, 0) > 0:
                self._lower_giftcard_bonus(
                    application, self.currency_id.round(application.amount - less)
                )
                over -= less

    def _lower_giftcard_bonus(self, application, amount):
        """Let an application give ``amount``; none when nothing is left for it."""
        card, before = application.card_name, application.amount
        if self.currency_id.compare_amounts(amount, 0) <= 0:
            amount = 0
            application._remove()
        else:
            application._drop_lines()
            application._lower(amount, self)
            if application.bonus:
                self._add_giftcard_bonus(application)
        self.message_post(
            body=self.env._(
                "Gift card %(card)s gives %(after)s instead of %(before)s: the rest of "
                "the order was invoiced in advance.",
                card=card,
                after=self.currency_id.format(amount),
                before=self.currency_id.format(before),
            )
        )
