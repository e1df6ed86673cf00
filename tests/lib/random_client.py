# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A client who does random things with gift cards and writes down what came back.

What the server confirmed stands in :attr:`RandomClient.uses`. A lost answer is
asked for again with the same key, as a till does, so at the end nothing is unknown.
"""

import random
import time
from collections import Counter
from decimal import Decimal
from uuid import uuid4

from lib.bill import CENT, money
from lib.rpc import LostResponse, RpcError

# how often, in a hundred operations
WEIGHTS = {
    "hold": 36,
    "raise": 11,
    "lower": 11,
    "repeat": 6,
    "release": 14,
    "capture": 14,
    "refund": 8,
}
REFUSAL = "UserError"
# Odoo gave up after five tries of its own: the till sends the same once more
TRY_AGAIN = {
    "ConcurrencyError",
    "DeadlockDetected",
    "LockNotAvailable",
    "SerializationFailure",
}
MAX_TRIES = 60
HIGHEST = Decimal("40.00")


class Use:
    """One key: what the server last confirmed of it."""

    def __init__(self, key, card, amount):
        self.key, self.card, self.amount = key, card, amount
        self.state, self.revision = "held", 1
        self.sent = None
        self.lines_left = []
        self.refunded = Decimal(0)


class RandomClient:
    """:param till: a till of its own device; ``codes``: the cards all share"""

    def __init__(self, name, till, codes, seed):
        self.name, self.till, self.codes = name, till, codes
        self.random = random.Random(f"{seed}-{name}")
        self.uses = {}
        self.counts = Counter()
        self.faults = []
        self.slowest = 0.0

    def run(self, operations):
        names, weights = zip(*WEIGHTS.items(), strict=True)
        for _number in range(operations):
            name = self.random.choices(names, weights)[0]
            start = time.monotonic()
            try:
                done = getattr(self, f"_{name}")()
            except Exception as error:  # written down, and fails the run
                self.faults.append(f"{self.name} {name}: {error!r}")
                done = "fault"
            self.slowest = max(self.slowest, time.monotonic() - start)
            self.counts[f"{name} {done}"] += 1
            if self.faults:
                return

    # --- operations; each says how it went

    def _hold(self):
        use = Use(str(uuid4()), self.random.choice(self.codes), self._amount())
        return self._tell(use, 1, use.amount, use.card)

    def _raise(self):
        use = self._pick("held")
        if not use:
            return self._hold()
        return self._tell(use, use.revision + 1, use.amount + self._amount(), use.card)

    def _lower(self):
        use = self._pick("held")
        if not use or use.amount <= CENT:
            return self._hold()
        lower = money(use.amount * Decimal(str(self.random.uniform(0.1, 0.95))))
        return self._tell(use, use.revision + 1, max(lower, CENT))

    def _tell(self, use, revision, amount, code=None):
        """Hold, raise or lower; a refusal leaves everything as it was."""
        try:
            answer = self._settle(
                lambda: self.till.hold(amount, code, use.key, revision)
            )
        except RpcError as error:
            if error.name != REFUSAL:
                raise
            return "refused"
        told = (answer["state"], answer["revision"], money(answer["amount"]))
        if told != ("held", revision, amount):
            self.faults.append(f"{use.key}: told {told}, asked {revision}, {amount}")
        use.revision, use.amount = revision, amount
        self.uses[use.key] = use
        return "ok"

    def _repeat(self):
        """Send old news again: it must change nothing."""
        use = self._pick("held", "released", "captured")
        if not use or use.revision < 2:
            return "skipped"
        old = self.random.randint(1, use.revision - 1)
        answer = self._settle(
            lambda: self.till.hold(self._amount(), use.card, use.key, old)
        )
        told = (answer["state"], money(answer["amount"]))
        if told != (use.state, use.amount):
            self.faults.append(f"{use.key}: old news changed it to {told}")
        return "ok"

    def _release(self):
        use = self._pick("held")
        if not use:
            return self._hold()
        try:
            answer = self._settle(lambda: self.till.release(use.key, use.revision + 1))
        except RpcError as error:
            if error.name != REFUSAL:
                raise
            return "refused"
        if answer["state"] != "released":
            self.faults.append(f"{use.key}: released, answered {answer['state']}")
        use.revision, use.state = use.revision + 1, "released"
        return "ok"

    def _capture(self):
        use = self._pick("held")
        if not use:
            return self._hold()
        # a hold is bound to the bill that it was made for
        bill = self.till.bill(uuid=use.key)
        first = money(use.amount * Decimal(str(self.random.uniform(0, 1))))
        for part in (first, use.amount - first):
            if part:
                bill.add_service(part, 20)
        bill.pay("giftcard", uuid=use.key, giftcard_revision=use.revision)
        use.sent = self._settle(lambda: self.till.send(bill))
        use.state = "captured"
        use.lines_left = [use.sent.line(line["uuid"]) for line in bill.lines]
        if use.sent.order["state"] != "paid":
            self.faults.append(f"{use.key}: order {use.sent.order['state']}")
        return "ok"

    def _refund(self):
        use = self._pick("captured", with_lines=True)
        if not use:
            return self._capture()
        line = use.lines_left.pop()
        bill = self.till.bill()
        bill.add_refund(line)
        paid = use.sent.payment(use.key)["id"]
        bill.pay("giftcard", giftcard_refunded_payment_id=paid)
        answer = self._settle(lambda: self.till.send(bill))
        if answer.order["state"] != "paid":
            self.faults.append(f"{use.key}: refund {answer.order['state']}")
        use.refunded -= bill.total
        return "ok"

    # --- helpers

    def _settle(self, action):
        """Repeat the same request until there is an answer, yes or no."""
        for attempt in range(MAX_TRIES):
            try:
                return action()
            except LostResponse:
                self.counts["lost answers"] += 1
            except RpcError as error:
                if error.name not in TRY_AGAIN:
                    raise
                self.counts[f"asked again after {error.name}"] += 1
            time.sleep(self.random.uniform(0.05, 0.3) * min(attempt + 1, 5))
        raise TimeoutError(f"no answer after {MAX_TRIES} tries")

    def _amount(self):
        return money(self.random.uniform(0.01, float(HIGHEST)))

    def _pick(self, *states, with_lines=False):
        found = [
            use
            for use in self.uses.values()
            if use.state in states and (use.lines_left or not with_lines)
        ]
        return self.random.choice(found) if found else None
