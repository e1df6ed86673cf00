# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The jobs of a run: tests that need the same database, in batches of like length.

A job starts Odoo and copies a database, which takes as long as a few tests: hence
batches, of whole classes. How long each took in the last run is kept in the cache,
which all checkouts share; without it, rough figures do.
"""

import json
from collections import namedtuple
from pathlib import Path
from xml.etree import ElementTree

# seconds: jobs are long enough to make up for their start, and short enough for the
# last two to end together
JOB_SECONDS = 100
# browser tests first: they wait more than they work, at the end nobody makes use of it
KINDS = ("browser", "beside", "prepared", "plain", "system")
# seconds of a class to start, and of each of its tests
ROUGH = {
    "browser": (15, 5),
    "beside": (15, 5),
    "prepared": (2, 0.8),
    "plain": (1, 0.3),
    "system": (15, 3),
}
ROUGH_UNITS = {
    "test_shared_cases_pass_but_those_of_a_later_step": 200,
    "test_cases_that_combine_the_shared_ones_pass": 150,
    "test_chaos": 140,
    "test_random_lives_on_the_ledger[ledger2]": 50,
    "test_random_lives_through_documents[lives2]": 50,
}

Job = namedtuple("Job", "kind name arguments seconds")
Unit = namedtuple("Unit", "kind name ids seconds")


def make_jobs(tests, durations):
    """Return the jobs for the tests, in the order in which to start them.

    :param list tests: of ``collect.py``
    :param dict durations: seconds by unit
    """
    units = make_units(tests, durations)
    jobs = [job for kind in KINDS for job in batches(kind, units)]
    return sorted(jobs, key=lambda job: (job.kind != "browser", -job.seconds))


def make_units(tests, durations):
    """Put the tests together that share a set-up: a class's, or a server's."""
    found = {}
    for test in tests:
        found.setdefault((test["kind"], test["unit"]), []).append(test["id"])
    return [
        Unit(kind, name, ids, durations.get(name) or roughly(kind, name, len(ids)))
        for (kind, name), ids in found.items()
    ]


def roughly(kind, name, count):
    start, each = ROUGH[kind]
    return ROUGH_UNITS.get(name) or (start if count > 1 else 0) + each * count


def batches(kind, units):
    """Return a kind's units as jobs: the longest first, each into the emptiest."""
    units = sorted((u for u in units if u.kind == kind), key=lambda u: -u.seconds)
    if not units:
        return []
    count = max(1, round(sum(unit.seconds for unit in units) / JOB_SECONDS))
    found = [[] for _number in range(min(count, len(units)))]
    for unit in units:
        min(found, key=seconds_of).append(unit)
    return [
        Job(kind, f"{kind}-{number}", arguments_of(batch), seconds_of(batch))
        for number, batch in enumerate(found, 1)
    ]


def seconds_of(units):
    return sum(unit.seconds for unit in units)


def arguments_of(units):
    """Return what pytest is to run: a class by its name, other tests by theirs."""
    found = []
    for unit in units:
        paths = [test.split("::") for test in unit.ids]
        is_class = all(len(path) == 3 for path in paths)
        found += ["::".join(path[:2]) for path in paths] if is_class else unit.ids
    return list(dict.fromkeys(found))


def read_durations(path):
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def write_durations(path, tests, reports):
    """Keep how long each unit took.

    :param Path path: what was kept is brought up to date, not replaced
    :param reports: the JUnit files of a run
    """
    units = {test["name"]: test["unit"] for test in tests}
    found = {}
    for name, seconds in test_seconds(reports):
        if unit := units.get(name):
            found[unit] = found.get(unit, 0) + seconds
    kept = {**read_durations(path), **{u: round(s, 1) for u, s in found.items()}}
    temporary = Path(f"{path}.part")
    temporary.write_text(json.dumps(kept, indent=1, sort_keys=True), encoding="utf-8")
    temporary.replace(path)


def test_seconds(reports):
    """Yield the tests of JUnit files: names as in ``collect.py``, and seconds."""
    for report in reports:
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            yield junit_name(case), float(case.get("time"))


def junit_name(case):
    """Return a test's name: dotted in the add-on, with its path in the others."""
    holder, name = case.get("classname"), case.get("name")
    if holder.startswith("tests."):
        return f"{holder.replace('.', '/')}.py::{name}"
    return f"{holder.removeprefix('odoo.addons.')}.{name}"
