# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import tagged

from ...common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestOnlinePayment(GiftcardTillCommon):
    """The client's phone pays by the till's QR (`pos_online_payment`)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        provider = (
            cls.env["payment.provider"]
            .sudo()
            .create({"name": "Bank of phones", "state": "disabled", "code": "none"})
        )
        cls.online = cls.env["pos.payment.method"].create(
            {
                "name": "Phone",
                "is_online_payment": True,
                "online_payment_provider_ids": [Command.set(provider.ids)],
            }
        )

        cls.config.payment_method_ids += cls.online

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _draft(self, lines, payments=()):
        payload = self._payload(
            self.session, lines, list(payments), user_id=self.cashier.id
        )
        order, _answer = self._sync({**payload, "state": "draft"}, self.cashier)
        return order

    def _pay_by_phone(self, order, user):
        """What the bank's answer does, as who it comes in as."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.client.id,
                "amount": order.amount_total - order.amount_paid,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        paid = order.with_user(user).sudo()
        paid.add_payment(
            {
                "amount": order.amount_total - order.amount_paid,
                "payment_method_id": self.online.id,
                "online_account_payment_id": payment.id,
                "pos_order_id": order.id,
            }
        )
        paid._process_saved_order(False)
        self._commit()

    def _ask(self, order, user):
        return order.with_user(user).giftcard_sold()["pos.order.line"]

    # === A PARKED BILL KEEPS ITS CARD === #

    def test_parked_bill_that_a_card_pays_is_paid_after_all(self):
        payment = self._hold_at(self.session, self.card, 50, self.cashier)
        order = self._draft([self._line(self.services[20], 81)], [payment])
        # as the till asks before it validates a bill that was saved
        answer = order.with_user(self.cashier).get_and_set_online_payments_data(0)
        self.assertEqual(answer["amount_unpaid"], 31)
        self._commit()
        self.assertEqual(order.payment_ids.uuid, payment[2]["uuid"])
        self.assertCard(self.card, 50, held=50)
        payload = self._payload(
            self.session, [], [self._payment(self.cash, 31)], uuid=order.uuid
        )
        values = {**payload, "access_token": order.access_token, "amount_total": 81}
        order, _answer = self._sync(values, self.cashier)
        self.assertEqual((order.state, order.amount_paid), ("paid", 81))
        self.assertCard(self.card, 50)

    def test_bill_without_a_card_is_emptied_as_before(self):
        order = self._draft(
            [self._line(self.services[20], 81)], [self._payment(self.bank, 50)]
        )
        order.with_user(self.cashier).get_and_set_online_payments_data(0)
        self.assertFalse(order.payment_ids)

    # === A CARD THAT A PHONE PAID === #

    def test_card_is_the_sellers_and_the_till_gets_its_code_once(self):
        for payer in (self.env.ref("base.public_user").id, SUPERUSER_ID):
            with self.subTest(payer=payer):
                order = self._draft([self._line(self.card_product, 70)])
                self._pay_by_phone(order, payer)
                self.assertEqual(order.state, "paid")
                card = order.lines.giftcard_card_id
                self.assertCard(card, 70, status="active")
                entry = card.entry_ids
                self.assertEqual(entry.user_id, self.cashier)
                self.assertEqual(
                    entry.location_id, self.session.config_id.giftcard_location_id
                )
                (row,) = self._ask(order, self.cashier)
                self.assertEqual(row["giftcard_code"], card._reveal())
                self.assertEqual(row["giftcard_last4"], card.last4)
                (row,) = self._ask(order, self.cashier)
                self.assertNotIn("giftcard_code", row)

    def test_nobody_else_and_no_later_till_gets_the_code(self):
        order = self._draft([self._line(self.card_product, 70)])
        self._pay_by_phone(order, SUPERUSER_ID)
        (row,) = self._ask(order, self.env.user)
        self.assertNotIn("giftcard_code", row)
        order.with_user(self.cashier).lines.write({"giftcard_is_code_shown": False})
        self._close(self.session)
        (row,) = self._ask(order, self.cashier)
        self.assertNotIn("giftcard_code", row)

    def test_told_is_told_whatever_a_client_writes(self):
        order = self._draft([self._line(self.card_product, 70)])
        self._pay_by_phone(order, SUPERUSER_ID)
        self._ask(order, self.cashier)
        order.with_user(self.cashier).lines.write({"giftcard_is_code_shown": False})
        (row,) = self._ask(order, self.cashier)
        self.assertNotIn("giftcard_code", row)

    def test_card_and_phone_pay_together(self):
        payment = self._hold_at(self.session, self.card, 50, self.cashier)
        order = self._draft([self._line(self.services[20], 81)], [payment])
        self._pay_by_phone(order, self.env.ref("base.public_user").id)
        self.assertEqual(order.state, "paid")
        self.assertCard(self.card, 50)
        self.assertEqual(self.card.entry_ids[:1].user_id, self.cashier)

    def test_person_at_the_till_is_who_sells(self):
        """Who says it is a colleague's bill does not sell in the colleague's name."""
        payload = self._payload(
            self.session,
            [self._line(self.card_product, 70)],
            [self._payment(self.cash, 70)],
            user_id=self.env.uid,
        )
        order, _answer = self._sync(payload, self.cashier)
        self.assertEqual(order.lines.giftcard_entry_id.user_id, self.cashier)
