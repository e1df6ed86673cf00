"""The arithmetic of a card's money. Pure Python on :class:`decimal.Decimal`.

Rule R5 of the accounting specification.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation


def to_decimal(amount, digits):
    """Return ``amount`` as a decimal rounded half up to ``digits`` places.

    :param amount: number or text, in the card's currency
    :param int digits: decimal places of the currency
    :rtype: decimal.Decimal
    :raises ValueError: for what is no amount of money: text, NaN, infinity
    """
    try:
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

    What one use releases is the difference of two such figures; the last use
    therefore clears to exactly zero.

    :param decimal.Decimal total: amount to be released over all uses
    :param decimal.Decimal used: capacity used so far
    :param decimal.Decimal capacity: capacity in all
    :param int digits: decimal places of the currency
    :rtype: decimal.Decimal
    """
    if not capacity:
        return to_decimal(0, digits)
    return to_decimal(total * used / capacity, digits)


def consideration_of_use(amount, pool, digits):
    """Return which part of ``amount`` somebody paid for, by the schedule (R5).

    The part follows from what is left, not from the order of uses, so holds that
    are released in between leave no residue.

    :param decimal.Decimal amount: value taken from the card
    :param dict pool: ``available`` and ``available_consideration`` before the
        use, ``pool_face`` and ``pool_consideration`` of the card's last load
    :param int digits: decimal places of the currency
    :return: consideration, from 0 to ``amount``
    :rtype: decimal.Decimal
    """
    used_after = pool["pool_face"] - pool["available"] + amount
    kept_after = pool["pool_consideration"] - release_cumulative(
        pool["pool_consideration"], used_after, pool["pool_face"], digits
    )
    due = pool["available_consideration"] - kept_after
    return max(to_decimal(0, digits), min(due, amount))
