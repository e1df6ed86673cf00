# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Scripts that run inside Odoo, each in a process of its own, and what they say."""

import json
import os
import subprocess

from lib import settings


def run(name, script):
    """Run a script of ``tests/lib`` in Odoo; return what it printed last, as JSON."""
    done = subprocess.run(
        [
            settings.PYTHON,
            settings.ROOT / "scripts" / "run_in_odoo.py",
            settings.TESTS / "lib" / script,
            name,
        ],
        env=os.environ,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return json.loads(done.stdout.splitlines()[-1]), done.stderr
