# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Tills and desks of the demo, driven by the same requests as a browser's."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from lib.bill import Bill
from lib.card_till import CardTill
from lib.till import Sent
from locations import TIME_ZONE

from odoo import api
from odoo.service.model import call_kw, retrying

FLOAT = Decimal(150)  # stays in the drawer in the evening


class Clock:
    """The time that Odoo believes it is, told in the salon's own time."""

    def __init__(self, frozen):
        self._frozen = frozen

    def go_to(self, day, minute):
        """Go to a minute after midnight of a day."""
        moment = datetime.combine(
            day, time(minute // 60, minute % 60, minute * 7 % 60), ZoneInfo(TIME_ZONE)
        )
        self._frozen.move_to(moment.astimezone(UTC).replace(tzinfo=None))

    def tick(self, seconds=20):
        self._frozen.tick(seconds)


class Person:
    """Somebody who is logged in; each call is a request with its own transaction.

    All of them in English: what they leave in the accounts is not in two languages.

    :param context: what every request carries besides language, time zone, companies
    """

    def __init__(self, registry, user, **context):
        self.uid = user.id
        self._registry = registry
        self._context = {
            "lang": "en_US",
            "tz": user.tz,
            "uid": user.id,
            "allowed_company_ids": [
                user.company_id.id,
                *(user.company_ids - user.company_id).ids,
            ],
            **context,
        }

    def call(self, model, method, args=(), kwargs=None, **context):
        kwargs = {**(kwargs or {}), "context": {**self._context, **context}}
        with self._registry.cursor() as cr:
            env = api.Environment(cr, self.uid, self._context)
            return retrying(
                partial(call_kw, env[model], method, list(args), kwargs), env
            )

    def act(self, wizard, values, method, **context):
        """Fill in a dialog and press its button."""
        (dialog,) = self.call(wizard, "create", [[values]], **context)
        return self.call(wizard, method, [[dialog]], **context)


class DemoBill(Bill):
    """A bill that may be invoiced; each line is one thing from the price list."""

    to_invoice = False

    def add(self, name):
        """Add a service or a product by its name."""
        item = self.till.items[name]
        return self.add_service(item["price"], item["rate"], item)

    def add_line_like(self, line):
        """Add the same thing once more, after a bill that was undone."""
        item = {"id": line["product_id"], "taxes": line["tax_ids"][0][2]}
        return self.add_service(line["price_unit"], line["rate"], item)

    def payload(self, state="paid"):
        return {**super().payload(state), "to_invoice": self.to_invoice}


@dataclass
class CardType:
    """What a till knows of a type of gift card."""

    id: int
    name: str
    kind: str
    vat_mode: str

    @property
    def is_taxed(self):
        """Tell whether VAT is counted when such a card is sold."""
        return self.vat_mode == "spv"


class Counter(CardTill):
    """The till of one salon, day after day.

    :param desk: who helps there with more rights than a cashier
    :param clock: moved on by what happens here
    """

    def __init__(self, salon, config_id, desk, clock):
        super().__init__(None, config_id)
        self.desk = desk
        self.salon = salon
        self.data = None
        self.safe = Decimal(0)  # cash taken, not yet brought to the bank
        self._clock = clock

    def open_with(self, person):
        """Open the session, and load what a till loads the first time."""
        self.rpc = person
        if not self.data:
            self.open(float(FLOAT))
            self.items = self._read_items()
            self.methods = self._read_methods()
            return
        self.rpc.call("pos.config", "open_ui", [[self.config_id]])
        self.session_id = self._read_config("current_session_id")
        self.rpc.call(
            "pos.session",
            "set_opening_control",
            [self.session_id, float(FLOAT), ""],
        )

    def _read_methods(self):
        """Return the ways to pay here: a till is told of its neighbours' too."""
        method_ids = self.data["pos.config"][0]["payment_method_ids"]
        return {
            self._method_kind(row): row["id"]
            for row in self.data["pos.payment.method"]
            if row["id"] in method_ids
        }

    def _read_items(self):
        taxes = {row["id"]: row["amount"] for row in self.data["account.tax"]}
        variants = {
            self._id(row["product_tmpl_id"]): row["id"]
            for row in self.data["product.product"]
        }
        items = {}
        for row in self.data["product.template"]:
            tax_ids = [tax for tax in row["taxes_id"] if tax in taxes]
            if tax_ids:
                items[row["name"]] = {
                    "id": variants[row["id"]],
                    "price": row["list_price"],
                    "rate": sum(taxes[tax] for tax in tax_ids),
                    "taxes": tax_ids,
                }
        return items

    def card_type(self, name):
        """Return a type of gift card as this till knows it."""
        row = next(row for row in self.data["giftcard.type"] if row["name"] == name)
        return CardType(row["id"], name, row["kind"], row["vat_mode"])

    def add_card(self, bill, card_type, price, worth, **details):
        """Add what sells a card or adds to one: a line, or one per entitlement."""
        if card_type.is_taxed:
            price = price if card_type.kind == "amount" else None
            return self.add_entitlements(bill, card_type, price, **details)
        if worth > price:
            details["giftcard_value"] = worth
        return [bill.add_card(price, card_type.name, **details)]

    def find_tip(self, amount):
        """Return the tip as a thing from the price list."""
        tip = self._id(self.data["pos.config"][0]["tip_product_id"])
        return {"id": tip, "price": amount, "rate": 0, "taxes": []}

    def ask_desk(self, method, *args):
        """Call what only the desk may: find, print again, undo."""
        method_id = self.methods["giftcard"]
        args = [[method_id], *args, self.session_id]
        return self.desk.call("pos.payment.method", method, args)

    def bill(self, **values):
        self._clock.tick()
        return DemoBill(self, **values)

    def send(self, bill, state="paid"):
        self._clock.tick(40)
        response = self.rpc.call(
            "pos.order", "sync_from_ui", [[bill.payload(state)]], generate_pdf=False
        )
        self.safe += sum(
            payment["amount"]
            for payment in bill.payments
            if state == "paid" and payment["payment_method_id"] == self.methods["cash"]
        )
        return Sent(bill, response)
