# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A till driven as the browser drives it: the same RPCs in the same order."""

import itertools
from datetime import datetime
from uuid import uuid4

from lib.bill import Bill, money
from lib.rates import giftcard_tax_groups, is_tip


class Till:
    """One device at one point of sale.

    :param rpc: an :class:`lib.rpc.Rpc`, or anything with ``uid`` and ``call``
    :param int config_id: the ``pos.config``
    """

    def __init__(self, rpc, config_id):
        self.rpc = rpc
        self.config_id = config_id
        self._numbers = itertools.count(1)

    # --- session

    def open(self, cash=0.0):
        """Open the session, or join the open one, and load what a till loads."""
        self.start(cash)
        self._device = self.rpc.call(
            "pos.config", "register_new_device_identifier", [self.config_id]
        )["device_identifier"]
        self.data = self.rpc.call("pos.session", "load_data", [self.session_id, []])
        config = self.data["pos.config"][0]
        self.company_id = self._id(config["company_id"])
        self.pricelist_id = self._id(config["pricelist_id"])
        self.currency_id = self._id(config["currency_id"])
        self.tip_product_id = self._id(config["tip_product_id"])
        self.methods = {
            self._method_kind(row): row["id"]
            for row in self.data["pos.payment.method"]
            if row["id"] in config["payment_method_ids"]
        }
        return self

    def start(self, cash=0.0):
        """Open the session, or join the open one, with what is known already."""
        self.rpc.call("pos.config", "open_ui", [[self.config_id]])
        self.session_id = self._read_config("current_session_id")
        if self._session_state() == "opening_control":
            self.rpc.call(
                "pos.session", "set_opening_control", [self.session_id, cash, ""]
            )
        return self

    def join(self, rpc):
        """Return another device at the same till."""
        twin = Till(rpc, self.config_id)
        twin.__dict__.update(
            {k: v for k, v in self.__dict__.items() if k not in ("rpc", "_numbers")}
        )
        # a browser asks for this number; here the uuid keeps references apart
        twin._device = f"{self._device}{uuid4().hex[:6]}"
        return twin

    def close(self):
        """Close the session: count the drawer as expected, then close."""
        control = self.rpc.call(
            "pos.session", "get_closing_control_data", [[self.session_id]]
        )
        cash = control["default_cash_details"]
        if cash:
            self._must(
                self.rpc.call(
                    "pos.session",
                    "post_closing_cash_details",
                    [self.session_id],
                    {"counted_cash": cash["amount"]},
                )
            )
        self.rpc.call(
            "pos.session", "update_closing_control_state_session", [self.session_id, ""]
        )
        pairs = [
            [method["id"], 0.0]
            for method in control["non_cash_payment_methods"]
            if method["type"] == "bank"
        ]
        self._must(
            self.rpc.call(
                "pos.session", "close_session_from_ui", [self.session_id, pairs]
            )
        )

    @staticmethod
    def _must(answer):
        if not answer["successful"]:
            raise AssertionError(f"the session did not close: {answer}")

    def _session_state(self):
        return self.rpc.call("pos.session", "read", [[self.session_id], ["state"]])[0][
            "state"
        ]

    def _read_config(self, name):
        rows = self.rpc.call("pos.config", "read", [[self.config_id], [name]])
        return self._id(rows[0][name])

    @staticmethod
    def _id(value):
        return value[0] if isinstance(value, (list, tuple)) else value

    @staticmethod
    def _method_kind(row):
        if row.get("use_payment_terminal") == "giftcard":
            return "giftcard"
        return "cash" if row["is_cash_count"] else row["type"]

    # --- what is sold

    def service(self, rate):
        """Return the first ordinary product taxed at ``rate`` percent."""
        sold = {row["id"]: row for row in self.data["product.template"]}
        for product in self.data["product.product"]:
            template = sold.get(self._id(product["product_tmpl_id"]))
            if template and not template.get("giftcard_type_id"):
                taxes = product.get("taxes_id") or template["taxes_id"]
                if taxes and self.rate_of(taxes) == rate:
                    return {"id": product["id"], "taxes": taxes}
        raise LookupError(f"no product at {rate} % in this till")

    def card_product(self, type_name=None):
        """Return the product of a gift-card type; without a name, of any amount."""
        types = [
            row["id"]
            for row in self.data["giftcard.type"]
            if (row["name"] == type_name if type_name else row["is_free_amount"])
        ]
        templates = {
            row["id"]
            for row in self.data["product.template"]
            if self._id(row["giftcard_type_id"]) in types[:1]
        }
        for product in self.data["product.product"]:
            if self._id(product["product_tmpl_id"]) in templates:
                return {"id": product["id"], "taxes": []}
        raise LookupError(f"no gift card {type_name or 'of any amount'} in this till")

    def is_card(self, product_id):
        """Tell whether a product is a gift card that is sold."""
        templates = {
            row["id"]
            for row in self.data["product.template"]
            if row["giftcard_type_id"]
        }
        return any(
            row["id"] == product_id and self._id(row["product_tmpl_id"]) in templates
            for row in self.data["product.product"]
        )

    def rate_of(self, tax_ids):
        return sum(
            row["amount"] for row in self.data["account.tax"] if row["id"] in tax_ids
        )

    def is_included(self, tax_ids):
        """Tell whether prices with these taxes are shown with them."""
        return all(
            row.get("price_include", True)
            for row in self.data["account.tax"]
            if row["id"] in tax_ids
        )

    # --- bills

    def next_reference(self):
        number = next(self._numbers)
        year = datetime.utcnow().strftime("%y")
        return (
            f"{year}{self._device}-{self.config_id}-{number:06d}",
            f"{self._device}{number % 1000:03d}",
        )

    def bill(self, **values):
        return Bill(self, **values)

    def send(self, bill, state="paid"):
        """Send one bill; return the server's rows of it."""
        answer = self.rpc.call("pos.order", "sync_from_ui", [[bill.payload(state)]])
        return Sent(bill, answer)

    # --- gift cards

    def lookup(self, code):
        return self._giftcard("giftcard_lookup", code, self.session_id)

    def present(self, code, bill):
        """Ask what a card is, and for a hold of what it can pay of a bill."""
        tax_groups = giftcard_tax_groups(bill)
        supplies = sum(group["gross"] for group in tax_groups)
        lines = (line for line in bill.lines if is_tip(line, bill))
        tips = float(sum(line["price_subtotal_incl"] for line in lines))
        request = {
            **self.prepare_hold(0, code, bill=bill),
            "tax_groups": tax_groups,
            "tips": tips,
            "payable": {"with_tips": supplies + tips, "without_tips": supplies},
        }
        return self._giftcard("giftcard_present", request)

    def hold(self, amount, code=None, key=None, revision=1, bill=None):
        request = self.prepare_hold(amount, code, key, revision, bill)
        return self._giftcard("giftcard_hold_tender", request)

    def prepare_hold(self, amount, code=None, key=None, revision=1, bill=None):
        key = key or str(uuid4())
        return {
            "key": key,
            "revision": revision,
            "amount": float(amount),
            "session_id": self.session_id,
            "order_uuid": bill.uuid if bill else key,
            "order_name": bill.reference if bill else "",
            "partner_id": False,
            **({"code": code} if code else {}),
        }

    def release(self, key, revision):
        return self._giftcard("giftcard_release", key, revision, self.session_id)

    def status(self, keys):
        return self._giftcard("giftcard_status", keys, self.session_id)

    def _giftcard(self, method, *args):
        return self.rpc.call(
            "pos.payment.method", method, [[self.methods["giftcard"]], *args]
        )

    # --- the usual courses

    def sell_card(self, value, kind="bank", card_type=None):
        """Sell one card; return its code and the server's rows."""
        bill = self.bill()
        line = bill.add_card(value, card_type)
        bill.pay(kind)
        sent = self.send(bill)
        return sent.line(line["uuid"])["giftcard_code"], sent

    def pay_with(self, bill, hold, rest="bank"):
        """Put a hold on a bill as its payment, and pay the rest otherwise."""
        bill.pay(
            "giftcard",
            hold["amount"],
            uuid=hold["key"],
            giftcard_revision=hold["revision"],
            giftcard_last4=hold["last4"],
            giftcard_remaining=hold["available"],
        )
        if bill.total > bill.paid:
            bill.pay(rest)
        return bill


class Sent:
    """The server's answer to one bill."""

    def __init__(self, bill, answer):
        self.bill = bill
        self.order = next(
            row for row in answer["pos.order"] if row["uuid"] == bill.uuid
        )
        self.lines = {row["uuid"]: row for row in answer["pos.order.line"]}
        self.payments = {row["uuid"]: row for row in answer["pos.payment"]}

    def line(self, uuid):
        return self.lines[uuid]

    def payment(self, uuid):
        return self.payments[uuid]


__all__ = ["Sent", "Till", "money"]
