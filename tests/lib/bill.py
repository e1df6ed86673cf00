# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

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

    def __init__(self, till, partner_id=False, uuid=None):
        self.till = till
        self.uuid = uuid or str(uuid4())
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

    def add_card(self, price, card_type=None, **details):
        """Add a gift card; ``details``: giftcard_recipient, _sender, _message, and
        giftcard_value when it is worth more than its price."""
        product = self.till.card_product(card_type)
        return self._add_line(product, 1, money(price), 0, **details)

    def add_refund(self, sold, qty=1, price=None):
        """Give back a line of a bill that was paid; ``sold`` as the server sent it."""
        self.is_refund = True
        rate = self.till.rate_of(sold["tax_ids"])
        product = {
            "id": sold["product_id"],
            "taxes": sold["tax_ids"],
            "included": self.till.is_included(sold["tax_ids"]),
        }
        return self._add_line(
            product,
            -Decimal(str(qty)),
            money(sold["price_unit"] if price is None else price),
            rate,
            refunded_orderline_id=sold["id"],
        )

    def add_fixed(self, product, told, role, pair, qty=1, **values):
        """Add a line whose amounts the server has fixed to the cent.

        :param dict told: ``price_unit``, ``base``, ``vat`` and ``extra_tax_data``
        """
        qty = Decimal(str(qty))
        line = self._add_line(
            product,
            qty,
            Decimal(str(told["price_unit"])),
            product.get("rate", 0),
            extra_tax_data=told["extra_tax_data"],
            giftcard_role=role,
            giftcard_deduction_key=pair,
            **values,
        )
        line["price_subtotal"] = money(told["base"]) * qty
        vat = money(told["vat"]) * qty
        line["price_subtotal_incl"] = line["price_subtotal"] + vat
        return line

    def _add_line(self, product, qty, price, rate, **values):
        percent = 1 + Decimal(str(rate)) / 100
        if product.get("included", True):
            gross = money(price * qty)
            net = money(gross / percent)
        else:
            net = money(price * qty)
            gross = money(net * percent)
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
            # a till reads it again without asking whether "lines" is there
            "last_order_preparation_change": '{"lines": {}}',
            "lines": [[0, 0, self._plain(line)] for line in self.lines],
            "payment_ids": [[0, 0, self._plain(line)] for line in self.payments],
            "relations_uuid_mapping": {},
        }

    def _tax(self):
        """Return the VAT of the bill: forced lines as told, the rest by rate."""
        by_rate, told = defaultdict(Decimal), Decimal(0)
        for line in self.lines:
            if line.get("giftcard_role"):
                told += line["price_subtotal_incl"] - line["price_subtotal"]
            else:
                by_rate[line["rate"]] += line["price_subtotal_incl"]
        return told + sum(
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
