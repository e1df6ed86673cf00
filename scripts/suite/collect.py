# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Write down every test there is: how pytest calls it, what it needs, who else runs it.

usage: collect.py addon FILE pytest arguments…    under pytest-odoo
       collect.py system FILE pytest arguments…

FILE gets a list of tests, for the plan and for the comparison of names. No test runs,
no database is opened.
"""

import json
import sys

import pytest

ADDON = "giftcard_salon"
PACKAGE = f"odoo.addons.{ADDON}."
# what Odoo's own runner runs in an empty database: all tests at the installation, and
# a class for each of the common classes after it
RUNNER_TAGS = f"at_install/{ADDON},giftcard_runner/{ADDON}"


class Collector:
    def pytest_collection_finish(self, session):
        self.items = list(session.items)


def describe_addon_test(item):
    """Return what the plan and the comparison want to know of a test."""
    return {
        "id": item.nodeid,
        "name": name_of(item.cls, item.name),
        "unit": item.cls.__name__,
        "kind": kind_of(item.cls),
        "commons": commons_of(item.cls),
        "is_french": "giftcard_french" in item.cls.test_tags,
    }


def name_of(test_class, method):
    module = test_class.__module__.removeprefix("odoo.addons.")
    return f"{module}.{test_class.__qualname__}.{method}"


def kind_of(test_class):
    """Return which database the tests of a class run in.

    Those beside other apps need these. Those of a browser need its scripts. The till's
    company is prepared for those of
    its common class, and is in the way of all others: it has their logins.
    """
    from odoo.tests import HttpCase

    if test_class.__module__.startswith(f"{PACKAGE}tests.beside."):
        return "beside"
    if issubclass(test_class, HttpCase):
        return "browser"
    if getattr(test_class, "takes_prepared_company", False):
        return "prepared"
    return "plain"


def commons_of(test_class):
    """Return the common classes whose set-up a class goes through."""
    return [
        base.__name__
        for base in test_class.__mro__
        if base.__module__.startswith(f"{PACKAGE}tests.")
        and base.__module__.endswith("common")
    ]


def odoo_names(tags):
    """Return the names of the tests that Odoo's own runner finds for the tags."""
    from odoo import tools
    from odoo.tests.loader import make_suite

    tools.config["test_tags"] = tags
    positions = "at_install", "post_install"
    return {
        name_of(type(test), test._testMethodName)
        for position in positions
        for test in make_suite([ADDON], position)
    }


def describe_system_test(item):
    """Tests that share a server stay together, all others can run alone."""
    shares = "salon" in item.fixturenames
    return {
        "id": item.nodeid,
        "name": item.nodeid,
        "unit": item.path.stem if shares else item.name,
        "kind": "system",
    }


def main():
    kind, path, *arguments = sys.argv[1:]
    collector = Collector()
    code = pytest.main(["--collect-only", "-q", "-q", *arguments], [collector])
    if code:
        sys.exit(code)
    if kind == "addon":
        tests = [describe_addon_test(item) for item in collector.items]
        content = {
            "tests": tests,
            "odoo": sorted(odoo_names("+standard,+giftcard_beside")),
            "runner": sorted(odoo_names(RUNNER_TAGS)),
            "runner_tags": RUNNER_TAGS,
        }
    else:
        content = {"tests": [describe_system_test(item) for item in collector.items]}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)


if __name__ == "__main__":
    main()
