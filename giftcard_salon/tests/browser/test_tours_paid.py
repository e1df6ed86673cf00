# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch
from uuid import uuid4

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon
from .tour_common import GiftcardTourCommon

HUNDRED = "GC7K4MQX9TRV2HWD3P"


@tagged("post_install", "-at_install", "giftcard_tour")
class TestGiftcardToursPaid(GiftcardTourCommon):
    """The way back of a card's money, and a card that a client's phone pays."""

    _line = GiftcardTillCommon._line
    _payment = GiftcardTillCommon._payment
    _payload = GiftcardTillCommon._payload
    _hold_at = GiftcardTillCommon._hold_at
    _close = GiftcardTillCommon._close

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.giftcard = cls.main_pos_config.payment_method_ids.filtered(
            "giftcard_is_method"
        )
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
        cls.main_pos_config.payment_method_ids += cls.online

    def setUp(self):
        super().setUp()
        self._bill_uuid = str(uuid4())

    def _exchange_yesterday(self, card):
        """A card paid a service; it was given back for another one of its price."""
        config = self.main_pos_config.with_user(self.pos_user)
        config.open_ui()
        session = config.current_session_id
        session.set_opening_control(0, None)
        self._commit()
        cut = self.env["product.product"].search([("name", "=", "Cut & blow-dry")])
        payment = self._hold_at(session, card, 48, self.pos_user)
        orders = self.env["pos.order"].with_user(self.pos_user)
        sale = self._payload(session, [self._line(cut, 48)], [payment])
        orders.sync_from_ui([{**sale}])
        sold = self.env["pos.order"].search([("uuid", "=", sale["uuid"])]).lines
        polish = cut.copy({"name": "Polish"})
        back = self._line(
            cut,
            48,
            qty=-1,
            price_subtotal=-48,
            price_subtotal_incl=-48,
            refunded_orderline_id=sold.id,
        )
        lines = [back, self._line(polish, 48)]
        orders.sync_from_ui([self._payload(session, lines, [], is_refund=True)])
        self._commit()
        self._close(session)

    def test_what_a_card_paid_goes_back_over_an_exchange(self):
        card = self._issue_as(HUNDRED, 100)
        self._exchange_yesterday(card)
        self.assertCard(card, 52)
        self.main_pos_config.with_user(self.pos_user).open_ui()
        self.start_pos_tour("giftcard_exchange_refund")
        self.assertCard(card, 100, status="active")

    def test_card_that_a_phone_pays_has_its_slip(self):
        self.main_pos_config.with_user(self.pos_user).open_ui()
        orders = type(self.env["pos.order"])
        answer = orders.get_and_set_online_payments_data

        def pay_and_respond(order, amount=False):
            if amount is False and order.state == "draft":
                self._pay_by_phone(order)
            return answer(order, amount)

        with patch.object(orders, "get_and_set_online_payments_data", pay_and_respond):
            self.start_pos_tour("giftcard_paid_by_phone")
        line = self._orders().lines
        self.assertCard(line.giftcard_card_id, 100, status="active")
        self.assertEqual(line.giftcard_entry_id.user_id, self.pos_user)
        self.assertTrue(line.giftcard_is_code_shown)

    def _pay_by_phone(self, order):
        """What the bank's answer does, in the system's name."""
        order = order.with_user(SUPERUSER_ID)
        payment = order.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.env.user.partner_id.id,
                "amount": order.amount_total,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        order.add_payment(
            {
                "amount": order.amount_total,
                "payment_method_id": self.online.id,
                "online_account_payment_id": payment.id,
                "pos_order_id": order.id,
            }
        )
        order._process_saved_order(False)
