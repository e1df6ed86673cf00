# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The checks of our own in ``make lint``: each tells the fault that it is there for."""

import importlib.util
import json
import re

import pytest
from lib import settings


def load(name):
    path = settings.ROOT / "scripts" / "lint" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


names, headers = load("check_names"), load("check_headers")


# --- what the pages name


@pytest.mark.parametrize(
    ("block", "faults"),
    [
        ("1. ``core/redemption/hold.py``, ``_hold``: money is reserved.", []),
        (
            "1. ``core/redemption/hold.py``, ``_grab``: money is reserved.",
            ["_grab is not defined in giftcard_salon/models/core/redemption/hold.py"],
        ),
        ("Then ``core/redemption/grab.py``.", ["there is no core/redemption/grab.py"]),
        ("``giftcard.entry._append`` alone", []),
        ("``giftcard.entry._grab`` alone", ["giftcard.entry._grab is not defined"]),
        ("a ``giftcard.grab`` of ``sale.order``", ["giftcard.grab is not defined"]),
        (
            "``models/core/`` and ``…/card/``, ``…/grab/``",
            ["there is no models/core/grab/"],
        ),
    ],
)
def test_a_page_names_what_is_there(block, faults):
    assert names.check_block(block, [""]) == faults


def test_a_page_that_cannot_be_read_or_shows_what_is_gone_is_told(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(names, "ROOT", tmp_path)
    page = tmp_path / "page.rst"
    page.write_text(
        "A day of the manager\n====\n\n.. image:: gone.png\n\n"
        "See `the page <page.rst>`_ and `the other <other.rst#part>`_.\n"
    )
    told = names.get_page_faults(page)
    assert told[0] == "page.rst:2: (WARNING/2) Title underline too short."
    assert told[-2:] == [
        "page.rst: there is no gone.png",
        "page.rst: there is no other.rst",
    ]


def test_each_case_that_the_rules_name_is_one_of_the_shared_cases():
    rules = (settings.ROOT / "docs" / "rules.rst").read_text("utf-8")
    named = set(re.findall(r"\bC\d\d\b", rules))
    shared = json.loads((settings.TESTS / "cases" / "shared.json").read_text("utf-8"))
    assert len(named) > 15
    assert named <= {case["id"] for case in shared["cases"]}


# --- whose a file is


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "a.py",
            '"""What it does."""\n',
            "# Copyright 2026 Giftcard Salon Project\n# License LGPL-3.0 "
            '(https://www.gnu.org/licenses/lgpl-3.0)\n\n"""What it does."""\n',
        ),
        (
            "a.xml",
            '<?xml version="1.0" encoding="UTF-8" ?>\n<odoo />\n',
            '<?xml version="1.0" encoding="UTF-8" ?>\n'
            "<!-- Copyright 2026 Giftcard Salon Project\n     License LGPL-3.0 "
            "(https://www.gnu.org/licenses/lgpl-3.0) -->\n<odoo />\n",
        ),
        (
            "a.js",
            "export const A = 1;\n",
            "/* Copyright 2026 Giftcard Salon Project\n * License LGPL-3.0 "
            "(https://www.gnu.org/licenses/lgpl-3.0) */\n\nexport const A = 1;\n",
        ),
    ],
)
def test_each_file_says_whose_it_is(name, before, after):
    suffix = name[1:]
    assert not headers.has_header(before, suffix)
    assert headers.with_header(before, suffix) == after
    assert headers.has_header(after, suffix)
    assert headers.has_header(after.replace("2026", "2025-2027"), suffix)
    assert not headers.has_header(after.replace("LGPL-3.0 (", "AGPL-3 ("), suffix)
