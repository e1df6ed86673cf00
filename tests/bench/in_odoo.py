# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Holds, captures and issuing measured in process: in_odoo.py WORK ARGUMENTS (JSON).

Run by ``scripts/run_in_odoo.py``; the last line it prints is the result as JSON.
"""

import json
import multiprocessing
import os
import resource
import sys
import time
from contextlib import contextmanager
from uuid import uuid4

from odoo import SUPERUSER_ID, api, sql_db

from odoo.addons.giftcard_salon.tools.origin import Origin


@contextmanager
def request(registry):
    """An environment as a request has it."""
    with registry.cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


def find_origin(env):
    """Return what a till's origin refers to, as ids and plain values."""
    session = env["pos.session"].search([("state", "=", "opened")], limit=1)
    found = {**vars(session._prepare_giftcard_origin()), "name": "bench"}
    return {
        name: [value._name, value.id] if hasattr(value, "_name") else value
        for name, value in found.items()
    }


def origin(env, found, **values):
    """Return the origin without reading anything."""
    known = {
        name: env[value[0]].browse(value[1]) if isinstance(value, list) else value
        for name, value in found.items()
    }
    return Origin(**{**known, **values})


def hold(registry, found, card_id, key):
    with request(registry) as env:
        card = env["giftcard.card"].browse(card_id)
        env["giftcard.redemption"]._hold(card, key, 1, 0.01, origin(env, found))


def capture(registry, found, key):
    with request(registry) as env:
        env["giftcard.redemption"]._capture(key, 0.01, origin(env, found))


def work(registry, found, cards, count, with_capture, offset=0):
    times = []
    for number in range(count):
        key = str(uuid4())
        start = time.monotonic()
        hold(registry, found, cards[(offset + number) % len(cards)], key)
        if with_capture:
            capture(registry, found, key)
        times.append(time.monotonic() - start)
    return times


def child(registry, database, found, options, number, barrier, results):
    # connections of the parent are not to be used, nor closed, on this side
    sql_db._Pool = None
    registry._db = sql_db.db_connect(database)
    work(registry, found, options["cards"], 3, False)
    barrier.wait()
    try:
        args = options["cards"], options["count"], options["capture"], number
        results.put((work(registry, found, *args), None))
    except Exception as error:  # reported by the parent
        results.put(([], repr(error)))
    results.close()
    results.join_thread()
    os._exit(0)


def measure_redemptions(env, options):
    """Return the seconds of each hold (and capture), and of all together."""
    registry, cards, known = env.registry, options["cards"], find_origin(env)
    work(registry, known, cards, 10, True)
    if options["clients"] == 1:
        start = time.monotonic()
        times = work(registry, known, cards, options["count"], options["capture"])
        return {"times": times, "seconds": time.monotonic() - start, "errors": []}
    context = multiprocessing.get_context("fork")
    clients = options["clients"]
    barrier, results = context.Barrier(clients + 1), context.Queue()
    for number in range(clients):
        args = registry, env.cr.dbname, known, options, number
        context.Process(target=child, args=(*args, barrier, results)).start()
    barrier.wait()
    start = time.monotonic()
    found = [results.get() for _number in range(clients)]
    return {
        "seconds": time.monotonic() - start,
        "times": [one for times, _error in found for one in times],
        "errors": [error for _times, error in found if error],
    }


def measure_issue(env, options):
    """Return seconds and additional peak memory of issuing many cards at once."""
    card_type = env["giftcard.type"].search([("is_free_amount", "=", True)], limit=1)
    source = origin(env, find_origin(env), channel="office")
    requests = [{"key": str(uuid4()), "value": 50} for _n in range(options["count"])]
    cards = env["giftcard.card"]
    cards._issue(card_type, [{"key": str(uuid4()), "value": 50}], "issue", source)
    return measure_growth(
        env, lambda: cards._issue(card_type, requests, "issue", source)
    )


def measure_wizard(env, options):
    """Return the same of loyalty's own wizard."""
    values = {
        "program_id": env["loyalty.program"].search([], limit=1).id,
        "points_granted": 50,
    }
    wizards = env["loyalty.generate.wizard"]
    wizards.create({**values, "coupon_qty": 1}).generate_coupons()
    wizard = wizards.create({**values, "coupon_qty": options["count"]})
    return measure_growth(env, wizard.generate_coupons)


def measure_growth(env, action):
    """Return the seconds of an action with its commit, and what memory grew by."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    action()
    env.cr.commit()
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "megabytes": (after - before) / 1024}


WORKS = {"uses": measure_redemptions, "issue": measure_issue, "wizard": measure_wizard}

if __name__ == "__main__":
    result = WORKS[sys.argv[1]](env, json.loads(sys.argv[2]))
    print(json.dumps(result))
