# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Bills that cards with a bonus pay: what a till sends for them."""

from odoo.fields import Command

from .common import GiftcardTillCommon

BASKET = ((20, 49.99), (10, 20.01), (5.5, 10.00))


class GiftcardBonusCommon(GiftcardTillCommon):
    def _make_bonus_card(self, session, price, value, **terms):
        """Sell a card that is worth more than it costs; return it."""
        card_type = self._make_type(
            is_free_amount=False,
            amount_ids=[
                Command.clear(),
                Command.create({"amount": price, "value": value}),
            ],
            **terms,
        )
        product = card_type.product_ids.product_variant_ids
        line = self._line(product, price, giftcard_value=value)
        order, _answer = self._sync(
            self._payload(session, [line], [self._payment(self.bank, price)])
        )
        return order.lines.giftcard_card_id

    def _make_free_card(self, value):
        """Make a card that nobody paid for; return it."""
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": self._new_key(), "value": value, "price": 0}],
            "issue",
            self._origin(),
        )
        self._commit()
        return card

    def _basket(self, *items):
        return [
            self._line(self.services[group], price) for group, price in items or BASKET
        ]

    def _tax_groups(self, lines):
        """What the till says its bill comes to by taxes, discounts taken off."""
        tax_groups = {}
        for line in lines:
            vals = line[2]
            key = str(vals["tax_ids"][0][2])
            group = tax_groups.setdefault(
                key,
                {
                    "key": key,
                    "tax_ids": vals["tax_ids"][0][2],
                    "gross": 0,
                    "discounted": 0,
                },
            )
            gross = vals["price_subtotal_incl"]
            group["gross"] = round(group["gross"] + gross, 2)
            if vals.get("giftcard_role") == "bonus":
                group["discounted"] = round(group["discounted"] - gross, 2)
        return list(tax_groups.values())

    def _redeem_card(self, session, card, amount, lines, **request):
        """Hold over the till's RPC; return its payment line and the bonus lines."""
        tax_groups = self._tax_groups(lines)
        request = {
            "key": self._new_key(),
            "revision": 1,
            "amount": amount,
            "session_id": session.id,
            "code": card._reveal(),
            "order_uuid": self._bill_uuid,
            "tax_groups": tax_groups,
            **request,
        }
        answer = self.giftcard.with_user(self.cashier).giftcard_hold_tender(request)
        self.assertEqual(answer["state"], "held", answer)
        payment = self._payment(
            self.giftcard,
            answer["consideration"],
            uuid=answer["key"],
            giftcard_bonus=answer["bonus"],
        )
        by_key = {group["key"]: group["tax_ids"] for group in tax_groups}
        bonus = [
            self._bonus_line(discount, answer["key"], by_key[discount["key"]])
            for discount in answer["discounts"]
        ]
        return payment, bonus

    def _new_key(self):
        return self._payment(self.giftcard, 0)[2]["uuid"]

    def _bonus_line(self, discount, key, tax_ids, qty=1, **values):
        return self._line(
            self.env.ref("giftcard_salon.product_bonus"),
            discount["price_unit"],
            qty=qty,
            tax_ids=[Command.set(tax_ids)],
            price_subtotal=-qty * discount["base"],
            price_subtotal_incl=-qty * discount["amount"],
            giftcard_role="bonus",
            giftcard_deduction_key=key,
            extra_tax_data=discount["extra_tax_data"],
            **values,
        )

    def _pay(self, session, card, amount, items=(), **values):
        """Pay a basket by card, the rest in cash; return the bill."""
        lines = self._basket(*items)
        payment, bonus = self._redeem_card(session, card, amount, lines)
        rest = round(sum(line[2]["price_subtotal_incl"] for line in lines) - amount, 2)
        payments = [payment]
        if rest:
            payments.append(self._payment(self.cash_of(session), rest))
        payload = self._payload(session, lines + bonus, payments, **values)
        return self._sync(payload, self.cashier)[0]

    def _give_back(self, order, session, items, amount=None, **values):
        """Give lines of a bill back to its card; return the refund's payload.

        :param items: lines of the bill
        :param amount: value for the card; by default all of the items
        """
        lines = [
            self._line(
                line.product_id,
                line.price_unit,
                qty=-line.qty,
                tax_ids=[Command.set(line.tax_ids.ids)],
                price_subtotal=-line.price_subtotal,
                price_subtotal_incl=-line.price_subtotal_incl,
                refunded_orderline_id=line.id,
            )
            for line in items
        ]
        whole = round(sum(items.mapped("price_subtotal_incl")), 2)
        amount = whole if amount is None else amount
        used = order.payment_ids._get_giftcard_payments()
        tax_groups = self._tax_groups(lines)
        for group in tax_groups:
            group["gross"] *= -1
        plan = self.giftcard.with_user(self.cashier).giftcard_refund_split(
            {
                "payment_id": used.id,
                "amount": amount,
                "key": (key := self._new_key()),
                "session_id": session.id,
                "tax_groups": tax_groups,
            }
        )
        bonus = [
            self._bonus_line(
                discount,
                key,
                discount["tax_ids"],
                qty=-1,
                refunded_orderline_id=discount["refunded_line_id"],
            )
            for discount in plan["discounts"]
        ]
        payments = [
            self._payment(
                self.giftcard,
                -plan["consideration"],
                uuid=key,
                giftcard_refunded_payment_id=used.id,
            )
        ]
        if rest := round(whole - amount, 2):
            payments.append(self._payment(self.cash_of(session), -rest))
        return self._payload(session, lines + bonus, payments, is_refund=True, **values)

    def _given(self, order):
        """The bonus lines of a bill: amounts by group of the tax."""
        return {
            line.tax_ids.amount: (float(-split.base), float(-split.vat))
            for line in order.lines.filtered(lambda line: line.giftcard_role == "bonus")
            for split in [line._get_giftcard_fixed_amounts()]
        }
