# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What a document comes to by tax group, read from the tax engine's base lines.

A tax group is here the set of taxes that a discount lowers of an amount, as
``account.tax`` records after the fiscal position: what is taxed alike is one group. It
is not Odoo's ``account.tax.group``, which is how taxes are shown below a total.
"""

from decimal import Decimal

from .allocation import is_split_by_weight, to_decimal

# sets of discounts that are tried before a bill is refused
MOST_TRIED = 500


def gross_by_tax_group(lines, digits):
    """Return what lines come to by tax group; the sum is the document's.

    The engine may move a rounding cent from one group's line to another's; here each
    group is what its prices say. What is left to the sum goes to the largest.

    :param lines: tuples of a tax group, and both results of
        :func:`giftcard_salon.tools.tax_split.read_line_gross`
    :param int digits: decimal places of the currency
    :return: decimals by tax group, in the lines' order
    :rtype: dict
    """
    amounts, total = {}, Decimal(0)
    for tax_group, plain, rounded in lines:
        amounts[tax_group] = amounts.get(tax_group, 0) + plain
        total += rounded
    amounts = {
        tax_group: to_decimal(amount, digits) for tax_group, amount in amounts.items()
    }
    if difference := total - sum(amounts.values()):
        amounts[max(amounts, key=lambda tax_group: abs(amounts[tax_group]))] += (
            difference
        )
    return amounts


def is_split_in_turn(discounts, whole, digits, is_right):
    """Tell whether discounts are split over tax groups in turn, in some order.

    Each goes over what the ones before it left (R4). The order given is tried first.
    What is left depends on which ones were before, not on their order; so sets are
    tried, and no more of them than make a wrong answer come at once.

    :param list[tuple] discounts: amounts by tax group, and what they come to
    :param dict whole: what the bill's supplies come to by tax group
    :param int digits: decimal places of the currency
    :param is_right: called with a discount's number and what those before it took by
        tax group; tells whether its lines are right then
    :rtype: bool
    """

    def is_next(number, deducted):
        shares, total = discounts[number]
        remaining = {
            tax_group: amount - deducted[tax_group]
            for tax_group, amount in whole.items()
        }
        open_groups = {
            tax_group: amount for tax_group, amount in remaining.items() if amount > 0
        }
        is_split = not (shares.keys() - open_groups.keys()) and is_split_by_weight(
            [shares.get(tax_group, 0) for tax_group in open_groups],
            total,
            list(open_groups.values()),
            digits,
        )
        return is_split and is_right(number, deducted)

    numbers = range(len(discounts))
    waiting, tried = [frozenset()], set()
    while waiting and len(tried) < MOST_TRIED:
        before = waiting.pop()
        if len(before) == len(discounts):
            return True
        if before in tried:
            continue
        tried.add(before)
        deducted = {
            tax_group: sum(discounts[number][0].get(tax_group, 0) for number in before)
            for tax_group in whole
        }
        waiting += [
            before | {number}
            for number in reversed(numbers)
            if number not in before and is_next(number, deducted)
        ]
    return False
