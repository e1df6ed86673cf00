"""One accounting case's world: its company's tills, its cards, and its clock.

Everything a step does goes through the RPCs of a till, each in a transaction of
its own as an HTTP request would run it.
"""

from contextlib import contextmanager
from datetime import datetime
from functools import partial
from uuid import uuid4

from company import Company, Unsupported
from freezegun import freeze_time
from lib.till import Till

from odoo import api
from odoo.service.model import call_kw, retrying


class Clock:
    """Stands at the date of the step; Odoo's own ``now`` follows it."""

    def __init__(self, frozen):
        self._frozen = frozen

    def go_to(self, date):
        self._frozen.move_to(datetime.fromisoformat(f"{date} 10:00:00"))

    def tick(self):
        self._frozen.tick(1)


@contextmanager
def clock():
    with freeze_time("2026-01-01 10:00:00") as frozen:
        yield Clock(frozen)


class Request:
    """A user's RPC without HTTP: own cursor, own commit, Odoo's own retries."""

    def __init__(self, env, user, company):
        self.uid = user.id
        self._registry = env.registry
        self._context = {"allowed_company_ids": company.ids, "lang": "en_US"}

    def call(self, model, method, args=(), kwargs=None):
        with self._registry.cursor() as cr:
            env = api.Environment(cr, self.uid, self._context)
            run = partial(call_kw, env[model], method, list(args), kwargs or {})
            return retrying(run, env)


class Worlds:
    """The companies that cases share; one in which a case went wrong is left."""

    def __init__(self, env):
        self._env = env
        self._companies = {}

    def enter(self, case):
        kind = case["jurisdiction"], case["currency"], case["rounding"]
        if kind not in self._companies:
            self._companies[kind] = Company(self._env, case)
        return World(self._companies[kind], case)

    def leave(self, world):
        for kind, company in list(self._companies.items()):
            if company is world.company:
                del self._companies[kind]


class World:
    """What one case knows: its company, open tills, cards, bills and keys."""

    def __init__(self, company, case):
        self.company = company
        self.env = company.env
        self.currency = company.record.currency_id.name
        if self.currency != case["currency"]:
            raise Unsupported(f"currency {case['currency']}")
        self.request = Request(self.env, company.cashier, company.record)
        self.cards = {}
        self.bills = {}
        self.held = {}
        self._keys = {}
        self._open = {}

    # --- tills

    def till(self, place="L1", currency=None):
        """Return the open till of a place, opening a session when there is none."""
        key = place, currency or self.currency
        if key not in self._open:
            config_id = self.company.get_till(*key).id
            self.refresh()
            self._open[key] = Till(self.request, config_id).open()
        return self._open[key]

    def close_tills(self):
        """Close every session; the day's entries are posted."""
        while self._open:
            _key, till = self._open.popitem()
            till.close()
        self.refresh()

    def refresh(self):
        """Read from here on what the requests committed."""
        self.env.cr.commit()
        self.env.invalidate_all()

    # --- names of the case

    def key(self, name):
        """Return the uuid that stands for a key named in the case."""
        return self._keys.setdefault(name, str(uuid4()))

    def card(self, name):
        """Return the code of a card named in the case."""
        try:
            return self.cards[name]["code"]
        except KeyError:
            raise Unsupported(f"card {name} was never sold") from None
