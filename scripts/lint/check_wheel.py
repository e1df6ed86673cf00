# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What the add-on's wheel holds: everything that it needs, and no test.

Builds it with the pinned hatchling, without a network, and compares its files with
those of the checkout and its metadata with the manifest.
"""

import ast
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

import tomllib
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]
ADDON = ROOT / "giftcard_salon"
INSIDE = "odoo/addons/giftcard_salon/"
EXCLUDED = ("tests/", "static/tests/", "readme/", "pyproject.toml")
ODOO = "odoo==19.0.*"


def build():
    """Return the wheel's file names below the add-on and what else it holds."""
    with tempfile.TemporaryDirectory() as folder:
        (path,) = WheelBuilder(str(ADDON)).build(directory=folder)
        with ZipFile(path) as wheel:
            names = wheel.namelist()
    ours = {name.removeprefix(INSIDE) for name in names if name.startswith(INSIDE)}
    return ours, {name for name in names if not name.startswith(INSIDE)}


def get_expected():
    # hooks of git name its index and would make another folder's list
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ADDON,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return {
        name
        for name in listed
        if not name.startswith(EXCLUDED) and (ADDON / name).is_file()
    }


def get_faults():
    inside, beside = build()
    expected = get_expected()
    manifest = ast.literal_eval((ADDON / "__manifest__.py").read_text("utf-8"))
    project = tomllib.loads((ADDON / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [ODOO, *manifest["external_dependencies"]["python"]]
    faults = [f"not in the wheel: {name}" for name in sorted(expected - inside)]
    faults += [f"too much in the wheel: {name}" for name in sorted(inside - expected)]
    faults += [f"beside it: {n}" for n in sorted(beside) if ".dist-info/" not in n]
    if f"-{manifest['version']}.dist-info/METADATA" not in " ".join(beside):
        faults.append("the wheel's version is not the manifest's")
    if sorted(project["dependencies"]) != sorted(needed):
        faults.append(f"dependencies in pyproject.toml are not {sorted(needed)}")
    if project["description"] != manifest["summary"]:
        faults.append("description in pyproject.toml is not the manifest's summary")
    return faults


if __name__ == "__main__":
    found = get_faults()
    print("".join(f"{fault}\n" for fault in found), end="")
    sys.exit(bool(found))
