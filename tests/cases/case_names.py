# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What all readers of cases share: telling what is wrong, amounts, and known words."""

import re
from dataclasses import dataclass, field
from decimal import InvalidOperation

from lib.bill import money
from vocabulary import AMOUNTS, INPUT, INPUT_ALIASES, LINE_PRICES, PLAIN, SHAPES

NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass
class Reading:
    """A case as it was read.

    :ivar list problems: why it cannot be replayed, or not wholly checked
    :ivar list notes: what was left out
    """

    case: dict
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def rate_key(name):
    """Return the rate of a text for a tax, as "20" of "20 %"; without one as it is."""
    found = NUMBER.search(str(name))
    return f"{float(found[0]):g}" if found else str(name)


def names_used(data):
    """Return the cards that the input of a bill names."""
    names = {data.get("card"), *(data.get("cards") or ())}
    return (names | {use.get("card") for use in data.get("uses") or ()}) - {None}


class Vocabulary:
    """Reads the words of one case.

    :ivar str place: the step that is being read, as problems and notes tell it
    :ivar list steps: the steps that were read before
    :ivar dict kinds: 'MPV' or 'SPV' by card
    :ivar dict currencies: of a card that was sold in another one, by card
    :ivar dict rates: the rates of a single-purpose card, by card
    """

    def __init__(self, case):
        self.reading = Reading(case)
        self.place = ""
        self.steps = []
        self.kinds, self.rates, self.holds = {}, {}, {}
        self.currencies = {}

    def _fail(self, text):
        self.reading.problems.append(f"{self.place}{text}")

    def _note_unknown(self, what, words, known):
        for word in words:
            if word not in known:
                self.reading.notes.append(
                    f"{self.place}{what} word '{word}' is not known and was left out"
                )

    def _money(self, what, value):
        """Return an amount as the schema writes it."""
        try:
            return str(money(value))
        except (InvalidOperation, ValueError, TypeError):
            self._fail(f"{what} '{value}' is no amount")
            return "0.00"

    def _read_vocabulary(self, data, known, aliases, what):
        """Return the known words with their values; note the others."""
        found = {}
        for word, value in data.items():
            name = word if word in known else aliases.get(word, word)
            if name not in known and what == "input" and self._is_lines(value):
                name = "lines"
            if name not in known:
                self._note_unknown(what, [word], known)
            elif value is not None:
                found.setdefault(name, value)
        for word in [*found]:
            if not self._has_shape(f"{what} {word}", word, found[word]):
                del found[word]
        for word in AMOUNTS & {*found}:
            found[word] = self._money(f"{what} {word}", found[word])
        if "tax" in found:
            found["tax"] = str(found["tax"])
        return found

    def _has_shape(self, what, word, value):
        """Tell whether a word's value has its shape; complain when it has not."""
        shape = SHAPES.get(word, (str, int, float) if word in PLAIN else object)
        if word == "units" and str(value).isdigit():
            return True
        return self._check(what, value, shape)

    def _check(self, what, value, shape):
        """Tell whether a value has a shape; complain when it has not."""
        if isinstance(value, shape) and not (
            isinstance(value, bool) and shape is not object
        ):
            return True
        self._fail(f"{what} '{value}' has not the shape that it should have")
        return False

    def _take(self, what, value, shape):
        """Return a value of this shape; an empty one in place of any other."""
        if value is None:
            return shape()
        return value if self._check(what, value, shape) else shape()

    @staticmethod
    def _is_lines(value):
        return (
            isinstance(value, list)
            and bool(value)
            and all(isinstance(line, dict) and {*line} & LINE_PRICES for line in value)
        )

    def _parse_redemption(self, what, use, word):
        """Read one use of a card; an amount alone stands for ``word``."""
        if isinstance(use, bool) or use is None:
            return {}
        if isinstance(use, int) and word == "allocated_gross":
            return {"units": use}
        if not isinstance(use, dict):
            return {word: self._money(f"input {what}", use)}
        return self._read_vocabulary(use, INPUT, INPUT_ALIASES, f"{what} input")

    def _require(self, data, *words):
        """Ask for the first of these words, or another of them."""
        if not any(word in data for word in words):
            self._fail(f"input '{words[0]}' is missing")
