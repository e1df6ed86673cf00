# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The arithmetic of a card's money. Pure Python on :class:`decimal.Decimal`.

Rules R4 and R5 of docs/rules.rst.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from math import floor

# Python reads more than people write: 1_000, or digits of other scripts
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def to_decimal(amount, digits):
    """Return ``amount`` as a decimal rounded half up to ``digits`` places.

    :param amount: number or text, in the card's currency
    :param int digits: decimal places of the currency
    :rtype: decimal.Decimal
    :raises ValueError: for what is no amount of money: text, NaN, infinity
    """
    try:
        if isinstance(amount, str) and not NUMBER.fullmatch(amount):
            raise ValueError("not an amount of money")
        number = Decimal(str(amount))
        if not number.is_finite():
            raise ValueError("not an amount of money")
        return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    except InvalidOperation as error:
        raise ValueError("not an amount of money") from error


def exact(amount):
    """Return a figure the database gave back, without the noise of floats.

    :param amount: number that has been rounded before
    :rtype: decimal.Decimal
    """
    return Decimal(str(amount))


def release_cumulative(total, used, capacity, digits):
    """Return how much of ``total`` belongs to the first ``used`` of ``capacity`` (R5).

    What one redemption releases is the difference of two such figures,
    :func:`release_between`; the last redemption therefore clears to exactly zero.

    :param decimal.Decimal total: amount to be released over all redemptions
    :param decimal.Decimal used: capacity used so far
    :param decimal.Decimal capacity: capacity in all
    :param int digits: decimal places of the currency
    :rtype: decimal.Decimal
    """
    if not capacity:
        return to_decimal(0, digits)
    return to_decimal(total * used / capacity, digits)


def release_between(total, before, after, capacity, digits):
    """Return how much of ``total`` is released from ``before`` to ``after`` (R5).

    :param decimal.Decimal total: amount to be released over all redemptions
    :param decimal.Decimal before: capacity used before
    :param decimal.Decimal after: capacity used then; less than before: negative
    :param decimal.Decimal capacity: capacity in all
    :param int digits: decimal places of the currency
    :rtype: decimal.Decimal
    """
    return release_cumulative(total, after, capacity, digits) - release_cumulative(
        total, before, capacity, digits
    )


def release_of_redemption(amount, pool, what, digits):
    """Return which share of a card's ``what`` one redemption of it releases (R5).

    The share follows from what is left, not from the order of redemptions, so holds
    that are released in between leave no residue; the last redemption releases all that
    is left.

    :param decimal.Decimal amount: value taken from the card
    :param dict pool: ``available``, ``pool_face``, and for ``what`` both
        ``available_<what>`` and ``pool_<what>``, before the redemption
    :param str what: 'consideration', what somebody paid, or 'net', without VAT
    :param int digits: decimal places of the currency
    :return: from 0 to ``amount``
    :rtype: decimal.Decimal
    """
    remaining, total = pool[f"available_{what}"], pool[f"pool_{what}"]
    used_after = pool["pool_face"] - pool["available"] + amount
    kept_after = total - release_cumulative(
        total, used_after, pool["pool_face"], digits
    )
    return max(to_decimal(0, digits), min(remaining - kept_after, amount))


def most_with_bonus(most, most_bonus, pool, digits):
    """Return the largest redemption of a card whose bonus is ``most_bonus`` at most.

    The bonus is what nobody paid for. What a redemption releases grows with it, by no
    more than the redemption itself: so does the bonus.

    :param decimal.Decimal most: the redemption that is wanted
    :param decimal.Decimal most_bonus: what a bonus may lower, from zero up
    :param dict pool: as for :func:`release_of_redemption`, for 'consideration'
    :param int digits: decimal places of the currency
    :return: from 0 to ``most``
    :rtype: decimal.Decimal
    """

    def fits(amount):
        return (
            amount - release_of_redemption(amount, pool, "consideration", digits)
            <= most_bonus
        )

    if fits(most):
        return most
    if most_bonus <= 0:
        # not the few cents whose bonus is rounded away
        return to_decimal(0, digits)
    unit = Decimal(1).scaleb(-digits)
    low, high = 0, int(most / unit)
    while high - low > 1:
        middle = (low + high) // 2
        if fits(middle * unit):
            low = middle
        else:
            high = middle
    return low * unit


def split_by_weight(total, weights, digits):
    """Split ``total`` in proportion to ``weights``; the parts add up exactly (R4).

    Largest remainder in the currency's smallest unit, ties to the first. An amount
    below zero is split as its opposite is.

    :param decimal.Decimal total: amount to split
    :param list[decimal.Decimal] weights: from zero up, not all zero
    :param int digits: decimal places of the currency
    :rtype: list[decimal.Decimal]
    :raises ValueError: when there is something to split and no weight
    """
    if total < 0:
        return [-share for share in split_by_weight(-total, weights, digits)]
    whole = sum(weights)
    if not whole:
        if total:
            raise ValueError("nothing to split over")
        return [to_decimal(0, digits) for _weight in weights]
    shares = [_exact_share(total, weight, whole, digits) for weight in weights]
    units = [floor(share) for share in shares]
    missing = int(Decimal(total).scaleb(digits)) - sum(units)
    by_remainder = sorted(
        range(len(weights)), key=lambda index: units[index] - shares[index]
    )
    for index in by_remainder[:missing]:
        units[index] += 1
    return [Decimal(count).scaleb(-digits) for count in units]


def _exact_share(total, weight, whole, digits):
    """Return a share in smallest units; a quotient of 28 digits would hide a tie."""
    return Fraction(total) * Fraction(weight) / Fraction(whole) * 10**digits


def is_split_by_weight(shares, total, weights, digits):
    """Tell whether ``shares`` are what :func:`split_by_weight` may give (R4).

    Of equal remainders any may be first: the order of a bill's lines is nobody's word.

    :param list[decimal.Decimal] shares: one per weight
    :param decimal.Decimal total: as for :func:`split_by_weight`
    :param list[decimal.Decimal] weights: as for :func:`split_by_weight`
    :param int digits: decimal places of the currency
    :rtype: bool
    """
    whole = sum(weights)
    if not whole or sum(shares) != total:
        return sum(shares) == total == 0
    raised, plain = [], []
    for amount, weight in zip(shares, weights, strict=True):
        share = _exact_share(total, weight, whole, digits)
        units, least = Decimal(amount).scaleb(digits), floor(share)
        if units not in (least, least + 1):
            return False
        (plain if units == least else raised).append(share - least)
    return not raised or not plain or min(raised) >= max(plain)
