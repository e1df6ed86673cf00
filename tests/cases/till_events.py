# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What happens at the till with multi-purpose cards, and with bills as a whole."""

from company import Unsupported
from events import event, expect, first_of, tenders_of
from lib.bill import money
from world import FIRST_PLACE, Sold

from odoo.exceptions import UserError

PRICES = {"gross", "net"}


# --- selling


@event("sale")
def sell(world, step, data):
    if str(data.get("tender", "bank")).startswith("card"):
        sell_for_card(world, step, data)
        return
    if "gross" in data or "parts" in data:
        from single_events import sell_single

        sell_single(world, step, data)
        return
    sales = read_sales(world, step, data)
    until = end_of(world, [sale["card"] for sale in sales])
    for sale in sales:
        sale["type"] = world.types.amount(sale["price"], sale["face"], until)
    till = world.till_of(step)
    world.renew_tills(step["company"])
    bill = till.bill()
    for sale in sales:
        worth = (
            {"giftcard_value": sale["face"]} if sale["face"] != sale["price"] else {}
        )
        sale["line"] = bill.add_card(sale["price"], sale["type"].name, **worth)
    pay_remaining(bill, step, data)
    sent = till.send(bill)
    for sale in sales:
        world.sell(sale["card"], sent, [sent.line(sale["line"]["uuid"])])
    world.bills[step["n"]] = sent


def sell_for_card(world, step, data):
    """Pay for a card with another one; the till refuses."""
    if "refused" not in step:
        raise Unsupported("a card bought with a card")
    name = data["tender"].removeprefix("card").strip()
    price = first_of(data, "price", "gross", "amount")
    card_type = world.types.amount(price, price)
    till = world.till_of(step)
    world.renew_tills(step["company"])
    bill = till.bill()
    bill.add_card(price, card_type.name)
    redeem_tender(world, till, bill, name, {"face_used": price}, {})
    till.send(bill)


def read_sales(world, step, data):
    """Return ``card``, ``price`` and ``face`` of each card that a step sells."""
    if isinstance(data.get("cards"), dict):
        return [read_sale(name, sale) for name, sale in data["cards"].items()]
    if "card" in data:
        return [read_sale(data["card"], data)]
    states = step.get("expect", {}).get("cards", {})
    return [
        {
            "card": name,
            "price": money(state["liability"]),
            "face": money(state["face"]),
        }
        for name, state in states.items()
        if name not in world.cards
    ]


def read_sale(name, data):
    price = first_of(data, "price", "amount")
    return {"card": name, "price": price, "face": first_of(data, "face") or price}


def end_of(world, names):
    """Return the last day of cards that the case lets expire, or None.

    A card that another was changed into ends when that one would have.
    """
    names = {*names}
    for step in world.case["steps"]:
        data = step["input"]
        if data.get("card") not in names:
            continue
        if step["event"] == "convert_spv_to_mpv":
            names.add(data["to"])
        elif step["event"] == "expire":
            return world.day_before(step["date"])
    return None


def pay_remaining(bill, step, data):
    rest = bill.total - bill.paid
    if rest:
        for kind, amount in tenders_of(step, data, rest).items():
            bill.pay(kind, amount)


@event("reload")
def reload(world, step, data):
    card = world.record(data["card"])
    if card.vat_mode == "spv":
        from single_events import reload_single

        reload_single(world, step, data)
        return
    sale = read_sale(data["card"], data)
    world.types.offer(card.type_id, sale["price"], sale["face"])
    till = world.till_of(step)
    scan = scan_for_topup(till, world.sold(data["card"]), card.type_id)
    worth = {"giftcard_value": sale["face"]} if sale["face"] != sale["price"] else {}
    bill = till.bill()
    bill.add_card(
        sale["price"],
        card.type_id.name,
        giftcard_reference=scan["reference"],
        giftcard_is_topup=True,
        **worth,
    )
    pay_remaining(bill, step, data)
    world.bills[step["n"]] = till.send(bill)


def scan_for_topup(till, sold, card_type):
    """Scan a card to add money to it; what the till is told is its refusal."""
    scan = till.scan_for_sale(sold.code, card_type.id)
    if not scan["purpose"]:
        raise UserError(scan["text"])
    expect(scan["purpose"], "topup")
    return scan


# --- using


@event("hold")
def hold(world, step, data):
    answer = world.till_of(step).hold(
        data["amount"], world.sold(data["card"]).code, world.key(data["key"])
    )
    expect(answer["state"], "held")
    if "available_after" in data:
        expect(money(answer["available"]), money(data["available_after"]))
    world.held[data["key"]] = answer


@event("release")
def release(world, step, data):
    held = world.held.pop(data["key"], None)
    if not held:
        raise Unsupported(f"nothing is held under the key {data['key']}")
    answer = world.till_of(step).release(held["key"], held["revision"] + 1)
    expect(answer["state"], "released")
    if "amount" in data:
        expect(money(answer["amount"]), money(data["amount"]))
    if "available_after" in data:
        expect(money(answer["available"]), money(data["available_after"]))


