# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A session of many bills is closed: half of them paid by gift card, or none."""

import time

PRICE = 1
IN_ONE_REQUEST = 50


def measure(till, codes, bills, with_cards):
    """Return the seconds that closing a session of its own takes.

    :param till: :class:`lib.till.Till`; a new session is open at it afterwards
    :param list[str] codes: cards that pay in turns, with money enough
    :param int bills: how many, of one service each
    :param bool with_cards: whether every other bill is paid by card, not by bank
    """
    till.close()
    till.start()
    made = [_bill(till, codes, number, with_cards) for number in range(bills)]
    for start in range(0, bills, IN_ONE_REQUEST):
        part = made[start : start + IN_ONE_REQUEST]
        payloads = [bill.payload() for bill in part]
        answer = till.rpc.call("pos.order", "sync_from_ui", [payloads])
        unpaid = {row["state"] for row in answer["pos.order"]} - {"paid"}
        if unpaid or len(answer["pos.order"]) != len(part):
            raise RuntimeError(f"not all bills were paid: {unpaid}")
    before = time.monotonic()
    till.close()
    seconds = time.monotonic() - before
    till.start()
    return seconds


def _bill(till, codes, number, with_cards):
    bill = till.bill()
    bill.add_service(PRICE, 20)
    if with_cards and number % 2:
        hold = till.hold(PRICE, codes[number % len(codes)], bill=bill)
        return till.pay_with(bill, hold)
    bill.pay("bank")
    return bill
