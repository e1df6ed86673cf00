# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Reads a file of cases: fills in what it leaves out, and tells what it cannot read.

Nothing of Odoo is needed here. A case that was read has the shape that the events
rely on; each of its ``problems`` is a word that is not known, or an amount that is
none, with the place where it stands. An input that is not known is only noted: whether
it mattered, the books tell.
"""

import json
from datetime import date

from case_names import NUMBER, names_used, rate_key
from lib.bill import money
from reading_redemptions import RedemptionReader
from reading_refunds import RefundReader
from vocabulary import (
    CASE,
    CHANGED_ROLES,
    EVENT_ALIASES,
    EVENTS,
    EXPECTED,
    INPUT,
    INPUT_ALIASES,
    KINDS,
    LINE,
    LINE_ALIASES,
    RATED_ROLES,
    REFUNDS,
    ROLE_ALIASES,
    ROLE_ENDS,
    ROLES,
    STEP,
    TENDERS,
    USES,
)


class Unreadable(Exception):
    """The file is no file of cases."""


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


class CaseReader(RedemptionReader, RefundReader):
    """Reads one case, step by step; knows the cards that earlier steps sold."""

    def __init__(self, case, number):
        super().__init__(
            {
                "title": "",
                "jurisdiction": "EU/FR",
                "currency": "EUR",
                "rounding": "global",
                "tags": [],
                **case,
                "id": str(case.get("id") or f"case {number}"),
            }
        )
        self.case = self.reading.case

    def read(self):
        self._note_unknown("case", self.case, CASE)
        for word in ("jurisdiction", "currency", "rounding"):
            self._check(word, self.case[word], str)
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

    def _read_step(self, step, number):
        step = {"n": number, "company": "A", **step}
        event = str(step.get("event"))
        event = step["event"] = EVENT_ALIASES.get(event, event)
        self.place = f"step {step['n']} {event}: "
        self._note_unknown("step", step, STEP)
        self._read_location(step, number)
        if event not in EVENTS:
            self.place = ""
            self._fail(f"event {event} is not known (step {step['n']})")
            return {**step, "event": str(event), "input": {}}
        self._read_postings(step)
        self._read_expectations(step)
        data = self._take("the input", step.get("input"), dict)
        step["input"] = self._read_vocabulary(data, INPUT, INPUT_ALIASES, "input")
        self._read_input(step, step["input"])
        self._read_rates(step, step["input"])
        for name, state in step["expect"]["cards"].items():
            self.kinds.setdefault(name, state["kind"])
        return step

    def _read_location(self, step, number):
        """Read number, company, day and places of a step."""
        for word, default in (("n", number), ("company", "A")):
            if not self._check(word, step[word], (str, int)):
                step[word] = default
        if not step.get("date") and self.steps:
            step["date"] = self.steps[-1]["date"]
        try:
            step["date"] = str(date.fromisoformat(str(step.get("date"))))
        except ValueError:
            self._fail(f"the date '{step.get('date')}' is none")
            step["date"] = "2026-01-01"
        matrix = self._take("location_matrix", step.get("location_matrix"), dict)
        if matrix and {*matrix} != {"sold_at", "redeemed_at", "amount"}:
            self._fail(f"location_matrix '{matrix}': sold_at, redeemed_at and amount")

    def _read_postings(self, step):
        """Read journal and VAT return; what a step does not say is not compared.

        A step that says nothing of the VAT return and posts no VAT has none.
        """
        step["unsaid"] = set()
        if "journal" not in step:
            step["unsaid"].add("journal")
        journal = step["journal"] = [
            {side: self._money(side, line.get(side) or 0) for side in ("dr", "cr")}
            | {"role": self._read_role(line.get("role"))}
            for line in self._take("journal", step.get("journal"), list)
            if self._check("journal line", line, dict)
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

    @staticmethod
    def _read_role(role):
        """Return the word of the schema for a role."""
        role = str(role)
        for end in ROLE_ENDS:
            role = role.removesuffix(end)
        return ROLE_ALIASES.get(role, role)

    def _check_role(self, what, role):
        rated = str(role).startswith(RATED_ROLES) and NUMBER.search(str(role))
        if role not in ROLES and not rated:
            self._fail(f"{what}: role '{role}' is not known")

    def _read_vat(self, delta):
        found = {}
        for rate, figures in self._take("VAT return", delta, dict).items():
            if not isinstance(figures, dict) or {*figures} - {"base", "vat"}:
                self._fail(f"VAT return {rate}: '{figures}' is not base and vat")
                continue
            found[rate_key(rate)] = {
                kind: self._money(f"VAT return {rate} {kind}", figures.get(kind) or 0)
                for kind in ("base", "vat")
            }
        return found

    def _read_expectations(self, step):
        told = self._take("expect", step.get("expect"), dict)
        for word in told:
            if word not in ("cards", "balances", "note"):
                self._fail(f"expectation '{word}' is not known")
        expect = step["expect"] = {
            "cards": {
                name: self._read_state(name, state)
                for name, state in self._take(
                    "expectation cards", told.get("cards"), dict
                ).items()
            }
        }
        if "balances" in told:
            balances = self._take("balances", told["balances"], dict)
            expect["balances"] = found = {}
            for name, figure in balances.items():
                role = self._read_role(name)
                self._check_role("balance", role)
                figure = self._money(f"balance {role}", figure)
                found[role] = str(money(figure) + money(found.get(role, 0)))

    def _read_state(self, name, state):
        state = self._take(f"expectation of card {name}", state, dict)
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
            return int(value) if str(value).isdigit() else value
        if key in ("kind", "state"):
            return value
        return self._money(f"card {name} {key}", value)

    def _read_input(self, step, data):
        for word in ("lines", "parts"):
            if word in data:
                data[word] = self._read_lines(word, data[word])
        if isinstance(data.get("cards"), list):
            data["cards"] = self._name_redemptions("cards", data["cards"])
        self._read_tenders(data)
        self._read_currency(step, data)
        readers = {
            "sale": self._read_sale,
            "reload": self._read_sale,
            "issue_promo": self._read_sale,
            "hold": self._read_hold,
            "release": self._read_hold,
            "cancel": self._read_cancel,
            "convert_spv_to_mpv": self._read_conversion,
            "change_account": self._read_change,
            **dict.fromkeys(USES, self._read_redemptions),
            **dict.fromkeys(REFUNDS, self._read_refund),
        }
        if step["event"] in readers:
            readers[step["event"]](step, data)
        for word in ("original_step", "reverses_step"):
            if word in data:
                before = self._find_step(data[word])
                if before:
                    data[word] = before["n"]
                else:
                    self._fail(f"input {word} {data[word]}: no such step before")

    def _read_cancel(self, step, data):
        if "reverses_step" not in data and (sale := self._find_sale(data.get("card"))):
            data["reverses_step"] = sale["n"]

    def _read_conversion(self, step, data):
        if "to" in data:
            self.kinds[data["to"]] = "MPV"

    def _read_currency(self, step, data):
        """Know the currency of what is sold, and of the cards that are used.

        Elsewhere than in it a card is not taken; that is what order_currency says.
        """
        if step["event"] in ("sale", "issue_promo"):
            told = data.get("card_currency") or data.get("currency")
            cards = {data.get("card")} | {*(data.get("cards") or ())}
            if told:
                data["currency"] = told
                self.currencies.update(dict.fromkeys(cards - {None}, told))
            return
        own = {self.currencies.get(name) for name in names_used(data)} - {None}
        if len(own) == 1 and {data.get("order_currency")} <= own:
            data["currency"] = data.pop("order_currency")
        elif len(own) == 1:
            data.setdefault("currency", *own)

    def _read_change(self, step, data):
        role = data["role"] = self._read_role(data.get("role", "gc_liability"))
        if role not in CHANGED_ROLES:
            self._fail(f"input role: the account of '{role}' cannot be changed")

    def _read_rates(self, step, data):
        """Read what currencies are worth from the day of a step on.

        By the case: rates by day; by the step; or of the input's own currency. One of
        the company's is as much of the other one as the rate says.
        """
        told = {}
        by_day = self._take("rates", self.case.get("rates"), dict)
        for day, rates in by_day.items():
            if str(day) <= step["date"]:
                told.update(self._take(f"rates of {day}", rates, dict))
        told.update(self._take("rates", step.get("rates"), dict))
        if "exchange_rate" in data:
            if "currency" in data or "order_currency" in data:
                name = data.get("currency") or data.get("order_currency")
                told[name] = data["exchange_rate"]
            else:
                self._fail("input exchange_rate: of which currency is not said")
        step["rates"] = {}
        for name, rate in told.items():
            try:
                step["rates"][name] = float(str(rate))
            except ValueError:
                self._fail(f"rate '{rate}' of {name} is none")

    def _read_lines(self, what, lines):
        known = LINE | ({"units", "is_tip", "face"} if what == "parts" else set())
        if not isinstance(lines, list):
            self._fail(f"input {what} is no list")
            return []
        return [
            self._read_vocabulary(line, known, LINE_ALIASES, f"{what} line")
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
                card: self._parse_redemption("cards", sale, "price")
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
