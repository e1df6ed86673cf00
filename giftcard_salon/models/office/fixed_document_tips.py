# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ...tools.allocation import most_with_bonus, to_decimal
from ...tools.fixed_amounts import get_fixed_key


class GiftcardFixedDocument(models.AbstractModel):
    """How much a card may pay: no other card, a tip by some, no bonus on a tip.

    ``till/bonus/pos_order_tips.py`` says the same of bills.
    """

    _inherit = "giftcard.fixed.document"

    def _get_giftcard_tips(self):
        """Return the lines of tips, and what cards for tips took off them at a till.

        A tip is no supply, so no bonus lowers it.
        """
        items = self._get_giftcard_items()
        products = items.product_id._get_giftcard_tips()
        tips = items.filtered(lambda line: line.product_id in products)
        keys = {get_fixed_key(line.extra_tax_data) for line in tips} - {""}
        return tips | items.filtered(
            lambda line: get_fixed_key(line.extra_tax_data) in keys
        )

    def _get_giftcard_most(self, card, amount):
        """Return how much of ``amount`` a card may pay here, and why no more.

        :param card: ``giftcard.card`` record
        :param amount: in the document's currency, from zero up
        :return: the amount, and a sentence when it is less
        :rtype: tuple[decimal.Decimal, str]
        """
        self.ensure_one()
        digits = self.currency_id.decimal_places
        amount, why = to_decimal(amount, digits), ""
        for most, sentence in self._get_giftcard_limits(card, amount):
            if most < amount:
                amount, why = most, sentence
        return amount, why

    def _get_giftcard_limits(self, card, amount):
        """Return what limits a card here: tuples of an amount and its sentence."""
        # sudo: giftcard.redemption - whoever makes a document reads no redemptions
        redemptions = self.env["giftcard.redemption"].sudo()
        compare = self.currency_id.compare_amounts
        limits = self._get_giftcard_shared_limits(card)
        if compare(card.available_consideration, card.available):
            payable = sum(self._get_giftcard_tax_groups().values())
            supplies = sum(self._get_giftcard_tax_groups(with_tips=False).values())
            most = most_with_bonus(
                amount,
                supplies,
                redemptions._get_pool(card),
                self.currency_id.decimal_places,
            )
            limits += [
                (
                    payable,
                    self.env._(
                        "At most %s: that is what this card may pay on this bill.",
                        format_amount(self.env, float(payable), self.currency_id),
                    ),
                ),
                (most, redemptions._get_bonus_above_message(most, self.currency_id)),
            ]
        return limits

    def _get_giftcard_shared_limits(self, card):
        """Return what all cards on the document may pay together, less what they do.

        As at the till: together at most the document without the cards it sells; those
        that pay no tips together at most that without its tips.
        """
        items = self._get_giftcard_items()
        stored = items.product_id._get_giftcard_stored_value()
        others = items.filtered(lambda line: line.product_id in stored)
        tips = items.browse() if card.pays_tips else self._get_giftcard_tips()
        applications = self._get_giftcard_applications()
        limits = []
        if others:
            most, money = self._get_giftcard_payable(others, applications)
            sentence = self.env._(
                "At most %s: a gift card does not pay for another gift card.", money
            )
            limits.append((most, sentence))
        if tips:
            tipless = applications.filtered(
                lambda application: not application.card_id.pays_tips
            )
            most, money = self._get_giftcard_payable(others | tips, tipless)
            sentence = self.env._(
                "At most %s: this card does not pay tips. Take another payment for the "
                "tip.",
                money,
            )
            limits.append((most, sentence))
        return limits

    def _get_giftcard_payable(self, kept, applications):
        """Return what remains beside some lines and applications, and that as money.

        :param kept: lines that the cards do not pay
        :param applications: ``giftcard.application`` records of those cards
        :rtype: tuple[decimal.Decimal, str]
        """
        paid = sum(applications.mapped("paid_amount")) + sum(kept.mapped("price_total"))
        payable = to_decimal(
            max(self.amount_total - paid, 0), self.currency_id.decimal_places
        )
        return payable, format_amount(self.env, float(payable), self.currency_id)

    def _check_giftcard_payable(self, card, amount):
        """Refuse, before it is held, what the card must not pay on this document.

        :raises UserError: with what it may pay
        """
        most, why = self._get_giftcard_most(card, amount)
        if self.currency_id.compare_amounts(amount, float(most)) > 0:
            raise UserError(why)
