# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What a till does with gift cards, in the shape in which the browser sends it."""

from fractions import Fraction
from uuid import uuid4

from lib.bill import money
from lib.exact import split
from lib.rates import giftcard_tax_groups, is_tip
from lib.till import Till


class CardTill(Till):
    """A till that knows bonus cards, taxed parts and refunds of what cards paid."""

    # --- selling

    def scan_for_sale(self, code, type_id):
        return self._giftcard("giftcard_scan_for_sale", code, self.session_id, type_id)

    def line_product(self, name):
        """Return the product of lines that a card puts on a bill: bonus, deduction."""
        return self.data["pos.config"][0]["_giftcard_line_products"][name]

    def add_entitlements(self, bill, card_type, price=None, **values):
        """Add the lines that sell a card whose VAT is counted at the sale."""
        offer = self._giftcard(
            "giftcard_quote", card_type.id, self.session_id, price and float(price)
        )
        key = str(uuid4())
        product = self.card_product(card_type.name)
        return [
            self.add_amounts(
                bill,
                {**product, "taxes": part["tax_ids"]},
                key,
                part["amounts"],
                "sale",
                uuid=str(uuid4()) if part["number"] else key,
                giftcard_card_key=key,
                giftcard_entitlement_number=part["number"],
                **values,
            )
            for part in offer["entitlements"]
        ]

    def add_amounts(self, bill, product, key, amounts, role, qty=1, **values):
        """Add a line that the server has fixed: base, tax and price per unit.

        :param str key: what belongs together: apart from it no cent is rounded
        """
        told = {
            "price_unit": amounts["price_unit"],
            "base": amounts["base"],
            "vat": money(amounts["gross"]) - money(amounts["base"]),
            "extra_tax_data": fixed_data(key, amounts, self.currency_id, qty),
        }
        product = {"rate": self.rate_of(product["taxes"]), **product}
        line = bill.add_fixed(product, told, role, values.pop("pair", False), qty)
        discount = amounts.get("discount", 0)
        line.update(price_unit=amounts["price_unit"], discount=discount, **values)
        return line

    # --- using a card that was taxed at its sale

    def hold_entitlement(self, bill, code, part, amount, item, price):
        """Reserve a part of a card for an item of the bill; return the use."""
        request = self.prepare_hold(amount, code, bill=bill)
        request["redemptions"] = [
            {
                "key": request["key"],
                "revision": 1,
                "entitlement_id": part["id"],
                "amount": float(amount),
                "item": {
                    "price_unit": float(price),
                    "discount": 0,
                    "tax_ids": item["taxes"],
                    "product_id": item["id"],
                },
            }
        ]
        return self._giftcard("giftcard_hold_entitlements", request)["redemptions"][0]

    def add_deduction(self, bill, item, use):
        """Add the item and what the card takes off it."""
        lines, key = use["lines"], use["key"]
        products = {
            "item": item["id"],
            "deduction": self.line_product("deduction"),
            "bonus": self.line_product("bonus"),
        }
        for role, product in products.items():
            if lines[role]:
                self.add_amounts(
                    bill,
                    {"id": product, "taxes": lines["tax_ids"]},
                    key,
                    lines[role],
                    role,
                    pair=key,
                    **({"uuid": key} if role == "deduction" else {}),
                )

    def add_conversion(self, bill, code):
        """Add the lines that change a card into one for its amount; return the last."""
        keys = [str(uuid4()) for _number in range(10)]
        request = self.prepare_hold(0, code, bill=bill)
        held = self._giftcard("giftcard_hold_conversion", {**request, "keys": keys})
        made = str(uuid4())
        for line in held["lines"]:
            self.add_amounts(
                bill,
                {"id": self.line_product("deduction"), "taxes": line["tax_ids"]},
                line["key"],
                line["amounts"],
                "conversion_out",
                qty=-1,
                pair=made,
                uuid=line["key"],
            )
        amounts = {
            "price_unit": held["amount"],
            "base": held["amount"],
            "gross": held["amount"],
            "taxes": [],
        }
        product = {"id": self.line_product("deduction"), "taxes": []}
        return self.add_amounts(
            bill, product, made, amounts, "conversion_in", pair=made, uuid=made
        )

    # --- using a card as a payment

    def hold(self, amount, code=None, key=None, revision=1, bill=None, held=None):
        """Reserve an amount; for a bill also say at which rates it may be paid.

        :param dict held: the answer to an earlier hold, which this one replaces
        """
        if held:
            key, revision, code = held["key"], held["revision"] + 1, None
        request = self.prepare_hold(amount, code, key, revision, bill)
        if bill:
            request["tax_groups"] = giftcard_tax_groups(bill)
            tips = (
                line["price_subtotal_incl"] for line in bill.lines if is_tip(line, bill)
            )
            request["tips"] = float(sum(tips))
        return self._giftcard("giftcard_hold_tender", request)

    def apply_hold(self, bill, held):
        """Put a hold on the bill: discount lines for the bonus, then the payment."""
        rates = {rate["key"]: rate["tax_ids"] for rate in giftcard_tax_groups(bill)}
        self._add_discounts(bill, held.get("discounts") or (), held["key"], rates)
        bill.pay(
            "giftcard",
            held.get("consideration", held["amount"]),
            uuid=held["key"],
            giftcard_revision=held["revision"],
            giftcard_last4=held["last4"],
            giftcard_remaining=held["available"],
            giftcard_bonus=held.get("bonus", 0),
        )

    def _add_discounts(self, bill, discounts, key, rates, qty=1):
        """Add what nobody paid for: one line per rate, as the server split it."""
        for discount in discounts:
            taxes = discount.get("tax_ids") or rates[discount["key"]]
            product = {
                "id": self.line_product("bonus"),
                "taxes": taxes,
                "rate": self.rate_of(taxes),
            }
            told = {
                **discount,
                "base": -discount["base"],
                "vat": -discount["vat"],
            }
            values = {}
            if discount.get("refunded_line_id"):
                values["refunded_orderline_id"] = discount["refunded_line_id"]
            bill.add_fixed(product, told, "bonus", key, qty, **values)

    # --- giving back

    def refund_tenders(self, bill, original, others, cards=None):
        """Pay a refund back: to the cards that paid, and elsewhere what is told.

        :param dict cards: amounts by payment of the original bill; left out: each
            card gets its share
        """
        for kind, amount in others.items():
            bill.pay(kind, amount)
        paid = {
            payment["id"]: payment
            for payment in original.payments.values()
            if payment["payment_method_id"] == self.methods["giftcard"]
        }
        rest = Fraction(str(bill.total - bill.paid))
        weights = {
            key: Fraction(str(money(payment["amount"] + payment["giftcard_bonus"])))
            for key, payment in paid.items()
        }
        for payment_id, share in (cards or split(-rest, weights)).items():
            if share:
                self.refund_to_card(bill, payment_id, float(share))

    def refund_to_card(self, bill, payment_id, amount):
        """Give back what a payment by card took, bonus included."""
        key = str(uuid4())
        plan = self._giftcard(
            "giftcard_refund_split",
            {
                "payment_id": payment_id,
                "amount": amount,
                "key": key,
                "session_id": self.session_id,
                "tax_groups": giftcard_tax_groups(bill, sign=-1),
            },
        )
        self._add_discounts(bill, plan["discounts"], key, {}, qty=-1)
        bill.pay(
            "giftcard",
            -money(plan["consideration"]),
            uuid=key,
            giftcard_refunded_payment_id=payment_id,
        )

    def refund_card(self, bill, sold):
        """Give a card back with what was paid for it and is left."""
        ids = [line["id"] for line in sold.lines]
        rests = self._giftcard("giftcard_refundable", ids, self.session_id)
        for line in sold.lines:
            amounts = rests[str(line["id"])]
            if not line["giftcard_role"]:
                bill.add_refund(line, price=amounts["price_unit"])
                continue
            self.add_amounts(
                bill,
                {"id": line["product_id"], "taxes": line["tax_ids"]},
                line["uuid"],
                amounts,
                line["giftcard_role"],
                qty=-1,
                pair=line["giftcard_deduction_key"],
                refunded_orderline_id=line["id"],
            )
        bill.is_refund = True

    def reverse(self, bill, line):
        """Give back a line exactly as it was."""
        if not line["giftcard_role"]:
            return bill.add_refund(line, line["qty"])
        bill.is_refund = True
        product = {
            "id": line["product_id"],
            "taxes": line["tax_ids"],
            "rate": self.rate_of(line["tax_ids"]),
        }
        told = {
            "price_unit": line["price_unit"],
            "base": line["price_subtotal"],
            "vat": money(line["price_subtotal_incl"]) - money(line["price_subtotal"]),
            "extra_tax_data": reversed_data(line["extra_tax_data"]),
        }
        return bill.add_fixed(
            product,
            told,
            line["giftcard_role"],
            line["giftcard_deduction_key"],
            -line["qty"],
            refunded_orderline_id=line["id"],
        )