@event("redeem", "capture")
def redeem(world, step, data):
    if "order_currency" in data and data["order_currency"] != world.currency_of(step):
        redeem_elsewhere(world, step, data)
        return
    till = world.till_of(step)
    bill = till.bill()
    sent = redeem_cards(world, step, data, till, bill)
    expect(sent.order["state"], "paid")
    if "repeat_same_key" in data:
        expect(till.send(bill).order["id"], sent.order["id"])


def redeem_cards(world, step, data, till, bill):
    """Fill in, pay and send a bill as the input says; return the server's answer."""
    from single_events import deduct

    company = world.companies[step["company"]]
    singles, tenders = read_redemptions(world, step, data)
    for line in find_lines(data):
        service = company.chart.service(line.get("tax"))
        price = line["gross"] if "gross" in line else line["net"]
        bill.add_service(price, service["rate"], service)
    if data.get("tip"):
        tip = {"id": company.chart.tip.id, "taxes": []}
        bill.add_service(data["tip"], 0, tip)
    world.renew_tills(step["company"])
    for name, use in singles:
        deduct(world, till, bill, name, use)
    for name, use in tenders:
        redeem_tender(world, till, bill, name, use, data)
    pay_remaining(bill, step, data)
    sent = till.send(bill)
    world.bills[step["n"]] = sent
    return sent


def find_lines(data):
    """Return what is sold beside cards, whatever the input calls that list."""
    for name in ("lines", *data):
        lines = data.get(name)
        if name in ("uses", "parts") or not isinstance(lines, list):
            continue
        if all(isinstance(line, dict) and {*line} & PRICES for line in lines):
            return lines
    return []


def read_redemptions(world, step, data):
    """Return what a bill uses: pairs of name and use, deductions and tenders."""
    uses = [(use["card"], use) for use in data.get("uses") or ()]
    uses += (data.get("cards") or {}).items()
    if "card" in data and data["card"] not in dict(uses):
        uses.append((data["card"], data))
    if data.get("promo_discount"):
        name = world.promos[-1] if world.promos else give_promo(world, step, data)
        uses.insert(0, (name, {"face_used": data["promo_discount"]}))
    modes = [world.record(name).vat_mode for name, _use in uses]
    return [
        [use for use, mode in zip(uses, modes, strict=True) if (mode == "spv") is kind]
        for kind in (True, False)
    ]


def redeem_tender(world, till, bill, name, use, data):
    face = first_of(use, "face_used", "face", "amount", "tender")
    if face is None:
        # as much as the card has and the bill needs
        face = min(money(world.record(name).available), bill.total - bill.paid)
    held = world.held.pop(data.get("key"), None)
    if held:
        # a hold is bound to the bill that it was made for
        bill.uuid = held["key"]
    held = till.hold(face, world.sold(name).code, bill=bill, held=held)
    world.tried.append((till, held))
    if "tender" in use:
        expect(money(held.get("consideration", held["amount"])), money(use["tender"]))
    till.apply_hold(bill, held)


def redeem_elsewhere(world, step, data):
    """At a till in another currency; what such a bill costs does not matter."""
    till = world.till_of(step, data["order_currency"])
    expect_refused(lambda: till.hold(50, world.sold(data["card"]).code))
    bill = till.bill()
    service = world.company.chart.service("20")
    bill.add_service(50, service["rate"], service)
    world.renew_tills(step["company"])
    bill.pay("giftcard", giftcard_revision=1)
    till.send(bill)


def expect_refused(action):
    """The step itself is refused later; this part of it must be refused too."""
    try:
        action()
    except UserError:
        return
    raise AssertionError("the till could reserve the amount")


# --- promotion


@event("issue_promo")
def issue_promo(world, step, data):
    give_promo(world, step, data)


def give_promo(world, step, data):
    """Give a card away at the desk: nothing is paid for it."""
    name = data.get("card") or f"promo of step {step['n']}"
    value = first_of(data, "value", "face", "promo_discount")
    issue(world, step["company"], [name], value, 0)
    world.promos.append(name)
    return name


def issue(world, letter, names, face, price):
    """Make cards at the desk, for what was received for all of them."""
    company = world.companies[letter]
    card_type = world.types.amount(face, face)
    account = company.bank.journal_id.default_account_id
    location = company.location(FIRST_PLACE)
    world.refresh()
    before = world.env["giftcard.card"].search([], limit=1).id
    world.desk(letter).act(
        "giftcard.issue",
        {
            "company_id": company.record.id,
            "type_id": card_type.id,
            "location_id": location.id,
            "amount": float(face),
            "count": len(names),
            "price": float(price),
            "account_id": account.id,
            "reason": "A gesture",
        },
        "action_issue",
    )
    world.refresh()
    cards = world.env["giftcard.card"].search([("id", ">", before)], order="id")
    for name, card in zip(names, cards, strict=True):
        world.cards[name] = Sold(card.id, world.reveal(letter, card))
