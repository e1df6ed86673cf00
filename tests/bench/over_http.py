"""The till's requests measured over HTTP, as a browser sends them."""

import time
from functools import partial
from statistics import median

from lib.parallel import at_once

CARD_VALUE = 500


def timed(action):
    start = time.monotonic()
    action()
    return time.monotonic() - start


def floor(till):
    """The cheapest authenticated request there is."""
    return till.rpc.call("res.users", "read", [[till.rpc.uid], ["name"]])


def plain_bill(till):
    bill = till.bill()
    bill.add_service(0.01, 20)
    bill.pay("bank")
    till.send(bill)


def card_bill(till, code):
    """Return the seconds of the whole redemption but of the bill's own request."""
    bill = till.bill()
    bill.add_service(0.01, 20)
    start = time.monotonic()
    till.lookup(code)
    hold = till.hold(0.01, code)
    asked = time.monotonic() - start
    till.pay_with(bill, hold)
    return asked, timed(lambda: till.send(bill))


def measure_redemption(till, code, rounds, count):
    """Return medians in seconds, by what was measured; interleaved."""
    found = {name: [] for name in ("floor", "lookup", "hold", "ask", "plain", "card")}
    for _round in range(rounds):
        for _number in range(count):
            found["floor"].append(timed(lambda: floor(till)))
            found["lookup"].append(timed(lambda: till.lookup(code)))
            found["hold"].append(timed(lambda: till.hold(0.01, code)))
            found["plain"].append(timed(lambda: plain_bill(till)))
            asked, sent = card_bill(till, code)
            found["ask"].append(asked)
            found["card"].append(sent)
    return {name: median(times) for name, times in found.items()}


def measure_holds(salon, till, codes, clients, count):
    """Return requests per second, errors and times of clients that only hold."""
    devices = [till.join(salon.cashier.another()) for _number in range(clients)]
    times = []

    def client(device, code):
        for _number in range(count):
            times.append(timed(lambda: device.hold(0.01, code)))

    start = time.monotonic()
    outcomes = at_once(
        [
            partial(client, device, codes[number % len(codes)])
            for number, device in enumerate(devices)
        ]
    )
    seconds = time.monotonic() - start
    errors = [outcome.error for outcome in outcomes if outcome.error]
    return {"rps": len(times) / seconds, "errors": errors, "times": times}


def measure_start(till, code, count):
    """Return medians of what a till loads at its start, and of a look-up."""
    load = [
        timed(lambda: till.rpc.call("pos.session", "load_data", [till.session_id, []]))
        for _number in range(max(3, count // 10))
    ]
    lookup = [timed(lambda: till.lookup(code)) for _number in range(count)]
    return median(load), median(lookup)


def add_cards(salon, count):
    """Copy the first card by SQL, under other codes, up to ``count`` cards."""
    changed = {
        "id": "nextval('giftcard_card_id_seq')",
        "code_hash": "md5(random()::text || number)",
    }
    names = [
        row["column_name"]
        for row in salon.query(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'giftcard_card'"
        )
    ]
    values = ", ".join(changed.get(name, f'card."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    there = salon.query("SELECT count(*) FROM giftcard_card")[0]["count"]
    salon.query(
        f"""INSERT INTO giftcard_card ({columns})
            SELECT {values} FROM generate_series(1, %s) number,
                   (SELECT * FROM giftcard_card ORDER BY id LIMIT 1) card""",
        [max(0, count - there)],
    )
    salon.query("ANALYZE giftcard_card")
