# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What is left at the end of the year: a half-paid bill, sound books, a welcome."""

from catalogue import FREE_AMOUNT, PACKAGES, PRINTED
from locations import LOCATIONS

# what somebody who tries the demo finds to do and to look at
WANTED = (
    ("giftcard.adjustment", [("state", "=", "waiting")]),
    ("giftcard.adjustment", [("state", "=", "done")]),
    ("giftcard.breakage.run", []),
    ("giftcard.statement", [("company_done", "=", False)]),
    ("giftcard.statement", [("company_done", "=", True)]),
    ("giftcard.settlement", [("statement_id", "=", False)]),
    ("giftcard.application", [("order_id", "!=", False)]),
    ("giftcard.application", [("order_id", "=", False)]),
)


def leave_a_till_open(year):
    """Open a till today and leave a client's card on a bill that is not paid yet.

    :return: the card on hold, as its short name
    """
    till = year.tills["Bellecour"]
    till.open_with(year.people["cashier"])
    card = next(
        card
        for card in reversed(year.agenda.never)
        if LOCATIONS[card.salon] == LOCATIONS[till.salon]
        and card.value >= 75
        and not card.has_entitlements
        and not till.lookup(card.code)["refusal"]
    )
    bill = till.bill()
    bill.add("Hot stone massage 90 min")
    bill.add("Pot of tea")
    hold = till.hold(min(card.remaining, bill.total), card.code, bill=bill)
    till.apply_hold(bill, hold)
    till.send(bill, "draft")
    return card


def check_postings(env, year):
    """Compare cards and accounts, and verify the ledger, as the accountant does.

    :raises RuntimeError: when a cent is missing
    """
    accountant = year.people["accountant"]
    for company in env["res.company"].search([]):
        context = {"allowed_company_ids": company.ids}
        values = [{"company_id": company.id}]
        report = accountant.call("giftcard.tie.out", "create", [values], **context)
        names = ["ledger_amount", "posted_amount", "bridging_amount", "difference"]
        (found,) = accountant.call(
            "giftcard.tie.out", "read", [report, names], **context
        )
        if found["difference"] or found["bridging_amount"]:
            raise RuntimeError(f"{company.name}: cards and accounts differ: {found}")
        accountant.call("giftcard.verify", "action_verify", [], **context)
        check = accountant.call("giftcard.verify", "create", [values], **context)
        names = ["sealed_count", "pending_count", "is_sound"]
        (sealed,) = accountant.call(
            "giftcard.verify", "read", [check, names], **context
        )
        if not sealed["is_sound"] or sealed["pending_count"]:
            raise RuntimeError(f"{company.name}: the ledger is not sound: {sealed}")
        if not sealed["sealed_count"]:
            raise RuntimeError(f"{company.name}: nothing happened there")
    check_entries(env)


def check_entries(env):
    """See that tills posted what they closed, and that debit equals credit.

    :raises RuntimeError: when an entry is missing or does not balance
    """
    closed = env["pos.session"].search([("state", "=", "closed")])
    for session in closed.filtered("order_ids"):
        if session.move_id.state != "posted":
            raise RuntimeError(f"{session.name} is closed and not posted")
    sums = env["account.move.line"]._read_group(
        [("parent_state", "=", "posted")],
        ["company_id", "move_id"],
        ["balance:sum"],
    )
    apart = [move.name for company, move, sum_ in sums if round(sum_, 2)]
    if apart:
        raise RuntimeError(f"debit is not credit: {', '.join(apart)}")
    failed = env["giftcard.settlement"].search([("state", "=", "failed")])
    if failed:
        raise RuntimeError(f"not posted for the other company: {failed.mapped('note')}")


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
        *("unblock", "print", "expire", "convert_out", "convert_in"),
    }
    wanted = wanted - kinds
    types = env["giftcard.type"].search([])
    wanted |= set(types.filtered(lambda kept: not kept.card_ids).mapped("name"))
    wanted |= {name for name, domain in WANTED if not env[name].search_count(domain)}
    return sorted(missing | wanted)


def find_cards_to_try(env, held):
    """Return what to say of some cards, and their codes.

    :param held: the card on hold
    :rtype: list[tuple[str, str]]
    """
    lyon = env.ref("base.main_company")
    cards = env["giftcard.card"].search([]).with_company(lyon)
    lyon_cards = cards.filtered(lambda card: card.company_id == lyon)
    on_hold = env["giftcard.card"]._find_by_code(held.code)
    today = env["giftcard.card"]._today(lyon)
    found = (
        (
            "partly used, {left} left",
            lyon_cards.filtered(
                lambda c: (
                    c.type_id.name == FREE_AMOUNT
                    and c.status == "partial"
                    and c.available >= 25
                )
            ),
        ),
        (
            "never used, {left}",
            lyon_cards.filtered(
                lambda c: (
                    c.type_id.name == PRINTED and c.status == "active" and c.recipient
                )
            )
            - on_hold,
        ),
        (
            "once only, {left}",
            lyon_cards.filtered(lambda c: c.status == "active" and c.is_single_use),
        ),
        (
            "expired",
            lyon_cards.filtered(lambda c: c.status == "expired" and c.available),
        ),
        ("blocked", lyon_cards.filtered(lambda c: c.status == "blocked")),
        ("used up", lyon_cards.filtered(lambda c: c.status == "used")),
        *(
            (
                f"{name}, {{left}} left",
                lyon_cards.filtered(
                    lambda c, name=name: (
                        c.type_id.name == name and c.status in ("active", "partial")
                    )
                ),
            )
            for name in ("Bonus card", "Treatment card", *PACKAGES)
        ),
        (
            "sold by Annecy, {left}",
            (cards - lyon_cards).filtered(
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
