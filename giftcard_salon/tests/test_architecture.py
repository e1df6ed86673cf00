import ast
import re
from pathlib import Path

from odoo.tests import BaseCase

ROOT = Path(__file__).parent.parent
LAYERS = {
    "core": re.compile(
        r"giftcard_(alias|attempt|company|location|type|type_(amount|service|sale|end|words)|part"
        r"|card\w*|redemption\w*|entry\w*|seal\w*)$"
    ),
    "accounting": re.compile(
        r"(account_\w+|res_company\w*"
        r"|giftcard_(accounting|alarm|breakage|report|settlement|statement)\w*"
        r"|giftcard_tie_out(_items)?)$"
    ),
    "adapter": re.compile(r"(pos|product|barcode|res_config|sale)_\w+$"),
}
FOREIGN = {
    "core": re.compile(r"^(account|pos|product|sale|website|payment|stock)[._]"),
    "accounting": re.compile(r"^(pos|product|sale|website|payment|stock)[._]"),
}
MAX_LINES = {"models": 300, "tests": 340, "js": 300}


def strings_of(path):
    """Texts and attribute names of a file, docstrings left out."""
    tree = ast.parse(path.read_text())
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docs:
                yield node.value
        elif isinstance(node, ast.Attribute):
            yield node.attr


class TestArchitecture(BaseCase):
    def _layer_files(self, layer):
        return [
            path
            for folder in ("models", "reports")
            for path in sorted((ROOT / folder).glob("*.py"))
            if LAYERS[layer].match(path.stem)
        ]

    def test_every_model_file_belongs_to_one_layer(self):
        paths = [*ROOT.glob("models/*.py"), *ROOT.glob("reports/*.py")]
        for path in paths:
            if path.stem != "__init__":
                layers = [
                    name for name, rule in LAYERS.items() if rule.match(path.stem)
                ]
                self.assertEqual(len(layers), 1, path.name)

    def test_lower_layers_know_nothing_of_higher_ones(self):
        for layer, foreign in FOREIGN.items():
            self.assertTrue(self._layer_files(layer))
            for path in self._layer_files(layer):
                found = [text for text in strings_of(path) if foreign.match(text)]
                self.assertFalse(found, path.name)

    def test_core_imports_no_other_layer(self):
        for path in self._layer_files("core"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom):
                    module = node.module or ""
                    self.assertFalse(module.startswith("odoo.addons"), path.name)

    def test_tools_know_no_model(self):
        for path in (ROOT / "tools").glob("*.py"):
            source = path.read_text()
            self.assertNotIn("self.env", source, path.name)
            self.assertNotIn("giftcard.card", source, path.name)

    def test_every_test_file_is_imported(self):
        imported = (ROOT / "tests" / "__init__.py").read_text()
        for path in (ROOT / "tests").glob("test_*.py"):
            self.assertIn(f"from . import {path.stem}\n", imported)

    def test_every_file_is_imported(self):
        for folder in ("models", "reports", "wizards", "tools"):
            imported = (ROOT / folder / "__init__.py").read_text()
            for path in (ROOT / folder).glob("*.py"):
                if path.stem != "__init__":
                    self.assertRegex(imported, rf"import .*\b{path.stem}\b")

    def test_files_stay_short(self):
        for pattern, limit in (
            ("models/*.py", MAX_LINES["models"]),
            ("reports/*.py", MAX_LINES["models"]),
            ("wizards/*.py", MAX_LINES["models"]),
            ("tests/*.py", MAX_LINES["tests"]),
            ("static/src/**/*.js", MAX_LINES["js"]),
        ):
            for path in ROOT.glob(pattern):
                count = len(path.read_text().splitlines())
                self.assertLessEqual(count, limit, path.name)

    def test_balance_is_written_in_one_place(self):
        writers = [
            path.name
            for path in (ROOT / "models").rglob("*.py")
            if re.search(r"SET available\b", path.read_text())
        ]
        self.assertEqual(writers, ["card.py"])
        locks = [
            path.name
            for path in (ROOT / "models").rglob("*.py")
            if "FOR UPDATE" in path.read_text().replace("NO KEY UPDATE", "")
        ]
        self.assertEqual(locks, ["hold.py"])
