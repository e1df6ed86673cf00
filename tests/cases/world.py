# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""One accounting case's world: its companies' tills, its cards, and its clock.

Everything a step does goes through the RPCs of a till or a desk, each in a
transaction of its own as an HTTP request would run it.
"""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from uuid import uuid4

from card_types import CardTypes
from company import Company, Unsupported
from freezegun import freeze_time

from odoo import api
from odoo.service.model import call_kw, retrying

FIRST_PLACE = "L1"


class Clock:
    """Stands at the date of the step; Odoo's own ``now`` follows it."""

    def __init__(self, frozen):
        self._frozen = frozen

    def go_to(self, date):
        self._frozen.move_to(datetime.fromisoformat(f"{date} 10:00:00"))


@contextmanager
def clock():
    with freeze_time("2026-01-01 10:00:00") as frozen:
        yield Clock(frozen)


class Request:
    """A user's RPC without HTTP: own cursor, own commit, Odoo's own retries."""

    def __init__(self, env, user, companies):
        self.uid = user.id
        self._registry = env.registry
        self._context = {"allowed_company_ids": companies.ids, "lang": "en_US"}

    def call(self, model, method, args=(), kwargs=None):
        with self._registry.cursor() as cr:
            env = api.Environment(cr, self.uid, self._context)
            run = partial(call_kw, env[model], method, list(args), kwargs or {})
            return retrying(run, env)

    def act(self, wizard, values, method="", context=None):
        """Fill in a dialog and press its button; return dialog and answer."""
        values_context = {"context": {**self._context, **(context or {})}}
        (dialog,) = self.call(wizard, "create", [[values]], values_context)
        if not method:
            return dialog, None
        return dialog, self.call(wizard, method, [[dialog]], values_context)


class Worlds:
    """The companies that cases share; one in which a case went wrong is left."""

    def __init__(self, env):
        self._env = env
        self._companies = {}

    def enter(self, case, rounding):
        kind = case["jurisdiction"], case["currency"]
        letters = {"A", *(step["company"] for step in case["steps"])}
        if not letters <= {"A", "B"}:
            raise Unsupported(f"company {max(letters)}")
        self._leave_closed_periods(case, kind)
        if changes_postings(case):
            self._companies = {
                key: company
                for key, company in self._companies.items()
                if key[:2] != kind
            }
        companies = {}
        for letter in sorted(letters):
            key = (*kind, letter)
            if key not in self._companies:
                self._companies[key] = Company(self._env, case, letter)
            companies[letter] = self._companies[key]
            companies[letter].round_by(rounding)
        if "B" in companies:
            companies["A"].join(companies["B"])
        return World(self._env, companies, case)

    def _leave_closed_periods(self, case, kind):
        """Income in proportion to use is never taken for a day before the last."""
        if not takes_income(case):
            return
        key = (*kind, "A")
        company = self._companies.get(key)
        day = case["steps"][0]["date"]
        runs = self._env["giftcard.breakage.run"]
        if company and runs.search_count(
            [("company_id", "=", company.record.id), ("date", ">=", day)]
        ):
            for letter in ("A", "B"):
                self._companies.pop((*kind, letter), None)

    def leave(self, world):
        own = world.companies.values()
        for kind, company in list(self._companies.items()):
            if company in own:
                del self._companies[kind]


class Sold:
    """A card named in the case: its record, and the code that opens it."""

    def __init__(self, card_id, code, line=None, lines=()):
        self.id = card_id
        self.code = code
        self.line = line
        self.lines = list(lines) or [line]


