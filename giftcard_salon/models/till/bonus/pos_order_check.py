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
        uses = self.payment_ids._get_giftcard_uses()
        parts = {use: self._read_giftcard_discounts(use) for use in uses}
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        with_bonus = uses.filtered(lambda use: use.sudo().giftcard_redemption_id.bonus)
        if not self._is_giftcard_split(with_bonus, parts):
            raise UserError(self._giftcard_bonus_refusal())
        used = self._get_giftcard_bonus_lines(*uses.mapped("uuid"))
        given = self._get_giftcard_tender_bonus()
        self._check_giftcard_bonus_returned(given - used)

    def _giftcard_bonus_refusal(self):
        return self.env._(
            "The bonus of a gift card does not fit this bill any more. Nothing was "
            "taken. Remove the gift card from the bill and use it again."
        )

    def _read_giftcard_discounts(self, payment):
        """Return what the discount lines of a payment take off, by taxes.

        :return: positive amounts by ``account.tax`` records
        :rtype: dict
        :raises UserError: when a line is not what the server would make
        """
        discounts = {}
        for line in self._get_giftcard_bonus_lines(payment.uuid):
            amounts = line._get_giftcard_forced_amounts()
            rate = line._get_giftcard_rate()
            amount = -amounts["base"] - sum(amounts["vat"].values())
            if line.qty != 1 or rate in discounts or amount <= 0:
                raise UserError(self._giftcard_bonus_refusal())
            discounts[rate] = amount
        return discounts

    def _is_giftcard_discounted(self, payment, taken, known):
        """Tell whether the discount lines of a payment are what the server makes.

        :param payment: ``pos.payment`` of this bill
        :param dict taken: discounts of the cards before, by taxes; a line may also
            be rounded apart from them, as it is when one of them left the bill
        :param dict known: what was worked out before: many orders ask for the same
        """
        for line in self._get_giftcard_bonus_lines(payment.uuid):
            told = line._get_giftcard_forced_amounts()
            rate = line._get_giftcard_rate()
            amount = -told["base"] - sum(told["vat"].values())
            for before in (0, taken.get(rate, 0)):
                if (rate, amount, before) not in known:
                    known[rate, amount, before] = self._prepare_giftcard_discount(
                        self.company_id, self.currency_id, rate, amount, before
                    )
            made = (known[rate, amount, before] for before in (0, taken.get(rate, 0)))
            if not any(
                told["base"] == -discount["base"]
                and told["vat"] == {tax["id"]: -tax["vat"] for tax in discount["taxes"]}
                for discount in made
            ):
                return False
        return True

    def _is_giftcard_split(self, payments, parts):
        """Tell whether the discounts are split as the rule says, in some order.

        Each card's discount goes over what the bill comes to less the discounts of
        the cards before it; which one was before is the till's business.

        :param payments: ``pos.payment`` records with a bonus
        :param dict parts: of :meth:`_read_giftcard_discounts`, by payment
        """
        if not payments:
            return True
        digits = self.currency_id.decimal_places
        # a tip is no supply: nothing lowers it, whoever may pay it
        supplies = self._get_giftcard_payable_lines(with_tip=False)
        rates = self._get_giftcard_rates(supplies)
        payments = payments.sorted("id")
        discounts = []
        for payment in payments:
            # sudo: giftcard.redemption, giftcard.entry - whoever is at the till reads
            # no ledger
            use = payment.sudo().giftcard_redemption_id
            bonus = to_decimal(use.bonus, digits)
            discounts.append((parts[payment], bonus))
        known = {}

        def is_right(number, taken):
            return self._is_giftcard_discounted(payments[number], taken, known)

        return is_split_in_turn(discounts, rates, digits, is_right)

    def _check_giftcard_paid_part(self, payment, entry):
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
