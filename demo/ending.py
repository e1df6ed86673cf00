"""What is left at the end of the year: a half-paid bill, sound books, a welcome."""

from places import PLACES

from odoo import fields


def leave_a_till_open(year):
    """Open a till today and leave a client's card on a bill that is not paid yet.

    :return: the card on hold, as its short name
    """
    till = year.tills["Bellecour"]
    till.open_with(year.people["cashier"])
    card = next(
        card
        for card in reversed(year.agenda.never)
        if PLACES[card.place] == PLACES[till.place]
        and card.value >= 75
        and not till.lookup(card.code)["refusal"]
    )
    bill = till.bill()
    bill.add("Hot stone massage 90 min")
    bill.add("Pot of tea")
    hold = till.hold(min(card.left, bill.total), card.code, bill=bill)
    bill.pay_with_hold(hold)
    till.send(bill, "draft")
    return card


def check_books(env, year):
    """Compare cards and accounts, and verify the ledger, as the accountant does.

    :raises RuntimeError: when a cent is missing
    """
    accountant = year.people["accountant"]
    for company in env["res.company"].search([]):
        own = {"allowed_company_ids": company.ids}
        values = [{"company_id": company.id}]
        report = accountant.call("giftcard.tie.out", "create", [values], **own)
        names = ["ledger_amount", "posted_amount", "bridging_amount", "difference"]
        (found,) = accountant.call("giftcard.tie.out", "read", [report, names], **own)
        if found["difference"] or found["bridging_amount"]:
            raise RuntimeError(f"{company.name}: cards and accounts differ: {found}")
        accountant.call("giftcard.verify", "action_verify", [], **own)
        check = accountant.call("giftcard.verify", "create", [values], **own)
        names = ["sealed_count", "pending_count", "is_sound"]
        (sealed,) = accountant.call("giftcard.verify", "read", [check, names], **own)
        if not sealed["is_sound"] or sealed["pending_count"]:
            raise RuntimeError(f"{company.name}: the ledger is not sound: {sealed}")
        if not sealed["sealed_count"]:
            raise RuntimeError(f"{company.name}: nothing happened there")


def find_missing(env):
    """Return what a year should have and this one has not; it depends on the date.

    :rtype: list[str]
    """
    cards = env["giftcard.card"].search([])
    wanted = {
        "draft",
        "pending",
        "active",
        "partial",
        "used",
        "expired",
        "blocked",
        "cancelled",
        "replaced",
        "refunded",
    }
    missing = wanted - set(cards.mapped("status"))
    kinds = set(env["giftcard.entry"].search([]).mapped("kind"))
    wanted = {
        *("sale", "issue", "topup", "redeem", "forfeit", "refund", "refund_sale"),
        *("cancel", "adjust", "move_out", "move_in", "activate", "extend", "block"),
        *("unblock", "print"),
    }
    return sorted(missing | (wanted - kinds))


def find_cards_to_try(env, held):
    """Return what to say of some cards, and their codes.

    :param held: the card on hold
    :rtype: list[tuple[str, str]]
    """
    lyon = env.ref("base.main_company")
    cards = env["giftcard.card"].search([]).with_company(lyon)
    own = cards.filtered(lambda card: card.company_id == lyon)
    on_hold = env["giftcard.card"]._find_by_code(held.code)
    today = fields.Date.today()
    found = (
        (
            "partly used, {left} left",
            own.filtered(lambda c: c.status == "partial" and c.available >= 25),
        ),
        (
            "never used, {left}",
            own.filtered(
                lambda c: c.status == "active" and c.value == 100 and c.recipient
            )
            - on_hold,
        ),
        (
            "once only, {left}",
            own.filtered(lambda c: c.status == "active" and c.is_single_use),
        ),
        ("expired", own.filtered(lambda c: c.status == "expired" and c.available)),
        ("blocked", own.filtered(lambda c: c.status == "blocked")),
        ("used up", own.filtered(lambda c: c.status == "used")),
        (
            "sold by Annecy, {left}",
            (cards - own).filtered(
                lambda c: c.status == "active" and c.valid_until > today
            ),
        ),
        ("on a bill at Bellecour just now", on_hold),
    )
    return [
        (
            text.format(left=card[:1].currency_id.format(card[:1].available)),
            card[:1]._reveal(),
        )
        for text, card in found
        if card
    ]
