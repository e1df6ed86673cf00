# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import ast
import re

from odoo.tests import BaseCase

from .architecture import ADDON, House, layer_of, may_use, read_sources

MAX_LINES = {"tests": 340, "static": 300}
MAX_FILES = 16
# whose a file is and under which licence, as scripts/lint/check_headers.py writes it
HEADER = re.compile(r"\A(?:(?:#|/\*| \*) (?:Copyright|License) .*\n)+\n*")
# where each breach once stood: a file, and what it said
BREACHES = {
    "core reads a field of accounting": (
        "models/core/card/scope.py",
        "def _get_grace(self):\n    return self.company_id.giftcard_journal_id\n",
        "giftcard_journal_id is of accounting",
    ),
    "accounting reads a field of the office": (
        "models/accounting/posting.py",
        "def _check_items(self, items):\n    return items.giftcard_application_id\n",
        "giftcard_application_id is of office",
    ),
    "the office calls a method of the till's bill": (
        "models/office/fixed_document.py",
        'def _share(self):\n    return self.env["pos.order"].search([])\n',
        "pos.order is of another app",
    ),
    "the office calls a method of our own till": (
        "models/office/sale/sale_order_line.py",
        "def _share(self):\n    return self._check_giftcard_deductions()\n",
        "_check_giftcard_deductions is of till",
    ),
    "the catalogue names a till": (
        "models/product/product_template.py",
        'def _lines(self):\n    return self.env["pos.config"]._get_lines()\n',
        "pos.config is of another app",
    ),
    "core names a model of accounting": (
        "models/core/card/issue.py",
        'def _approve(self):\n    return self.env["giftcard.adjustment"]\n',
        "giftcard.adjustment is of accounting",
    ),
    "the till names an order": (
        "models/till/pos_order.py",
        'def _settle(self):\n    return self.env["sale.order"]\n',
        "sale.order is of another app",
    ),
}


# days by the clock of a person or of the server, and where core's own is meant
FOREIGN_DAYS = {
    ".py": r"context_today|\b[Dd]ate\.today|datetime\.(now|today)\(|Datetime\.today"
    r"|utcnow|now\(\)\.date\(|CURRENT_DATE",
    ".js": r"new Date\(|DateTime\.local\(|\btoday\(",
    ".xml": r"context_today",
}
DAYS_OF_CORE = {"reports/office/sale_report.py": 1}
# private methods that meant something else in another model, and whose they are
ONE_MEANING = {
    "_release": {"giftcard.redemption"},
    "_post": {"account.move"},
}
# methods whose `source` or `document` is a record
OF_RECORDS = {
    ("models/office/application_capture.py", "_lower"),
    ("models/office/application_capture.py", "_prepare_origin"),
    ("models/till/desk/pos_order.py", "_prepare_giftcard_undo"),
}

LOCK_SQL = re.compile(
    r"FOR\s+(NO\s+KEY\s+)?UPDATE\b|FOR\s+(KEY\s+)?SHARE\b(?!\s+in)|pg_\w*advisory\w*lock"
    r"|lock_for_update|LOCK\s+TABLE|NOWAIT\b|SKIP\s+LOCKED",
    re.IGNORECASE,
)
# what locks rows or moves money: whoever calls it, or is it, says what has to hold
LOCKERS = {"_lock", "_move", "_hold_locked", "_release_locked", "_seal_batch"}


