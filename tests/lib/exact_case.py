"""What each step of a case must leave in the books, from its input alone.

Built on :mod:`lib.exact`; knows nothing of the add-on or of Odoo. The shared cases
are its own test (``tests/test_exact.py``).
"""

from collections import defaultdict

from lib.exact import ZERO, Pool, amount, show, unit_prices, units_left, vat_inside


class Card:
    """One card: a multi-purpose balance, or the taxed parts of a single-purpose one."""

    def __init__(self, kind, state="active"):
        self.kind = kind
        self.state = state
        self.pools = []
        self.sold = ZERO
        self.redeemed = ZERO
        self.recognised = ZERO

    @property
    def pool(self):
        return self.pools[0]

    def total(self, name):
        return sum((getattr(pool, name) for pool in self.pools), ZERO)

    def settle_state(self):
        if self.state == "active" and not self.total("face"):
            self.state = "used"

    def show(self):
        return {
            "kind": "MPV",
            "face": show(self.total("face")),
            "liability": show(self.total("net")),
            "state": self.state,
        }


class Single(Card):
    """A single-purpose card of one rate."""

    def __init__(self, gross, rate, units, face=None):
        super().__init__("SPV")
        self.rate = rate
        self.units = units
        self.gross = gross
        self.vat = vat_inside(gross, amount(rate))
        self.face = face or gross
        self.pools = [Pool(self.face, gross, gross - self.vat)]

    def show(self):
        left = self.total("face")
        units = self.units and units_left(self.face, self.units, self.face - left)
        return {
            "kind": "SPV",
            "rate": self.rate,
            "units_left": units,
            "gross": show(self.gross),
            "gross_left": show(left),
            "deferred": show(self.total("net")),
            "vat_at_sale": show(self.vat),
            "base_at_sale": show(self.gross - self.vat),
            "state": self.state,
        }

    def next_price(self):
        """Return what is left of the unit that comes next."""
        used, end = self.face - self.pool.face, ZERO
        for price in unit_prices(self.face, self.units or 1):
            end += price
            if end > used:
                return end - used
        return ZERO


class Books:
    """Journal and VAT return of one company: what a step adds, and the balances."""

    def __init__(self):
        self.balances = defaultdict(lambda: ZERO)
        self.clear()

    def clear(self):
        self.journal = defaultdict(lambda: ZERO)
        self.vat = defaultdict(lambda: [ZERO, ZERO])

    def book(self, role, debit):
        self.journal[role] += debit
        self.balances[role] += debit

    def supply(self, rate, base, vat, taxed=True):
        """Book revenue and its VAT; ``taxed``: on the return as well."""
        self.book(f"revenue_{rate}", -base)
        self.book(f"vat_{rate}", -vat)
        if taxed:
            self.declare(rate, base, vat)

    def declare(self, rate, base, vat):
        self.vat[rate][0] += base
        self.vat[rate][1] += vat

    def show_journal(self):
        return [
            {
                "role": role,
                "dr": show(max(debit, ZERO)),
                "cr": show(max(-debit, ZERO)),
            }
            for role, debit in self.journal.items()
            if debit
        ]

    def show_vat(self):
        return {
            rate: {"base": show(base), "vat": show(vat)}
            for rate, (base, vat) in self.vat.items()
        }

    def show_balances(self):
        return {role: show(debit) for role, debit in self.balances.items()}


class ExactCase:
    """Works out a case step by step.

    :param str rounding: 'global' or 'per_line'
    :param str jurisdiction: as in a case
    """

    def __init__(self, rounding="global", jurisdiction="EU/FR"):
        self.rounding = rounding
        self.is_us = jurisdiction.startswith("US")
        self.cards = {}
        self.books = {"A": Books(), "B": Books()}
        self.uses = {}
        self.given_back = defaultdict(lambda: ZERO)
        self.waiting = None

    def work_out(self, step):
        """Return the step with journal, VAT return, cards and balances filled in."""
        from lib.exact_events import EVENTS

        books = self.books[step["company"]]
        books.clear()
        if "refused" not in step:
            EVENTS[step["event"]](self, books, step, step["input"])
        for card in self.cards.values():
            card.settle_state()
        return {
            **step,
            "journal": books.show_journal(),
            "vat_return_delta": books.show_vat(),
            "expect": {
                "cards": {
                    name: card.show()
                    for name, card in self.cards.items()
                    if card.total("paid0") or not card.pools
                },
                "balances": books.show_balances(),
            },
        }
