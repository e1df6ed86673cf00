# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What the tests share: cards of their own, and a till with real sessions."""

from uuid import uuid4

from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from . import prepared_common
from .card_common import GiftcardMixin


class GiftcardCommon(GiftcardMixin, TransactionCase):
    """Core tests: no till, no chart of accounts, fast."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # at installation a company has no chart yet: the least that cards need
        cls.env["giftcard.accounting"]._set_up(cls.env.company)
        cls.env.company.giftcard_tz = "UTC"
        cls.card_type = cls._make_type()


class GiftcardTillCommon(GiftcardMixin, AccountTestInvoicingCommon):
    """A company with two tills, taxes of 20, 10 and 5.5 %, and gift cards."""

    takes_prepared_company = True

    @classmethod
    def setUpClass(cls):
        if prepared_common.enter(cls):
            return
        super().setUpClass()
        cls.company = cls.env.company
        # core dates a session by its user, here without a time zone, whatever country
        cls.company.giftcard_tz = "UTC"
        cls.env.user.group_ids += cls.env.ref("point_of_sale.group_pos_manager")
        cls.card_type = cls._make_type()
        cls.card_product = cls.card_type.product_ids.product_variant_ids
        cls.taxes = {rate: cls._make_tax(rate) for rate in (20, 10, 5.5)}
        cls.services = {
            rate: cls.env["product.product"].create(
                {
                    "name": f"Service {rate} %",
                    "type": "service",
                    "list_price": 70,
                    "available_in_pos": True,
                    "taxes_id": [Command.set(tax.ids)],
                }
            )
            for rate, tax in cls.taxes.items()
        }
        cls.cash = cls._make_method("Cash", "default_journal_cash")
        cls.bank = cls._make_method("Bank", "default_journal_bank")
        cls.config = cls._make_till("Till A")
        cls.giftcard = cls.config.payment_method_ids.filtered("giftcard_is_method")
        cls.liability = cls.company.giftcard_liability_account_id
        cls.cashier = new_test_user(
            cls.env,
            "giftcard_cashier",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=cls.company.id,
        )
        cls.client = cls.env["res.partner"].create({"name": "Sofia Laurent"})

    @classmethod
    def _make_tax(cls, rate):
        return cls.env["account.tax"].create(
            {
                "name": f"VAT {rate} %",
                "amount": rate,
                "price_include_override": "tax_included",
                "invoice_repartition_line_ids": cls._repartition(),
                "refund_repartition_line_ids": cls._repartition(),
            }
        )

    @classmethod
    def _repartition(cls):
        account = cls.company_data["default_account_tax_sale"]
        return [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": account.id}),
        ]

    @classmethod
    def _make_method(cls, name, journal):
        return cls.env["pos.payment.method"].create(
            {"name": name, "journal_id": cls.company_data[journal].copy().id}
        )

    @classmethod
    def _make_till(cls, name, **values):
        cash = cls.cash
        if cash.config_ids:
            cash = cls._make_method(f"Cash {name}", "default_journal_cash")
        config = cls.env["pos.config"].create(
            {
                "name": name,
                "payment_method_ids": [Command.set((cash + cls.bank).ids)],
                "giftcard_location_id": cls.env["giftcard.location"]
                .create({"name": f"Salon of {name}"})
                .id,
                **values,
            }
        )
        config.giftcard_enabled = True
        return config

    def setUp(self):
        super().setUp()
        # the bill being made: holds are for it, the next payload is it
        self._bill_uuid = str(uuid4())

    def _open(self, config=None):
        config = config or self.config
        config.open_ui()
        session = config.current_session_id
        session.set_opening_control(0, None)
        self._commit()
        return session

    def _close(self, session):
        session = session.sudo()
        session.post_closing_cash_details(session.cash_register_balance_end)
        answer = session.close_session_from_ui()
        self.assertTrue(answer["successful"], answer)
        self.assertEqual(session.state, "closed")
        return session.move_id

    def _line(self, product, price, **values):
        taxes = product.taxes_id
        amounts = taxes.compute_all(price, self.company.currency_id, 1)
        return Command.create(
            {
                "uuid": str(uuid4()),
                "product_id": product.id,
                "qty": 1,
                "price_unit": price,
                "discount": 0,
                "tax_ids": [Command.set(taxes.ids)],
                "price_subtotal": amounts["total_excluded"],
                "price_subtotal_incl": amounts["total_included"],
                **values,
            }
        )

    def _payment(self, method, amount, **values):
        return Command.create(
            {
                "uuid": str(uuid4()),
                "payment_method_id": method.id,
                "amount": amount,
                "name": Datetime.now(),
                **values,
            }
        )

    def _payload(self, session, lines, payments, **values):
        total = sum(line[2]["price_subtotal_incl"] for line in lines)
        bill, self._bill_uuid = self._bill_uuid, str(uuid4())
        return {
            "uuid": bill,
            "state": "paid",
            "session_id": session.id,
            "company_id": session.company_id.id,
            "user_id": self.env.uid,
            "partner_id": False,
            "date_order": Datetime.to_string(Datetime.now()),
            "pricelist_id": False,
            "fiscal_position_id": False,
            "amount_total": total,
            "amount_tax": 0,
            "amount_paid": sum(payment[2]["amount"] for payment in payments),
            "amount_return": 0,
            "lines": lines,
            "payment_ids": payments,
            "to_invoice": False,
            **values,
        }

    def _sync(self, payload, user=None):
        """Send one bill as the till does; return it and the server's answer."""
        orders = self.env["pos.order"].with_user(user or self.env.user)
        answer = orders.sync_from_ui([{**payload}])
        order = self.env["pos.order"].search([("uuid", "=", payload["uuid"])])
        self._commit()
        return order, answer

    def _sell(self, session, *amounts, method=None, user=None, **values):
        """Sell cards over the till; return them."""
        lines = [self._line(self.card_product, amount) for amount in amounts]
        payload = self._payload(
            session,
            lines,
            [self._payment(method or self.cash_of(session), sum(amounts))],
        )
        order, _answer = self._sync({**payload, **values}, user)
        return order.lines.giftcard_card_id.sorted("id")

    def cash_of(self, session):
        return session.payment_method_ids.filtered("is_cash_count")[:1]

    def _hold_at(self, session, card, amount, user=None, **values):
        """Hold over the till's RPC; return the payment line that goes with it."""
        key = values.pop("key", None) or str(uuid4())
        request = {
            "key": key,
            "revision": 1,
            "amount": amount,
            "session_id": session.id,
            "code": card._reveal(),
            "order_uuid": self._bill_uuid,
            "order_name": "Bill",
            **values,
        }
        answer = self.giftcard.with_user(user or self.env.user).giftcard_hold_tender(
            request
        )
        self.assertEqual(answer["state"], "held", answer)
        return self._payment(
            self.giftcard, amount, uuid=key, giftcard_revision=request["revision"]
        )

    def _redeem(self, session, card, amount, rate=20, price=None, user=None, **values):
        """Pay one service by card, the rest in cash; return the bill."""
        price = amount if price is None else price
        payments = [self._hold_at(session, card, amount, user)]
        if price != amount:
            payments.append(self._payment(self.cash_of(session), price - amount))
        payload = self._payload(
            session, [self._line(self.services[rate], price)], payments, **values
        )
        return self._sync(payload, user)[0]

    def _refund_payload(self, order, session, amount=None, method=None, **payment):
        """The bill with which the till gives ``order`` back, to its gift card."""
        lines = [
            self._line(
                line.product_id,
                line.price_unit,
                qty=-line.qty,
                discount=line.discount,
                tax_ids=[Command.set(line.tax_ids.ids)],
                price_subtotal=-line.price_subtotal,
                price_subtotal_incl=-line.price_subtotal_incl,
                refunded_orderline_id=line.id,
            )
            for line in order.lines
        ]
        total = -order.amount_total
        amount = total if amount is None else -amount
        payments = [self._payment(method or self.giftcard, amount, **payment)]
        if amount != total:
            payments.append(self._payment(self.cash_of(session), total - amount))
        return self._payload(session, lines, payments, is_refund=True)

    def _refused(self, sentence, attempt, error=UserError):
        """``attempt`` fails with a sentence, and what it wrote is taken back."""
        with self.assertRaisesRegex(error, sentence), self.env.cr.savepoint():
            attempt()

    def assertTiesOut(self):
        """Cards' ledger = posted balance + open documents, to the cent."""
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        self.assertEqual(
            report.difference, 0, report.read(["posted_amount", "ledger_amount"])
        )
        return report

    def assertPosted(self, move, **expected):
        """Net debit (+) or credit (-) per role, all other accounts net to zero."""
        roles = {
            self.liability: "liability",
            self.company.giftcard_income_account_id: "lost",
            self.company_data["default_account_tax_sale"]: "vat",
            self.company_data["default_account_revenue"]: "revenue",
        }
        found = {}
        for line in move.line_ids:
            role = roles.get(line.account_id, "money")
            found[role] = round(found.get(role, 0) + line.balance, 2)
        found = {role: amount for role, amount in found.items() if amount}
        self.assertEqual(found, expected)
