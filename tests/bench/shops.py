# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The same salon three times: without gift cards, with loyalty's, and with ours.

``scripts/bench.sh`` makes the databases: one French company with one till, and copies
of it with the one or the other installed. Each runs on a server of its own, so that
requests can be sent to them in turns.
"""

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lib.salon import Salon

KINDS = ("plain", "loyalty", "own")
WORKERS = 2


class Shop(Salon):
    """A copy of one of the databases behind a server, as safe as a real one."""

    def __init__(self, kind, folder):
        super().__init__(
            f"bench_{kind}",
            Path(folder) / f"{kind}.log",
            WORKERS,
            durable=True,
            source=os.environ[f"GIFTCARD_BENCH_{kind.upper()}_DB"],
        )

    def config_ids(self):
        rows = self.query("SELECT id FROM pos_config WHERE active ORDER BY id")
        return [row["id"] for row in rows]


@contextmanager
def open_shops(folder):
    """Start all three; a dict of shops by kind."""
    with ExitStack() as stack:
        yield {kind: stack.enter_context(Shop(kind, folder)) for kind in KINDS}
