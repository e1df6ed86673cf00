# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What tests of single-purpose cards share: selling parts, and pairs of lines."""

from uuid import uuid4

from odoo.fields import Command

from ..tools.allocation import exact
from ..tools.fixed_amounts import fixed_tax_data
from ..tools.tax_split import TaxAmount, TaxSplit
from .common import GiftcardTillCommon


class GiftcardDeductionCommon(GiftcardTillCommon):
    """A till whose 20 % has other tags for refunds, and types taxed at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for tax in cls.taxes.values():
            for name in ("invoice", "refund"):
                for line in tax[f"{name}_repartition_line_ids"]:
                    line.tag_ids = cls.env["account.account.tag"].create(
                        {
                            "name": f"{name} {line.repartition_type} {tax.amount}",
                            "applicability": "taxes",
                            "country_id": cls.company.account_fiscal_country_id.id,
                        }
                    )
        # everything sold has 20 %, but for services made here: their rates are own
        others = cls.env["product.template"].search([("sale_ok", "=", True)])
        others.sale_ok = False
        cls.services[20].sale_ok = True
        cls.massage = cls.services[20]
        cls.amount_type = cls._make_type(name="Spa card", vat_mode="spv")
        cls.deferred = cls.company.giftcard_deferred_account_id
        cls.tips = cls.company.giftcard_tips_account_id
        cls.deduction = cls.env.ref("giftcard_salon.product_deduction")
        cls.bonus = cls.env.ref("giftcard_salon.product_bonus")

    def setUp(self):
        super().setUp()
        self.session = self._open()

    @classmethod
    def _make_service(cls, name, price, rate=20):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "list_price": price,
                "available_in_pos": True,
                "taxes_id": [Command.set(cls.taxes[rate].ids)],
            }
        )

    @classmethod
    def _make_package(cls, *services, **values):
        """A type for services: pairs of a product, or None for a tip, and a price."""
        return cls._make_type(
            name="Day package",
            kind="service",
            vat_mode="spv",
            amount_ids=False,
            service_ids=[
                Command.create(
                    {
                        "product_id": product and product.id,
                        "is_tip": not product,
                        "quantity": quantity,
                        "price": price,
                    }
                )
                for product, quantity, price in services
            ],
            **values,
        )

    # === PAYLOADS === #

    def _fixed_amounts(self, key, product, amounts, tax_ids, quantity=1, **values):
        """A bill line with fixed amounts, as the till makes it."""
        split = TaxSplit(
            exact(amounts["base"]),
            {
                tax["id"]: TaxAmount(exact(tax["vat"]), exact(tax["base"]))
                for tax in amounts["taxes"]
            },
        )
        included = {tax["id"] for tax in amounts["taxes"] if tax["is_included"]}
        data = fixed_tax_data(
            key, split, included, self.session.currency_id.id, quantity
        )
        own = {
            "price_unit": amounts["price_unit"],
            "discount": amounts.get("discount", 0),
        }
        return Command.create(
            {
                "uuid": str(uuid4()),
                "product_id": product.id,
                "qty": quantity,
                **own,
                "tax_ids": [Command.set(tax_ids)],
                "price_subtotal": quantity * amounts["base"],
                "price_subtotal_incl": quantity * amounts["gross"],
                "extra_tax_data": {**data, **own} if amounts["taxes"] else data,
                **values,
            }
        )

    def _quote_lines(self, card_type, price=None, **values):
        offer = self.giftcard.giftcard_quote(card_type.id, self.session.id, price)
        product = card_type.product_ids.product_variant_ids
        key = str(uuid4())
        return [
            self._fixed_amounts(
                key if not part["number"] else str(uuid4()),
                product,
                part["amounts"],
                part["tax_ids"],
                giftcard_role="sale",
                giftcard_card_key=key,
                giftcard_entitlement_number=part["number"],
                **({"uuid": key} if not part["number"] else {}),
                **values,
            )
            for part in offer["entitlements"]
        ]

    def _sell_entitlements(self, card_type, price=None, **values):
        """Sell a single-purpose card over the till; return it."""
        lines = self._quote_lines(card_type, price)
        order = self._bill(lines, **values)
        return order.lines.giftcard_card_id

    def _bill(self, lines, payments=None, session=None, user=None, **values):
        """Pay a bill in cash, or as told; return it."""
        session = session or self.session
        total = round(sum(line[2]["price_subtotal_incl"] for line in lines), 2)
        if payments is None:
            payments = [self._payment(self.cash_of(session), total)] if total else []
        payload = self._payload(session, lines, payments, **values)
        payload["amount_total"] = total
        return self._sync(payload, user)[0]

    def _hold_entitlements(self, card, *uses, **values):
        """Hold parts over the till's RPC: triples of a part, an amount and an item."""
        request = {
            "session_id": self.session.id,
            "code": card._reveal(),
            "order_uuid": self._bill_uuid,
            "order_name": "Bill",
            "redemptions": [
                {
                    "key": str(uuid4()),
                    "revision": 1,
                    "entitlement_id": part.id,
                    "amount": amount,
                    "item": {
                        "price_unit": price,
                        "discount": 0,
                        "tax_ids": product.taxes_id.ids,
                        "product_id": product.id,
                    },
                }
                for part, amount, (product, price) in uses
            ],
            **values,
        }
        self.env.flush_all()
        return self.giftcard.with_user(self.cashier).giftcard_hold_entitlements(request)

    def _deduction_lines(self, product, hold):
        """The two or three lines of a hold."""
        told, key = hold["lines"], hold["key"]
        common = {"giftcard_deduction_key": key}
        lines = [
            self._fixed_amounts(
                key,
                product,
                told["item"],
                told["tax_ids"],
                giftcard_role="item",
                **common,
            ),
            self._fixed_amounts(
                key,
                self.deduction,
                told["deduction"],
                told["tax_ids"],
                giftcard_role="deduction",
                uuid=key,
                **common,
            ),
        ]
        if told["bonus"]:
            lines.append(
                self._fixed_amounts(
                    key,
                    self.bonus,
                    told["bonus"],
                    told["tax_ids"],
                    giftcard_role="bonus",
                    **common,
                )
            )
        return lines

    def _redeem_entitlement(
        self, part, amount, price=None, product=None, lines=(), **values
    ):
        """Pay one item by a part of a card, the rest in cash; return the bill."""
        product = product or self.massage
        item = (product, amount if price is None else price)
        hold = self._hold_entitlements(part.card_id, (part, amount, item))[
            "redemptions"
        ][0]
        return self._bill([*self._deduction_lines(product, hold), *lines], **values)

    def _give_back(self, order, session=None, lines=None, payments=None, **values):
        """Refund a bill as the till does, cards with what is left of them."""
        session = session or self.session
        lines = order.lines if lines is None else lines
        rests = self.giftcard.giftcard_refundable(lines.ids, session.id)
        commands = [self._refund_line(line, rests) for line in lines]
        return self._bill(commands, payments, session, is_refund=True, **values)

    def _refund_line(self, line, rests):
        common = {
            "refunded_orderline_id": line.id,
            "giftcard_role": line.giftcard_role,
            "giftcard_deduction_key": line.giftcard_deduction_key,
        }
        if rest := rests.get(str(line.id)):
            return self._fixed_amounts(
                line.uuid, line.product_id, rest, line.tax_ids.ids, -1, **common
            )
        reverse = self.env["account.tax"]._reverse_quantity_base_line_extra_tax_data
        return Command.create(
            {
                "uuid": str(uuid4()),
                "product_id": line.product_id.id,
                "price_unit": line.price_unit,
                "qty": -line.qty,
                "discount": line.discount,
                "tax_ids": [Command.set(line.tax_ids.ids)],
                "price_subtotal": -line.price_subtotal,
                "price_subtotal_incl": -line.price_subtotal_incl,
                "extra_tax_data": reverse(line.extra_tax_data),
                **common,
            }
        )

    def _close_and_open(self):
        """Close the till and open it again; return the session's entry."""
        self.assertTiesOut()
        move = self._close(self.session)
        self.assertTiesOut()
        self.session = self._open()
        return move

    # === FIGURES === #

    def assertBooked(self, move, **expected):
        """Net debit (+) or credit (-) per role, as the cases write it."""
        roles = {
            self.liability: "liability",
            self.deferred: "deferred",
            self.tips: "tips",
            self.company_data["default_account_tax_sale"]: "vat",
            self.company_data["default_account_revenue"]: "revenue",
            self.company.giftcard_income_account_id: "income",
        }
        found = {}
        for line in move.line_ids:
            role = roles.get(line.account_id, "money")
            found[role] = round(found.get(role, 0) + line.balance, 2)
        found = {role: amount for role, amount in found.items() if amount}
        self.assertEqual(found, expected)

    def assertReturn(self, move, **expected):
        """Base and VAT per rate and sense on the VAT return, by tags; credit (-)."""
        found = {}
        for line in move.line_ids:
            for tag in line.tax_tag_ids:
                name = tag.name.replace(" ", "_").replace(".", "_").rstrip("0_")
                found[name] = round(found.get(name, 0) + line.balance, 2)
        self.assertEqual({k: v for k, v in found.items() if v}, expected)

    def assertEntitlement(self, part, available, net, units=None):
        part.invalidate_recordset()
        self.assertEqual((part.available, part.available_net), (available, net))
        if units is not None:
            self.assertEqual(part.units_remaining, units)
