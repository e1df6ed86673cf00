# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The rules of the books in exact fractions, written apart from the add-on.

Amounts are :class:`fractions.Fraction` in units of the currency; nothing is rounded
but where a rule of docs/rules.rst (R1, R4, R5) says so.
"""

from fractions import Fraction
from math import floor

CENT = Fraction(1, 100)
ZERO = Fraction(0)


def amount(figure):
    """Read an amount of a case: a text, a whole number, nothing."""
    return Fraction(str(figure or 0))


def show(figure):
    """Write an amount as cases do, with two places."""
    cents = figure / CENT
    if cents.denominator != 1:
        raise ValueError(f"not in cents: {figure}")
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents.numerator), 100)
    return f"{sign}{whole}.{part:02}"


def to_cents(figure):
    """Round half up, away from zero."""
    rounded = floor(abs(figure) / CENT + Fraction(1, 2)) * CENT
    return rounded if figure >= 0 else -rounded


def vat_inside(gross, rate):
    """R1: the VAT in a gross amount."""
    return to_cents(gross * rate / (100 + rate))


def vat_on_top(net, rate):
    return to_cents(net * rate / 100)


def split(total, weights):
    """R4: split by largest remainder, ties to the first; the sum is exact.

    :param dict weights: by name, in order
    """
    whole = sum(weights.values(), ZERO)
    if not whole:
        return dict.fromkeys(weights, ZERO)
    shares = {name: total * weight / whole for name, weight in weights.items()}
    parts = {name: floor(share / CENT) * CENT for name, share in shares.items()}
    left = int((total - sum(parts.values())) / CENT)
    behind = sorted(shares, key=lambda name: parts[name] - shares[name])
    for name in behind[:left]:
        parts[name] += CENT
    return parts


class Pool:
    """A balance that is released over several uses (R5).

    :param face: what it can buy
    :param paid: what was paid for that, VAT included
    :param net: what the books owe for it: ``paid``, or that without its VAT
    """

    def __init__(self, face, paid, net=None):
        self.face = self.face0 = face
        self.paid = self.paid0 = paid
        self.net = self.net0 = paid if net is None else net

    def use(self, face):
        """Take from the balance; return the face, paid and net that go."""
        if not 0 < face <= self.face:
            raise ValueError(f"{show(face)} of {show(self.face)}")
        used = self.face0 - self.face + face
        paid = self.paid - self._kept(self.paid0, used)
        paid = max(ZERO, min(paid, face))
        net = self.net - self._kept(self.net0, used)
        net = max(ZERO, min(net, paid))
        return self.move(-face, -paid, -net)

    def _kept(self, total, used):
        return total - to_cents(total * used / self.face0)

    def move(self, face, paid, net):
        self.face += face
        self.paid += paid
        self.net += net
        return abs(face), abs(paid), abs(net)

    def load(self, face, paid, net=None):
        """A new load restarts the schedule with all that is there."""
        Pool.__init__(
            self,
            self.face + face,
            self.paid + paid,
            self.net + (paid if net is None else net),
        )

    def empty(self):
        """Take all of it; return what that was."""
        return self.move(-self.face, -self.paid, -self.net)


def give_back(use, before, face):
    """R5 over one use: what a part of it gives back; all parts add up to the use.

    :param tuple use: face, paid and net of the use
    :param before: face given back before
    """
    whole = use[0]
    return (face,) + tuple(
        to_cents(figure * (before + face) / whole) - to_cents(figure * before / whole)
        for figure in use[1:]
    )


def unit_prices(total, count):
    """Return the price of each of ``count`` units: of what is left, an equal share."""
    prices = []
    for left in range(count, 0, -1):
        prices.append(to_cents((total - sum(prices, ZERO)) / left))
    return prices


def units_remaining(total, count, used):
    """Return how many units have a cumulated price that is not used up."""
    prices = unit_prices(total, count)
    done = [sum(prices[: number + 1], ZERO) <= used for number in range(count)]
    return count - sum(done)
