# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What goes back at the till: supplies to the cards that paid them, and cards."""

from decimal import Decimal

from events import event, first_of, posted
from lib.bill import money
from till_events import find_lines, pay_remaining

QTY = Decimal("0.01")


@event("refund_to_card")
def refund_to_card(world, step, data):
    original = world.bill_of(data["original_step"])
    till = world.till_of(step)
    bill = till.bill()
    refund_lines(world, bill, original, data)
    others = wanted_refunds(world, step, data, bill)
    rest = sum(others.values(), -bill.total)
    cards = wanted_cards(world, step, data, original, rest)
    till.refund_tenders(bill, original, others, cards)
    world.bills[step["n"]] = till.send(bill)


def refund_lines(world, bill, original, data):
    """Give back lines at the rates that are told, up to the gross amounts told."""
    told, lines = find_lines(data), list(original.lines.values())
    for part in told or [data]:
        refund_entitlement(world, bill, original, part, lines, bool(told))


def refund_entitlement(world, bill, original, data, lines, is_line):
    chart = world.company.chart
    left = first_of(data, "gross", "amount")
    if left is None:
        left = money(original.order["amount_total"])
    for line in [*lines]:
        rate = chart.key(f"{bill.till.rate_of(line['tax_ids'])}")
        is_other = "tax" in data and rate != chart.key(data["tax"])
        price = money(line["price_subtotal_incl"])
        if line.get("giftcard_role") == "bonus" or (
            is_other and (is_line or left < money(original.order["amount_total"]))
        ):
            continue
        if price <= left:
            bill.add_refund(line)
            lines.remove(line)
            left -= price
        elif left > 0:
            qty = (left / price).quantize(QTY)
            if money(qty * price) == left:
                bill.add_refund(line, qty)
            else:
                bill.add_refund(line, price=left)
            left -= left


def wanted_refunds(world, step, data, bill):
    """Return what goes back elsewhere than to cards, as the case says."""
    others = data.get("other_tenders") or {
        kind: -posted(step, kind) for kind in ("bank", "cash")
    }
    return {kind: -money(amount) for kind, amount in others.items() if money(amount)}


def wanted_cards(world, step, data, original, rest):
    """Return what goes back to which payment by card, as the case says; or nothing.

    It says so in the input, or by what the cards are worth after the step.
    """
    uses = {}
    for payment in world.env["pos.payment"].browse(
        [payment["id"] for payment in original.payments.values()]
    ):
        card = payment.sudo().giftcard_redemption_id.card_id
        names = [name for name, sold in world.cards.items() if sold.id == card.id]
        uses.update({name: payment.id for name in names})
    told = data.get("cards") or {}
    if isinstance(told, dict) and told:
        backs = {
            name: first_of(back, "face_used", "face", "amount")
            if isinstance(back, dict)
            else money(back)
            for name, back in told.items()
        }
    else:
        states = step.get("expect", {}).get("cards", {})
        backs = {
            name: money(states[name]["face"]) - money(world.record(name).available)
            for name in uses
            if "face" in states.get(name, {})
        }
    if len(uses) < 2 or sum(backs.values()) != rest or min(backs.values()) < 0:
        return {}
    return {uses[name]: back for name, back in backs.items()}


@event("refund_card_sale")
def refund_card_sale(world, step, data):
    give_card_back(world, step, data)


@event("cancel")
def cancel(world, step, data):
    give_card_back(world, step, data)


def give_card_back(world, step, data):
    till = world.till_of(step)
    bill = till.bill()
    till.refund_card(bill, world.sold(data["card"]))
    pay_remaining(bill, step, data)
    world.bills[step["n"]] = till.send(bill)
