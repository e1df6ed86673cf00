# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Random lives of cards on the ledger itself: holds, captures, refunds, loads, ends.

Run inside Odoo on a scratch database: ``ledger.py LIVES SEED``. No till: the
ledger's own methods against the model in exact fractions, after every step. Prints
what differs and ``passed P of N``.
"""

import random
import sys
from collections import defaultdict
from pathlib import Path
from uuid import uuid4

TESTS = Path(__file__).resolve().parent.parent
sys.path[0:0] = [str(TESTS), str(TESTS / "cases")]

from company import Company  # noqa: E402
from lib.bill import money  # noqa: E402
from lib.exact import ZERO, amount, show  # noqa: E402
from lib.lives import random_case  # noqa: E402

from odoo.fields import Command  # noqa: E402
from odoo.tools import SQL  # noqa: E402

from odoo.addons.giftcard_salon.tools.origin import Origin  # noqa: E402

CASE = {"jurisdiction": "EU/FR", "currency": "EUR"}
SHOWN = 20
TOGETHER = 200


class Ledger:
    """Does what the steps of one life say, by the ledger's own methods."""

    def __init__(self, company, types):
        self.company = company
        self.env = company.env
        self.types = types
        self.cards = {}
        self.uses = {}
        self.held = {}
        record = company.record
        self.origin = Origin(
            company=record,
            location=self.env["giftcard.location"]._get_default(record),
            currency=record.currency_id,
            channel="office",
            model="res.company",
            id=record.id,
            name="Random life",
            key="random-life",
        )

    def prepare(self, step):
        """Reserve what the step takes: a request of its own, before the document's."""
        data = step["input"]
        if step["event"] == "hold":
            self.held[data["key"]] = self.take(data["card"], data["amount"])
        elif step["event"] == "convert_spv_to_mpv":
            self.key = self.take(data["card"], data["gross"])
        elif step["event"] == "redeem":
            name, face = self.read_redemption(data)
            self.key = self.take(name, face)

    def do(self, step):
        with self.env.cr.savepoint():
            getattr(self, step["event"])(step, step["input"])

    def sale(self, step, data):
        price = data.get("price") or data["gross"]
        face = data.get("face") or price
        request = {"key": str(uuid4()), "value": money(face), "price": money(price)}
        card_type = self.types.get(data)
        if "gross" in data:
            request["entitlements"] = [
                {
                    "key": str(uuid4()),
                    "name": "Part",
                    "kind": "service" if data["units"] else "amount",
                    "quantity": data["units"] or 0,
                    "value": money(face),
                    "price": money(price),
                    "net": self.net_of(data["tax"], price),
                    "tax_ids": [Command.set(self.company.chart.tax(data["tax"]).ids)],
                }
            ]
        self.offer(card_type, price, face)
        self.cards[data["card"]] = self.env["giftcard.card"]._issue(
            card_type, [request], "sale", self.origin
        )

    def net_of(self, rate, gross):
        taxes, currency = self.company.chart.tax(rate), self.company.record.currency_id
        split = self.env["giftcard.accounting"]._split_gross(taxes, gross, currency)
        return split.base

    def offer(self, card_type, price, face):
        """Have the type sell this; tell it only when it is not its price."""
        if price != face and card_type.kind == "amount":
            values = {"amount": float(price), "value": float(face)}
            card_type.amount_ids = [Command.clear(), Command.create(values)]
        elif card_type.amount_ids:
            card_type.amount_ids = [Command.clear()]

    def reload(self, step, data):
        card = self.cards[data["card"]]
        price = data.get("price") or data["gross"]
        face = data.get("face") or price
        self.offer(card.type_id, price, face)
        net = (
            self.net_of(card.entitlement_ids.tax_ids.amount, price)
            if card.entitlement_ids
            else None
        )
        card._top_up(
            card.type_id, money(face), str(uuid4()), self.origin, money(price), net
        )

    def hold(self, step, data):
        """Reserved already; nothing is posted."""

    def release(self, step, data):
        self.env["giftcard.redemption"]._release(self.held.pop(data["key"]), 2)

    def take(self, name, face):
        """Reserve an amount; return its key."""
        key, card = str(uuid4()), self.cards[name]
        answer = self.env["giftcard.redemption"]._hold(
            card,
            key,
            1,
            money(face),
            self.origin,
            entitlement=card.entitlement_ids or None,
        )
        if answer["state"] != "held":
            raise AssertionError(f"not held: {answer}")
        return key

    @staticmethod
    def read_redemption(data):
        name = data.get("card") or next(iter(data["cards"]))
        return name, data.get("allocated_gross") or data["cards"][name]["face_used"]

    def redeem(self, step, data):
        _name, face = self.read_redemption(data)
        self.uses[step["n"]] = self.env["giftcard.redemption"]._capture(
            self.key, money(face), self.origin
        )

    def undo_redeem(self, step, data):
        use = self.uses[data["reverses_step"]]
        use._refund(use.amount, str(uuid4()), self.origin)

    def refund_to_card(self, step, data):
        use = self.uses[data["original_step"]]
        use._refund(money(data["gross"]), str(uuid4()), self.origin)

    def refund_card_sale(self, step, data):
        self.give_back(data, "refunded", "refund_sale")

    def cancel(self, step, data):
        self.give_back(data, "cancelled", "cancel")

    def give_back(self, data, reason, kind):
        card = self.cards[data["card"]]
        card._cancel(reason, kind, str(uuid4()), self.origin, is_whole=False)

    def expire(self, step, data):
        self.cards[data["card"]]._expire()

    def convert_spv_to_mpv(self, step, data):
        card = self.cards[data["card"]]
        self.env["giftcard.redemption"]._capture(
            self.key, money(data["gross"]), self.origin, "convert_out"
        )
        new, _entry = card._convert_to_amount(str(uuid4()), self.origin)
        self.cards[data["to"]] = new


