# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What each event of a case does through documents: one function per event.

A function gets the world, the step and the step's input. It may be lenient: what an
input says beyond what is to be done (notes, formulas, figures to check) is left to
the comparison with the books. An event that is not known here raises
:class:`company.Unsupported`.
"""

from company import Unsupported
from lib.bill import money

EVENTS = {}


def event(*names):
    """Register a function for events."""

    def register(function):
        EVENTS.update(dict.fromkeys(names, function))
        return function

    return register


def run(world, step):
    """Do what the step says.

    :raises company.Unsupported: when this runner does not know how
    """
    function = EVENTS.get(step["event"])
    if not function:
        raise Unsupported(f"event {step['event']} is not known")
    world.set_rates(step)
    world.selling = world.currency_of(step)
    function(world, step, as_input(step["input"]))


class Input(dict):
    """What an input says; a word that it should say and does not is told."""

    def __missing__(self, word):
        raise Unsupported(f"input '{word}' is missing")


def as_input(data):
    """Return an input, and all within it, in this shape."""
    if isinstance(data, dict):
        return Input({word: as_input(value) for word, value in data.items()})
    return [as_input(value) for value in data] if isinstance(data, list) else data


def expect(found, wanted):
    if found != wanted:
        raise AssertionError(f"the till was told {found}, not {wanted}")


def first_of(data, *names):
    """Return the first of these inputs that is given, as money; or None."""
    for name in names:
        if data.get(name) is not None:
            return money(data[name])
    return None


def posted(step, *roles):
    """Return what the step's journal debits these roles with, less what it credits."""
    return sum(
        money(line["dr"]) - money(line["cr"])
        for line in step["journal"]
        if line["role"] in roles
    )


def tenders_of(step, data, rest):
    """Return how the rest of a bill is paid, or paid back: amounts by 'bank', 'cash'.

    As the input says; else as the journal shows; else all by bank card.
    """
    if data.get("other_tenders"):
        return {kind: money(paid) for kind, paid in data["other_tenders"].items()}
    if data.get("tender") in ("bank", "cash"):
        return {data["tender"]: rest}
    shown = {kind: posted(step, kind) for kind in ("bank", "cash")}
    if sum(shown.values()) == rest:
        return {kind: paid for kind, paid in shown.items() if paid}
    return {"bank": rest}
