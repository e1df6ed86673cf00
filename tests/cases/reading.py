"""Reads a file of cases: fills in what it leaves out, and tells what it cannot read.

Nothing of Odoo is needed here. A case that was read has the shape that the events
rely on; each of its ``problems`` is a word that is not known, or an amount that is
none, with the place where it stands. An input that is not known is only noted: whether
it mattered, the books tell.
"""

import json
import re
from dataclasses import dataclass, field
from decimal import InvalidOperation
from itertools import combinations

from lib.bill import money
from vocabulary import (
    CASE,
    EVENTS,
    EXPECTED,
    INPUT,
    INPUT_ALIASES,
    KINDS,
    LINE,
    LINE_ALIASES,
    RATED_ROLES,
    ROLES,
    STEP,
    TENDERS,
)

NUMBER = re.compile(r"\d+(?:\.\d+)?")
AMOUNTS = {
    "price",
    "face",
    "gross",
    "net",
    "amount",
    "value",
    "allocated_gross",
    "service_price",
    "item_gross",
    "top_up",
    "tip",
    "promo_discount",
    "face_used",
    "available_after",
    "consideration",
}
USES = {"redeem", "capture", "redeem_ic_issuer"}
# what says how a card is used, when it stands beside the card's name
USE = {
    "units",
    "allocated_gross",
    "face_used",
    "service_price",
    "item_gross",
    "top_up",
    "part",
    "is_tip",
}
MOST_LINES = 12


class Unreadable(Exception):
    """The file is no file of cases."""


