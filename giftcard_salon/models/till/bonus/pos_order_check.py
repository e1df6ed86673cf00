# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import exact, to_decimal
from ....tools.tax_groups import is_split_in_turn


class PosOrder(models.Model):
    """A bill's discounts are what the server would make of its cards."""

    _inherit = "pos.order"

    # === CHECK === #

    def _check_giftcard_bonus(self):
        """Refuse discount lines that are not what the cards of this bill give.

        :raises UserError: a sentence to read out
        """
        payments = self.payment_ids._get_giftcard_payments()
        by_payment = {
            payment: self._parse_giftcard_discounts(payment) for payment in payments
        }
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        with_bonus = payments.filtered(
            lambda payment: payment.sudo().giftcard_redemption_id.bonus
        )
        if not self._is_giftcard_split(with_bonus, by_payment):
            raise UserError(self._get_giftcard_bonus_refusal())
        used = self._get_giftcard_bonus_lines(*payments.mapped("uuid"))
        given = self._get_giftcard_tender_bonus()
        self._check_giftcard_bonus_returned(given - used)

    def _get_giftcard_bonus_refusal(self):
        return self.env._(
            "The bonus of a gift card does not fit this bill any more. Nothing was "
            "taken. Remove the gift card from the bill and use it again."
        )

    def _parse_giftcard_discounts(self, payment):
        """Return what the discount lines of a payment take off, by tax group.

        :return: positive amounts by ``account.tax`` records
        :rtype: dict
        :raises UserError: when a line is not what the server would make
        """
        discounts = {}
        for line in self._get_giftcard_bonus_lines(payment.uuid):
            tax_group = line._get_giftcard_tax_group()
            amount = -line._get_giftcard_fixed_amounts().gross
            if line.qty != 1 or tax_group in discounts or amount <= 0:
                raise UserError(self._get_giftcard_bonus_refusal())
            discounts[tax_group] = amount
        return discounts

    def _is_giftcard_discounted(self, payment, discounted, computed):
        """Tell whether the discount lines of a payment are what the server makes.

        :param payment: ``pos.payment`` of this bill
        :param dict discounted: discounts of the cards before, by tax group
        :param dict computed: what was worked out before: many orders ask for the same
        """
        accounting = self.env["giftcard.accounting"]
        for line in self._get_giftcard_bonus_lines(payment.uuid):
            amounts = -line._get_giftcard_fixed_amounts()
            tax_group, amount = line._get_giftcard_tax_group(), amounts.gross
            before = discounted.get(tax_group, 0)
            if (tax_group, amount, before) not in computed:
                computed[tax_group, amount, before] = accounting._split_discount(
                    tax_group, amount, before, self.company_id, self.currency_id
                )
            if amounts != computed[tax_group, amount, before]:
                return False
        return True

    def _is_giftcard_split(self, payments, by_payment):
        """Tell whether the discounts are split as the rule says, in some order.

        Each card's discount goes over what the bill comes to less the discounts of
        the cards before it; which one was before is the till's business.

        :param payments: ``pos.payment`` records with a bonus
        :param dict by_payment: of :meth:`_parse_giftcard_discounts`, by payment
        """
        if not payments:
            return True
        digits = self.currency_id.decimal_places
        # a tip is no supply: nothing lowers it, whoever may pay it
        supplies = self._get_giftcard_payable_lines(with_tip=False)
        totals = self._get_giftcard_tax_groups(supplies)
        payments = payments.sorted("id")
        discounts = []
        for payment in payments:
            # sudo: giftcard.redemption, giftcard.entry - whoever is at the till reads
            # no ledger
            redemption = payment.sudo().giftcard_redemption_id
            bonus = to_decimal(redemption.bonus, digits)
            discounts.append((by_payment[payment], bonus))
        computed = {}

        def is_right(number, discounted):
            return self._is_giftcard_discounted(payments[number], discounted, computed)

        return is_split_in_turn(discounts, totals, digits, is_right)

    def _check_giftcard_paid_share(self, payment, entry):
        """Refuse a payment that is not what was paid for what its card gives.

        :param payment: ``pos.payment`` of this bill
        :param entry: ``giftcard.entry`` of it
        :raises UserError: with the way out
        """
        digits = self.currency_id.decimal_places
        if to_decimal(payment.amount, digits) != -exact(entry.consideration):
            raise UserError(
                self.env._(
                    "Of what card %(card)s gives, %(paid)s was paid for; the bill says "
                    "%(told)s. Nothing was taken. Remove the gift card from the bill "
                    "and use it again.",
                    card=entry.card_id.name,
                    paid=format_amount(
                        self.env, abs(entry.consideration), self.currency_id
                    ),
                    told=format_amount(self.env, abs(payment.amount), self.currency_id),
                )
            )
