# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillOnAccount(GiftcardTillCommon):
    """Cards sold on customer account wait until they are paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["pos.payment.method"].create(
            {"name": "Customer account", "split_transactions": True}
        )
        cls.config.payment_method_ids += cls.account

    def setUp(self):
        super().setUp()
        self.session = self._open()

    def _sell_on_account(self, owed, cash=0, **values):
        lines = [self._line(self.card_product, 50), self._line(self.services[20], 70)]
        payments = [self._payment(self.account, owed)]
        if cash:
            payments.append(self._payment(self.cash, cash))
        return self._sync(
            self._payload(
                self.session, lines, payments, partner_id=self.client.id, **values
            )
        )[0]

    def _pay_receivable(self, amount):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.client.id,
                "amount": amount,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        account = self.client.property_account_receivable_id
        open_items = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.client.id),
                ("account_id", "=", account.id),
                ("reconciled", "=", False),
                ("parent_state", "=", "posted"),
            ]
        )
        open_items.reconcile()
        self._commit()

    def test_rest_of_the_bill_is_owed_first(self):
        order = self._sell_on_account(70, cash=50)
        self.assertCard(order.lines.giftcard_card_id, 50, status="active")

    def test_card_waits_and_is_usable_when_the_client_pays(self):
        order = self._sell_on_account(120)
        card = order.lines.giftcard_card_id
        self.assertCard(card, 50, status="pending")
        self.assertTrue(order.lines.filtered("giftcard_card_id").giftcard_is_pending)
        self._refused(
            "This card is not paid yet", lambda: self._hold_at(self.session, card, 50)
        )
        self._close(self.session)
        self.assertTiesOut()
        self._pay_receivable(60)
        self.assertCard(card, 50, status="pending")
        self._pay_receivable(60)
        self.assertCard(card, 50, status="active")
        self.assertEqual(card.entry_ids[:1].kind, "activate")
        self._redeem(self._open(), card, 50)

    def test_card_on_an_unpaid_invoice_waits(self):
        order = self._sell_on_account(120, to_invoice=True)
        card = order.lines.giftcard_card_id
        self.assertCard(card, 50, status="pending")
        self.assertEqual(order.account_move.amount_residual, 120)
        self._pay_receivable(120)
        self.assertEqual(order.account_move.amount_residual, 0)
        self.assertCard(card, 50, status="active")
        self._close(self.session)
        self.assertTiesOut()

    def test_manager_marks_a_card_as_paid(self):
        card = self._sell_on_account(120).lines.giftcard_card_id
        self.env.user.group_ids = [
            Command.unlink(self.env.ref("giftcard_salon.group_manager").id)
        ]
        cashier = card.with_user(self.cashier)
        with self.assertRaisesRegex(Exception, "Only a gift card manager"):
            cashier.action_mark_paid()
        card.action_mark_paid()
        self.assertCard(card, 50, status="active")

    def test_paid_bill_is_not_put_on_account_afterwards(self):
        order = self._sell_on_account(70, cash=50)
        cash = order.payment_ids.filtered(lambda paid: paid.amount == 50)
        other = Command.create({"payment_method_id": self.account.id, "amount": 50})
        for change in (
            [Command.update(cash.id, {"payment_method_id": self.account.id})],
            [Command.delete(cash.id), other],
        ):
            self._refused(
                "can be used already",
                lambda sent=change: order.with_user(self.cashier).write(
                    {"payment_ids": sent}
                ),
            )
        self.assertCard(order.lines.giftcard_card_id, 50, status="active")

    def test_pending_card_is_given_back(self):
        order = self._sell_on_account(120)
        card = order.lines.giftcard_card_id
        payload = self._refund_payload(order, self.session, method=self.account)
        self._sync({**payload, "partner_id": self.client.id})
        self.assertCard(card, 0, status="cancelled")
        self._close(self.session)
        self.assertTiesOut()

    def test_nothing_is_added_on_account(self):
        card = self._sell(self.session, 30)
        line = self._line(
            self.card_product,
            50,
            giftcard_reference=card._get_reference(),
            giftcard_is_topup=True,
        )
        payload = self._payload(
            self.session,
            [line],
            [self._payment(self.account, 50)],
            partner_id=self.client.id,
        )
        self._refused("not on customer account", lambda: self._sync(payload))
        self.assertCard(card, 30)

    def test_other_payments_of_the_client_settle_nothing(self):
        """A customer account that names nobody: only a manager knows it is paid."""
        self._close(self.session)
        self.account.split_transactions = False
        named = self._make_method("Named", "default_journal_bank")
        named.split_transactions = True
        self.config.payment_method_ids += named
        self.session = self._open()
        card = self._sell_on_account(120).lines.giftcard_card_id
        self._sync(
            self._payload(
                self.session,
                [self._line(self.services[20], 10)],
                [self._payment(named, 10)],
                partner_id=self.client.id,
            )
        )
        self._close(self.session)
        self.assertCard(card, 50, status="pending")

    def test_credited_invoice_is_not_a_paid_one(self):
        order = self._sell_on_account(120, to_invoice=True)
        card = order.lines.giftcard_card_id
        credit = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.client.id,
                "reversed_entry_id": order.account_move.id,
                "invoice_line_ids": [
                    Command.create({"name": "Credit", "price_unit": 120, "tax_ids": []})
                ],
            }
        )
        credit.action_post()
        self._commit()
        self.assertEqual(order.account_move.amount_residual, 0)
        self.assertCard(card, 50, status="pending")

    def _offered(self, invoice):
        """What the accountant is offered to *Add* as a payment of the invoice."""
        widget = invoice.invoice_outstanding_credits_debits_widget or {}
        return [offer["amount"] for offer in widget.get("content", [])]

    def test_bill_invoiced_late_is_owed_once(self):
        """What core takes back of the session is no payment of the invoice."""
        order = self._sell_on_account(120)
        card = order.lines.giftcard_card_id
        self._close(self.session)
        order.with_context(generate_pdf=False).action_pos_order_invoice()
        self._commit()
        invoice = order.account_move
        owed = order._get_giftcard_on_account_items()
        self.assertEqual((owed.balance, owed.amount_residual), (120, 0))
        self.assertEqual(self._offered(invoice), [])
        self.assertEqual(invoice.amount_residual, 120)
        self.assertCard(card, 50, status="pending")
        self.assertTiesOut()
        self._pay_receivable(120)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(card, 50, status="active")

    def test_bill_paid_before_its_late_invoice_settles_it(self):
        order = self._sell_on_account(120)
        card = order.lines.giftcard_card_id
        self._close(self.session)
        self._pay_receivable(120)
        self.assertCard(card, 50, status="active")
        order.with_context(generate_pdf=False).action_pos_order_invoice()
        self.assertEqual(self._offered(order.account_move), [120])
        self.assertCard(card, 50, status="active")

    def test_only_the_items_of_its_bill_are_matched(self):
        """Two bills of one client in one session, one of them invoiced late."""
        first, second = (self._sell_on_account(120) for _number in range(2))
        self._close(self.session)
        first.with_context(generate_pdf=False).action_pos_order_invoice()
        self._commit()
        owed = second._get_giftcard_on_account_items()
        self.assertEqual(owed.mapped("amount_residual"), [120])
        for order in (first, second):
            self.assertCard(order.lines.giftcard_card_id, 50, status="pending")
        self._pay_receivable(240)
        for order in (first, second):
            self.assertCard(order.lines.giftcard_card_id, 50, status="active")

    def _buy_on_account(self, price):
        """Another bill of the client, with no card on it."""
        payload = self._payload(
            self.session,
            [self._line(self.services[20], price)],
            [self._payment(self.account, price)],
            partner_id=self.client.id,
        )
        return self._sync(payload)[0]

    def _pay_item(self, move, amount):
        """The client pays what ``move`` says of ``amount``, and nothing else."""
        account = self.client.property_account_receivable_id
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.client.id,
                "amount": amount,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        items = (move + payment.move_id).line_ids.filtered(
            lambda item: (
                item.account_id == account
                and item.partner_id == self.client
                and abs(item.balance) == amount
                and not item.reconciled
            )
        )
        (
            items.filtered("payment_id") + (items - items.filtered("payment_id"))[:1]
        ).reconcile()
        self._commit()

    def test_another_bill_of_the_client_keeps_no_card_waiting(self):
        goods = self._buy_on_account(300)
        order = self._sell_on_account(120)
        card = order.lines.giftcard_card_id
        entry = self._close(self.session)
        self.assertEqual(order._get_giftcard_on_account_items().balance, 120)
        self.assertEqual(goods._get_giftcard_on_account_items().balance, 300)
        self._pay_item(entry, 300)
        self.assertCard(card, 50, status="pending")
        self._pay_item(entry, 120)
        self.assertCard(card, 50, status="active")

    def test_other_bill_that_is_not_paid_keeps_no_card_waiting(self):
        card = self._sell_on_account(120).lines.giftcard_card_id
        self._buy_on_account(300)
        self._pay_item(self._close(self.session), 120)
        self.assertCard(card, 50, status="active")

    def test_paid_invoice_waits_for_no_other_bill(self):
        order = self._sell_on_account(120, to_invoice=True)
        self._buy_on_account(300)
        self._close(self.session)
        self.assertFalse(order._get_giftcard_on_account_items())
        self._pay_item(order.account_move, 120)
        self.assertCard(order.lines.giftcard_card_id, 50, status="active")

    def test_nobody_says_which_item_a_bill_is_owed_by(self):
        order = self._sell_on_account(120)
        entry = self._close(self.session)
        payment = order.payment_ids
        other = entry.line_ids - payment.giftcard_on_account_item_id
        payment.with_user(self.cashier).sudo().write(
            {"giftcard_on_account_item_id": other[0].id}
        )
        self.assertEqual(payment.giftcard_on_account_item_id.balance, 120)

    def test_what_is_owed_is_not_exchanged_for_a_card(self):
        """Neither a card that waits, nor goods: no money came for them."""
        bills = self._sell_on_account(120), self._buy_on_account(50)
        for order in bills:
            sold = order.lines.filtered(lambda line: line.price_unit == 50)
            back = self._line(
                sold.product_id, 50, qty=-1, refunded_orderline_id=sold.id
            )
            for name in ("price_subtotal", "price_subtotal_incl"):
                back[2][name] = -sold[name]
            payload = self._payload(
                self.session, [back, self._line(self.card_product, 50)], []
            )
            self._refused(
                "is not paid yet", lambda sent=payload: self._sync(sent, self.cashier)
            )
        self.assertCard(bills[0].lines.giftcard_card_id, 50, status="pending")
