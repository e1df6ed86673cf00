# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Scripts that run inside Odoo on a scratch database of their own."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from lib import database, settings

CASES = settings.TESTS / "cases"
LIVES = settings.TESTS / "lives"


def in_odoo(label, script, *arguments, **environment):
    """Run a script on a copy of the database with the add-on; return the process."""
    with database.copied(settings.ADDON_DB, label) as name:
        return subprocess.run(
            [
                settings.PYTHON,
                settings.ROOT / "scripts" / "run_in_odoo.py",
                script,
                name,
                *map(str, arguments),
            ],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )


def replay(label, path, only="", roundings="all"):
    """Replay a file of cases.

    :param str roundings: 'all' that the figures hold in, or the cases' 'own'
    """
    return in_odoo(
        label, CASES / "run.py", path, only, GIFTCARD_CASES_ROUNDINGS=roundings
    )


def replay_lives(label, lives, seed, folder):
    """Replay random lives of cards through documents."""
    path = folder / f"{label}.json"
    make = [settings.PYTHON, LIVES / "make_lives.py", str(lives), seed, path]
    subprocess.run(make, check=True)
    return replay(label, path)


def play_ledger(label, lives, seed):
    """Play random lives of cards on the ledger itself."""
    return in_odoo(label, LIVES / "ledger.py", lives, seed)


def output(done):
    """Show what a process said; return its lines and its exit code."""
    print(done.stdout)
    print(done.stderr[-4000:])
    return done.stdout.splitlines(), done.returncode


class Jobs:
    """Runs started together, as many at a time as there are processors."""

    def __init__(self):
        self._pool = ThreadPoolExecutor(max(2, os.cpu_count() or 2))
        self._started = {}

    def start(self, name, function, *arguments):
        self._started[name] = self._pool.submit(function, *arguments)

    def names(self):
        return list(self._started)

    def output(self, name):
        """Wait for a run; return its lines and its exit code."""
        return output(self._started[name].result())

    def close(self):
        self._pool.shutdown(cancel_futures=True)
