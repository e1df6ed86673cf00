# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

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
from lib.exact_case import Card, Entitlement, Single

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
    if "cards" in data:
        for name, sale in data["cards"].items():
            sell_multi(case, books, name, sale, tender)
    elif "gross" in data or "parts" in data:
        sell_single(case, books, data, tender)
    else:
        sell_multi(case, books, data["card"], data, tender)


def sell_multi(case, books, name, data, tender):
    card = case.cards[name] = Card("MPV")
    price = amount(data.get("price"))
    face = amount(data.get("face") or data.get("value")) or price
    card.pools.append(Pool(face, price))
    card.sold += price
    if price:
        books.book(tender, price)
        books.book("gc_liability", -price)


def sell_single(case, books, data, tender):
    parts = [
        Entitlement(
            amount(part["gross"]),
            part.get("tax"),
            part.get("units"),
            amount(part.get("face")),
            part.get("is_tip", False),
        )
        for part in data.get("parts") or [data]
    ]
    case.cards[data["card"]] = card = Single(parts)
    books.book(tender, card.gross)
    for part in parts:
        top_up_entitlement(books, part, part.paid, part.net)


def top_up_entitlement(books, part, paid, net):
    books.book(part.role, -net)
    if not part.is_tip:
        books.book(f"vat_{part.rate}", net - paid)
        books.declare(part.rate, net, paid - net)


@event("reload")
def reload(case, books, step, data):
    card = case.cards[data["card"]]
    price = amount(data.get("gross") or data.get("price"))
    face = amount(data.get("face")) or price
    books.book(data.get("tender", "bank"), price)
    if card.kind == "SPV":
        net = price - vat_inside(price, amount(card.rate))
        card.pool.load(face, price, net)
        card.gross += price
        card.base += net
        top_up_entitlement(books, card.pool, price, net)
        return
    card.pool.load(face, price)
    card.sold += price
    books.book("gc_liability", -price)


@event("hold", "release")
def wait(case, books, step, data):
    """Reserving posts nothing."""


# --- using


@event("redeem", "capture")
def redeem(case, books, step, data):
    bill = Bill(case, books, data)
    for use in data.get("uses") or [data] * ("card" in data and "cards" not in data):
        bill.deduct(use["card"], use)
    if data.get("promo_discount"):
        bill.give("promo", amount(data["promo_discount"]))
    for name, use in data.get("cards", {}).items():
        bill.tender(name, use)
    bill.finish()
    case.uses[step["n"]] = bill


