"""One function per event: what it moves on cards and books, in exact fractions."""

from collections import defaultdict

from lib.exact import (
    ZERO,
    Pool,
    amount,
    give_back,
    split,
    to_cents,
    vat_inside,
    vat_on_top,
)
from lib.exact_case import Card, Single

EVENTS = {}


def event(*names):
    def register(function):
        EVENTS.update(dict.fromkeys(names, function))
        return function

    return register


# --- selling


@event("sale", "issue_promo")
def sell(case, books, step, data):
    tender = data.get("tender", "bank")
    if "gross" in data:
        card = Single(
            amount(data["gross"]),
            data["tax"],
            data.get("units"),
            amount(data.get("face")),
        )
        books.book(tender, card.gross)
        books.book("spv_deferred", card.vat - card.gross)
        books.book(f"vat_{card.rate}", -card.vat)
        books.declare(card.rate, card.gross - card.vat, card.vat)
    else:
        card = Card("MPV")
        price = amount(data["price"])
        face = amount(data.get("face") or data.get("value") or data["price"])
        card.pools.append(Pool(face, price))
        card.sold += price
        if price:
            books.book(tender, price)
            books.book("gc_liability", -price)
    case.cards[data["card"]] = card


@event("reload")
def reload(case, books, step, data):
    card = case.cards[data["card"]]
    if card.kind == "SPV":
        gross = amount(data["gross"])
        vat = vat_inside(gross, amount(card.rate))
        face = amount(data.get("face")) or gross
        card.pool.load(face, gross, gross - vat)
        card.gross += gross
        card.face = card.pool.face0
        card.vat += vat
        books.book("spv_deferred", vat - gross)
        books.book(f"vat_{card.rate}", -vat)
        books.declare(card.rate, gross - vat, vat)
        price = gross
    else:
        price = amount(data["price"])
        card.pool.load(amount(data.get("face")) or price, price)
        card.sold += price
        books.book("gc_liability", -price)
    books.book(data.get("tender", "bank"), price)


@event("hold", "release")
def wait(case, books, step, data):
    """Reserving posts nothing."""


# --- using


@event("redeem", "capture")
def redeem(case, books, step, data):
    if "card" in data and "cards" not in data:
        use_single(case, books, step, data)
        return
    supply(case, books, data)
    uses = {}
    for name, use in data.get("cards", {}).items():
        card = case.cards[name]
        taken = card.pool.use(amount(use["face_used"]))
        card.redeemed += taken[1]
        books.book("gc_liability", taken[2])
        uses[name] = taken
    for tender, paid in data.get("other_tenders", {}).items():
        books.book(tender, amount(paid))
    books.book("tips_payable", -amount(data.get("tip")))
    case.uses[step["n"]] = {"uses": uses, "data": data}


def supply(case, books, data, sign=1):
    """Book the lines of a bill less its discounts, rounded as the company does."""
    grosses, discounts = defaultdict(list), data.get("discount_by_rate") or {}
    for line in data.get("lines", ()):
        if case.is_us and "net" in line:
            supply_us(books, line, sign)
        else:
            grosses[line["tax"]].append(amount(line["gross"]))
    for rate, lines in grosses.items():
        whole = [sum(lines, ZERO)]
        lines = whole if case.rounding == "global" else lines
        percent = amount(rate)
        vat = sum((vat_inside(gross, percent) for gross in lines), ZERO)
        off = amount(discounts.get(rate))
        vat -= vat_inside(off, percent)
        books.supply(rate, sign * (whole[0] - off - vat), sign * vat)


def supply_us(books, line, sign):
    net = sign * amount(line["net"])
    rate = (line.get("tax") or "0").partition("%")[0]
    books.book("revenue_us", -net)
    books.book("sales_tax_payable", -vat_on_top(net, amount(rate)))


def use_single(case, books, step, data):
    card = case.cards[data["card"]]
    face = amount(data.get("allocated_gross")) or card.next_price()
    _face, paid, net = taken = card.pool.use(face)
    books.book("spv_deferred", net)
    books.supply(card.rate, net, ZERO, taxed=False)
    books.declare(card.rate, ZERO, ZERO)
    top_up = amount(data.get("service_price") or data.get("top_up"))
    top_up -= face if data.get("service_price") else ZERO
    if top_up > 0:
        vat = vat_inside(top_up, amount(card.rate))
        books.supply(card.rate, top_up - vat, vat)
    supply(case, books, data)
    tenders = data.get("other_tenders")
    rest = sum((amount(line["gross"]) for line in data.get("lines", ())), top_up)
    tenders = tenders or {data.get("tender", "bank"): rest}
    for tender, amount_paid in tenders.items():
        books.book(tender, amount(amount_paid))
    case.uses[step["n"]] = {"uses": {data["card"]: taken}, "data": data}


@event("undo_redeem")
def undo(case, books, step, data):
    use = case.uses.pop(data["reverses_step"])
    card = case.cards[data["card"]]
    face, paid, net = use["uses"][data["card"]]
    card.pool.move(face, paid, net)
    if card.state == "used":
        card.state = "active"
    books.book("spv_deferred", -net)
    books.supply(card.rate, -net, ZERO, taxed=False)
    books.declare(card.rate, ZERO, ZERO)


