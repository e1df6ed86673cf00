# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Which days of the year that was are told, and how busy they were."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from locations import LOCATIONS

DAYS_BACK = 396  # some cards of the first weeks have expired since
DAYS_SHOWN = 60
LAST_DAYS = 3  # the days before today are all told
BUSY_DAYS = 0.8  # 0: as many told days in every month, 1: as the sales are
SUNDAY = 6
# Monday to Saturday
WEEKDAYS = (0.8, 0.9, 1.2, 1.1, 1.4, 1.9)


@dataclass
class Day:
    date: date
    occasion: str
    weight: float
    locations: tuple = ()


def find_days(random, today):
    """Return the days to tell, in order, up to the one before ``today``."""
    first = today - timedelta(days=DAYS_BACK)
    days = [_look_at(first + timedelta(days=n)) for n in range(DAYS_BACK)]
    days = [day for day in days if day.weight]
    last = days[-LAST_DAYS:]
    selected_days = [*_spread(random, days[:-LAST_DAYS], DAYS_SHOWN - LAST_DAYS), *last]
    for day in selected_days:
        day.locations = _find_locations(random, day, day in last)
    return selected_days


def _spread(random, days, count):
    """Choose days all over the year, more of them where they were busy."""
    step = sum(day.weight**BUSY_DAYS for day in days) / count
    passed, mark = 0, random.random() * step
    for day in days:
        passed += day.weight**BUSY_DAYS
        if passed > mark:
            mark += step
            yield day


def _look_at(day):
    occasion, weight = _find_occasion(day)
    closed = day.weekday() == SUNDAY or (day.month, day.day) in (
        (1, 1),
        (5, 1),
        (12, 25),
    )
    return Day(day, occasion, 0 if closed else weight * WEEKDAYS[day.weekday()])


def _find_occasion(day):
    """Return what people buy cards for just now, and how much of it they do."""
    if day.month == 12 and day.day <= 24:
        return "christmas", 1.5 + day.day / 12
    if day.month == 2 and 4 <= day.day <= 14:
        return "valentine", 2
    if timedelta(0) <= _find_mothers_day(day.year) - day <= timedelta(days=10):
        return "mother", 2
    return "", 0.7 if day.month in (7, 8) else 1


def _find_mothers_day(year):
    """Return the last Sunday of May; France moves it when that is Pentecost."""
    last = date(year, 5, 31)
    last -= timedelta(days=(last.weekday() + 1) % 7)
    pentecost = easter(year) + timedelta(days=49)
    return last + timedelta(days=7) if last == pentecost else last


def _find_locations(random, day, is_late):
    if is_late:
        return tuple(LOCATIONS)
    first, second, third = LOCATIONS
    chosen = [first]
    if random.random() < 0.5 or day.occasion:
        chosen.append(second)
    if random.random() < (0.5 if day.occasion else 0.2):
        chosen.append(third)
    return tuple(chosen)
