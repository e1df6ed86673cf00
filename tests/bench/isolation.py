# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The same hold under two isolation levels: why it runs in READ COMMITTED.

Sixteen processes on one card, plain psycopg2, no Odoo. REPEATABLE READ repeats a
failed try as Odoo does: up to five tries, with a random pause of up to 2**n seconds.
"""

import multiprocessing
import random
import time
from uuid import uuid4

import hold_sql
import psycopg2
from psycopg2 import errors
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED as READ_COMMITTED

TRIES = 5
RETRIED = (
    errors.SerializationFailure,
    errors.LockNotAvailable,
    errors.DeadlockDetected,
)


def _hold(connection, card, level):
    key = f"'{uuid4()}'"
    with connection.cursor() as cr:
        if level == READ_COMMITTED:
            cr.execute("SET LOCAL lock_timeout = '500ms'")
        for sql in hold_sql.HOLD:
            cr.execute(sql.format(card=card, key=key))
    connection.commit()


def _client(database, card, level, count, barrier, results):
    connection = psycopg2.connect(dbname=database)
    connection.set_session(isolation_level=level)
    times, retries, failures = [], 0, 0
    barrier.wait()
    for _number in range(count):
        start = time.monotonic()
        for attempt in range(1, TRIES + 1):
            try:
                _hold(connection, card, level)
                break
            except RETRIED:
                connection.rollback()
                if attempt == TRIES:
                    failures += 1
                    break
                retries += 1
                time.sleep(random.uniform(0, 2**attempt))
        times.append(time.monotonic() - start)
    connection.close()
    results.put((times, retries, failures))


def measure(database, card, level, clients=16, count=20):
    """Return a dict: tps, retries, failures and the seconds of each hold."""
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(clients + 1), context.Queue()
    processes = [
        context.Process(
            target=_client, args=(database, card, level, count, barrier, results)
        )
        for _number in range(clients)
    ]
    for process in processes:
        process.start()
    barrier.wait()
    start = time.monotonic()
    found = [results.get() for _process in processes]
    seconds = time.monotonic() - start
    for process in processes:
        process.join()
    return {
        "tps": clients * count / seconds,
        "retries": sum(retries for _times, retries, _failures in found),
        "failures": sum(failures for _times, _retries, failures in found),
        "times": [one for times, _retries, _failures in found for one in times],
    }
