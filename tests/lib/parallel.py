# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Many clients at once: all start together, results come back in order."""

import threading


class Outcome:
    """What became of one client: ``value`` or ``error``."""

    def __init__(self):
        self.value = self.error = None


def at_once(actions):
    """Run callables in threads behind one starting line."""
    barrier = threading.Barrier(len(actions))
    outcomes = [Outcome() for _ in actions]

    def run(action, outcome):
        barrier.wait()
        try:
            outcome.value = action()
        except Exception as error:  # handed to the test
            outcome.error = error

    threads = [
        threading.Thread(target=run, args=pair)
        for pair in zip(actions, outcomes, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
