# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Fifty random clients on twenty cards while workers are killed by SIGKILL.

Afterwards what is available, ledger, holds and seals agree on every card, and
nothing that a client was told is lost or doubled. `make stress` runs the full size;
GIFTCARD_SEED repeats a run's choices (not its timing).
"""

from lib.chaos import Chaos

SALON = {"extra_tills": 8, "workers": 8}
CLIENTS = 50
OPERATIONS = 20


def test_nothing_is_lost_or_doubled_while_workers_are_killed(salon):
    chaos = Chaos(salon, CLIENTS, OPERATIONS)
    print(f"seed {chaos.seed}")
    chaos.run()
    print(chaos.summary())
    assert chaos.kills > 5
    assert chaos.differences() == []
    assert chaos.close() == []