class Bill:
    """A bill that cards pay: supplies, discounts, deductions, tenders."""

    def __init__(self, case, books, data):
        self.case = case
        self.books = books
        self.data = data
        self.lines = list(data.get("lines", ()))
        self.top_ups = []
        self.discounts = {}
        self.taken = {}
        self.singles = []
        self.given_back = defaultdict(lambda: ZERO)
        self.vat_back = defaultdict(lambda: ZERO)

    def deduct(self, name, use):
        """Put an item and its deduction on the bill; what is above is taxed now."""
        card = self.case.cards[name]
        part = card.pools[use.get("part", 0)]
        face = amount(use.get("allocated_gross"))
        if not face:
            face = part.next_price(use.get("units") or 1)
        _face, paid, net = taken = part.use(face)
        self.singles.append((card, part, taken))
        self.books.book(part.role, net)
        if part.is_tip:
            self.books.book("tips_payable", -net)
            return
        self.books.supply(part.rate, net, ZERO, taxed=False)
        self.books.declare(part.rate, ZERO, ZERO)
        top_up = amount(use.get("top_up"))
        if use.get("service_price"):
            top_up = amount(use["service_price"]) - face
        if top_up > 0:
            self.top_ups.append((part.rate, top_up))

    def tender(self, name, use):
        """Pay with a multi-purpose card; what nobody paid for is a discount."""
        card = self.case.cards[name]
        taken = card.pool.use(amount(use["face_used"]))
        card.redeemed += taken[1]
        self.taken[name] = taken
        self.books.book("gc_liability", taken[2])
        self.give(name, taken[0] - taken[1])

    def give(self, name, discount):
        """R4: spread a discount over the rates, by what earlier ones left of them."""
        if discount:
            self.discounts[name] = split(discount, self.weigh())

    def weigh(self):
        grosses = defaultdict(lambda: ZERO)
        for line in self.lines:
            grosses[tax_of(line)] += gross_of(line)
        for rate, gross in self.top_ups:
            grosses[rate] += gross
        for discount in self.discounts.values():
            for rate, off in discount.items():
                grosses[rate] -= off
        return grosses

    def finish(self):
        """Book the supplies and what is paid otherwise."""
        self.supply(self.lines, self.discounts)
        for rate, gross in self.top_ups:
            vat = vat_inside(gross, amount(rate))
            self.books.supply(rate, gross - vat, vat)
        tip = amount(self.data.get("tip"))
        self.books.book("tips_payable", -tip)
        for tender, paid in self.pay(tip).items():
            self.books.book(tender, paid)

    def pay(self, tip):
        """Return how the rest is paid: as told, else by bank card."""
        told = self.data.get("other_tenders")
        if told:
            return {tender: amount(paid) for tender, paid in told.items()}
        paid = sum((taken[1] for taken in self.taken.values()), ZERO)
        rest = sum(self.weigh().values(), ZERO) + tip - paid
        return {self.data.get("tender", "bank"): rest}

    def supply(self, lines, discounts, sign=1):
        """Book lines less discounts, rounded as the company does."""
        by_rate = defaultdict(list)
        for line in lines:
            by_rate[tax_of(line)].append(line)
        for rate, own in by_rate.items():
            off = [given[rate] for given in discounts.values() if given.get(rate)]
            vat = self.sum_vat(own, amount(rate)) - self.discount_vat(off, rate)
            gross = sum(map(gross_of, own), ZERO) - sum(off, ZERO)
            self.post_supply(own, rate, sign * (gross - vat), sign * vat)

    def discount_vat(self, off, rate):
        """R2: discounts are rounded once per bill and rate, or each apart."""
        if self.case.rounding == "global":
            off = [sum(off, ZERO)]
        return sum((vat_inside(gross, amount(rate)) for gross in off), ZERO)

    def sum_vat(self, lines, rate):
        if "net" in lines[0]:
            return vat_on_top(sum((amount(line["net"]) for line in lines), ZERO), rate)
        grosses = [gross_of(line) for line in lines]
        if self.case.rounding == "global":
            grosses = [sum(grosses, ZERO)]
        return sum((vat_inside(gross, rate) for gross in grosses), ZERO)

    def post_supply(self, lines, rate, base, vat):
        if self.case.is_us and "net" in lines[0]:
            self.books.book("revenue_us", -base)
            self.books.book("sales_tax_payable", -vat)
        else:
            self.books.supply(rate, base, vat)

    def give_discount_back(self, name, rate, off, gone):
        """Return the VAT of the discount that goes back; the last part has the rest."""
        whole = self.discounts.get(name, {}).get(rate, ZERO)
        vat = vat_inside(off, amount(rate))
        if gone == self.taken[name][0] and whole:
            names = list(self.discounts)
            upto = [
                self.discounts[other].get(rate, ZERO)
                for other in names[: names.index(name) + 1]
            ]
            vat = self.discount_vat(upto, rate) - self.discount_vat(upto[:-1], rate)
            vat -= self.vat_back[name]
        self.vat_back[name] += vat
        return vat


def tax_of(line):
    return str(line.get("tax") or "0").partition("%")[0]


def gross_of(line):
    if "gross" in line:
        return amount(line["gross"])
    net = amount(line["net"])
    return net + vat_on_top(net, amount(tax_of(line)))


@event("undo_redeem")
def undo(case, books, step, data):
    """Reverse a bill that single-purpose cards paid: every line as it was."""
    bill = case.uses.pop(data["reverses_step"])
    for card, part, (face, paid, net) in bill.singles:
        part.move(face, paid, net)
        card.reopen()
        books.book(part.role, -net)
        if part.is_tip:
            books.book("tips_payable", net)
            continue
        books.supply(part.rate, -net, ZERO, taxed=False)
        books.declare(part.rate, ZERO, ZERO)
    for rate, gross in bill.top_ups:
        vat = vat_inside(gross, amount(rate))
        books.supply(rate, vat - gross, -vat)
    bill.supply(bill.lines, bill.discounts, sign=-1)
    for tender, paid in bill.pay(ZERO).items():
        books.book(tender, -paid)


