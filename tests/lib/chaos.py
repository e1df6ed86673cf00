# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Many random clients on few cards while workers are killed, then the reckoning."""

import os
import random
import signal
import threading
import time
from collections import Counter, defaultdict
from contextlib import contextmanager, suppress
from decimal import Decimal

from lib import invariants
from lib.bill import money
from lib.random_client import RandomClient

CARD_VALUE = 500
PAUSE_BETWEEN_KILLS = (0.8, 3.2)
# Odoo's own: it asks for its sequences without waiting and then tries again; and a
# connection whose request came late, on a busy machine
EXPLAINED = (
    "could not serialize access",
    "could not obtain lock on row",
    "Request timed out: TimeoutError",
)


class Killer(threading.Thread):
    """Kills a random worker of the server at random moments."""

    def __init__(self, server, seed):
        super().__init__(daemon=True)
        self._server = server
        self._random = random.Random(f"{seed}-killer")
        self._ended = threading.Event()
        self.kills = 0

    def run(self):
        while not self._ended.wait(self._random.uniform(*PAUSE_BETWEEN_KILLS)):
            workers = self._server.worker_pids()
            if workers:
                with suppress(ProcessLookupError):
                    os.kill(self._random.choice(workers), signal.SIGKILL)
                    self.kills += 1

    def end(self):
        self._ended.set()
        self.join()


@contextmanager
def killing(server, seed):
    killer = Killer(server, seed)
    killer.start()
    try:
        yield killer
    finally:
        killer.end()


class Chaos:
    """One run. :meth:`run`, then :meth:`differences` must be empty.

    :param salon: a running :class:`lib.salon.Salon`
    """

    def __init__(self, salon, clients, operations, card_count=20, seed=None):
        self.seed = seed or os.environ.get("GIFTCARD_SEED") or str(time.time_ns())
        self.salon = salon
        self.operations = operations
        self.tills = [salon.till(number) for number in range(len(salon.config_ids()))]
        self.codes = [
            self.tills[0].sell_card(CARD_VALUE)[0] for _number in range(card_count)
        ]
        self.clients = [
            RandomClient(
                f"client {number}",
                self.tills[number % len(self.tills)].join(salon.cashier.another()),
                self.codes,
                self.seed,
            )
            for number in range(clients)
        ]
        self.kills = 0
        self.seconds = 0.0

    def run(self):
        start = time.monotonic()
        threads = [
            threading.Thread(target=client.run, args=(self.operations,))
            for client in self.clients
        ]
        with killing(self.salon.server, self.seed) as killer:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.kills = killer.kills
        self.seconds = time.monotonic() - start
        return self

    def summary(self):
        counts = Counter()
        for client in self.clients:
            counts.update(client.counts)
        slowest = max(client.slowest for client in self.clients)
        lines = [
            f"    {name:<42}{number:>7}" for name, number in sorted(counts.items())
        ]
        return "\n".join(
            [
                f"seed {self.seed}: {len(self.clients)} clients x {self.operations} "
                f"operations on {len(self.codes)} cards, {self.kills} workers killed, "
                f"{self.seconds:.0f} s, slowest operation {slowest:.1f} s",
                *lines,
            ]
        )

    # --- the reckoning

    def differences(self):
        """Return what is wrong, as lines of text; none when all is well."""
        query = self.salon.query
        return [
            *[fault for client in self.clients for fault in client.faults],
            *invariants.violations(query),
            *self._compare_redemptions(query),
            *self._compare_cards(query),
            *self._read_log(),
        ]

    def close(self):
        """Close all sessions; return what the accountant sees that is wrong."""
        for till in self.tills:
            till.close()
        rpc, company_id = self.salon.accountant(), self.tills[0].company_id
        report = self.salon.tie_out(rpc, company_id)
        seals = self.salon.verify_seals(rpc, company_id)
        wrong = invariants.violations(self.salon.query)
        if report["difference"] or report["bridging_amount"]:
            wrong.append(f"tie-out: {report}")
        if not seals["is_sound"] or seals["pending_count"]:
            wrong.append(f"seals: {seals}")
        return wrong

    def _redemptions(self):
        return {key: use for client in self.clients for key, use in client.uses.items()}

    def _compare_redemptions(self, query):
        """Every key as its client was told, and no other key."""
        uses = self._redemptions()
        rows = query("SELECT key, state, revision, amount FROM giftcard_redemption")
        found = {row["key"]: row for row in rows}
        for key in {*uses, *found}:
            if key not in uses or key not in found:
                yield f"{key}: known to {'the server' if key in found else 'a client'}"
                continue
            use, row = uses[key], found[key]
            told = (use.state, use.revision, use.amount)
            there = (row["state"], row["revision"], money(row["amount"]))
            if told != there:
                yield f"{key}: told {told}, there is {there}"

    def _compare_cards(self, query):
        """Every card's figures, from what the clients were told."""
        held, spent = defaultdict(Decimal), defaultdict(Decimal)
        for use in self._redemptions().values():
            if use.state == "held":
                held[use.card] += use.amount
            if use.state == "captured":
                spent[use.card] += use.amount - use.refunded
        cards = invariants.cards(query)
        for code in self.codes:
            last4 = code[-4:]
            (row,) = [card for card in cards.values() if card["last4"] == last4]
            ledger = money(CARD_VALUE) - spent[code]
            wanted = (ledger - held[code], ledger, held[code])
            there = tuple(
                money(row[name]) for name in ("available", "ledger_face", "held_face")
            )
            if there != wanted:
                yield f"card {last4}: {there}, by what clients were told {wanted}"

    def _read_log(self):
        """Errors in the server's log that a killed worker does not explain."""
        for error in self.salon.server.log_errors():
            if not any(reason in error for reason in EXPLAINED):
                yield f"log: {error[:600]}"
