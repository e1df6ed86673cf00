# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Fifty clients, 200 random operations each, on twenty cards; workers are killed.

Then 2,000 random lives of cards through real documents, each step compared with a
model in exact fractions. `make stress ARGS="…"`; options: --clients, --operations,
--cards, --seed, --rounds, --lives (0 rounds or lives leaves either out). Prints what
was done and whatever disagrees afterwards; exit code 1 if anything does.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path[0:0] = [str(Path(__file__).resolve().parent.parent)]

from lib.chaos import Chaos  # noqa: E402
from lib.replay import Jobs, replay_lives  # noqa: E402
from lib.salon import Salon  # noqa: E402

EXTRA_TILLS = 8
WORKERS = 8
SHOWN = 40


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--operations", type=int, default=200)
    parser.add_argument("--cards", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--lives", type=int, default=2000)
    parser.add_argument("--seed", help="repeat a run's choices (not its timing)")
    return parser.parse_args()


def run_once(options, folder):
    """Return what disagrees after one round."""
    log = Path(folder) / "server.log"
    with Salon("stress", log, WORKERS, EXTRA_TILLS) as salon:
        chaos = Chaos(
            salon, options.clients, options.operations, options.cards, options.seed
        )
        print(f"seed {chaos.seed}", flush=True)
        chaos.run()
        print(chaos.summary(), flush=True)
        return [*chaos.differences(), *chaos.close()]


def play_lives(options, folder):
    """Return what differs in random lives of cards, in as many runs as processors."""
    seed = options.seed or str(time.time_ns())
    count = os.cpu_count() or 2
    jobs, wrong = Jobs(), []
    for number in range(count):
        lives = len(range(number, options.lives, count))
        if lives:
            label, own_seed = f"lives{number}", f"{seed}-{number}"
            print(f"{lives} random lives, seed {own_seed}", flush=True)
            jobs.start(label, replay_lives, label, lives, own_seed, Path(folder))
    for label in jobs.names():
        lines, code = jobs.output(label)
        wrong += lines if code else []
    jobs.close()
    return wrong


def main():
    options = read_options()
    wrong = []
    for _round in range(options.rounds):
        with tempfile.TemporaryDirectory(prefix="gc_sys_") as folder:
            wrong += run_once(options, folder)
    with tempfile.TemporaryDirectory(prefix="gc_sys_") as folder:
        wrong += play_lives(options, folder)
    for line in wrong[:SHOWN]:
        print(line)
    print(f"{len(wrong)} differences" if wrong else "all books agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
