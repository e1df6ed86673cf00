# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Fail unless tests ran and none was skipped.

usage: check_results.py junit FILE    a JUnit file written by pytest
       check_results.py odoo LOG      a log written by Odoo's own runner
"""

import re
import sys
from xml.etree import ElementTree

PREFIX = re.compile(
    r"^\S+ \S+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[\w.]+): (?P<text>.*)"
)
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
SKIPPED = re.compile(r"^skipped |^Skipping |\bskipped '")


def junit_problems(path):
    cases = list(ElementTree.parse(path).getroot().iter("testcase"))
    if not cases:
        yield "no test ran"
    for case in cases:
        for skip in case.findall("skipped"):
            if skip.get("type") != "pytest.xfail":
                name = f"{case.get('classname')}.{case.get('name')}"
                yield f"skipped: {name}: {skip.get('message')}"


def odoo_problems(path):
    closing = None
    with open(path, encoding="utf-8", errors="replace") as log:
        for line in log:
            match = PREFIX.match(line)
            if not match:
                continue
            text = match["text"]
            if match["logger"].startswith("odoo.tests") and RESULT.search(text):
                closing = RESULT.search(text)
            elif match["level"] in ("ERROR", "CRITICAL"):
                yield f"{match['level'].lower()} in the log: {text}"
            elif SKIPPED.search(text) and "giftcard" in match["logger"] + text:
                yield f"skipped: {text}"
    if not closing or not int(closing[3]):
        yield "Odoo's own runner ran no test"
    elif int(closing[1]) or int(closing[2]):
        yield f"failures: {closing[0]}"
    else:
        print(closing[0])


def main():
    kind, path = sys.argv[1:]
    problems = list(junit_problems(path) if kind == "junit" else odoo_problems(path))
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
