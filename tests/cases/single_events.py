# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Single-purpose cards at the till: taxed parts, pairs of lines, conversion."""

from events import event, first_of, tenders_of
from lib.bill import money
from world import Sold

TIP = "tip"


# --- selling


def sell_single(world, step, data):
    from till_events import end_of

    until = end_of(world, [data["card"]])
    parts = data.get("parts")
    if parts:
        price, card_type = None, world.types.package(parts, until)
    elif data.get("units"):
        price, card_type = None, world.types.package([data], until)
    else:
        price = money(data["gross"])
        face = first_of(data, "face") or price
        card_type = world.types.single_amount(data["tax"], price, face, until)
    till = world.till_of(step)
    world.renew_tills(step["company"])
    bill = till.bill()
    lines = till.add_entitlements(bill, card_type, price)
    pay(bill, step, data)
    sent = till.send(bill)
    world.sell(data["card"], sent, [sent.line(line["uuid"]) for line in lines])
    world.bills[step["n"]] = sent


def reload_single(world, step, data):
    """Add money to a card of an amount; at the same rate only."""
    from till_events import scan_for_topup

    card = world.record(data["card"])
    card_type = card.type_id
    price = first_of(data, "gross", "price")
    face = first_of(data, "face") or price
    world.types.offer(card_type, price, face)
    rates = {f"{tax.amount:g}" for tax in card.entitlement_ids.sudo().tax_ids}
    if "tax" in data and world.company.chart.key(data["tax"]) not in rates:
        card_type = world.types.single_amount(data["tax"], price, face)
    till = world.till_of(step)
    world.renew_tills(step["company"])
    scan = scan_for_topup(till, world.sold(data["card"]), card_type)
    bill = till.bill()
    till.add_entitlements(
        bill,
        card_type,
        price,
        giftcard_reference=scan["reference"],
        giftcard_is_topup=True,
    )
    pay(bill, step, data)
    world.bills[step["n"]] = till.send(bill)


def pay(bill, step, data):
    for kind, amount in tenders_of(step, data, bill.total).items():
        bill.pay(kind, amount)


# --- using


def deduct(world, till, bill, name, use, letter="A"):
    """Put an item and what a card takes off it on the bill."""
    chart = world.companies[letter].chart
    code = world.sold(name).code
    part = choose_entitlement(chart, till, code, use)
    units = part["unit_prices"]
    count = int(use.get("units") or 1)
    amount = first_of(use, "allocated_gross", "face_used", "gross", "amount")
    if amount is None:
        amount = money(sum(units[:count]) if units else part["available"])
    price = first_of(use, "service_price", "item_gross")
    if price is None:
        price = amount + (first_of(use, "top_up") or 0)
    is_own = part["product_id"] and money(units[0] if units else 0) == amount == price
    if part["kind"] == TIP:
        item = {"id": chart.tip.id, "taxes": [], "rate": 0}
    elif "tax" in use:
        item = chart.service(use["tax"], "other")
    elif is_own:
        rate = till.rate_of(part["tax_ids"])
        item = {"id": part["product_id"], "taxes": part["tax_ids"], "rate": rate}
    else:
        item = chart.service(f"{till.rate_of(part['tax_ids'])}", "other")
    world.renew_tills(letter)
    held = till.hold_entitlement(bill, code, part, amount, item, price)
    till.add_deduction(bill, item, held)


def choose_entitlement(chart, till, code, use):
    """Return the part that a use means: by number, by tax, or the first with money."""
    parts = till.lookup(code)["entitlements"]
    if "part" in use:
        return parts[use["part"]]
    if use.get("is_tip"):
        return next(part for part in parts if part["kind"] == TIP)
    return next((part for part in parts if part["available"]), parts[0])


# --- giving back


@event("undo_redeem")
def undo(world, step, data):
    """Give back a bill that a card paid: every line as it was."""
    original = world.bill_of(data["reverses_step"])
    till = world.till_of(step)
    bill = till.bill()
    for line in original.lines.values():
        # what a card's bonus took off goes back with its payment
        if line.get("giftcard_role") != "bonus" or (
            line["giftcard_deduction_key"] not in original.payments
        ):
            till.reverse(bill, line)
    others = {
        kind: -sum(
            money(payment["amount"])
            for payment in original.payments.values()
            if payment["payment_method_id"] == till.methods.get(kind)
        )
        for kind in ("bank", "cash")
    }
    others = {kind: amount for kind, amount in others.items() if amount}
    till.refund_tenders(bill, original, others)
    world.bills[step["n"]] = till.send(bill)


# --- another tax: the card becomes one for an amount


@event("convert_spv_to_mpv")
def convert(world, step, data):
    """Change a card at the till; its code goes on with the new card."""
    till = world.till_of(step)
    sold = world.sold(data["card"])
    world.types.amount(1, 1)
    world.renew_tills(step["company"])
    bill = till.bill()
    line = till.add_conversion(bill, sold.code)
    sent = till.send(bill)
    world.refresh()
    made = world.env["pos.order.line"].browse(sent.line(line["uuid"])["id"])
    world.cards[data["to"]] = Sold(made.giftcard_card_id.id, sold.code)
    world.bills[step["n"]] = sent
