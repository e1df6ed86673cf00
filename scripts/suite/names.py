# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Every test that ran is one that Odoo's own runner finds, and the other way round.

The runner itself runs a few of them, in an empty database: of each common class at
least one. What each of the functions yields is a problem, in words.
"""

import re

from plan import test_seconds

STARTED = re.compile(
    r" INFO \S+ odoo\.addons\.(?P<module>\S+): Starting (?P<test>\w+\.\w+) "
)


def differences(ran, found):
    """Compare what ran under pytest with what Odoo's own runner finds."""
    for name in sorted(set(ran) - set(found)):
        yield f"Odoo's own runner does not find {name}"
    for name in sorted(set(found) - set(ran)):
        yield f"pytest did not run {name}"


def missing_commons(tests, runner):
    """Tell common classes of which the runner runs no class.

    Browsers, other apps and French modules are not in an empty database.
    """
    runner = set(runner)
    commons = {
        common: None
        for test in tests
        if test["kind"] not in ("browser", "beside") and not test["is_french"]
        for common in test["commons"]
    }
    for test in tests:
        if test["name"] in runner:
            for common in test["commons"]:
                commons.pop(common, None)
    for common in commons:
        yield f"Odoo's own runner runs no class of {common}: tag one giftcard_runner"


def not_started(log, runner):
    """Compare what the runner was told to run with what its log says it did."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    started = {f"{m['module']}.{m['test']}" for m in STARTED.finditer(text)}
    for name in sorted(set(runner) - started):
        yield f"Odoo's own runner did not run {name}"


def problems(collected, reports, log):
    """All of them, of a whole run.

    :param dict collected: of ``collect.py``
    :param reports: the JUnit files of the add-on's tests
    :param log: of Odoo's own runner
    """
    tests, found, runner = (collected[key] for key in ("tests", "odoo", "runner"))
    yield from differences([name for name, _seconds in test_seconds(reports)], found)
    yield from missing_commons(tests, runner)
    yield from not_started(log, runner)
