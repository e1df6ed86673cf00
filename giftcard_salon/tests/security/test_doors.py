# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import ast
import re
from functools import cached_property

from odoo.tests import BaseCase

from ...tools.server_fields import WRITER, clean_action
from ..architecture import ADDON, read_sources

FOLDERS = ("models", "reports", "wizards", "controllers")
# names of the server's own writes beside the usual one: what happens in a method of
# Odoo's on its way from ours to ours, for which it has no argument
OWN_WRITES = {
    "giftcard_posting",
    "giftcard_reversal",
    "giftcard_account_moved",
    "giftcard_editing",
}
# what Odoo's methods read, set for them or by them
KEYS_OF_ODOO = {
    "active_ids",
    "active_model",
    "active_test",
    "check_move_validity",
    "force_price_include",
    "ir_sequence_date",
    "lang",
    "mail_activity_quick_update",
    "no_exchange_difference",
    "skip_invoice_sync",
    "tracking_disable",
    "tz",
}
WRITERS = {"as_writer", "_as_writer", "_as_giftcard_writer"}
CLEANERS = {"with_env", "without_writer", "clean_action"}
# of them nothing but a truth value comes back
DEEDS = {"write", "unlink", "action_pos_order_paid"}


SUDO = re.compile(r"# sudo: [a-z_.]+(, [a-z_.]+)* - \w")
# what Odoo calls by itself: fields, constraints, and the scheduler
CALLED = ("_compute_", "_inverse_", "_search_")
DECORATED = {"constrains", "ondelete"}
SCHEDULED = {
    name
    for path in (ADDON / "data").glob("*.xml")
    for name in re.findall(r"model\.(_\w+)\(", path.read_text("utf-8"))
}


def is_door(function):
    """Tell whether others than our own code call a method: there rights may change."""
    name = function.name
    return (
        not name.startswith("_")
        or name.startswith(CALLED)
        or name in SCHEDULED
        or bool({name_of(own) for own in function.decorator_list} & DECORATED)
        # an override
        or any(
            name_of(node) == name and name_of(node.func.value) == "super"
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        )
    )


def name_of(call):
    """Return the name of the function or method that is called, else an empty text."""
    function = getattr(call, "func", None)
    return getattr(function, "attr", "") or getattr(function, "id", "")


class Sources:
    """The add-on's code, and what its names stand for.

    :param dict sources: texts by path; those on disk when left out
    """

    def __init__(self, sources=None):
        self.texts = sources or read_sources(*FOLDERS)
        self.trees = {path: ast.parse(text) for path, text in self.texts.items()}

    @cached_property
    def constants(self):
        """Return what the names that modules define stand for, as syntax trees."""
        return {
            node.targets[0].id: node.value
            for tree in self.trees.values()
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant | ast.Dict)
        }

    def _resolve(self, node):
        """Return the keys that an argument names: a text, a constant, a dict's keys."""
        if isinstance(node, ast.Dict):
            return [key for own in node.keys for key in self._resolve(own)]
        if isinstance(node, ast.Constant):
            return [node.value]
        known = self.constants.get(getattr(node, "id", None))
        return self._resolve(known) if known else [ast.unparse(node)]

    def _keys_of(self, node):
        name = name_of(node)
        if name == "with_context":
            for keyword in node.keywords:
                yield from (
                    [keyword.arg] if keyword.arg else self._resolve(keyword.value)
                )
            for argument in node.args:
                yield from self._resolve(argument)
        elif name in ("get", "pop", "setdefault") and self._is_context(node.func):
            yield from self._resolve(node.args[0])
        elif isinstance(node, ast.Subscript) and self._is_context(node):
            yield from self._resolve(node.slice)
        elif isinstance(node, ast.Compare) and any(
            self._is_env_context(own) for own in node.comparators
        ):
            yield from self._resolve(node.left)

    def _is_context(self, node):
        return self._is_env_context(getattr(node, "value", None))

    @staticmethod
    def _is_env_context(node):
        return getattr(node, "attr", "") == "context"

    @property
    def context_keys(self):
        """Return path and key of every context key that is set or read."""
        return {
            (path, key)
            for path, tree in self.trees.items()
            for node in ast.walk(tree)
            for key in self._keys_of(node)
        }

    @property
    def write_names(self):
        """Return the names that the server's own writes are told apart by."""
        return {
            name
            for tree in self.trees.values()
            for node in ast.walk(tree)
            if name_of(node) in ("as_writer", "is_writer", "without_writer")
            for argument in node.args[1:]
            for name in self._resolve(argument)
        }

    def silent_sudos(self):
        """Return the private methods that take more rights and do not say why."""
        found = []
        for path, tree in self.trees.items():
            lines = self.texts[path].splitlines()
            for node in ast.walk(tree):
                if not isinstance(node, ast.FunctionDef) or is_door(node):
                    continue
                places = [
                    own.func.end_lineno
                    for own in ast.walk(node)
                    if name_of(own) == "sudo" and not own.args
                ]
                if places and not SUDO.search(
                    "\n".join(lines[node.lineno - 1 : min(places)])
                ):
                    found.append(f"{path}: {node.name}")
        return found

    def leaks(self):
        """Return the methods that give away records of the server's own writes."""
        return [
            f"{path}: {node.name}"
            for path, tree in self.trees.items()
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and node.name not in WRITERS
            and self._leaks(node)
        ]

    def _leaks(self, function):
        tainted = set()
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and self._is_tainted(node.value, tainted):
                tainted |= {
                    own.id
                    for target in node.targets
                    for own in [target, *getattr(target, "elts", ())]
                    if isinstance(own, ast.Name)
                }
        return any(
            self._is_tainted(node.value, tainted)
            for node in ast.walk(function)
            if isinstance(node, ast.Return) and node.value
        )

    def _is_tainted(self, node, tainted):
        if name_of(node) in CLEANERS | DEEDS:
            return False
        return (
            name_of(node) in WRITERS
            or (isinstance(node, ast.Name) and node.id in tainted)
            or any(
                self._is_tainted(child, tainted) for child in ast.iter_child_nodes(node)
            )
        )


