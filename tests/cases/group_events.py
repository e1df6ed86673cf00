# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Cards used at a company of the group that did not sell them."""

from desk_events import run_cron
from events import event, first_of
from lib.bill import money


@event("redeem_ic_issuer")
def redeem_elsewhere(world, step, data):
    """Pay a bill at the other company's till; the issuer's entry follows by queue.

    That till is closed in the step of the other company.
    """
    other = find_other_side(world, step)
    name = data["card"]
    card = world.record(name)
    if card.vat_mode == "spv":
        agree(world, step, card, other)
    till_step = {**step, "company": "B"}
    use = {**data}
    if card.vat_mode != "spv":
        use["face_used"] = str(face_of(world, step, data, other))
    bill = {
        "cards": {name: use},
        "lines": other["input"].get("lines") or [],
        "other_tenders": other["input"].get("other_tenders") or {},
    }
    from till_events import redeem_cards

    till = world.till_of(till_step)
    redeem_cards(world, till_step, bill, till, till.bill())
    run_cron(world, "ir_cron_settlement")


def find_other_side(world, step):
    """Return the step of the company where this use takes place, in the same order."""
    steps = world.case["steps"]
    uses, bills = (
        [other for other in steps if other["event"] == event]
        for event in ("redeem_ic_issuer", "redeem_ic_redeemer")
    )
    place = uses.index(step)
    return bills[place] if place < len(bills) else {"input": {}}


def face_of(world, step, data, other):
    """Return what is taken from the card: as told, or as it loses by this step."""
    told = first_of(data, "face_used", "face")
    if told is not None:
        return told
    state = step.get("expect", {}).get("cards", {}).get(data["card"], {})
    if "face" in state:
        card = world.record(data["card"])
        return money(card.available) - money(state["face"])
    return money(data["amount"])


def agree(world, step, card, other):
    """Have the companies agree on the price of this use, as a part of its net."""
    price = money(step["input"].get("net") or other["input"]["net"])
    released = sum(
        money(line["dr"]) for line in step["journal"] if line["role"] == "spv_deferred"
    )
    net = released or money(sum(card.entitlement_ids.mapped("available_net")))
    company = world.companies["B"].record
    company.write(
        {
            "giftcard_invoicing": "use",
            "giftcard_agreed_percent": float(price / net * 100),
        }
    )
    world.refresh()


@event("redeem_ic_redeemer")
def close_there(world, step, data):
    """The bill was paid in the issuer's step; its session is closed with this one."""
    world.till_of(step)


@event("settle")
def settle(world, step, data):
    """Record the payment in one's own books; the first of the two settles."""
    world.refresh()
    letter = step["company"]
    desk = world.desk(letter)
    statement = find_statement(world)
    if not statement:
        desk.act("giftcard.settle", {"date_to": step["date"]}, "action_settle")
        world.refresh()
        statement = find_statement(world)
    company = world.companies[letter]
    desk.act(
        "giftcard.pay",
        {
            "statement_id": statement.id,
            "date": step["date"],
            "journal_id": company.bank.journal_id.id,
        },
        "action_record",
    )


def find_statement(world):
    cards = [sold.id for sold in world.cards.values()]
    rows = world.env["giftcard.settlement"].search([("card_id", "in", cards)])
    return rows.statement_id.sorted("id")[-1:]
