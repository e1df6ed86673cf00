# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Speed and locking, as ratios on one machine in one run: `make bench ARGS="…"`.

The same salon without gift cards, with loyalty's of Odoo 19.0 and with ours is asked in
turns; what happens in PostgreSQL is compared with the same statements sent by pgbench.
The last table has every figure with its bar. A figure that misses its bar is told, not
an error; a part that cannot run is one. The databases commit as safely as real ones.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from psycopg2 import extensions

FOLDER = Path(__file__).resolve().parent
sys.path[0:0] = [str(FOLDER), str(FOLDER.parent)]

import closing  # noqa: E402
import hold_sql  # noqa: E402
import isolation  # noqa: E402
import over_http  # noqa: E402
from figures import Figures, load, median, milliseconds, ratio, table  # noqa: E402
from lib import settings  # noqa: E402
from shops import open_shops  # noqa: E402

CLIENTS = 16
# by name: in full, and in a quick run, which shows that everything works and no more
SIZES = {
    "rounds": (5, 1),
    "seconds": (4, 1),
    "uses": (200, 12),
    "holds": (25, 2),
    "turns": (80, 2),
    "issued": (10_000, 200),
    "issues": (3, 1),
    "starts": (60, 3),
    "cards": (100_000, 2_000),
    "retried": (8, 1),
    "committed": (100, 2),
    "races": (15, 1),
    "bills": (1_000, 6),
    "closings": (3, 1),
}


