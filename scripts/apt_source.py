# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Print an apt source for another suite, taken from this machine's own sources.

usage: apt_source.py SUITE     prints a deb822 stanza: same mirror, same keyring
"""

import glob
import re
import sys

FOLDERS = "/etc/apt"
SIDE_SUITES = re.compile(r"(-|/)(security|updates|backports|proposed)|/updates$")


def stanzas():
    """Yield every enabled ``deb`` source as a dict of deb822 fields."""
    for path in sorted(glob.glob(f"{FOLDERS}/sources.list.d/*.sources")):
        with open(path, encoding="utf-8") as source:
            yield from deb822(source.read())
    paths = [f"{FOLDERS}/sources.list"]
    for path in paths + sorted(glob.glob(f"{FOLDERS}/sources.list.d/*.list")):
        try:
            with open(path, encoding="utf-8") as source:
                yield from filter(None, map(one_line, source))
        except FileNotFoundError:
            continue


def deb822(text):
    for block in re.split(r"\n\s*\n", text):
        fields, name = {}, None
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if line[:1] in (" ", "\t") and name:
                fields[name] += "\n" + line
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.strip().lower()
                fields[name] = value.strip()
        enabled = fields.get("enabled", "yes").lower() not in ("no", "false", "0")
        if enabled and "deb" in fields.get("types", "").split():
            yield fields


def one_line(line):
    match = re.match(r"\s*deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]*)", line)
    if not match:
        return None
    options, uri, suite, components = match.groups()
    fields = {"uris": uri, "suites": suite, "components": components.strip()}
    for option in (options or "").split():
        name, _, value = option.partition("=")
        if name.lower() in ("signed-by", "trusted", "check-valid-until"):
            fields[name.lower()] = value.replace(",", " ")
    return fields


def main_archive():
    """The Debian main archive among the sources: (fields, uri)."""
    for fields in stanzas():
        uri = fields.get("uris", "").split()[:1]
        suites = [s for s in fields.get("suites", "").split() if s != "./"]
        suites = [s for s in suites if not SIDE_SUITES.search(s)]
        if not uri or not suites or "main" not in fields.get("components", "").split():
            continue
        # "…/debian" is the archive's usual folder; third parties use others
        if uri[0].startswith("cdrom") or "security" in uri[0]:
            continue
        if not re.search(r"/debian(/|$)|^mirror|^file:|^copy:", uri[0]):
            continue
        return fields, uri[0]
    sys.exit("no Debian archive among the apt sources of this machine")


def main():
    fields, uri = main_archive()
    lines = ["Types: deb", f"URIs: {uri}", f"Suites: {sys.argv[1]}"]
    lines.append("Components: main")
    for name in ("signed-by", "trusted", "check-valid-until"):
        if name in fields:
            lines.append(f"{name.title()}: {fields[name]}")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
