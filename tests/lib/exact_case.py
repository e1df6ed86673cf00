# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What each step of a case must leave in the books, from its input alone.

Built on :mod:`lib.exact`; knows nothing of the add-on or of Odoo. The shared cases
are its own test (``tests/test_exact.py``).
"""

from collections import defaultdict

from lib.exact import ZERO, Pool, amount, show, unit_prices, units_remaining, vat_inside


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

    def reopen(self):
        if self.state == "used":
            self.state = "active"

    def show(self):
        return {
            "kind": "MPV",
            "face": show(self.total("face")),
            "liability": show(self.total("net")),
            "state": self.state,
        }


class Entitlement(Pool):
    """A taxed part of a single-purpose card; a prepaid tip has no rate."""

    def __init__(self, gross, rate, units=None, face=None, is_tip=False):
        self.rate = rate
        self.units = units
        self.is_tip = is_tip
        vat = ZERO if is_tip else vat_inside(gross, amount(rate))
        super().__init__(face or gross, gross, gross - vat)

    @property
    def units_remaining(self):
        return units_remaining(self.face0, self.units, self.face0 - self.face)

    def next_price(self, count=1):
        """Return what is left of the units that come next."""
        used, end = self.face0 - self.face, ZERO
        for price in unit_prices(self.face0, self.units or 1):
            end += price
            count -= end > used
            if not count:
                return end - used
        return ZERO

    @property
    def role(self):
        return "tips_prepaid" if self.is_tip else "spv_deferred"


class Single(Card):
    """A single-purpose card: one taxed part, or several."""

    def __init__(self, parts):
        super().__init__("SPV")
        self.pools = parts
        self.gross = self.total("paid")
        self.base = self.total("net")

    @property
    def rate(self):
        return self.pool.rate

    def show(self):
        services = [part for part in self.pools if part.units and not part.is_tip]
        owed = [part for part in self.pools if not part.is_tip]
        rates = {part.rate for part in owed}
        return {
            "kind": "SPV",
            "rate": " ".join(sorted(rates)),
            "units_left": sum(p.units_remaining for p in services)
            if services
            else None,
            "gross": show(self.gross),
            "gross_left": show(self.total("face")),
            "deferred": show(sum((part.net for part in owed), ZERO)),
            "vat_at_sale": show(self.gross - self.base),
            "base_at_sale": show(self.base),
            "state": self.state,
        }


class Postings:
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
        self.books = {"A": Postings(), "B": Postings()}
        self.uses = {}
        self.waiting = []

    def work_out(self, step, shown=None):
        """Return the step with journal, VAT return, cards and balances filled in.

        :param shown: names of the cards to show; all of them when left out
        """
        from lib.exact_events import EVENTS

        books = self.books[step["company"]]
        books.clear()
        if "refused" not in step:
            EVENTS[step["event"]](self, books, step, step["input"])
        for card in self.cards.values():
            card.settle_state()
        if sum(books.journal.values(), ZERO):
            raise ValueError(f"step {step['n']} does not balance: {step}")
        return {
            **step,
            "journal": books.show_journal(),
            "vat_return_delta": books.show_vat(),
            "expect": {
                "cards": self.show_cards(shown or self.cards),
                "balances": books.show_balances(),
            },
        }

    def show_cards(self, names):
        """Return the state of cards; nothing of those that nobody paid for."""
        cards = {name: self.cards[name] for name in names if name in self.cards}
        return {
            name: card.show() for name, card in cards.items() if card.total("paid0")
        }


def build(name, title, steps, **values):
    """Return a case in the schema of the shared file, its figures worked out.

    :param list steps: per step a date, an event, its input, and optionally what else
        the step says: ``company``, ``refused``, ``location_matrix``
    :param values: what else the case says: ``rounding``, ``jurisdiction`` …
    """
    case = {
        "id": name,
        "title": title,
        "jurisdiction": "EU/FR",
        "currency": "EUR",
        "rounding": "global",
        "tags": [],
        **values,
    }
    model = ExactCase(case["rounding"], case["jurisdiction"])
    case["steps"] = [
        model.work_out(
            {
                "n": number,
                "date": date,
                "company": "A",
                "event": event,
                "input": data,
                **(more[0] if more else {}),
            }
        )
        for number, (date, event, data, *more) in enumerate(steps, 1)
    ]
    return case
