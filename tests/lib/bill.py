"""A bill at the till and the payload in which the till sends it.

The shape is what ``PosOrder.serializeForORM`` of Odoo 19 sends: amounts as the
till computed them, lines and payments with uuids of their own.
"""

from collections import defaultdict
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import uuid4

CENT = Decimal("0.01")


def money(amount):
    return Decimal(str(amount)).quantize(CENT, ROUND_HALF_UP)


class Bill:
    """One order of a till, from its first line to being paid."""

    def __init__(self, till, partner_id=False):
        self.till = till
        self.uuid = str(uuid4())
        self.partner_id = partner_id
        self.reference, self.tracking = till.next_reference()
        self.is_refund = False
        self.lines = []
        self.payments = []

    @property
    def total(self):
        return sum((line["price_subtotal_incl"] for line in self.lines), Decimal(0))

    @property
    def paid(self):
        return sum((payment["amount"] for payment in self.payments), Decimal(0))

    # --- lines

    def add_service(self, price, rate=20, product=None):
        """Add a service at a price typed in by the cashier, tax included."""
        product = product or self.till.service(rate)
        return self._add_line(product, 1, money(price), rate)

    def add_card(self, value, card_type=None, **details):
        """Add a gift card; ``details``: giftcard_recipient, _sender, _message."""
        product = self.till.card_product(card_type)
        return self._add_line(product, 1, money(value), 0, **details)

    def add_refund(self, sold):
        """Give back a line of a bill that was paid; ``sold`` as the server sent it."""
        self.is_refund = True
        rate = self.till.rate_of(sold["tax_ids"])
        product = {"id": sold["product_id"], "taxes": sold["tax_ids"]}
        return self._add_line(
            product,
            -1,
            money(sold["price_unit"]),
            rate,
            refunded_orderline_id=sold["id"],
        )

    def _add_line(self, product, qty, price, rate, **values):
        gross = money(price * qty)
        net = money(gross / (1 + Decimal(str(rate)) / 100))
        line = {
            "uuid": str(uuid4()),
            "product_id": product["id"],
            "qty": qty,
            "price_unit": price,
            "price_type": "original",
            "price_subtotal": net,
            "price_subtotal_incl": gross,
            "discount": 0,
            "tax_ids": [[6, False, list(product["taxes"])]],
            "pack_lot_ids": [],
            "rate": rate,
            **values,
        }
        self.lines.append(line)
        return line

    # --- payments

    def pay(self, kind, amount=None, uuid=None, **values):
        """Add a payment; ``kind``: cash, bank or giftcard."""
        payment = {
            "uuid": uuid or str(uuid4()),
            "amount": money(self.total - self.paid if amount is None else amount),
            "payment_method_id": self.till.methods[kind],
            "payment_status": "done" if kind == "giftcard" else False,
            **values,
        }
        self.payments.append(payment)
        return payment

    # --- as it is sent

    def payload(self, state="paid"):
        """Return what ``pos.order.sync_from_ui`` gets for this bill."""
        till = self.till
        return {
            "uuid": self.uuid,
            "access_token": self.uuid,
            "pos_reference": self.reference,
            "tracking_number": self.tracking,
            "name": f"Order {self.reference}",
            "state": state,
            "session_id": till.session_id,
            "config_id": till.config_id,
            "company_id": till.company_id,
            "user_id": till.rpc.uid,
            "partner_id": self.partner_id,
            "pricelist_id": till.pricelist_id,
            "fiscal_position_id": False,
            "date_order": datetime.utcnow().strftime("%Y-%m-%d %H:%M:%S"),
            "to_invoice": False,
            "is_refund": self.is_refund,
            "amount_total": float(self.total),
            "amount_tax": float(self._tax()),
            "amount_paid": float(self.paid),
            "amount_return": 0.0,
            "last_order_preparation_change": "{}",
            "lines": [[0, 0, self._plain(line)] for line in self.lines],
            "payment_ids": [[0, 0, self._plain(line)] for line in self.payments],
            "relations_uuid_mapping": {},
        }

    def _tax(self):
        by_rate = defaultdict(Decimal)
        for line in self.lines:
            by_rate[line["rate"]] += line["price_subtotal_incl"]
        return sum(
            (
                gross - money(gross / (1 + Decimal(str(rate)) / 100))
                for rate, gross in by_rate.items()
            ),
            Decimal(0),
        )

    @staticmethod
    def _plain(values):
        return {
            name: float(value) if isinstance(value, Decimal) else value
            for name, value in values.items()
            if name != "rate"
        }
