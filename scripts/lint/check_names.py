# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Whether the pages can be read, and what they name, show and link to is there.

A ``literal`` with a slash or an ending is a file or folder of the repository, of the
add-on, or of its ``models/``; ``…/`` goes on from the folder named before. A name
that is ours (it begins with an underscore, or says giftcard) is defined somewhere: in
a list item or paragraph that begins with a file, in one of the files it names. The
method of ``model._method`` is defined in a file of that model.
"""

import re
import sys
from functools import cache
from io import StringIO
from pathlib import Path

from docutils.core import publish_doctree

ROOT = Path(__file__).resolve().parents[2]
ADDON = ROOT / "giftcard_salon"
FOLDERS = (ROOT, ADDON, ADDON / "models", ADDON / "static/src/app", ADDON / "tests")
SOURCES = (ADDON, ROOT / "tests", ROOT / "scripts", ROOT / "demo")
# what a page says of the future, by its own words
TO_COME = ("Rooms to come", "To come:")
SHOWN = re.compile(
    r"^\.\. (?:image|figure):: (\S+)|<([\w./-]+\.(?:rst|md|png))[^>]*>`_", re.M
)
LITERAL = re.compile(r"``([^`\n]+)``")
BLOCK = re.compile(r"\n(?=\s*(?:[-*]|\d+\.|#\.) )|\n\s*\n|\n(?=``[^`]+``  )")
HOP = re.compile(r"\s*(?:(?:[-*]|\d+\.|#\.) )?``[^`]+\.(?:py|js)``")
PATH = re.compile(r"[\w.…-]*(?:/[\w.*-]*)+|[\w-]+\.(?:py|js|rst|xml|csv|sh|json|toml)")
NAME = re.compile(r"\w+")
MODEL = re.compile(r"giftcard(?:\.[a-z]+)+")
METHOD = re.compile(r"([a-z]+(?:\.[a-z]+)+)\.(\w*_\w*)")


@cache
def read(path):
    return path.read_text("utf-8")


@cache
def get_sources():
    return [
        path
        for folder in SOURCES
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".py", ".js", ".xml", ".csv", ".sh")
    ]


def is_defined(name, paths):
    """Tell whether one of the files defines a function, class, field or constant."""
    word = re.escape(name)
    defined = re.compile(
        rf"\b(?:def|class|function|get|const)\s+{word}\b"
        rf"|^\s+(?:async |static )?{word}\(.*\{{$"
        rf"|^\s*{word}(?::.*)? = |@tagged\(.*\"{word}\""
        rf"|(?:_name|id|t-name)=?\s?=\s?\"(?:giftcard_salon\.)?{word}\"",
        re.M,
    )
    return any(defined.search(read(path)) for path in paths)


def get_files_of(model):
    definition = re.compile(rf"_(?:name|inherit) = \[?\"{re.escape(model)}\"")
    return [path for path in get_sources() if definition.search(read(path))]


def find(path):
    """Return what a path means; nothing when it is not there."""
    for folder in FOLDERS:
        if "*" in path:
            if found := list(folder.glob(path)):
                return found
        elif (folder / path).exists():
            return [folder / path]
    return []


def check_paths(literals, before):
    """Return the files that literals name, and what is wrong with others.

    :param list before: the folder that was named last, which ``…`` stands for
    """
    files, faults = [], []
    for text in filter(PATH.fullmatch, literals):
        found = find(text.replace("…", before[0], 1))
        if not found:
            faults.append(f"there is no {text.replace('…', before[0], 1)}")
        if not text.startswith("…") and "/" in text:
            before[0] = "/".join(text.rstrip("/").split("/")[:2])
        files += [path for path in found if path.suffix in (".py", ".js")]
    return files, faults


def get_name_fault(text, files):
    """Return what is wrong with a name that a page says is ours; else ""."""
    is_there = True
    if method := METHOD.fullmatch(text):
        is_there = is_defined(method[2], get_files_of(method[1]))
    elif MODEL.fullmatch(text):
        is_there = get_files_of(text)
    elif NAME.fullmatch(text) and not text.isupper() and text != ADDON.name:
        is_ours = text[0] == "_" or "giftcard" in text.lower()
        is_there = not is_ours or is_defined(text, files or get_sources())
    where = "".join(f" {path.relative_to(ROOT)}" for path in files)
    return "" if is_there else f"{text} is not defined{where and ' in' + where}"


def check_block(block, before):
    """Return what a paragraph, a list item or a row of a table names in vain."""
    literals = LITERAL.findall(block)
    files, faults = check_paths(literals, before)
    files = files if HOP.match(block) else []
    return faults + list(filter(None, (get_name_fault(t, files) for t in literals)))


def get_page_faults(path):
    """Return what cannot be read of a page, shown by it or linked to."""
    warnings = StringIO()
    settings = {
        "report_level": 2,
        "halt_level": 5,
        "warning_stream": warnings,
        "syntax_highlight": "none",
    }
    name = str(path.relative_to(ROOT))
    publish_doctree(read(path), source_path=name, settings_overrides=settings)
    shown = {picture or link for picture, link in SHOWN.findall(read(path))}
    gone = sorted(target for target in shown if not (path.parent / target).is_file())
    return warnings.getvalue().splitlines() + [
        f"{name}: there is no {target}" for target in gone
    ]


def get_faults():
    pages = [*ROOT.glob("*.rst"), *ROOT.glob("docs/*.rst"), ADDON / "README.rst"]
    for path in pages:
        yield from get_page_faults(path)
    for path in pages:
        before = [""]
        for block in BLOCK.split(read(path)):
            if not block.strip().startswith(TO_COME):
                yield from (
                    f"{path.name}: {message}" for message in check_block(block, before)
                )


if __name__ == "__main__":
    faults = list(get_faults())
    print("".join(f"{fault}\n" for fault in faults), end="")
    sys.exit(bool(faults))
