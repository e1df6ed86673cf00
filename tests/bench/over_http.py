# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The till's requests measured over HTTP, as a browser sends them."""

import time
from collections import defaultdict
from functools import partial
from statistics import median

import loyalty
from lib.parallel import at_once

CARD_VALUE = 500
PRICE = 2
RACE_VALUE = 100
TILLS_IN_A_RACE = 10


def timed(action):
    start = time.monotonic()
    action()
    return time.monotonic() - start


def floor(till):
    """The cheapest authenticated request there is."""
    return till.rpc.call("res.users", "read", [[till.rpc.uid], ["name"]])


def plain_bill(till):
    bill = till.bill()
    bill.add_service(PRICE, 20)
    bill.pay("bank")
    till.send(bill)


def card_bill(till, code):
    """Pay a bill with a card; return the seconds of its two requests."""
    bill = till.bill()
    bill.add_service(PRICE, 20)
    start = time.monotonic()
    hold = till.present(code, bill)["hold"]
    presented = time.monotonic() - start
    till.pay_with(bill, hold)
    return presented, timed(lambda: till.send(bill))


def asked_apart(till, code):
    """Look a card up, then hold: what a till does where the amount is changed."""
    bill = till.bill()
    bill.add_service(PRICE, 20)
    lookup = timed(lambda: till.lookup(code))
    start = time.monotonic()
    hold = till.hold(PRICE, code, bill=bill)
    held = time.monotonic() - start
    till.release(hold["key"], 2)
    return lookup, held


def measure_beside(shops, tills, code, count):
    """Send the same work to three servers in turns; return medians in seconds.

    :return: by kind of shop and by what was measured; ``added`` is the whole
        redemption less a bill without a card there
    :rtype: dict
    """
    found = {kind: defaultdict(list) for kind in shops}
    program = loyalty.read_program(shops["loyalty"])
    card = loyalty.read_cards(shops["loyalty"], CARD_VALUE)[0]
    for number in range(-2, count):
        for kind, till in tills.items():
            seen = {"floor": timed(lambda till=till: floor(till))}
            seen["plain"] = timed(lambda till=till: plain_bill(till))
            if kind == "loyalty":
                seen["whole"], seen["sync"] = loyalty.redeem(till, program, card, PRICE)
            elif kind == "own":
                requests = card_bill(till, code)
                seen.update(zip(("present", "sync"), requests, strict=True))
                seen["whole"] = sum(requests)
                apart = asked_apart(till, code)
                seen.update(zip(("lookup", "hold"), apart, strict=True))
            for name, seconds in seen.items() if number >= 0 else ():
                found[kind][name].append(seconds)
    medians = {
        kind: {name: median(times) for name, times in measured.items()}
        for kind, measured in found.items()
    }
    for kind in ("loyalty", "own"):
        medians[kind]["added"] = medians[kind]["whole"] - medians[kind]["plain"]
    return medians


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


def count_oversold(shops, tills, races):
    """Ten tills pay 100.00 each with one card of 100.00, several times.

    :return: by kind, in how many races more than one got the goods
    :rtype: dict
    """
    program = loyalty.read_program(shops["loyalty"])
    cards = loyalty.read_cards(shops["loyalty"], RACE_VALUE)
    oversold = dict.fromkeys(("loyalty", "own"), 0)
    for number in range(races):
        code = tills["own"].sell_card(RACE_VALUE)[0]
        runners = {
            "loyalty": lambda till, card=cards[number]: loyalty.race(
                till, program, card, RACE_VALUE
            ),
            "own": lambda till, code=code: _race(till, code),
        }
        for kind, runner in runners.items():
            devices = [
                tills[kind].join(shops[kind].cashier.another())
                for _number in range(TILLS_IN_A_RACE)
            ]
            outcomes = at_once([partial(runner, device) for device in devices])
            winners = sum(bool(outcome.value) for outcome in outcomes)
            if not winners:
                raise RuntimeError(f"{kind}: nobody got it: {outcomes[0].error}")
            oversold[kind] += winners > 1
    return oversold


def _race(till, code):
    bill = till.bill()
    bill.add_service(RACE_VALUE, 20)
    till.pay_with(bill, till.hold(RACE_VALUE, code, bill=bill))
    till.send(bill)
    return True


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