@event("refund_to_card")
def refund_to_card(case, books, step, data):
    """Give back a supply that one card paid; the whole bill, or a part at one rate."""
    bill = case.uses[data["original_step"]]
    name, gross = data["card"], amount(data["gross"])
    taken, card = bill.taken[name], case.cards[name]
    before = bill.given_back[name]
    back = give_back(taken, before, gross)
    bill.given_back[name] += gross
    card.pool.move(*back)
    card.redeemed -= back[1]
    card.reopen()
    books.book("gc_liability", -back[2])
    if gross == sum(map(gross_of, bill.lines), ZERO):
        bill.supply(bill.lines, bill.discounts, sign=-1)
        return
    off = bill.give_discount_back(name, data["tax"], gross - back[1], gross + before)
    lines = first_lines(bill.lines, data["tax"], gross)
    vat = bill.sum_vat(lines, amount(data["tax"])) - off
    net = back[1] - vat
    bill.post_supply(lines, data["tax"], -net, -vat)


def first_lines(lines, rate, gross):
    """Return the lines at a rate that come to an amount, the last of them in part."""
    parts = []
    for line in lines:
        part = min(gross_of(line), gross)
        if part and tax_of(line) == tax_of({"tax": rate}):
            parts.append({"gross": part, "tax": rate})
            gross -= part
    return parts


# --- ending


@event("refund_card_sale", "cancel")
def refund_card_sale(case, books, step, data):
    card = case.cards[data["card"]]
    card.state = "cancelled" if step["event"] == "cancel" else "refunded"
    books.book(data.get("tender", "bank"), -card.total("paid"))
    give_up(books, card)


def give_up(books, card):
    """Take all off a card; a single-purpose one with the VAT of its rest."""
    for pool in card.pools:
        _face, paid, net = pool.empty()
        if card.kind == "MPV":
            books.book("gc_liability", net)
        else:
            top_up_entitlement(books, pool, -paid, -net)


@event("expire")
def expire(case, books, step, data):
    card = case.cards[data["card"]]
    card.state = "expired"
    known, card.recognised = card.recognised, ZERO
    for pool in card.pools:
        _face, _paid, net = pool.empty()
        books.book("gc_liability" if card.kind == "MPV" else pool.role, net)
        books.book("breakage_income", -net)
        if card.kind == "SPV" and not pool.is_tip:
            books.declare(pool.rate, ZERO, ZERO)
    books.book("breakage_contra", -known)
    books.book("breakage_income", known)


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
    card.state = "escheated"
    books.book("escheat_payable", -card.total("net"))
    for pool in card.pools:
        _face, _paid, net = pool.empty()
        books.book("gc_liability" if card.kind == "MPV" else pool.role, net)


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
    face, paid = card.total("face"), card.total("paid")
    card.state = "converted"
    case.cards[data["to"]] = new = Card("MPV")
    new.pools.append(Pool(face, paid))
    books.book("gc_liability", -paid)
    give_up(books, card)


# --- between companies


@event("redeem_ic_issuer")
def redeem_for_issuer(case, books, step, data):
    card = case.cards[data["card"]]
    face = amount(data.get("face") or data.get("amount"))
    if card.kind == "MPV":
        taken = card.pool.use(face)
        case.waiting.append(taken)
        books.book("gc_liability", taken[2])
        books.book("ic_payable", -taken[1])
        return
    face = amount(data.get("allocated_gross")) or card.pool.next_price()
    _face, _paid, net = card.pool.use(face)
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
    bill = Bill(case, books, data)
    face, paid, _net = bill.taken["elsewhere"] = case.waiting.pop(0)
    bill.give("elsewhere", face - paid)
    books.book("ic_receivable", paid)
    bill.finish()


@event("settle")
def settle(case, books, step, data):
    issuer = step["company"] == "A"
    sign = 1 if issuer else -1
    books.book(
        "ic_payable" if issuer else "ic_receivable", sign * amount(data["amount"])
    )
    books.book("bank", -sign * amount(data["amount"]))