@event("refund_to_card")
def refund_to_card(case, books, step, data):
    """Give back a supply that one card paid; the whole bill, or a part at one rate."""
    use = case.uses[data["original_step"]]
    name, gross = data["card"], amount(data["gross"])
    taken, card = use["uses"][name], case.cards[name]
    key = data["original_step"], name
    back = give_back(taken, case.given_back[key], gross)
    case.given_back[key] += gross
    card.pool.move(*back)
    card.redeemed -= back[1]
    if card.state == "used":
        card.state = "active"
    books.book("gc_liability", -back[2])
    if gross == taken[0]:
        supply(case, books, use["data"], sign=-1)
        return
    off = gross - back[1]
    part = {
        "lines": [{"gross": gross, "tax": data["tax"]}],
        "discount_by_rate": {data["tax"]: off},
    }
    supply(case, books, part, sign=-1)


# --- ending


@event("refund_card_sale", "cancel")
def refund_card_sale(case, books, step, data):
    name = data["card"]
    card = case.cards[name]
    _face, paid, net = empty(card)
    card.state = "cancelled" if step["event"] == "cancel" else "refunded"
    books.book(data.get("tender", "bank"), -paid)
    if card.kind == "SPV":
        books.book("spv_deferred", net)
        books.book(f"vat_{card.rate}", paid - net)
        books.declare(card.rate, -net, net - paid)
    else:
        books.book("gc_liability", net)


def empty(card):
    return tuple(
        sum(column, ZERO)
        for column in zip(*[pool.empty() for pool in card.pools], strict=True)
    )


@event("expire")
def expire(case, books, step, data):
    card = case.cards[data["card"]]
    _face, _paid, net = empty(card)
    card.state = "expired"
    known = card.recognised
    books.book("spv_deferred" if card.kind == "SPV" else "gc_liability", net)
    books.book("breakage_contra", -known)
    books.book("breakage_income", known - net)
    card.recognised = ZERO
    if card.kind == "SPV":
        books.declare(card.rate, ZERO, ZERO)


@event("breakage_proportional")
def breakage(case, books, step, data):
    """The cohort is the one card of the case."""
    (card,) = [card for card in case.cards.values() if card.state == "active"]
    rate = amount(data["rate"])
    target = to_cents(rate * card.redeemed / (1 - rate))
    step_up = min(card.total("net"), target) - card.recognised
    card.recognised += step_up
    books.book("breakage_contra", step_up)
    books.book("breakage_income", -step_up)


@event("escheat_due")
def escheat(case, books, step, data):
    card = case.cards[data["card"]]
    _face, _paid, net = empty(card)
    card.state = "escheated"
    books.book("gc_liability", net)
    books.book("escheat_payable", -net)


@event("escheat_remit")
def remit(case, books, step, data):
    pay(books, "escheat_payable", data)


@event("pay_tips")
def pay_tips(case, books, step, data):
    pay(books, "tips_payable", data)


def pay(books, role, data):
    books.book(role, amount(data["amount"]))
    books.book("bank", -amount(data["amount"]))


@event("convert_spv_to_mpv")
def convert(case, books, step, data):
    card = case.cards[data["card"]]
    face, paid, net = empty(card)
    card.state = "converted"
    new = case.cards[data["to"]] = Card("MPV")
    new.pools.append(Pool(face, paid))
    books.book("spv_deferred", net)
    books.book(f"vat_{card.rate}", paid - net)
    books.book("gc_liability", -paid)
    books.declare(card.rate, -net, net - paid)


# --- between companies


@event("redeem_ic_issuer")
def redeem_for_issuer(case, books, step, data):
    card = case.cards[data["card"]]
    face = amount(data.get("face") or data.get("amount")) or card.next_price()
    _face, paid, net = card.pool.use(face)
    if card.kind == "MPV":
        books.book("gc_liability", net)
        books.book("ic_payable", -paid)
        case.waiting = paid
        return
    books.book("spv_deferred", net)
    books.supply(card.rate, net, ZERO, taxed=False)
    price, vat = amount(data["net"]), amount(data["vat"])
    books.book("cost_of_services", price)
    books.book("vat_input", vat)
    books.book("ic_payable", -price - vat)


@event("redeem_ic_redeemer")
def redeem_for_redeemer(case, books, step, data):
    if "lines" not in data:
        price, vat = amount(data["net"]), amount(data["vat"])
        books.supply(data.get("tax", "20"), price, vat)
        books.book("ic_receivable", price + vat)
        return
    supply(case, books, data)
    books.book("ic_receivable", case.waiting)
    for tender, paid in data.get("other_tenders", {}).items():
        books.book(tender, amount(paid))


@event("settle")
def settle(case, books, step, data):
    issuer = step["company"] == "A"
    sign = 1 if issuer else -1
    books.book(
        "ic_payable" if issuer else "ic_receivable", sign * amount(data["amount"])
    )
    books.book("bank", -sign * amount(data["amount"]))


def split_discount(discount, lines):
    """R4: spread what nobody paid for over the rates of the lines."""
    grosses = defaultdict(lambda: ZERO)
    for line in lines:
        grosses[line["tax"]] += amount(line["gross"])
    return split(discount, grosses)