def fixed_data(key, amounts, currency_id, qty):
    """Return `extra_tax_data` as the browser writes it."""
    data = {"computation_key": f"giftcard,{key}"}
    if not amounts["taxes"]:
        return data
    base = qty * amounts["base"]
    return {
        **data,
        "manual_total_excluded_currency": base,
        "manual_total_excluded": base,
        "manual_tax_amounts": {
            str(tax["id"]): {
                "base_amount_currency": qty * tax["base"],
                "base_amount": qty * tax["base"],
                "tax_amount_currency": qty * tax["vat"],
                "tax_amount": qty * tax["vat"],
            }
            for tax in amounts["taxes"]
        },
        "currency_id": currency_id,
        "price_unit": amounts["price_unit"],
        "discount": amounts.get("discount", 0),
        "quantity": qty,
        "rate": 1.0,
    }


def reversed_data(data):
    """Return the forced amounts of a line with the opposite quantity."""
    if not data or "manual_tax_amounts" not in data:
        return data
    return {
        **data,
        "quantity": -data["quantity"],
        **{
            name: -data[name]
            for name in ("manual_total_excluded_currency", "manual_total_excluded")
        },
        "manual_tax_amounts": {
            tax: {name: -amount for name, amount in amounts.items()}
            for tax, amounts in data["manual_tax_amounts"].items()
        },
    }
