"""What a document comes to by taxes, read from the tax engine's base lines."""

from decimal import Decimal

from .allocation import is_split_by_weight, to_decimal

# sets of discounts that are tried before a bill is refused
MOST_TRIED = 500


def gross_by_rate(lines, digits):
    """Return what lines come to by rate; the sum is the document's.

    The engine may move a rounding cent from one rate's line to another's; here each
    rate is what its prices say. What is left to the sum goes to the largest.

    :param lines: tuples of a rate, and both results of
        :func:`giftcard_salon.tools.tax_split.read_line_gross`
    :param int digits: decimal places of the currency
    :return: decimals by rate, in the lines' order
    :rtype: dict
    """
    rates, total = {}, Decimal(0)
    for rate, plain, rounded in lines:
        rates[rate] = rates.get(rate, 0) + plain
        total += rounded
    rates = {rate: to_decimal(amount, digits) for rate, amount in rates.items()}
    if rest := total - sum(rates.values()):
        rates[max(rates, key=lambda rate: abs(rates[rate]))] += rest
    return rates


def is_split_in_turn(discounts, whole, digits, is_right):
    """Tell whether discounts are split over rates one after the other, in some order.

    Each goes over what the ones before it left (R4). The order given is tried first.
    What is left depends on which ones were before, not on their order; so sets are
    tried, and no more of them than make a wrong answer come at once.

    :param list[tuple] discounts: amounts by rate, and what they come to
    :param dict whole: what the bill's supplies come to by rate
    :param int digits: decimal places of the currency
    :param is_right: called with a discount's number and what those before it took by
        rate; tells whether its lines are right then
    :rtype: bool
    """

    def is_next(number, taken):
        parts, total = discounts[number]
        rates = {rate: amount - taken[rate] for rate, amount in whole.items()}
        open_rates = {rate: amount for rate, amount in rates.items() if amount > 0}
        is_split = not (parts.keys() - open_rates.keys()) and is_split_by_weight(
            [parts.get(rate, 0) for rate in open_rates],
            total,
            list(open_rates.values()),
            digits,
        )
        return is_split and is_right(number, taken)

    numbers = range(len(discounts))
    waiting, tried = [frozenset()], set()
    while waiting and len(tried) < MOST_TRIED:
        before = waiting.pop()
        if len(before) == len(discounts):
            return True
        if before in tried:
            continue
        tried.add(before)
        taken = {
            rate: sum(discounts[number][0].get(rate, 0) for number in before)
            for rate in whole
        }
        waiting += [
            before | {number}
            for number in reversed(numbers)
            if number not in before and is_next(number, taken)
        ]
    return False
