# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What the folders promise: who defines a name, who may use it.

Works on the syntax trees of the add-on's files, without Odoo. A layer is a folder of
``models/``, ``reports/`` or ``wizards/``; see ``docs/architecture.rst``.
"""

import ast
import re
from collections import defaultdict
from functools import cached_property
from pathlib import Path

ADDON = Path(__file__).parent.parent
# the lower a layer, the less it knows; those of one rank are apart from each other,
# but for what BESIDE says
RANKS = {
    "core": 0,
    "ledger": 0,
    "accounting": 1,
    "intercompany": 1,
    "product": 2,
    "office": 3,
    "till": 3,
    "shop": 3,
    "api": 3,
}
BESIDE = {
    "core": {"ledger"},
    "ledger": {"core"},
    "accounting": {"intercompany"},
    "intercompany": {"accounting"},
    "till": {"office"},
    "shop": {"office"},
    "api": {"office"},
}
# steps on one card, some of which post; the engine of the reports
ROOMS = {"wizards/card": "accounting", "reports/report.py": "accounting"}
# the one file that names every layer: Odoo has one model for all settings
EVERYWHERE = {"models/res_config_settings.py"}


def _names(*apps):
    return "|".join(rf"{app}[._]" for app in apps)


# models and fields of other apps, which a layer does not name; what invoices and the
# till call a payment (payment_ids, payment_state) is no payment provider's
FOREIGN = {
    "core": _names("account", "product", "pos", "sale", "website", "payment", "stock"),
    "accounting": _names("product", "pos", "sale", "website", "stock") + r"|payment\.",
    "product": _names("pos", r"sale(?!_ok)", "website", "payment", "stock"),
    "office": _names("pos", "website") + r"|payment\.",
    # but for what `pos_sale` calls an order on the till's own lines
    "till": _names("sale(?!_order_origin_id)", "website") + r"|payment\.",
    "shop": _names("pos"),
    "api": _names("pos", "website"),
}
FOREIGN["ledger"] = FOREIGN["core"]
FOREIGN["intercompany"] = FOREIGN["accounting"]


def read_sources(*folders):
    """Return the text of every Python file of the add-on's ``folders``, by path."""
    return {
        str(path.relative_to(ADDON)): path.read_text("utf-8")
        for folder in folders
        for path in sorted((ADDON / folder).rglob("*.py"))
        if path.name != "__init__.py"
    }


def layer_of(path):
    """Return the layer that a file belongs to, or None."""
    folder = "/".join(path.split("/")[:2])
    layer = ROOMS.get(path) or ROOMS.get(folder) or folder.split("/")[1]
    return layer if layer in RANKS else None


def may_use(user, owner):
    """Tell whether a file of layer ``user`` may use what layer ``owner`` defines."""
    return RANKS[owner] < RANKS[user] or owner == user or owner in BESIDE.get(user, ())


class SourceFile:
    """What one file defines and uses."""

    def __init__(self, path, text):
        self.path = path
        self.layer = layer_of(path)
        self.tree = ast.parse(text)

    @cached_property
    def classes(self):
        return [node for node in self.tree.body if isinstance(node, ast.ClassDef)]

    @cached_property
    def defined(self):
        """Return the own models, fields and methods that the file defines.

        A method that calls ``super()`` of the same name belongs to whoever is above.
        """
        found = set()
        for node in (item for own in self.classes for item in own.body):
            if isinstance(node, ast.FunctionDef) and not self._extends(node):
                found.add(node.name)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name.startswith(("giftcard_", "_giftcard_")):
                    found.add(name)
                elif name == "_name" and node.value.value not in self.inherited:
                    found.add(node.value.value)
        return found

    @cached_property
    def inherited(self):
        return {name for own in self.classes for name in self._read(own, "_inherit")}

    def models_of(self, own):
        """Return the names of the model that a class defines or extends."""
        return self._read(own, "_name") or self._read(own, "_inherit")

    @staticmethod
    def _read(own, name):
        """Return the texts that a class assigns to ``name``."""
        return {
            node.value
            for item in own.body
            if isinstance(item, ast.Assign) and item.targets[0].id == name
            for node in ast.walk(item.value)
            if isinstance(node, ast.Constant)
        }

    @staticmethod
    def _extends(function):
        return any(
            isinstance(node, ast.Attribute)
            and node.attr == function.name
            and isinstance(node.value, ast.Call)
            and getattr(node.value.func, "id", "") == "super"
            for node in ast.walk(function)
        )

    @cached_property
    def used(self):
        """Return attribute names and words of texts, docstrings left out."""
        docs = {
            id(node.body[0].value)
            for node in ast.walk(self.tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif self._is_text(node) and id(node) not in docs:
                found.add(node.value)
                found.update(re.findall(r"\b_?giftcard_\w+", node.value))
        return found

    @staticmethod
    def _is_text(node):
        return isinstance(node, ast.Constant) and isinstance(node.value, str)


class House:
    """The add-on's models, reports and wizards.

    :param dict sources: texts by path; those on disk when left out
    """

    def __init__(self, sources=None):
        sources = sources or read_sources("models", "reports", "wizards")
        self.files = [SourceFile(path, text) for path, text in sources.items()]

    @cached_property
    def owners(self):
        """Return the layers that define each name."""
        owners = defaultdict(set)
        for file in self.files:
            for name in file.defined if file.layer else ():
                owners[name].add(file.layer)
        return owners

    def homeless(self):
        """Return the files that belong to no layer."""
        return [
            file.path
            for file in self.files
            if not file.layer and file.path not in EVERYWHERE
        ]

    def doubles(self):
        """Return the models that more than one file defines."""
        files = defaultdict(set)
        for file in self.files:
            for name in file.defined:
                if name.startswith("giftcard."):
                    files[name].add(file.path)
        return {name: sorted(paths) for name, paths in files.items() if len(paths) > 1}

    def breaches(self):
        """Return what files use of layers that they must not know, as sentences."""
        found = []
        for file in self.files:
            if not file.layer:
                continue
            for name in sorted(file.used):
                owners = self.owners.get(name)
                if owners and not any(may_use(file.layer, own) for own in owners):
                    found.append(f"{file.path}: {name} is of {', '.join(owners)}")
                elif re.match(FOREIGN[file.layer], name):
                    found.append(f"{file.path}: {name} is of another app")
        return found