class Types:
    """One type per kind of card, of any amount."""

    def __init__(self, company):
        self.company = company
        self._made = {}

    def get(self, data):
        mode = "spv" if "gross" in data else "mpv"
        key = mode, data.get("tax") if mode == "spv" else "", bool(data.get("units"))
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, mode, rate, is_service):
        values = {
            "name": f"{mode} {rate} {is_service}",
            "vat_mode": mode,
            "company_ids": [Command.set(self.company.record.ids)],
            "currency_id": self.company.record.currency_id.id,
            "amount_min": 0.01,
            "amount_max": 1_000_000,
            "validity_mode": "unlimited",
        }
        if mode == "spv":
            product = self.company.chart.service(rate)["product"]
            values["categ_ids"] = [Command.set(product.categ_id.ids)]
            if is_service:
                service = {"product_id": product.id, "quantity": 1}
                values.update(kind="service", service_ids=[Command.create(service)])
        return self.company.env["giftcard.type"].create(values)


class Lives:
    """Plays lives side by side, one step of each at a time.

    Between the steps the requests are committed, as at the tills.
    """

    def __init__(self, company, types, cases):
        self.env = company.env
        self.lives = {case["id"]: case["steps"] for case in cases}
        self.ledgers = {name: Ledger(company, types) for name in self.lives}
        self.failed = {}

    def play(self):
        """Play all to their end; return what differs, by life."""
        for number in range(max(map(len, self.lives.values()))):
            self.do("prepare", number)
            self.do("do", number)
            self.compare(number)
        return self.failed

    def steps(self, number):
        for name, steps in self.lives.items():
            if number < len(steps) and name not in self.failed:
                yield name, steps[number]

    def do(self, method, number):
        for name, step in self.steps(number):
            try:
                getattr(self.ledgers[name], method)(step)
            except Exception as error:
                self.fail(name, step, f"{type(error).__name__}: {error}")
        self.env.flush_all()
        self.env.cr.commit()

    def fail(self, name, step, text):
        self.failed.setdefault(name, f"{name} step {step['n']} {step['event']}: {text}")

    def compare(self, number):
        """Compare the cards that the steps touched, by their rows and ledgers."""
        wanted = {}
        for name, step in self.steps(number):
            for card, state in step["expect"]["cards"].items():
                wanted[self.ledgers[name].cards[card].id] = name, step, state
        for row in read_rows(self.env, tuple(wanted) or (0,)):
            name, step, state = wanted[row["id"]]
            left = state.get("face") or state["gross_left"]
            owed = state.get("liability") or state["deferred"]
            told = CLOSED.get(state["state"], "closed"), left, left, owed, owed
            found = row["state"], *(str(money(row[column])) for column in COLUMNS)
            if told != found:
                self.fail(name, step, f"{found}, not {told}")