class TestDoors(BaseCase):
    """What goes round the arguments of a method, and who may take more rights."""

    def test_no_argument_hides_in_the_context(self):
        """Ours are arguments, but for what passes through a method of Odoo's."""
        sources = Sources()
        self.assertEqual({key for _path, key in sources.context_keys}, KEYS_OF_ODOO)
        self.assertEqual(sources.write_names, OWN_WRITES)
        broken = Sources(
            {
                "models/a.py": "def f(self):\n    self.with_context(giftcard_x=1)\n"
                '    return self.env.context["giftcard_y"]\n',
                "models/b.py": 'Z = "giftcard_z"\n\n'
                "def f(self):\n    as_writer(self, Z)\n"
                "    return self.env.context.get(Z)\n",
            }
        )
        self.assertEqual(broken.write_names, {"giftcard_z"})
        self.assertEqual(
            {key for _path, key in broken.context_keys},
            {"giftcard_x", "giftcard_y", "giftcard_z"},
        )

    def test_the_servers_value_is_named_in_one_file(self):
        """No other sets or tests it: what is tested for truth, a client can send."""
        for path, tree in Sources().trees.items():
            names = {getattr(node, "id", "") for node in ast.walk(tree)}
            texts = {getattr(node, "value", "") for node in ast.walk(tree)}
            self.assertFalse(names & {"WRITER", "SERVER_WRITE"}, path)
            self.assertNotIn("giftcard_writer", [*map(str, texts)], path)

    def test_no_method_gives_away_records_of_the_servers_own_writes(self):
        self.assertEqual(Sources().leaks(), [])
        leak = "def f(self):\n    a = as_writer(self)\n    b = a.create({})\n"
        for end, told in (
            ("return b", ["models/a.py: f"]),
            ("return b.with_env(self.env)", []),
        ):
            found = Sources({"models/a.py": f"{leak}    {end}\n"}).leaks()
            self.assertEqual(found, told)

    def test_an_action_for_the_web_client_is_without_the_servers_value(self):
        action = {"context": {"giftcard_writer": WRITER, "active_id": 7}, "name": "A"}
        self.assertEqual(
            clean_action(action), {"context": {"active_id": 7}, "name": "A"}
        )
        self.assertEqual(clean_action({"name": "A"}), {"name": "A"})
        self.assertIs(clean_action(True), True)

    def test_a_private_method_says_why_it_takes_more_rights(self):
        """As Odoo does: ``# sudo: model - reason``, at the first place or above it."""
        self.assertEqual(Sources().silent_sudos(), [])
        method = "class A:\n    def {}(self):\n{}        self.sudo().write({{}})\n"
        for name, reason, told in (
            ("_close", "", ["models/a.py: _close"]),
            ("_close", "        # sudo: giftcard.card - only the server\n", []),
            ("_close", "        # sudo: no model named\n", ["models/a.py: _close"]),
            ("close", "", []),
            ("_compute_rest", "", []),
            ("_expire_due", "", []),
            ("_post", "        super()._post()\n", []),
        ):
            sources = Sources({"models/a.py": method.format(name, reason)})
            self.assertEqual(sources.silent_sudos(), told, (name, reason))