def _locks_or_moves(function):
    """Tell whether a function takes a lock, or moves money under one."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value
        is_door = isinstance(owner, ast.Name) and owner.id == "locks"
        if is_door or node.func.attr in LOCKERS:
            return True
    return function.name in {*LOCKERS, "_enter_capture", "_mark_captured", "_append"}


class TestArchitecture(BaseCase):
    """Rooms and layers are what ``docs/architecture.rst`` says."""

    def test_every_file_belongs_to_one_layer(self):
        house = House()
        self.assertGreater(len(house.files), 140)
        self.assertEqual(house.homeless(), [])
        layers = {file.layer for file in house.files}
        self.assertLessEqual(
            {"core", "ledger", "accounting", "intercompany", "product", "office"},
            layers,
        )
        self.assertIn("till", layers)

    def test_no_file_uses_what_a_layer_above_defines(self):
        self.assertEqual(House().breaches(), [])

    def test_each_known_breach_is_told_when_it_is_put_back(self):
        sources = read_sources("models", "reports", "wizards")
        for what, (path, code, told) in BREACHES.items():
            with self.subTest(what):
                broken = House({**sources, path: f"{sources[path]}\n\n{code}"})
                self.assertEqual(broken.breaches(), [f"{path}: {told}"])

    def test_a_file_outside_the_rooms_is_told(self):
        sources = {"models/giftcard_extra.py": "", "models/till/extra.py": ""}
        self.assertEqual(House(sources).homeless(), ["models/giftcard_extra.py"])

    def test_each_model_is_defined_once(self):
        self.assertEqual(House().doubles(), {})
        text = 'class A(models.Model):\n    _name = "giftcard.a"\n'
        sources = {"models/core/a.py": text, "models/till/a.py": text}
        self.assertEqual(House(sources).doubles(), {"giftcard.a": sorted(sources)})

    def test_a_channel_knows_the_layers_below_and_no_other_channel(self):
        self.assertTrue(may_use("till", "accounting"))
        self.assertTrue(may_use("till", "office"))
        self.assertFalse(may_use("office", "till"))
        self.assertFalse(may_use("shop", "till"))
        self.assertFalse(may_use("product", "office"))
        self.assertTrue(may_use("core", "ledger"))

    def test_tools_are_plain_python(self):
        sources = read_sources("tools")
        self.assertGreater(len(sources), 9)
        for path, text in sources.items():
            self.assertNotIn("self.env", text, path)
            self.assertNotRegex(text, r"giftcard\.\w+\"", path)

    def test_every_file_is_imported(self):
        for folder in ("models", "reports", "wizards", "tools"):
            for path in (ADDON / folder).rglob("*.py"):
                name = path.parent.name if path.name == "__init__.py" else path.stem
                init = path.parent / "__init__.py"
                if path.name == "__init__.py":
                    if path.parent == ADDON / folder:
                        continue
                    init = path.parent.parent / "__init__.py"
                self.assertRegex(init.read_text("utf-8"), rf"import {name}\n", path)

    def test_every_test_file_is_imported(self):
        imported = (ADDON / "tests" / "__init__.py").read_text("utf-8")
        found = list((ADDON / "tests").rglob("test_*.py"))
        self.assertGreater(len(found), 70)
        self.assertEqual(len({path.stem for path in found}), len(found))
        for path in found:
            room = ".".join(path.parent.relative_to(ADDON / "tests").parts)
            self.assertIn(f"from .{room} import {path.stem}\n", imported)

    def test_files_and_rooms_stay_small(self):
        for folder, pattern, limit in (
            ("models", "*.py", 300),
            ("reports", "*.py", 300),
            ("wizards", "*.py", 300),
            ("tools", "*.py", 300),
            ("tests", "*.py", MAX_LINES["tests"]),
            ("static/src", "*.js", MAX_LINES["static"]),
        ):
            paths = list((ADDON / folder).rglob(pattern))
            self.assertTrue(paths, folder)
            rooms = {}
            for path in paths:
                rooms[path.parent] = rooms.get(path.parent, 0) + 1
                count = len(HEADER.sub("", path.read_text("utf-8")).splitlines())
                self.assertLessEqual(count, limit, path)
            for room, count in rooms.items():
                self.assertLessEqual(count, MAX_FILES, room)

    def test_what_is_available_changes_in_one_file(self):
        models = read_sources("models")
        writers = [
            path for path, text in models.items() if re.search(r"SET available\b", text)
        ]
        self.assertEqual(writers, ["models/core/card/card.py"])

    def test_rows_are_locked_in_one_file(self):
        sources = read_sources("models", "wizards", "reports", "tools", "controllers")
        lockers = [path for path, text in sources.items() if LOCK_SQL.search(text)]
        self.assertEqual(lockers, ["models/core/locks.py"])

    def test_who_locks_or_moves_money_says_what_has_to_hold(self):
        found, silent = 0, []
        for path, text in read_sources("models").items():
            if layer_of(path) not in ("core", "ledger"):
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef) and _locks_or_moves(node):
                    found += 1
                    if "lock" not in (ast.get_docstring(node) or "").lower():
                        silent.append(f"{path}: {node.name}")
        self.assertEqual(silent, [])
        self.assertGreater(found, 20)

    def test_an_origin_is_no_dict(self):
        """What a step comes from is an ``Origin``; a ``document`` is a record."""
        found = set()
        for path, text in read_sources("models", "wizards").items():
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef):
                    names = {argument.arg for argument in node.args.args}
                    if names & {"source", "document"}:
                        found.add((path, node.name))
        self.assertEqual(found, OF_RECORDS)

    def test_one_name_has_one_meaning(self):
        models = {name: set() for name in ONE_MEANING}
        for file in House().files:
            for own in file.classes:
                names = {item.name for item in own.body if hasattr(item, "name")}
                for name in names & ONE_MEANING.keys():
                    models[name].update(file.models_of(own))
        self.assertEqual(models, ONE_MEANING)

    def test_a_day_is_that_of_the_company_s_clock(self):
        found, files = {}, 0
        for path in sorted(ADDON.rglob("*.*")):
            name = str(path.relative_to(ADDON))
            pattern = FOREIGN_DAYS.get(path.suffix)
            if not pattern or name.startswith(("tests/", "static/tests/")):
                continue
            files += 1
            text = path.read_text("utf-8")
            if count := len(re.findall(pattern, text)):
                found[name] = count
            if "DateTime.now()" in text and path.suffix == ".js":
                self.assertIn("giftcard_tz", text, name)
        self.assertEqual(found, DAYS_OF_CORE)
        self.assertGreater(files, 350)

    def test_domain_and_books_import_no_other_app(self):
        for path, text in read_sources("models").items():
            if layer_of(path) not in ("core", "ledger", "accounting", "intercompany"):
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.ImportFrom):
                    module = node.module or ""
                    self.assertFalse(module.startswith("odoo.addons"), path)