class Bench:
    """All measurements share three databases with a server each.

    :param dict shops: running :class:`shops.Shop` by kind
    :param dict sizes: as ``SIZES``, one number each
    """

    def __init__(self, shops, sizes):
        self.shops, self.sizes = shops, sizes
        self.figures = Figures()
        self.salon = shops["own"]
        self.tills = {kind: shop.till(0) for kind, shop in shops.items()}
        self.till = self.tills["own"]
        sold = [self.till.sell_card(over_http.CARD_VALUE) for _number in range(CLIENTS)]
        self.codes = [code for code, _sent in sold]
        # a copied card is as good as a sold one, and its neighbours' ids have no gap
        self.cards = [
            row["id"]
            for row in self.salon.query("SELECT id FROM giftcard_card ORDER BY id DESC")
        ][:CLIENTS][::-1]
        if self.cards[-1] - self.cards[0] != CLIENTS - 1:
            raise RuntimeError("the cards' ids have gaps")

    def in_odoo(self, kind, work, **options):
        done = subprocess.run(
            [
                settings.PYTHON,
                settings.ROOT / "scripts" / "run_in_odoo.py",
                FOLDER / "in_odoo.py",
                self.shops[kind].database,
                work,
                json.dumps(options),
            ],
            env=os.environ,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    # --- in process, beside pgbench

    def a_hold_and_capture(self):
        row, slower = self._compare_redemptions(self.cards, 1, capture=True)
        table(
            f"(a) hold + capture, one client, medians of {self.sizes['rounds']} rounds",
            [row],
            ["where", "per second", "pgbench", "times slower", "errors", "ms"],
        )
        self.figures.add(
            "hold + capture in process, times slower than pgbench", slower, at_most=4
        )

    def b_one_card(self):
        rows = []
        for cards in (self.cards[:1], self.cards):
            name = f"{len(cards)} cards" if len(cards) > 1 else "one card"
            row, slower = self._compare_redemptions(cards, CLIENTS, capture=False)
            rows.append([name, *row])
            self.figures.add(
                f"{CLIENTS} clients hold, {name}, times slower than pgbench",
                slower,
                at_most=3.3 if len(cards) == 1 else None,
            )
        heads = ["on", "where", "per second", "pgbench", "times slower", "errors"]
        table(
            f"(b) {CLIENTS} clients hold, medians of {self.sizes['rounds']} rounds",
            rows,
            [*heads, "ms median/p99/max"],
        )
        self._one_card_over_http()

    def _one_card_over_http(self):
        found = {1: [], CLIENTS: []}
        for _round in range(self.sizes["rounds"]):
            for count in found:
                found[count].append(
                    over_http.measure_holds(
                        self.salon,
                        self.till,
                        self.codes[:count],
                        CLIENTS,
                        self.sizes["holds"],
                    )
                )
        speed = {n: median(one["rps"] for one in runs) for n, runs in found.items()}
        errors = [
            error for runs in found.values() for one in runs for error in one["errors"]
        ]
        rows = [
            [
                f"{count} cards" if count > 1 else "one card",
                f"{speed[count]:.1f}",
                sum(len(one["errors"]) for one in runs),
                milliseconds([t for one in runs for t in one["times"]]),
            ]
            for count, runs in found.items()
        ]
        table(
            f"(b) {CLIENTS} clients hold over HTTP",
            rows,
            ["on", "requests/s", "errors", "ms median/p99/max"],
        )
        self.figures.add(
            f"{CLIENTS} clients over HTTP, one card ÷ {CLIENTS} cards",
            speed[1] / speed[CLIENTS],
            at_least=0.8,
        )
        self.figures.add(
            f"errors of {CLIENTS} clients over HTTP", len(errors), at_most=0, digits=0
        )

    def _compare_redemptions(self, cards, clients, capture):
        count = max(2, self.sizes["uses"] // (4 if clients > 1 else 1))
        own, bare, errors, times = [], [], [], []
        for _round in range(self.sizes["rounds"]):
            bare.append(
                hold_sql.pgbench(
                    self.salon.database, cards, clients, self.sizes["seconds"], capture
                )
            )
            found = self.in_odoo(
                "own",
                "uses",
                cards=cards,
                clients=clients,
                count=count,
                capture=capture,
            )
            own.append(len(found["times"]) / found["seconds"])
            times += found["times"]
            errors += found["errors"]
        row = [
            "in process",
            f"{median(own):.0f}",
            f"{median(bare):.0f}",
            ratio(median(bare), median(own)),
            len(errors),
            milliseconds(times),
        ]
        return row, median(bare) / median(own)

    # --- beside loyalty

    def c_redemption(self):
        count = self.sizes["turns"]
        found = over_http.measure_beside(self.shops, self.tills, self.codes[0], count)
        requests = (
            ("cheapest request (res.users.read)", "floor"),
            ("a bill without a card", "plain"),
            ("look-up alone", "lookup"),
            ("hold alone", "hold"),
            ("look-up with its hold", "present"),
            ("the bill's own request, with a card", "sync"),
            ("the whole redemption", "whole"),
            ("added by the card", "added"),
        )
        kinds = ("plain", "loyalty", "own")
        rows = [
            [
                name,
                *(
                    f"{1000 * found[kind][key]:.1f}" if key in found[kind] else "-"
                    for kind in kinds
                ),
            ]
            for name, key in requests
        ]
        table(
            f"(c) one redemption at the till, in turns, medians of {count}, ms",
            rows,
            ["", "no gift cards", "loyalty (5 requests)", "ours (2 requests)"],
        )
        own = found["own"]
        self.figures.add(
            "added by the card at the till ÷ what loyalty adds",
            own["added"] / found["loyalty"]["added"],
            at_most=0.5,
        )
        for key, name in (("lookup", "look-up"), ("hold", "hold")):
            self.figures.add(
                f"{name} ÷ cheapest request", own[key] / own["floor"], at_most=2
            )
        self.figures.add(
            "a bill without a card, with the add-on ÷ without",
            own["plain"] / found["plain"]["plain"],
            at_most=1.03,
        )

    def d_issue(self):
        count = self.sizes["issued"]
        runs = {"loyalty": [], "own": []}
        for _round in range(self.sizes["issues"]):
            runs["loyalty"].append(self.in_odoo("loyalty", "wizard", count=count))
            runs["own"].append(self.in_odoo("own", "issue", count=count))
        seconds = {
            kind: median(run["seconds"] for run in found)
            for kind, found in runs.items()
        }
        memory = {
            kind: max(run["megabytes"] for run in found) for kind, found in runs.items()
        }
        table(
            f"(d) {count} cards issued, medians of {self.sizes['issues']}",
            [
                [
                    {"loyalty": "loyalty's wizard", "own": "ours"}[kind],
                    f"{seconds[kind]:.2f}",
                    f"{count / seconds[kind]:.0f}",
                    f"{memory[kind]:.0f}",
                ]
                for kind in runs
            ],
            ["", "seconds", "cards/s", "MB more at the peak"],
        )
        self.figures.add(
            f"{count} cards issued, times faster than loyalty's wizard",
            seconds["loyalty"] / seconds["own"],
            at_least=5,
        )
        self.figures.add(
            f"{count} cards issued, more memory",
            memory["own"],
            at_most=100,
            unit=" MB",
            digits=0,
        )

    # --- many cards, many tills

    def e_many_cards(self):
        count, many = self.sizes["starts"], self.sizes["cards"]
        over_http.add_cards(self.salon, 100)
        over_http.measure_start(self.till, self.codes[0], 3)
        few = over_http.measure_start(self.till, self.codes[0], count)
        over_http.add_cards(self.salon, many)
        lots = over_http.measure_start(self.till, self.codes[0], count)
        rows = []
        for name, a, b in zip(("till start", "look-up"), few, lots, strict=True):
            rows.append([name, f"{1000 * a:.1f}", f"{1000 * b:.1f}"])
            self.figures.add(
                f"{name} with {many:,} cards ÷ with 100", b / a, at_most=1.25
            )
        heads = ["request", "ms, 100 cards", f"ms, {many:,} cards"]
        table("(e) the till with many cards", rows, heads)

    def f_isolation(self):
        repeatable = extensions.ISOLATION_LEVEL_REPEATABLE_READ
        committed = extensions.ISOLATION_LEVEL_READ_COMMITTED
        levels = (
            ("REPEATABLE READ, retried as Odoo does", repeatable, "retried"),
            ("READ COMMITTED, own short transaction", committed, "committed"),
        )
        rows = []
        for name, level, size in levels:
            count = self.sizes[size]
            found = isolation.measure(
                self.salon.database, self.cards[0], level, CLIENTS, count
            )
            rows.append(
                [
                    name,
                    f"{found['tps']:.1f}",
                    ratio(found["retries"], CLIENTS * count),
                    found["failures"],
                    milliseconds(found["times"]),
                ]
            )
        table(
            f"(f) the same hold on one row, {CLIENTS} processes, plain psycopg2",
            rows,
            ["isolation", "per second", "retries/hold", "given up", "ms med/p99/max"],
        )

    def g_races(self):
        races = self.sizes["races"]
        oversold = over_http.count_oversold(self.shops, self.tills, races)
        table(
            f"(g) ten tills pay with one card at once, {races} races",
            [["loyalty", oversold["loyalty"]], ["ours", oversold["own"]]],
            ["", "races in which it was paid out more than once"],
        )
        self.figures.add(
            f"oversold in {races} races of ten", oversold["own"], at_most=0, digits=0
        )

    def h_closing(self):
        bills = self.sizes["bills"]
        found = {False: [], True: []}
        for _round in range(self.sizes["closings"]):
            for with_cards, seconds in found.items():
                seconds.append(
                    closing.measure(self.till, self.codes, bills, with_cards)
                )
        bank, cards = (median(seconds) for seconds in found.values())
        table(
            f"(h) a session of {bills} bills closed, medians of"
            f" {self.sizes['closings']}, seconds",
            [["all paid by bank", f"{bank:.2f}"], ["half by card", f"{cards:.2f}"]],
            ["", "seconds"],
        )
        self.figures.add(
            f"session of {bills:,} bills closed, half by card ÷ all by bank",
            cards / bank,
            at_most=1.1,
        )

    def run(self, only):
        """Run the parts of these letters; return the letters that could not run."""
        works = (
            self.a_hold_and_capture,
            self.b_one_card,
            self.c_redemption,
            self.d_issue,
            self.e_many_cards,
            self.f_isolation,
            self.g_races,
            self.h_closing,
        )
        failed = []
        for work in works:
            letter = work.__name__[0]
            if letter not in only:
                continue
            try:
                work()
            except Exception:  # the other parts are worth running
                failed.append(letter)
                print(f"\n({letter}) could not run:\n{traceback.format_exc()}")
        return failed


def read_options():
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__.partition("\n\n")[2]
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="tiny sizes: shows that every part runs, its figures mean little",
    )
    parser.add_argument(
        "--million", action="store_true", help="1,000,000 cards instead of 100,000"
    )
    parser.add_argument(
        "--only", default="abcdefgh", help="letters of the parts, such as ac"
    )
    return parser.parse_args()


def main():
    options = read_options()
    sizes = {name: pair[options.quick] for name, pair in SIZES.items()}
    if options.million:
        sizes["cards"] = 1_000_000
    before = load()
    with (
        tempfile.TemporaryDirectory(prefix="gc_sys_") as folder,
        open_shops(folder) as shops,
    ):
        bench = Bench(shops, sizes)
        failed = bench.run(options.only)
    bench.figures.show(
        f"All figures{' (quick: too small to judge)' if options.quick else ''};"
        f" load {before} before, {load()} after, {os.cpu_count()} processors"
    )
    for letter in failed:
        print(f"part {letter} could not run")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
