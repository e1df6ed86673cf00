# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The words that the add-on's own definitions use, and those it does not.

``docs/rules.rst`` has the vocabulary. Works on the files, without Odoo.
"""

import ast
import re
from pathlib import Path

ADDON = Path(__file__).parent.parent
# retired word: what it is called here
RETIRED = {
    "part": "entitlement, or share",
    "parts": "entitlements, or shares",
    "use": "redemption, or application",
    "uses": "redemptions, or applications",
    "pair": "item and deduction",
    "pairs": "deductions",
    "forced": "fixed amounts",
    "rest": "remaining, or refundable",
    "left": "remaining",
    "owed": "liability, or on account",
    "words": "description",
    "ending": "closing",
    "fate": "closing",
    "known": "the thing's own name",
    "place": "company, location, index or bracket",
    "places": "companies, locations, indexes or brackets",
    "taken": "recognised, in use or debited",
    "offer": "quote",
    "offers": "quotes",
    "facts": "card summary",
    "room": "payable",
    "ready": "posting preconditions",
    "guard": "account protection",
    "guards": "account protection",
    "alarm": "finding of the nightly check",
    "alarms": "findings of the nightly check",
    "book": "ledger, kind of liability or posting",
    "books": "ledger, kinds of liability or postings",
    "care": "desk",
    "told": "response",
    "answer": "response",
    "answers": "responses",
    "own": "whose it is: the company's, the line's",
    "say": "description or message",
    "measured": "valuation",
}
# names with such a word that are right, or not ours to choose
ALLOWED = {
    "is_single_use": "the market's term: single use",
    "in_use": "a card type in use",
    "type_tax_use": "odoo: account.tax",
}
# a hook of OWL: useBus, useService
_HOOK = re.compile(r"use[A-Z]\w*$")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_XML_NAME = re.compile(
    r"<(?:record|template|menuitem)[^>]*?\bid=\"([\w.]+)\""
    r"|\bt-(?:name|as|set)=\"([\w.]+)\""
)
_JS_NAME = re.compile(
    # classes, functions, variables, also those that are taken out of an object
    r"\b(?:class|function|const|let) (\w+)(?:\(([^()]*)\) \{$)?"
    r"|\b(?:const|let) (\{[^}]*\}|\[[^\]]*\])"
    # methods, attributes, properties; all with their parameters
    r"|^\s+(?:static |async |get |set )*(\w+)\(([^()]*)\) \{$"
    r"|^\s+(?:static |this\.)?(\w+) = "
    r"|^\s+(\w+): (?:async )?(?=\([^()]*\) =>)"
    r"|\(([^()]*)\) =>",
    re.M,
)
_JS_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.M | re.S)
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_JS_KEYWORDS = {"if", "for", "while", "switch", "catch", "function", "return"}


def get_retired_words(name):
    """Return the retired words in a name; none for a name that may have them.

    :param str name: of a definition, or of a file
    :rtype: set[str]
    """
    if name in ALLOWED or _HOOK.match(name):
        return set()
    return {word.lower() for word in _WORD.findall(name)} & RETIRED.keys()


def get_python_names(source):
    """Return what a Python file defines: classes, functions, parameters, variables.

    :param str source: the file's text
    :rtype: set[str]
    """
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, (ast.alias, ast.ExceptHandler)):
            names.add((node.asname if isinstance(node, ast.alias) else node.name) or "")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
    return names


def get_script_names(source):
    """Return what a script of the till or of the office defines."""
    found = " ".join(
        " ".join(groups) for groups in _JS_NAME.findall(_JS_COMMENT.sub("", source))
    )
    return set(_IDENTIFIER.findall(found)) - _JS_KEYWORDS


def get_view_names(source):
    """Return what a data file or a template defines: records, templates, variables."""
    return {name for names in _XML_NAME.findall(source) for name in names if name}


READERS = {".py": get_python_names, ".js": get_script_names, ".xml": get_view_names}


def find_retired_words(root=ADDON):
    """Return the retired words in what the add-on itself defines.

    Sentences are not names: neither texts that people read nor the names of tests.

    :param Path root: folder to look through; its tests are left out
    :return: "file: name (word: what it is called here)", sorted
    :rtype: list[str]
    """
    found = []
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.suffix not in READERS or relative.parts[0] in ("tests", "i18n"):
            continue
        if relative.parts[:2] == ("static", "tests"):
            continue
        source = path.read_text(encoding="utf-8")
        names = {path.stem, *READERS[path.suffix](source)}
        for name in sorted(names):
            for word in sorted(get_retired_words(name)):
                found.append(f"{relative}: {name} ({word}: {RETIRED[word]})")
    return found