CLOSED = {"active": "active", "used": "active"}
COLUMNS = ("face", "ledger_face", "net", "ledger_net")


def read_rows(env, ids):
    """Return cards with what is held added, and the same from the ledger."""
    env.cr.execute(
        SQL(
            """SELECT card.id, card.state,
                      card.available + COALESCE(held.face, 0) AS face,
                      COALESCE(ledger.face, 0) AS ledger_face,
                      COALESCE(part.net, card.available_consideration)
                      + COALESCE(held.net, 0) AS net,
                      COALESCE(ledger.net, 0) AS ledger_net
                 FROM giftcard_card card
                 LEFT JOIN LATERAL (
                      SELECT SUM(available_net) AS net FROM giftcard_entitlement
                       WHERE card_id = card.id) part ON TRUE
                 LEFT JOIN LATERAL (
                      SELECT SUM(face) AS face, SUM(net) AS net FROM giftcard_entry
                       WHERE card_id = card.id) ledger ON TRUE
                 LEFT JOIN LATERAL (
                      SELECT SUM(amount) AS face,
                             SUM(CASE WHEN entitlement_id IS NULL THEN consideration
                                      ELSE net END) AS net
                        FROM giftcard_redemption
                       WHERE card_id = card.id AND state = 'held') held ON TRUE
                WHERE card.id IN %s""",
            ids,
        )
    )
    return env.cr.dictfetchall()


def sum_vat(steps, vat):
    """Add up what the model declares for cards that were taxed at their sale."""
    for step in steps:
        if step["event"] in ("redeem", "refund_to_card", "undo_redeem"):
            continue
        for rate, delta in step["vat_return_delta"].items():
            vat[rate] += amount(delta["vat"])


def compare_totals(company, vat, owed):
    """Compare the whole ledger with the model: what is owed, and the VAT of it."""
    env = company.env
    env.invalidate_all()
    rows = env.execute_query(
        SQL(
            """SELECT liability_kind, SUM(net) FROM giftcard_entry
                WHERE company_id = %s GROUP BY liability_kind""",
            company.record.id,
        )
    )
    found = {book: str(money(net or 0)) for book, net in rows}
    for book, figure in owed.items():
        if found.get(book, "0.00") != show(figure):
            yield f"{book}: {found.get(book)}, not {show(figure)}"
    kinds = ("sale", "topup", "refund_sale", "cancel", "convert_out")
    entries = env["giftcard.entry"].search(
        [("company_id", "=", company.record.id), ("kind", "in", kinds)]
    )
    sums = defaultdict(lambda: money(0))
    for entry in entries.filtered("entitlement_id"):
        sums[f"{entry.entitlement_id.tax_ids.amount:g}"] += money(
            entry.consideration
        ) - money(entry.net)
    for rate, figure in vat.items():
        if str(sums[rate]) != show(figure):
            yield f"VAT {rate}: {sums[rate]}, not {show(figure)}"
    closed = env["giftcard.card"].search_count(
        [("company_id", "=", company.record.id), ("state", "=", "closed")]
        + ["|", ("available", "!=", 0), ("available_consideration", "!=", 0)]
    )
    if closed:
        yield f"{closed} closed cards with a residue"


def main(env, lives, seed):
    choice = random.Random(seed)
    company = Company(env, CASE)
    types, failed = Types(company), {}
    vat, owed = defaultdict(lambda: ZERO), {"liability": ZERO, "deferred": ZERO}
    for start in range(0, int(lives), TOGETHER):
        numbers = range(start, min(start + TOGETHER, int(lives)))
        cases = [random_case(choice, f"life {number}", lives=1) for number in numbers]
        failed.update(Lives(company, types, cases).play())
        for case in cases:
            sum_vat(case["steps"], vat)
            balances = case["steps"][-1]["expect"]["balances"]
            owed["liability"] -= amount(balances.get("gc_liability"))
            owed["deferred"] -= amount(balances.get("spv_deferred"))
    lines = list(failed.values()) or list(compare_totals(company, vat, owed))
    for line in lines[:SHOWN]:
        print(line)
    print(f"seed {seed}: passed {int(lives) - len(failed)} of {lives}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(env, *sys.argv[1:]))
