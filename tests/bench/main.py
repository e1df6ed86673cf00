"""Speed and locking, as ratios on one machine in one run: `make bench ARGS="…"`.

Options: --quick (a smoke run), --million (1,000,000 cards instead of 100,000),
--only a,b,c,d,e,f. The database commits as safely as a real one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from psycopg2 import extensions

FOLDER = Path(__file__).resolve().parent
sys.path[0:0] = [str(FOLDER), str(FOLDER.parent)]

import hold_sql  # noqa: E402
import isolation  # noqa: E402
import over_http  # noqa: E402
from figures import median, milliseconds, ratio, table  # noqa: E402
from lib import settings  # noqa: E402
from lib.salon import Salon  # noqa: E402

CLIENTS = 16
ISSUED = 10_000


class Bench:
    """All measurements share one database and one server.

    :param salon: a running :class:`lib.salon.Salon`
    """

    def __init__(self, salon, options):
        self.salon, self.options = salon, options
        self.rounds = 2 if options.quick else 5
        self.seconds = 1 if options.quick else 4
        self.till = salon.till(0)
        sold = [self.till.sell_card(over_http.CARD_VALUE) for _number in range(CLIENTS)]
        self.codes = [code for code, _sent in sold]
        # a copied card is as good as a sold one, and its neighbours' ids have no gap
        self.cards = [
            row["id"]
            for row in salon.query("SELECT id FROM giftcard_card ORDER BY id DESC")
        ][:CLIENTS][::-1]
        if self.cards[-1] - self.cards[0] != CLIENTS - 1:
            raise RuntimeError("the cards' ids have gaps")

    def in_odoo(self, work, **options):
        done = subprocess.run(
            [
                settings.PYTHON,
                settings.ROOT / "scripts" / "run_in_odoo.py",
                FOLDER / "in_odoo.py",
                self.salon.database,
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

    def a_hold_and_capture(self):
        rows = self._compare_uses(self.cards, 1, capture=True, bar="<= 3 x")
        table(
            f"(a) hold + capture, one client, medians of {self.rounds} rounds",
            [rows],
            ["where", "per second", "pgbench", "times slower", "errors", "ms", "bar"],
        )

    def b_one_card(self):
        rows = []
        for cards in (self.cards[:1], self.cards):
            name = f"{len(cards)} cards" if len(cards) > 1 else "ONE card"
            found = self._compare_uses(cards, CLIENTS, capture=False, bar="<= 3.3 x")
            rows.append([name, *found])
        heads = ["on", "where", "per second", "pgbench", "times slower", "errors"]
        table(
            f"(b) {CLIENTS} clients hold, in process, medians of {self.rounds} rounds",
            rows,
            [*heads, "ms median/p99/max", "bar (ONE card)"],
        )
        self._one_card_over_http()

    def _one_card_over_http(self):
        found = {1: [], CLIENTS: []}
        for _round in range(self.rounds):
            for count in found:
                found[count].append(
                    over_http.measure_holds(
                        self.salon,
                        self.till,
                        self.codes[:count],
                        CLIENTS,
                        5 if self.options.quick else 25,
                    )
                )
        speed = {n: median(one["rps"] for one in runs) for n, runs in found.items()}
        rows = [
            [
                f"{count} cards" if count > 1 else "ONE card",
                f"{speed[count]:.1f}",
                ratio(speed[count], speed[CLIENTS]),
                sum(len(one["errors"]) for one in runs),
                milliseconds([t for one in runs for t in one["times"]]),
            ]
            for count, runs in found.items()
        ]
        table(
            f"(b) {CLIENTS} clients hold over HTTP; bar: ONE card >= 0.8 x, no error",
            rows,
            ["on", "requests/s", "ratio", "errors", "ms median/p99/max"],
        )

    def _compare_uses(self, cards, clients, capture, bar):
        count = (10 if self.options.quick else 200) // (4 if clients > 1 else 1)
        own, bare, errors, times = [], [], [], []
        for _round in range(self.rounds):
            bare.append(
                hold_sql.pgbench(
                    self.salon.database, cards, clients, self.seconds, capture
                )
            )
            found = self.in_odoo(
                "uses", cards=cards, clients=clients, count=count, capture=capture
            )
            own.append(len(found["times"]) / found["seconds"])
            times += found["times"]
            errors += found["errors"]
        return [
            "in process",
            f"{median(own):.0f}",
            f"{median(bare):.0f}",
            ratio(median(bare), median(own)),
            len(errors),
            milliseconds(times),
            bar,
        ]

    def c_redemption(self):
        count = 3 if self.options.quick else 25
        found = over_http.measure_redemption(
            self.till, self.codes[0], self.rounds, count
        )
        base = found["floor"]
        rows = [
            [name, f"{1000 * found[key]:.1f}", ratio(found[key], base), bar]
            for name, key, bar in (
                ("cheapest request (res.users.read)", "floor", ""),
                ("giftcard_lookup", "lookup", "<= 2 x"),
                ("giftcard_hold", "hold", "<= 2 x"),
                ("look-up and hold before a bill", "ask", ""),
                ("sync_from_ui without a card", "plain", ""),
                ("sync_from_ui with a card", "card", ""),
            )
        ]
        added = found["ask"] + found["card"] - found["plain"]
        rows.append(
            ["added by the card in all", f"{1000 * added:.1f}", ratio(added, base), ""]
        )
        table(
            f"(c) one redemption at the till, medians of {self.rounds * count}",
            rows,
            ["request", "ms", "x cheapest", "bar"],
        )

    def d_issue(self):
        count = 500 if self.options.quick else ISSUED
        runs = [self.in_odoo("issue", count=count) for _round in range(3)]
        seconds = median(run["seconds"] for run in runs)
        memory = max(run["megabytes"] for run in runs)
        table(
            f"(d) issuing {count} cards, median of {len(runs)}",
            [[f"{seconds:.2f}", f"{count / seconds:.0f}", f"{memory:.0f}"]],
            ["seconds", "cards/s", "MB more at the peak (bar: 100)"],
        )

    def e_many_cards(self):
        count = 5 if self.options.quick else 60
        many = 1_000_000 if self.options.million else 100_000
        many = 5_000 if self.options.quick else many
        over_http.add_cards(self.salon, 100)
        over_http.measure_start(self.till, self.codes[0], 3)
        few = over_http.measure_start(self.till, self.codes[0], count)
        over_http.add_cards(self.salon, many)
        lots = over_http.measure_start(self.till, self.codes[0], count)
        rows = [
            [name, f"{1000 * a:.1f}", f"{1000 * b:.1f}", ratio(b, a), "<= 1.25"]
            for name, a, b in zip(("load_data", "look-up"), few, lots, strict=True)
        ]
        heads = ["request", "ms, 100 cards", f"ms, {many:,} cards", "ratio", "bar"]
        table("(e) the till with many cards", rows, heads)

    def f_isolation(self):
        repeatable = extensions.ISOLATION_LEVEL_REPEATABLE_READ
        committed = extensions.ISOLATION_LEVEL_READ_COMMITTED
        levels = (
            ("REPEATABLE READ, retried as Odoo does", repeatable, 8),
            ("READ COMMITTED, own short transaction", committed, 100),
        )
        rows = []
        for name, level, count in levels:
            count = 2 if self.options.quick else count
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

    def run(self):
        works = (
            self.a_hold_and_capture,
            self.b_one_card,
            self.c_redemption,
            self.d_issue,
            self.e_many_cards,
            self.f_isolation,
        )
        for work in works:
            if work.__name__[0] in self.options.only:
                work()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a smoke run")
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--only", default="abcdef", help="letters of the tables")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gc_sys_") as folder:
        log = Path(folder) / "server.log"
        with Salon("bench", log, workers=2, durable=True) as salon:
            Bench(salon, options).run()


if __name__ == "__main__":
    main()
