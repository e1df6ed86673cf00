# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import re
from collections import defaultdict

from odoo.tests import BaseCase

from .architecture import ADDON

# comments, strings, templates, regular expressions: no code
PROSE = re.compile(
    r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
    r"""|(?<=[(,=:])\s*/(?![*/])(?:\\.|\[[^\]]*\]|[^/\\\n])+/[a-z]*""",
    re.DOTALL,
)
PATCH = re.compile(r"\bpatch\(\s*([\w.]+),\s*\{")


def read_methods(code, start):
    """Return the names of the methods of an object literal that opens at ``start``."""
    names, text, depth = [], "", 0
    for char in code[start:]:
        if char in "([{":
            if depth == 1 and char == "(":
                names.append(re.findall(r"\w+", text)[-1])
            depth += 1
            text = ""
        elif char in ")]}":
            depth -= 1
            text = ""
            if not depth:
                return names
        elif depth == 1:
            text = "" if char == "," else text + char
    raise ValueError("the object never ends")


def find_patches(sources):
    """Return where each method of a class is patched: files by class and method."""
    found = defaultdict(list)
    for path, text in sources.items():
        code = PROSE.sub(" ", text)
        for match in PATCH.finditer(code):
            for name in read_methods(code, match.end() - 1):
                found[match.group(1), name].append(path)
    return found


class TestPatches(BaseCase):
    """Whoever looks for what we make of a method of core finds one place."""

    def test_no_method_is_patched_twice(self):
        found = find_patches(
            {
                str(path.relative_to(ADDON)): path.read_text("utf-8")
                for path in (ADDON / "static" / "src").rglob("*.js")
            }
        )
        self.assertGreater(len(found), 150)
        self.assertIn(("PosOrder.prototype", "removePaymentline"), found)
        twice = {method: paths for method, paths in found.items() if len(paths) > 1}
        self.assertEqual(twice, {})

    def test_a_second_patch_is_told(self):
        one = """
            patch(PosOrder.prototype, {
              get isPaid() { return [1].map((line) => {use(line)}); },
              /** removeOrder() { */
              async removeOrderline(line, {isQuiet = false} = {}) {
                return super.removeOrderline(...arguments) || "})";
              },
            });"""
        two = "patch(PosOrder.prototype, {removeOrderline() {}, other() {}});"
        found = find_patches({"one.js": one, "two.js": two})
        self.assertEqual(
            {name: paths for (_class, name), paths in found.items()},
            {
                "isPaid": ["one.js"],
                "removeOrderline": ["one.js", "two.js"],
                "other": ["two.js"],
            },
        )
