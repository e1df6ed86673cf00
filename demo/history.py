# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The year that was: what happened in the demo chain up to yesterday.

Run inside Odoo by ``scripts/run_in_odoo.py`` on a copy of the salon without a past.
Everything goes through the requests of the tills and of the back office, at the
time it happened; in the end cards and accounts must agree to the cent.
"""

import random
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from biography import Agenda
from bookkeeping import AccountantDesk
from closing import (
    check_postings,
    find_cards_to_try,
    find_missing,
    leave_a_till_open,
)
from counter import Clock, Counter, Person
from freezegun import freeze_time
from locations import LOCATIONS, TIME_ZONE
from logo import hang_logo
from office import Office
from people import ANNECY, BUSINESSES, CLIENTS, LYON, USERS
from scenes import Scenes
from seasons import find_days
from welcome import print_welcome

SEED = "Belle Île Spa"
OPENING, CLOSING = 9 * 60 + 20, 19 * 60 + 10
# who stands at a till, most days and on the others
SHIFTS = {
    "Bellecour": ("cashier", "caissiere"),
    "Croix-Rousse": ("caissiere", "cashier"),
    "Annecy": ("annecy", "annecy"),
}
# occasion, who, how many cards, of how much, how paid, bought from whom
BUSINESS_ORDERS = (
    ("christmas", "Cabinet Morel & Associés", 6, 100, "bank", LYON),
    ("christmas", "Clinique des Lilas", 5, 50, "bank", ANNECY),
    ("valentine", "Hôtel du Parc", 3, 150, "pay_later", LYON),
    ("mother", "Atelier Numérique Rhône", 4, 75, "bank", LYON),
    ("last", "Cabinet Morel & Associés", 4, 80, "pay_later", LYON),
)


class Year:
    """Tells one day after the other.

    :param env: superuser environment; the requests have their own
    :param datetime.date end: the day after the last one that is told: today
    """

    def __init__(self, env, clock, days, end):
        self.end = end
        self.random = random.Random(SEED)
        self.clock = clock
        users = env["res.users"].search([("login", "in", list(USERS))])
        at_tills = {login for logins in SHIFTS.values() for login in logins}
        self.people = {
            user.login: Person(
                env.registry,
                user,
                # what tills change is not noted down in chatters: half the time
                **{"tracking_disable": True} if user.login in at_tills else {},
            )
            for user in users
        }
        self.tills = {}
        for config in env["pos.config"].search([], order="id"):
            salon = config.giftcard_location_id.name
            desk = self.people["reception" if LOCATIONS[salon] == LYON else "manager"]
            self.tills[salon] = Counter(salon, config.id, desk, clock)
        self.agenda = Agenda(self.random)
        self.scenes = Scenes(
            self.random,
            self.agenda,
            self._find_partners(env, CLIENTS),
            self._find_partners(env, [row[0] for row in BUSINESSES]),
        )
        self.accountants = AccountantDesk(self, env)
        self.office = Office(self, env)
        self._expect_businesses(days)
        env.cr.commit()

    @staticmethod
    def _find_partners(env, names):
        found = env["res.partner"].search([("name", "in", names)])
        ids = {partner.name: partner.id for partner in found}
        return {name: ids[name] for name in names}

    def _expect_businesses(self, days):
        for occasion, *about, company in BUSINESS_ORDERS:
            fitting = [day.date for day in days if day.occasion == occasion]
            due = days[-2].date if occasion == "last" else min(fitting, default=None)
            if due:
                self.agenda.add(due, "sell_to_business", company, [], about)

    def tell(self, day, passed):
        """One day: tills open, people come and go, tills close.

        :param float passed: share of the year that has gone by
        """
        self.today = day.date
        tills = [self.tills[salon] for salon in day.locations]
        self.clock.go_to(day.date, OPENING)
        for till in tills:
            usual, other = SHIFTS[till.salon]
            login = usual if self.random.random() < 0.7 else other
            till.open_with(self.people[login])
        for minute, scene, till, visit in self._plan(day):
            self.clock.go_to(day.date, minute)
            getattr(self.scenes, scene)(till, day, visit)
        self.office.work(passed)
        self.accountants.work()
        self.clock.go_to(day.date, CLOSING)
        for till in tills:
            till.close()
            self.clock.tick(240)
        self.accountants.month_end.work_at_night()

    def _plan(self, day):
        """Return what happens: minute, scene, till, visit; in order."""
        events = []
        for salon in day.locations:
            scenes = ["buy"] * self.random.choice((0, 0, 1))
            mean = day.weight * (0.7 if salon == "Annecy" else 1)
            scenes += ["sell"] * self._draw(mean)
            events += [(scene, self.tills[salon], None) for scene in scenes]
        companies = {LOCATIONS[salon] for salon in day.locations}
        for visit in self.agenda.take_due(day.date, companies):
            salons = [p for p in day.locations if LOCATIONS[p] == visit.company]
            home = visit.cards[0].salon if visit.cards else ""
            stays = home in salons and self.random.random() < 0.65
            salon = home if stays else self.random.choice(salons)
            events.append((visit.scene, self.tills[salon], visit))
        self.random.shuffle(events)
        hours = range(OPENING + 10, CLOSING - 20)
        minutes = sorted(self.random.sample(hours, len(events)))
        return [(minute, *event) for minute, event in zip(minutes, events, strict=True)]

    def _draw(self, mean):
        """Return a number of sales around ``mean``."""
        return max(0, round(self.random.gauss(mean, 0.8)))


def main(env):
    hang_logo(env)
    today = datetime.now(ZoneInfo(TIME_ZONE)).date()
    days = find_days(random.Random(SEED), today)
    with freeze_time(datetime.combine(days[0].date, datetime.min.time())) as frozen:
        year = Year(env, Clock(frozen), days, today)
        for number, day in enumerate(days):
            year.tell(day, number / len(days))
    check_postings(env, year)
    held = leave_a_till_open(year)
    check_postings(env, year)
    year.accountants.month_end.check_at_night()
    env.invalidate_all()
    if missing := find_missing(env):
        print(f"This year has none of: {', '.join(missing)}")
    # nobody is to get a message from a demo
    env["mail.mail"].search([]).unlink()
    figures = {"days": len(days), **year.scenes.done}
    print_welcome(figures, find_cards_to_try(env, held))


if __name__ == "__main__":
    main(env)  # noqa: F821
