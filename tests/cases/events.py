"""What a step of a case does at the till. One function per event.

Each gets the world and the step, and works through the till's RPCs only. An event
or an input that is not known here raises :class:`company.Unsupported`.
"""

from company import Unsupported
from lib.bill import money

EVENTS = {}
FIRST_PLACE = "L1"


def event(*names, inputs):
    """Register a function for events, with the inputs it understands."""

    def register(function):
        for name in names:
            EVENTS[name] = function, frozenset(inputs)
        return function

    return register


def run(world, step):
    """Do what the step says.

    :raises company.Unsupported: when this runner does not know how
    """
    function, inputs = EVENTS.get(step["event"], (None, None))
    if not function:
        raise Unsupported(f"event {step['event']} is not known")
    unknown = set(step["input"]) - inputs
    if unknown:
        raise Unsupported(f"{step['event']} with {', '.join(sorted(unknown))}")
    if step["company"] != "A":
        raise Unsupported("a second company")
    function(world, step, step["input"])


def place_of(step):
    return step.get("location_matrix", {}).get("redeemed_at", FIRST_PLACE)


@event("sale", inputs=("card", "price", "face", "tender"))
def sell(world, step, data):
    if data["price"] != data["face"]:
        raise Unsupported("a card with a bonus")
    till = world.till(place_of(step))
    bill = till.bill()
    line = bill.add_card(data["face"], world.company.card_type.name)
    bill.pay(data["tender"])
    sent = till.send(bill)
    world.cards[data["card"]] = {
        "code": sent.line(line["uuid"])["giftcard_code"],
        "line": sent.line(line["uuid"]),
    }
    world.bills[step["n"]] = sent


@event("hold", inputs=("card", "amount", "available_after", "key"))
def hold(world, step, data):
    till = world.till(place_of(step))
    answer = till.hold(data["amount"], world.card(data["card"]), world.key(data["key"]))
    _expect(answer["state"], "held")
    _expect(money(answer["available"]), money(data["available_after"]))
    world.held[data["key"]] = answer


@event("release", inputs=("card", "amount", "available_after", "key"))
def release(world, step, data):
    held = world.held.pop(data["key"])
    answer = world.till(place_of(step)).release(held["key"], held["revision"] + 1)
    _expect(answer["state"], "released")
    _expect(money(answer["amount"]), money(data["amount"]))
    _expect(money(answer["available"]), money(data["available_after"]))


@event(
    "redeem",
    "capture",
    inputs=(
        "lines",
        "cards",
        "other_tenders",
        "discount_by_rate",
        "key",
        "repeat_same_key",
        "card",
        "card_currency",
        "order_currency",
    ),
)
def redeem(world, step, data):
    if "order_currency" in data:
        redeem_elsewhere(world, step, data)
        return
    if data["discount_by_rate"]:
        raise Unsupported("discount_by_rate")
    till = world.till(place_of(step))
    bill = till.bill()
    for line in data["lines"]:
        bill.add_service(line["gross"], float(line["tax"]), _product(world, line))
    for name, use in data["cards"].items():
        _use_card(world, till, bill, name, use, data)
    for kind, amount in data["other_tenders"].items():
        bill.pay(kind, amount)
    sent = till.send(bill)
    _expect(sent.order["state"], "paid")
    if "repeat_same_key" in data:
        _expect(till.send(bill).order["id"], sent.order["id"])
    world.bills[step["n"]] = sent


def _product(world, line):
    company = world.company
    if line["tax"] not in company.products:
        raise Unsupported(f"a tax of {line['tax']} %")
    return {
        "id": company.products[line["tax"]].id,
        "taxes": company.taxes[line["tax"]].ids,
    }


def _use_card(world, till, bill, name, use, data):
    if use["face_used"] != use["tender"] or money(use["discount"]):
        raise Unsupported("a card with a bonus")
    held = world.held.pop(data.get("key"), None) or till.hold(
        use["face_used"], world.card(name), bill=bill
    )
    bill.pay(
        "giftcard",
        use["tender"],
        uuid=held["key"],
        giftcard_revision=held["revision"],
        giftcard_last4=held["last4"],
        giftcard_left=held["available"],
    )


def redeem_elsewhere(world, step, data):
    """At a till in another currency; what such a bill costs does not matter."""
    till = world.till(place_of(step), data["order_currency"])
    _expect_refused(lambda: till.hold(50, world.card(data["card"])))
    bill = till.bill()
    bill.add_service(50, 20, _product(world, {"tax": "20"}))
    bill.pay("giftcard", giftcard_revision=1)
    till.send(bill)


@event("refund_to_card", inputs=("card", "gross", "tax", "original_step"))
def refund_to_card(world, step, data):
    original = world.bills[data["original_step"]]
    till = world.till(place_of(step))
    bill = till.bill()
    for line in original.lines.values():
        bill.add_refund(line)
    _expect(bill.total, -money(data["gross"]))
    (paid,) = original.payments.values()
    bill.pay("giftcard", giftcard_refunded_payment_id=paid["id"])
    world.bills[step["n"]] = till.send(bill)


@event("refund_card_sale", inputs=("card", "amount"))
def refund_card_sale(world, step, data):
    _give_card_back(world, step, data["card"], data["amount"])


@event("cancel", inputs=("card", "reverses_step"))
def cancel(world, step, data):
    sold = world.bills[data["reverses_step"]]
    _give_card_back(world, step, data["card"], sold.order["amount_total"])


def _give_card_back(world, step, name, amount):
    till = world.till(place_of(step))
    bill = till.bill()
    bill.add_refund(world.cards[name]["line"])
    bill.pay("bank", -money(amount))
    world.bills[step["n"]] = till.send(bill)


def _expect(found, wanted):
    if found != wanted:
        raise AssertionError(f"the till was told {found}, not {wanted}")


def _expect_refused(action):
    """The step itself is refused later; this part of it must be refused too."""
    from odoo.exceptions import UserError

    try:
        action()
    except UserError:
        return
    raise AssertionError("the till could reserve the amount")