class World:
    """What one case knows: its companies, open tills, cards, bills and keys."""

    def __init__(self, env, companies, case):
        self.case = case
        self.companies = companies
        records = companies["A"].record.browse()
        for company in companies.values():
            records |= company.record
        self.env = env(context={**env.context, "allowed_company_ids": records.ids})
        self.currency = case["currency"]
        self.has_cash = _mentions_cash(case)
        self.has_income_by_use = takes_income(case)
        self.types = CardTypes(self)
        self.cards = {}
        self.bills = {}
        self.held = {}
        self.tried = []
        self.promos = []
        self.selling = self.currency
        self._currencies = {}
        self._keys = {}
        self._open = {}

    @property
    def company(self):
        return self.companies["A"]

    # --- tills and desks

    def till(self, letter="A", place=FIRST_PLACE, currency=None):
        """Return the open till of a place, opening a session when there is none."""
        key = letter, place, currency or self.currency
        if key not in self._open:
            company = self.companies[letter]
            rpc = Request(self.env, company.cashier, company.record)
            till = company.till(rpc, *key[1:], self.has_cash)
            self.refresh()
            self._open[key] = till.open_again(company.chart.version)
        return self._open[key]

    def till_of(self, step, currency=None):
        place = step.get("location_matrix", {}).get("redeemed_at", FIRST_PLACE)
        return self.till(step["company"], place, currency or self.currency_of(step))

    def currency_of(self, step):
        """Return the currency of what a step sells, uses or gives back."""
        data = step["input"]
        before = data.get("original_step") or data.get("reverses_step")
        told = data.get("currency") or self._currencies.get(before)
        return self._currencies.setdefault(step["n"], told or self.currency)

    def set_rates(self, step):
        """Enter what currencies are worth on the day of a step."""
        for name, rate in step.get("rates", {}).items():
            for company in self.companies.values():
                company.set_rate(name, rate, step["date"])
        self.refresh()

    def desk(self, letter="A"):
        """Return what the manager and accountant of a company can ask for."""
        company = self.companies[letter]
        return Request(self.env, company.desk, company.record)

    def renew_tills(self, letter):
        """Have open tills see types and products made since they opened."""
        self.refresh()
        for (owner, *_key), till in self._open.items():
            if owner == letter:
                till.open_again(self.companies[letter].chart.version)

    def close_tills(self, letters=("A", "B")):
        """Close every session of these companies; the day's entries are posted."""
        for key in [key for key in self._open if key[0] in letters]:
            self._open.pop(key).close()
        self.refresh()

    def to_close(self, group):
        """Return the companies whose tills close after these steps.

        A till of B that served the issuer's step closes in the redeemer's own.
        """
        return {"A", *(step["company"] for step in group)}

    def refresh(self):
        """Read from here on what the requests committed."""
        self.env.cr.commit()
        self.env.invalidate_all()

    def reveal(self, letter, card):
        """Return the code of a card, as the desk reads it off the screen."""
        shown = self.desk(letter).call("giftcard.card", "action_reveal", [card.ids])
        return shown["params"]["message"]

    @staticmethod
    def day_before(day):
        return str(date.fromisoformat(day) - timedelta(days=1))

    # --- names of the case

    def sell(self, name, sent, lines):
        """Remember a card that lines of a bill sold."""
        self.refresh()
        line = self.env["pos.order.line"].browse(lines[0]["id"])
        code = lines[0].get("giftcard_code")
        self.cards[name] = Sold(line.giftcard_card_id.id, code, lines[0], lines)

    def key(self, name):
        """Return the uuid that stands for a key named in the case."""
        return self._keys.setdefault(name, str(uuid4()))

    def sold(self, name):
        try:
            return self.cards[name]
        except KeyError:
            raise Unsupported(f"card {name} was never sold") from None

    def bill_of(self, number):
        """Return the server's answer to the bill of a step."""
        try:
            return self.bills[number]
        except KeyError:
            raise Unsupported(f"step {number} left no bill") from None

    def record(self, name):
        """Return the ``giftcard.card`` that a case calls by a name."""
        return self.env["giftcard.card"].browse(self.sold(name).id)


def changes_postings(case):
    """Tell whether a case sets rates or exchanges accounts: no company to share."""
    return any(
        step["event"] == "change_account" or step.get("rates") for step in case["steps"]
    )


def takes_income(case):
    return any(step["event"].startswith("breakage") for step in case["steps"])


def _mentions_cash(case):
    tenders = {step["input"].get("tender") for step in case["steps"]} | {
        tender
        for step in case["steps"]
        for tender in step["input"].get("other_tenders") or ()
    }
    roles = {
        line["role"]
        for step in case["steps"]
        if step["event"] in ("sale", "redeem", "capture", "reload", "refund_card_sale")
        for line in step["journal"]
    }
    return "cash" in tenders | roles
