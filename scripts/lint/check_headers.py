# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Whose each file is and under which licence: check_headers.py [--fix]

Two lines at the head of every Python, JavaScript and XML file that is not empty, in
OCA's form; after the first line where that is a program's (#!) or XML's own.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OWNER = "Giftcard Salon Project"
YEAR = "2026"
LICENCE = "License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)"
FIRST = re.compile(r"#!.*\n|<\?xml.*\n")
FORMS = {
    ".py": "# {}\n# {}\n\n",
    ".js": "/* {}\n * {} */\n\n",
    ".xml": "<!-- {}\n     {} -->\n",
}


def get_pattern(form):
    """Return what a header of this form looks like, of whatever year or years."""
    lines = re.escape(form.rstrip("\n")).replace(r"\{\}", "{}")
    return re.compile(
        lines.format(rf"Copyright \d{{4}}(?:-\d{{4}})? {OWNER}", re.escape(LICENCE))
    )


def has_header(text, suffix):
    start = FIRST.match(text)
    return bool(get_pattern(FORMS[suffix]).match(text, start.end() if start else 0))


def with_header(text, suffix):
    """Return the text of a file with its two lines."""
    start = FIRST.match(text)
    at = start.end() if start else 0
    header = FORMS[suffix].format(f"Copyright {YEAR} {OWNER}", LICENCE)
    return text[:at] + header + text[at:]


def get_bare_files(root):
    """Return the files of a checkout that do not say whose they are."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    paths = [root / name for name in listed if Path(name).suffix in FORMS]
    return [
        path
        for path in paths
        if path.is_file()
        and (text := path.read_text("utf-8")).strip()
        and not has_header(text, path.suffix)
    ]


def main(root=ROOT):
    bare = get_bare_files(root)
    for path in bare:
        if "--fix" in sys.argv[1:]:
            path.write_text(with_header(path.read_text("utf-8"), path.suffix), "utf-8")
        else:
            print(f"{path.relative_to(root)} does not say whose it is: FIX=1 make lint")
    sys.exit(bool(bare) and "--fix" not in sys.argv[1:])


if __name__ == "__main__":
    main()