@dataclass
class Reading:
    """A case as it was read.

    :ivar list problems: why it cannot be replayed, or not wholly checked
    :ivar list notes: what was left out
    """

    case: dict
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def read_file(text):
    """Return the readings of a file's text.

    :raises Unreadable: when there are no cases in it
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"this is no JSON: {error}") from error
    cases = found.get("cases") if isinstance(found, dict) else found
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise Unreadable('there is no list of "cases" in it')
    return [CaseReader(case, number).read() for number, case in enumerate(cases, 1)]


def rate_key(name):
    """Return the rate of a text for a tax, as "20" of "20 %"; without one as it is."""
    found = NUMBER.search(str(name))
    return f"{float(found[0]):g}" if found else str(name)


class CaseReader:
    """Reads one case, step by step; knows the cards that earlier steps sold."""

    def __init__(self, case, number):
        self.case = {
            "title": "",
            "jurisdiction": "EU/FR",
            "currency": "EUR",
            "rounding": "global",
            "tags": [],
            **case,
        }
        self.case["id"] = str(case.get("id") or f"case {number}")
        self.reading = Reading(self.case)
        self.place = ""
        self.kinds, self.rates, self.holds = {}, {}, {}
        self.steps = []

    def read(self):
        self._note_unknown("case", self.case, CASE)
        if self.case["rounding"] not in ("global", "per_line"):
            self._fail(f"rounding '{self.case['rounding']}' is not known")
        steps = self.case.get("steps")
        if not isinstance(steps, list) or not steps:
            self._fail("there are no steps")
            steps = []
        for number, step in enumerate(steps, 1):
            self.place = f"step {number}: "
            if not isinstance(step, dict):
                self._fail("this is no step")
                continue
            self.steps.append(self._read_step(step, number))
        self.case["steps"] = self.steps
        return self.reading

    # --- telling

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

    # --- a step

    def _read_step(self, step, number):
        step = {"n": number, "company": "A", **step}
        event = step.get("event")
        self.place = f"step {step['n']} {event}: "
        self._note_unknown("step", step, STEP)
        if "date" not in step:
            if self.steps:
                step["date"] = self.steps[-1]["date"]
            else:
                self._fail("the date is missing")
        if event not in EVENTS:
            self.place = ""
            self._fail(f"event {event} is not known (step {step['n']})")
            return {**step, "event": str(event), "input": {}}
        self._read_books(step)
        self._read_expectations(step)
        data = step.get("input")
        if not isinstance(data, dict):
            if data is not None:
                self._fail("the input is no object")
            data = {}
        step["input"] = self._read_words(data, INPUT, INPUT_ALIASES, "input")
        self._read_input(step, step["input"])
        for name, state in step["expect"]["cards"].items():
            self.kinds.setdefault(name, state["kind"])
        matrix = step.get("location_matrix")
        if matrix and {*matrix} != {"sold_at", "redeemed_at", "amount"}:
            self._fail(f"location_matrix '{matrix}': sold_at, redeemed_at and amount")
        return step

    def _read_words(self, data, known, aliases, what):
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
        for word in AMOUNTS & {*found}:
            found[word] = self._money(f"{what} {word}", found[word])
        if "tax" in found and not isinstance(found["tax"], str):
            found["tax"] = f"{found['tax']:g}"
        return found

    @staticmethod
    def _is_lines(value):
        return (
            isinstance(value, list)
            and bool(value)
            and all(isinstance(line, dict) and {*line} & LINE for line in value)
        )

    # --- what the books should show

    def _read_books(self, step):
        """Read journal and VAT return; what a step does not say is not compared.

        A step that says nothing of the VAT return and posts no VAT has none.
        """
        step["unsaid"] = set()
        if "journal" not in step:
            step["unsaid"].add("journal")
        journal = step["journal"] = [
            {side: self._money(side, line.get(side) or 0) for side in ("dr", "cr")}
            | {"role": line.get("role")}
            for line in step.get("journal") or []
        ]
        for line in journal:
            self._check_role("journal", line["role"])
        if "vat_return_delta" not in step and (
            "journal" in step["unsaid"]
            or any(str(line["role"]).startswith("vat_") for line in journal)
        ):
            step["unsaid"].add("vat_return_delta")
        step["vat_return_delta"] = self._read_vat(step.get("vat_return_delta"))
        if step.get("alt_net_rounding"):
            step["alt_net_rounding"] = self._read_vat(step["alt_net_rounding"])

    def _check_role(self, what, role):
        rated = str(role).startswith(RATED_ROLES) and NUMBER.search(str(role))
        if role not in ROLES and not rated:
            self._fail(f"{what}: role '{role}' is not known")

    def _read_vat(self, delta):
        found = {}
        for rate, figures in (delta or {}).items():
            if not isinstance(figures, dict) or {*figures} - {"base", "vat"}:
                self._fail(f"VAT return {rate}: '{figures}' is not base and vat")
                continue
            found[rate_key(rate)] = {
                kind: self._money(f"VAT return {rate} {kind}", figures.get(kind) or 0)
                for kind in ("base", "vat")
            }
        return found

    # --- expectations

    def _read_expectations(self, step):
        told = step.get("expect") or {}
        for word in told:
            if word not in ("cards", "balances", "note"):
                self._fail(f"expectation '{word}' is not known")
        expect = step["expect"] = {
            "cards": {
                name: self._read_state(name, state)
                for name, state in (told.get("cards") or {}).items()
            }
        }
        if "balances" in told:
            for role in told["balances"]:
                self._check_role("balance", role)
            expect["balances"] = {
                role: self._money(f"balance {role}", figure)
                for role, figure in told["balances"].items()
            }

    def _read_state(self, name, state):
        if not isinstance(state, dict):
            self._fail(f"expectation of card {name} '{state}' is no object")
            return {}
        kind = KINDS.get(str(state.get("kind", "")).lower()) or self.kinds.get(name)
        if not kind:
            single = {"gross_left", "deferred", "units_left"} & {*state}
            kind = "SPV" if single else "MPV"
        found = {}
        for word, value in state.items():
            if word == "note":
                continue
            key = EXPECTED[kind].get(word)
            if not key:
                self._fail(f"card {name}: expectation '{word}' is not known of {kind}")
            elif value is not None or key == "units_left":
                found[key] = self._read_state_value(name, key, value)
        return {**found, "kind": kind}

    def _read_state_value(self, name, key, value):
        if key == "rate":
            return " ".join(sorted(map(rate_key, str(value).split())))
        if key == "units_left":
            return value if value is None else int(value)
        if key in ("kind", "state"):
            return value
        return self._money(f"card {name} {key}", value)

    # --- inputs

    def _read_input(self, step, data):
        for word in ("lines", "parts"):
            if word in data:
                data[word] = self._read_lines(word, data[word])
        if isinstance(data.get("cards"), list):
            data["cards"] = self._name_uses("cards", data["cards"])
        self._read_tenders(data)
        event = step["event"]
        if event in ("sale", "reload", "issue_promo"):
            self._read_sale(step, data)
        elif event in USES:
            self._read_uses(step, data)
        elif event in ("hold", "release"):
            self._read_hold(step, data)
        elif event in ("refund", "refund_to_card", "undo_redeem"):
            self._read_refund(step, data)
        elif event == "cancel" and "reverses_step" not in data:
            sale = self._find_sale(data.get("card"))
            data["reverses_step"] = sale and sale["n"]
        if event == "convert_spv_to_mpv" and "to" in data:
            self.kinds[data["to"]] = "MPV"
        for word in ("original_step", "reverses_step"):
            if word in data:
                before = self._find_step(data[word])
                if before:
                    data[word] = before["n"]
                else:
                    self._fail(f"input {word} {data[word]}: no such step before")

    def _read_lines(self, what, lines):
        known = LINE | ({"units", "is_tip", "face"} if what == "parts" else set())
        if not isinstance(lines, list):
            self._fail(f"input {what} is no list")
            return []
        return [
            self._read_words(line, known, LINE_ALIASES, f"{what} line")
            for line in lines
            if isinstance(line, dict)
        ]

    def _read_tenders(self, data):
        others = data.get("other_tenders")
        if others is not None:
            for kind in others:
                if kind not in TENDERS:
                    self._fail(f"input other_tenders: '{kind}' is not known")
            data["other_tenders"] = {
                kind: self._money(f"input other_tenders {kind}", paid)
                for kind, paid in others.items()
            }
        tender = data.get("tender")
        if tender is None or tender in TENDERS or str(tender).startswith("card "):
            return
        if not NUMBER.fullmatch(str(tender)):
            self._fail(f"input tender '{tender}' is not known")

    # --- what is sold

    def _read_sale(self, step, data):
        name = data.get("card")
        if step["event"] == "reload":
            self._require(data, "card")
            kind = self.kinds.get(name)
        else:
            kind = self._read_kind(step, data)
        data.pop("spv", None)
        data.pop("kind", None)
        if isinstance(data.get("cards"), dict):
            data["cards"] = {
                card: self._read_use("cards", sale, "price")
                for card, sale in data["cards"].items()
            }
            self.kinds.update(dict.fromkeys(data["cards"], "MPV"))
            if any(sale.get("spv") for sale in data["cards"].values()):
                self._fail("input cards: one of several is single-purpose")
            return
        if kind == "SPV":
            self._read_single(step, data)
        elif "gross" in data:
            data.setdefault("price", data["gross"])
            del data["gross"]
        if step["event"] == "sale" and "parts" not in data and "card" in data:
            self._require(data, "gross" if kind == "SPV" else "price", "amount")
        if name is not None:
            self.kinds[name] = kind

    def _read_kind(self, step, data):
        """Tell whether VAT is counted at the sale: as told, expected, or shaped."""
        told = data.get("kind", data.get("spv"))
        if isinstance(told, bool):
            return "SPV" if told else "MPV"
        if told is not None:
            kind = KINDS.get(str(told).lower())
            if not kind:
                self._fail(f"input kind '{told}' is not known")
            return kind or "MPV"
        state = step["expect"]["cards"].get(data.get("card"))
        if state:
            return state["kind"]
        return "SPV" if {"gross", "parts"} & {*data} else "MPV"

    def _read_single(self, step, data):
        """Have a card that is taxed at its sale say gross and tax."""
        if "parts" in data:
            self.rates[data.get("card")] = {
                rate_key(part["tax"]) for part in data["parts"] if "tax" in part
            }
            return
        for word in ("price", "amount", "face"):
            if word in data and "gross" not in data:
                data["gross"] = data[word]
        data.pop("price", None)
        if data.get("face") == data.get("gross"):
            data.pop("face", None)
        if step["event"] == "reload":
            return
        if "tax" not in data:
            rates = [*step["vat_return_delta"]] or [
                line["role"].removeprefix("vat_")
                for line in step["journal"]
                if line["role"].startswith("vat_")
            ]
            if len(rates) != 1:
                self._fail("input 'tax' is missing")
                return
            data["tax"] = rates[0]
        self.rates[data.get("card")] = {rate_key(data["tax"])}

    def _require(self, data, *words):
        """Ask for the first of these words, or another of them."""
        if not any(word in data for word in words):
            self._fail(f"input '{words[0]}' is missing")

    # --- how cards are used

    def _read_uses(self, step, data):
        self._take_spv(data)
        data.pop("kind", None)
        if "key" not in data and step["event"] == "capture":
            names = [data.get("card"), *(data.get("cards") or {})]
            data["key"] = next(
                (self.holds[name] for name in names if name in self.holds), None
            )
        if isinstance(data.get("cards"), dict):
            data["cards"] = {
                card: self._read_use("cards", use, "face_used")
                for card, use in data["cards"].items()
            }
        data["uses"] = [
            self._read_use("uses", use, "allocated_gross")
            for use in data.get("uses") or []
        ]
        for use in data["uses"]:
            self._require(use, "card")
        if not data["uses"]:
            del data["uses"]
        if step["event"] != "redeem_ic_issuer":
            self._read_bill(step, data)

    def _read_bill(self, step, data):
        name = data.get("card")
        is_multi = self.kinds.get(name) == "MPV"
        if is_multi and not data.get("cards") and "order_currency" not in data:
            self._move_to_cards(data)
        if "lines" not in data and self._multi(data) and "tax" in data:
            price = data.get("gross") or data.get("amount")
            if price:
                data["lines"] = [{"gross": price, "tax": data["tax"]}]
        singles = self._singles(data)
        if singles and data.get("lines"):
            self._take_covered(step, data, singles)

    @staticmethod
    def _move_to_cards(data):
        """Have a card that pays stand among the cards, as if it were one of several."""
        use = {
            word: data[word] for word in ("face_used", "face", "amount") if word in data
        }
        if "gross" in data and not use:
            use["face_used"] = data["gross"]
        if NUMBER.fullmatch(str(data.get("tender", ""))):
            use["tender"] = data.pop("tender")
        data["cards"] = {data.pop("card"): use}

    def _take_spv(self, data):
        """Read what ``spv`` says: a card, its use, several uses, or just yes."""
        told = data.pop("spv", None)
        if told is None or isinstance(told, bool):
            return
        if isinstance(told, str):
            if "card" not in data and not data.get("cards"):
                data["card"] = told
                return
            use = {word: data.pop(word) for word in USE & {*data}}
            told = [{"card": told, **use}]
        elif isinstance(told, dict):
            told = [told] if "card" in told else self._name_uses("spv", [told])
            if isinstance(told, dict):
                told = [
                    {"card": card, **self._read_use("spv", use, "allocated_gross")}
                    for card, use in told.items()
                ]
        if not isinstance(told, list):
            self._fail(f"input spv '{told}' is not known")
            return
        uses = [{"card": use} if isinstance(use, str) else use for use in told]
        data["uses"] = [*(data.get("uses") or []), *uses]

    def _name_uses(self, what, uses):
        """Return uses by card, of a list of names, of uses, or of objects by card."""
        found = {}
        for use in uses:
            if isinstance(use, str):
                found[use] = {}
            elif isinstance(use, dict) and "card" in use:
                found[use["card"]] = {k: v for k, v in use.items() if k != "card"}
            elif isinstance(use, dict):
                found.update(use)
            else:
                self._fail(f"input {what} '{use}' is not known")
        return found

    def _read_use(self, what, use, word):
        """Read one use of a card; an amount alone stands for ``word``."""
        if isinstance(use, bool) or use is None:
            return {}
        if isinstance(use, int) and word == "allocated_gross":
            return {"units": use}
        if not isinstance(use, dict):
            return {word: self._money(f"input {what}", use)}
        return self._read_words(use, INPUT, INPUT_ALIASES, f"{what} input")

    def _multi(self, data):
        return data.get("cards") or {}

    def _singles(self, data):
        uses = [*(data.get("uses") or ())]
        uses += [{"card": card, **use} for card, use in (data.get("cards") or {}).items()]
        names = {use.get("card") for use in uses}
        if "card" in data and data["card"] not in names:
            uses.append(data)
        return [use for use in uses if self.kinds.get(use.get("card")) == "SPV"]

    # --- items that cards cover and that stand among the lines as well

    def _take_covered(self, step, data, singles):
        """Leave the lines that nobody pays for to the cards that cover them."""
        lines = data["lines"]
        if len(lines) > MOST_LINES or any("gross" not in line for line in lines):
            return
        paid = self._paid_otherwise(step, data)
        if paid is None:
            return
        # what stands beside the cards' own items is paid in full
        if paid >= sum(money(line["gross"]) for line in lines):
            return
        chosen = self._choose_covered(lines, paid, singles)
        if not chosen:
            if "refused" not in step:
                self._fail("input lines: which of them the card covers is not clear")
            return
        covered = [lines[place] for place in chosen]
        data["lines"] = [line for n, line in enumerate(lines) if n not in chosen]
        for use, line in zip(
            singles, covered if len(singles) > 1 else [self._join(covered)], strict=True
        ):
            target = self._own_use(data, use)
            top = paid - sum(money(line["gross"]) for line in data["lines"])
            if top and "service_price" not in use:
                target["service_price"] = line["gross"]
                if "allocated_gross" not in use:
                    target["allocated_gross"] = str(money(line["gross"]) - top)
            if line.get("tax") and {rate_key(line["tax"])} - self.rates.get(
                use.get("card"), {rate_key(line["tax"])}
            ):
                target["tax"] = line["tax"]
                target.setdefault("allocated_gross", line["gross"])

    @staticmethod
    def _own_use(data, use):
        """Return where the words of a use are kept."""
        if use is data or use in (data.get("uses") or ()):
            return use
        return data["cards"][use["card"]]

    @staticmethod
    def _join(lines):
        gross = sum(money(line["gross"]) for line in lines)
        return {**lines[0], "gross": str(gross)}

    def _paid_otherwise(self, step, data):
        """Return what is not paid by cards that cover lines; None when nobody says."""
        if data.get("other_tenders"):
            paid = sum(map(money, data["other_tenders"].values()))
        elif "journal" in step["unsaid"]:
            return None
        else:
            paid = sum(
                money(line["dr"]) - money(line["cr"])
                for line in step["journal"]
                if line["role"] in TENDERS
            )
        paid += money(data.get("promo_discount", 0)) - money(data.get("tip", 0))
        for card, use in (data.get("cards") or {}).items():
            if self.kinds.get(card) != "SPV":
                words = ("face_used", "face", "amount", "tender")
                face = next((use[word] for word in words if word in use), None)
                if face is None:
                    return None
                paid += money(face)
        return paid

    def _choose_covered(self, lines, paid, singles):
        """Return the places of the lines that cards cover, the likeliest first.

        The others are paid otherwise, in full; what is paid beyond them is a top-up.
        """
        allocated = [use.get("allocated_gross") for use in singles]
        wanted = None if None in allocated else sum(map(money, allocated))
        found = []
        for count in range(1, len(lines) + 1):
            if len(singles) > 1 and count != len(singles):
                continue
            for places in combinations(range(len(lines)), count):
                gross = sum(money(lines[place]["gross"]) for place in places)
                rest = sum(money(line["gross"]) for line in lines) - gross
                top = paid - rest
                if 0 <= top < gross and (wanted is None or gross - top == wanted):
                    found.append((bool(top), self._strangers(lines, places, singles), places))
        return min(found)[2] if found else ()

    def _strangers(self, lines, places, singles):
        """Count lines of another tax than the cards have."""
        rates = set().union(*(self.rates.get(use["card"], set()) for use in singles))
        return sum(rate_key(lines[place].get("tax")) not in rates for place in places)

    # --- holds

    def _read_hold(self, step, data):
        self._require(data, "card")
        for word in ("face_used", "face", "gross"):
            if word in data:
                data.setdefault("amount", data[word])
        data.setdefault("key", self.holds.get(data.get("card"), f"hold {step['n']}"))
        if step["event"] == "hold":
            self._require(data, "amount")
            self.holds[data.get("card")] = data["key"]
        else:
            self.holds.pop(data.get("card"), None)

    # --- what goes back

    def _find_step(self, number):
        return next(
            (step for step in self.steps if str(step["n"]) == str(number)), None
        )

    def _find_sale(self, name):
        sales = [
            step
            for step in self.steps
            if step["event"] in ("sale", "issue_promo", "reload")
            and name in (step["input"].get("card"), *(step["input"].get("cards") or ()))
        ]
        return sales[-1] if sales else None

    def _find_use(self, step, data):
        """Return the step of the bill that a refund means: the last one that fits."""
        name = data.get("card")
        names = {name} if name is not None else {*(data.get("cards") or ())}
        undone = [
            str(other["input"].get("reverses_step") or other["input"].get("original_step"))
            for other in self.steps
            if other["event"] in ("undo_redeem", "refund_to_card")
        ]
        fitting = []
        for other in self.steps:
            used = self._names_used(other["input"])
            if (
                other["event"] in ("redeem", "capture")
                and "refused" not in other
                and (not names or names & used)
            ):
                fitting.append((self._fits(other, data), str(other["n"]) not in undone))
                fitting[-1] += (len(fitting), other)
        return max(fitting)[3] if fitting else None

    @staticmethod
    def _names_used(data):
        return {
            data.get("card"),
            *(data.get("cards") or ()),
            *(use.get("card") for use in data.get("uses") or ()),
        }

    @staticmethod
    def _fits(step, data):
        """Tell whether a bill has what a refund gives back, at its tax."""
        lines = step["input"].get("lines") or []
        grosses = [
            money(line.get("gross", 0))
            for line in lines
            if "tax" not in data
            or rate_key(line.get("tax")) == rate_key(data["tax"])
        ]
        wanted = data.get("gross") or data.get("amount")
        return bool(grosses) and (wanted is None or money(wanted) <= sum(grosses))

    def _read_refund(self, step, data):
        """Say which bill goes back; a plain ``refund`` says so by what it moves."""
        data.pop("spv", None)
        data.pop("kind", None)
        told = data.pop("reverses_step", data.pop("original_step", None))
        original = self._find_step(told) if told is not None else None
        if told is not None and not original:
            self._fail(f"input original_step {told}: no such step before")
            return
        if not original:
            is_sale = step["event"] == "refund" and self._is_sale_given_back(step, data)
            original = (
                self._find_sale(data.get("card")) if is_sale else self._find_use(step, data)
            )
        if not original:
            self._fail("no step before sold or used what goes back")
            return
        if "card" not in data and not data.get("cards"):
            names = sorted(self._names_used(original["input"]) - {None})
            if len(names) == 1:
                data["card"] = names[0]
        if original["event"] in ("sale", "reload", "issue_promo"):
            if step["event"] == "undo_redeem":
                self._fail(f"step {original['n']} used no card")
            step["event"] = "refund_card_sale"
            return
        if original["event"] not in ("redeem", "capture", "redeem_ic_issuer"):
            self._fail(f"step {original['n']} {original['event']} is no bill")
            return
        if step["event"] == "undo_redeem" or self._is_all_single(original["input"]):
            step["event"] = "undo_redeem"
            data["reverses_step"] = original["n"]
        else:
            step["event"] = "refund_to_card"
            data["original_step"] = original["n"]

    def _is_all_single(self, data):
        """Tell whether single-purpose cards covered all of a bill."""
        names = self._names_used(data) - {None}
        return (
            bool(names)
            and all(self.kinds.get(name) == "SPV" for name in names)
            and not data.get("lines")
        )

    def _is_sale_given_back(self, step, data):
        """Tell whether a card goes back, not what it paid for: as the journal shows."""
        owed = sum(
            money(line["dr"]) - money(line["cr"])
            for line in step["journal"]
            if line["role"] in ("gc_liability", "spv_deferred")
        )
        return owed > 0 if owed else not self._find_use(step, data)
