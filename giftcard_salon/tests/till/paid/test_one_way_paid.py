# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ...common import GiftcardTillCommon

ONLY_AT_THE_TILL = "it is paid on the till's payment screen"
NO_CARD_ON_PAID = "This bill is paid. A gift card pays on the till's payment screen"
LINES_STAY = "its lines stay as they are"
MONEY_STAYS = "what was paid for it stays"


@tagged("post_install", "-at_install")
class TestOneWayPaid(GiftcardTillCommon):
    """A cashier's RPC makes no bill paid with a card that nothing stands behind."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    # === WHAT THE TESTS SEND === #

    def _as_cashier(self, record):
        return record.with_user(self.cashier)

    def _draft(self, lines, payments=(), **values):
        payload = self._payload(self.session, lines, list(payments), **values)
        order, _answer = self._sync({**payload, "state": "draft"}, self.cashier)
        self.assertEqual(order.state, "draft")
        return order

    def _service(self, price=60):
        return self._line(self.services[20], price)

    def _cash_bill(self, price=60):
        payment = self._payment(self.cash_of(self.session), price)
        payload = self._payload(self.session, [self._service(price)], [payment])
        return self._sync(payload, self.cashier)[0]

    def _forged(self, amount=60):
        """A payment that says a card pays; no card is held."""
        return self._payment(self.giftcard, amount)

    def _drafts(self):
        """Bills that cards would be part of: none of them was settled."""
        paid = self._redeem(self.session, self.card, 60)
        return {
            "an invented card pays": self._draft([self._service()], [self._forged()]),
            "a card is sold": self._draft(
                [self._line(self.card_product, 100)],
                [self._payment(self.cash_of(self.session), 100)],
            ),
            "a deduction": self._draft([self._service(), self._role("deduction", -60)]),
            "a bonus": self._draft([self._service(), self._role("bonus", -55)]),
            "what a card paid goes back": self._draft(
                self._refund_payload(paid, self.session, method=self.cash)["lines"]
            ),
        }

    def _role(self, role, price):
        return self._line(self.services[20], price, giftcard_role=role)

    # === STATES === #

    def test_no_write_of_a_state_pays_a_draft(self):
        for what, order in self._drafts().items():
            own = self._as_cashier(order)
            for state in ("paid", "done"):
                with self.subTest(what, state=state):
                    self._refused(
                        ONLY_AT_THE_TILL, lambda o=own, s=state: self._describe(o, s)
                    )
            with self.subTest(what, state="of an invoice"):
                order.partner_id = self.client
                self._refused(ONLY_AT_THE_TILL, own.action_pos_order_invoice)
            self.assertEqual(order.state, "draft")
        self.assertTrue(self.assertTiesOut().is_equal)

    def _describe(self, order, state):
        return order.write({"state": state})

    def test_state_and_payment_in_one_write(self):
        order = self._draft([self._service()])
        order = self._as_cashier(order)
        values = {"state": "paid", "payment_ids": [self._forged()]}
        self._refused(NO_CARD_ON_PAID, lambda: order.write(values))
        sale = {"state": "paid", "lines": [self._line(self.card_product, 100)]}
        self._refused(LINES_STAY, lambda: order.write(sale))

    def test_superuser_code_of_other_apps_is_no_way_either(self):
        order = self._draft([self._service()], [self._forged()]).sudo()
        self._refused(ONLY_AT_THE_TILL, lambda: order.write({"state": "paid"}))

    def test_bills_that_are_created_paid_are_drafts(self):
        orders = self._as_cashier(self.env["pos.order"])
        paid = self._redeem(self.session, self.card, 60)
        refund = self._refund_payload(paid, self.session, method=self.cash)
        for payload in (
            self._payload(self.session, [self._service()], [self._forged()]),
            self._payload(self.session, [self._line(self.card_product, 60)], []),
            self._payload(self.session, [self._role("deduction", -60)], []),
            refund,
        ):
            for state in ("paid", "done"):
                order = orders.create({**payload, "state": state})
                self.assertEqual(order.state, "draft")
                order.lines.unlink()
                order.payment_ids.unlink()
                order.unlink()
        plain = orders.create(
            self._payload(
                self.session, [self._service()], [self._payment(self.cash, 60)]
            )
        )
        self.assertEqual(plain.state, "paid")

    def test_default_state_of_the_context_is_refused(self):
        payload = self._payload(self.session, [self._service()], [self._forged()])
        del payload["state"]
        for state in ("paid", "done"):
            orders = self._as_cashier(self.env["pos.order"]).with_context(
                default_state=state
            )
            self._refused(".", lambda own=orders: own.create({**payload}))

    def test_copies_of_bills_with_cards_are_drafts(self):
        paid = self._as_cashier(self._redeem(self.session, self.card, 60))
        sale = self.env["pos.order.line"].search(
            [("giftcard_card_id", "=", self.card.id)]
        )
        copy = paid.copy({"state": "paid", "payment_ids": [self._forged()]})
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.payment_ids.giftcard_entry_id)
        copy = self._as_cashier(sale.order_id).copy({"state": "done"})
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.lines.giftcard_card_id)

    def test_sync_settles_or_refuses(self):
        for state in ("paid", "done"):
            payload = self._payload(self.session, [self._service()], [self._forged()])
            self._refused(
                "No gift card is reserved",
                lambda sent={**payload, "state": state}: self._sync(sent, self.cashier),
            )
        draft = self._draft([self._service()], [self._forged()])
        payload = self._payload(self.session, [], [], uuid=draft.uuid, state="done")
        payload["access_token"] = draft.access_token
        self._refused(
            f"No gift card is reserved|{ONLY_AT_THE_TILL}",
            lambda: self._sync(payload, self.cashier),
        )
        used = self._hold_at(self.session, self.card, 60, self.cashier)
        payload = self._payload(self.session, [self._service()], [used])
        order, _answer = self._sync(payload, self.cashier)
        self.assertEqual(order.state, "paid")
        self.assertEqual(order.payment_ids.giftcard_entry_id.consideration, -60)
        self.assertCard(self.card, 40)

    # === PAID BILLS: PAYMENTS === #

    def test_no_card_pays_a_paid_bill(self):
        order = self._cash_bill(100)
        payments = self._as_cashier(self.env["pos.payment"])
        own = self._as_cashier(order)
        held = self._draft([self._service()], [self._forged()]).payment_ids
        values = {"pos_order_id": order.id, "amount": 100}
        by_default = payments.with_context(
            default_payment_method_id=self.giftcard.id, default_giftcard_entry_id=1
        )
        cash = self._as_cashier(order.payment_ids)
        for attempt in (
            lambda: payments.create({**values, "payment_method_id": self.giftcard.id}),
            lambda: own.write({"payment_ids": [self._forged(100)]}),
            lambda: own.write({"payment_ids": [Command.link(held.id)]}),
            lambda: self._as_cashier(held).write({"pos_order_id": order.id}),
            lambda: own.add_payment(
                {**values, "payment_method_id": self.giftcard.id},
            ),
        ):
            self._refused(NO_CARD_ON_PAID, attempt)
        self._refused(".", lambda: by_default.create(values), Exception)
        self._refused(
            "Gift cards are used at the till",
            lambda: cash.write({"payment_method_id": self.giftcard.id}),
        )
        self.assertEqual(order.payment_ids.payment_method_id, self.cash)
        held.pos_order_id.action_pos_order_cancel()
        self._close(self.session)
        self.assertTrue(self.assertTiesOut().is_equal)

    def test_money_of_a_bill_with_cards_does_not_leave(self):
        used = self._redeem(self.session, self.card, 60, price=100)
        sold = self._sell_order()
        for order, cash in ((used, 40), (sold, 100)):
            own = self._as_cashier(order)
            paid = self._cash_of(own)
            self.assertEqual(paid.amount, cash)
            for attempt in (
                lambda o=order, c=cash: self._add(o, -c),
                lambda o=own: o.write({"payment_ids": [self._payment(self.cash, -5)]}),
                lambda p=paid: p.unlink(),
                lambda p=paid: p.write({"amount": 1}),
                lambda p=paid, o=own: o.write(
                    {"payment_ids": [Command.update(p.id, {"amount": 1})]}
                ),
                lambda p=paid: p.write({"pos_order_id": self._cash_bill().id}),
            ):
                self._refused(f"{MONEY_STAYS}|paid amount is different", attempt)
            # the till's "Edit payment": a wrong method, and partly another one
            rest = self._payment(self.bank, 10)
            own.write(
                {"payment_ids": [Command.update(paid.id, {"amount": cash - 10}), rest]}
            )
            self.assertEqual(order.amount_paid, 100)
            own.write(
                {
                    "payment_ids": [
                        Command.delete(paid.id),
                        self._payment(self.cash, cash - 10),
                    ]
                }
            )
            paid = self._cash_of(own)
            # a tip that is added to the bank's payment
            paid.write({"payment_method_id": self.bank.id})
            paid.write({"amount": cash - 5})

    def _cash_of(self, order):
        payments = order.payment_ids
        return payments.filtered(lambda paid: paid.payment_method_id == self.cash)

    def _sell_order(self):
        card = self._sell(self.session, 100)
        line = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        return line.order_id

    def _add(self, order, amount, method=None):
        return self._as_cashier(self.env["pos.payment"]).create(
            {
                "pos_order_id": order.id,
                "payment_method_id": (method or self.cash).id,
                "amount": amount,
            }
        )

    def test_what_the_ledger_says_of_a_payment_stays(self):
        order = self._redeem(self.session, self.card, 60)
        payment = self._as_cashier(order.payment_ids)
        for values in (
            {"giftcard_last4": "0000"},
            {"giftcard_remaining": 1000},
            {"giftcard_bonus": 60},
            {"giftcard_refunded_payment_id": payment.id},
            {"giftcard_pays_tips": True},
            {"giftcard_revision": 9},
        ):
            self._refused(
                "ledger stays as it is", lambda new=values: payment.write(new)
            )
        self.assertEqual(payment.giftcard_last4, self.card.last4)
        self.assertEqual((payment.giftcard_remaining, payment.giftcard_bonus), (40, 0))

    # === PAID BILLS: LINES === #

    def test_no_card_is_added_to_a_paid_bill(self):
        order = self._cash_bill(100)
        own = self._as_cashier(order)
        lines = self._as_cashier(self.env["pos.order.line"])
        sale = self._line(self.card_product, 100)
        drafted = self._draft([self._line(self.card_product, 100)]).lines
        values = {**sale[2], "order_id": order.id}
        for attempt in (
            lambda: lines.create({**values}),
            lambda: own.write({"lines": [sale]}),
            lambda: own.write({"lines": [Command.link(drafted.id)]}),
            lambda: self._as_cashier(drafted).write({"order_id": order.id}),
            lambda: own.lines.write({"product_id": self.card_product.id}),
            lambda: own.write({"lines": [self._role("deduction", -100)]}),
            lambda: own.write({"lines": [self._role("bonus", -100)]}),
        ):
            self._refused(LINES_STAY, attempt)
        self._refused(LINES_STAY, lambda: own.lines.write({"giftcard_role": "bonus"}))

    def test_lines_that_a_card_paid_stay(self):
        order = self._redeem(self.session, self.card, 60)
        other = self._cash_bill()
        line = self._as_cashier(order.lines)
        for values in (
            {"qty": 2},
            {"price_unit": 1},
            {"discount": 50},
            {"price_subtotal": -1000},
            {"price_subtotal_incl": -1000},
            {"price_extra": 5},
            {"uuid": "x" * 36},
            {"order_id": other.id},
            {"refunded_orderline_id": other.lines.id},
        ):
            self._refused(LINES_STAY, lambda new=values: line.write(new))
        back = self._line(self.services[20], -60)
        self._refused(
            LINES_STAY, lambda: self._as_cashier(order).write({"lines": [back]})
        )
        tip = self._as_cashier(self.env["pos.order.line"]).create(
            {**self._line(self.services[20], 5)[2], "order_id": order.id}
        )
        self.assertEqual(tip.order_id, order)

    def test_sums_of_a_card_that_was_sold_stay(self):
        sold = self._sell_order().lines
        for name in ("price_subtotal", "price_subtotal_incl"):
            self._refused(
                LINES_STAY, lambda own=name: self._as_cashier(sold).write({own: -1000})
            )
            self.assertEqual(sold[name], 100)
        plain = self._as_cashier(self._cash_bill()).lines
        plain.write({"price_subtotal_incl": 61})
        self.assertEqual(plain.price_subtotal_incl, 61)

    def test_code_of_a_printed_card_is_not_told_by_a_written_line(self):
        """A line that is made to look like the sale of a new card tells no code."""
        topup = self._line(
            self.card_product,
            50,
            giftcard_reference=self.card._get_reference(),
            giftcard_is_topup=True,
        )
        payload = self._payload(
            self.session, [topup], [self._payment(self.cash_of(self.session), 50)]
        )
        order, _answer = self._sync(payload, self.cashier)
        line = self._as_cashier(order.lines)
        for values in (
            {"giftcard_reference": False},
            {"giftcard_is_topup": False},
            {"giftcard_summary": {"entitlements": []}},
            {"giftcard_card_key": "x"},
        ):
            self._refused(LINES_STAY, lambda new=values: line.write(new))
