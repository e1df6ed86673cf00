# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Which cents Odoo itself moves between the bases of a bill, in exact fractions.

With VAT rounded per bill, Odoo rounds the base of every line, and gives what the
bill's total then lacks to its largest lines, whatever their rate. The VAT is what it
should be; the base of a rate may be a cent off what its prices say. Gift cards have no
part in that, so cases are compared with these cents known.
"""

from collections import defaultdict

from lib.exact import CENT, ZERO, to_cents, vat_inside


def moved_bases(lines):
    """Return by how much the bases of a bill differ from gross less VAT.

    :param lines: account, rate and gross amount, tax included, of the lines that no
        card fixed, as fractions, in the bill's order; an account has one rate
    :return: fractions by account, without zeros
    :rtype: dict
    """
    moved = defaultdict(lambda: ZERO)
    for is_refund in (False, True):
        own = [line for line in lines if (line[2] < 0) is is_refund and line[2]]
        for account, cents in _moved(own).items():
            moved[account] += cents
    return {account: cents for account, cents in moved.items() if cents}


def _moved(lines):
    sums, rates = defaultdict(lambda: ZERO), {}
    for account, rate, gross in lines:
        sums[account] += gross
        rates[account] = rate
    bases = [to_cents(gross * 100 / (100 + rate)) for _account, rate, gross in lines]
    wanted = {
        account: gross - vat_inside(gross, rates[account])
        for account, gross in sums.items()
    }
    lacking = int((to_cents(sum(wanted.values(), ZERO)) - sum(bases, ZERO)) / CENT)
    for index, cents in _distribute(lacking, [line[2] for line in lines]):
        bases[index] += cents * CENT
    found = defaultdict(lambda: ZERO)
    for line, base in zip(lines, bases, strict=True):
        found[line[0]] += base
    return {account: found[account] - wanted[account] for account in sums}


def _distribute(lacking, weights):
    """Yield index and cents: first by weight, then a cent each, the largest first."""
    sign, left = (-1 if lacking < 0 else 1), abs(lacking)
    whole = sum(map(abs, weights))
    order = sorted(range(len(weights)), key=lambda index: -abs(weights[index]))
    for index in order:
        cents = min(round(abs(weights[index]) * abs(lacking) / whole), left)
        left -= cents
        yield index, sign * cents
    for index in order[:left]:
        yield index, sign
