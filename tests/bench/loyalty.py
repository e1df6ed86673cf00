# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Loyalty's gift cards at the till: the five requests of Odoo 19.0's browser.

After ``order_payment_validation.js`` and ``pos_store.js`` of ``pos_loyalty``.
"""

import time
from datetime import datetime
from uuid import uuid4

from lib.bill import money


def read_program(shop):
    """Return ids of the program, its reward and the product of its discount line."""
    return shop.query(
        """SELECT program.id AS program_id, reward.id AS reward_id,
                  reward.discount_line_product_id AS product_id
             FROM loyalty_program program
             JOIN loyalty_reward reward ON reward.program_id = program.id
            WHERE program.program_type = 'gift_card' AND program.active"""
    )[0]


def read_cards(shop, points):
    return shop.query(
        "SELECT id, code FROM loyalty_card WHERE points = %s ORDER BY id", [points]
    )


def ask(till, code):
    """Scan a code: two requests."""
    till.rpc.call("loyalty.card", "get_loyalty_card_partner_by_code", [code])
    answer = till.rpc.call(
        "pos.config",
        "use_coupon_code",
        [
            [till.config_id],
            code,
            datetime.utcnow().strftime("%Y-%m-%d %H:%M:%S"),
            False,
            till.pricelist_id,
        ],
    )
    if not answer["successful"]:
        raise RuntimeError(answer)


def make_bill(till, program, card_id, price):
    """Return a bill that the card pays in full, and the code of its reward line."""
    bill = till.bill()
    bill.add_service(price, 20)
    code = uuid4().hex[:8]
    bill._add_line(
        {"id": program["product_id"], "taxes": []},
        1,
        -money(price),
        0,
        is_reward_line=True,
        reward_id=program["reward_id"],
        coupon_id=card_id,
        reward_identifier_code=code,
        points_cost=float(price),
    )
    return bill, code


def validate(till, card_id, price):
    changes = {str(card_id): -float(price)}
    answer = till.rpc.call("pos.order", "validate_coupon_programs", [[], changes, []])
    return answer["successful"]


def confirm(till, program, card_id, price, order_id, code):
    till.rpc.call(
        "pos.order",
        "confirm_coupon_programs",
        [
            order_id,
            {
                str(card_id): {
                    "points": -float(price),
                    "program_id": program["program_id"],
                    "coupon_id": card_id,
                    "barcode": False,
                    "line_codes": [code],
                }
            },
        ],
    )


def redeem(till, program, card, price):
    """Pay a bill with a card; return the seconds of all five and of the bill's own."""
    start = time.monotonic()
    ask(till, card["code"])
    bill, code = make_bill(till, program, card["id"], price)
    if not validate(till, card["id"], price):
        raise RuntimeError("loyalty refused its card")
    before = time.monotonic()
    order_id = till.send(bill).order["id"]
    sync = time.monotonic() - before
    confirm(till, program, card["id"], price, order_id, code)
    return time.monotonic() - start, sync


def race(till, program, card, price):
    """Be one of several tills that pay with one card; whether the goods were given."""
    bill, code = make_bill(till, program, card["id"], price)
    if not validate(till, card["id"], price):
        return False
    order_id = till.send(bill).order["id"]
    confirm(till, program, card["id"], price, order_id, code)
    return True
