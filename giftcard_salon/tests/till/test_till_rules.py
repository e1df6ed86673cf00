# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillRules(GiftcardTillCommon):
    """What gift cards may and may not do on a bill, and after it."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _pay(self, payments, price=100, **values):
        lines = [self._line(self.services[20], price)]
        return self._sync(self._payload(self.session, lines, payments, **values))[0]

    def test_blocked_card_is_not_paid_out(self):
        sold = self.env["pos.order.line"].search(
            [("giftcard_card_id", "=", self.card.id)]
        )
        self.card._block("Reported stolen")
        self._commit()
        payload = self._refund_payload(sold.order_id, self.session, method=self.cash)
        self._refused("This card is blocked", lambda: self._sync(payload))

    def test_nothing_goes_back_to_an_expired_card(self):
        order = self._redeem(self.session, self.card, 60)
        self.env.cr.execute(
            "UPDATE giftcard_card SET valid_until = '2020-01-01' WHERE id = %s",
            [self.card.id],
        )
        self.env.invalidate_all()
        payload = self._refund_payload(order, self.session)
        self._refused("This card expired on", lambda: self._sync(payload))

    def test_what_a_card_paid_goes_back_to_it(self):
        order = self._redeem(self.session, self.card, 60, price=70)
        payload = self._refund_payload(order, self.session, method=self.cash)
        with (
            self.assertRaisesRegex(UserError, "60.00.* has to go back to it"),
            self.env.cr.savepoint(),
        ):
            self._sync(payload, self.cashier)
        self._sync(self._refund_payload(order, self.session, amount=60), self.cashier)
        self.assertCard(self.card, 100)

    def test_manager_may_pay_out_what_a_card_paid(self):
        order = self._redeem(self.session, self.card, 60)
        self.cashier.group_ids += self.env.ref("giftcard_salon.group_manager")
        payload = self._refund_payload(order, self.session, method=self.cash)
        self._sync(payload, self.cashier)
        self.assertCard(self.card, 40)

    def test_deleted_bill_holds_nothing_whatever_its_revision(self):
        payment = self._hold_at(self.session, self.card, 70)
        key = payment[2]["uuid"]
        own = {"session_id": self.session.id, "order_uuid": self._bill_uuid}
        self.giftcard.giftcard_hold_tender(
            {"key": key, "revision": 9, "amount": 20, **own}
        )
        order = self._pay([payment], 70, state="draft")
        order.payment_ids.amount = 0
        order.unlink()
        self._commit()
        self.assertCard(self.card, 100)
        late = self.giftcard.giftcard_hold_tender(
            {
                "key": key,
                "revision": 10,
                "amount": 20,
                **own,
                "code": self.card._reveal(),
            }
        )
        self.assertEqual(late["state"], "released")

    def test_order_put_off_keeps_its_hold(self):
        payment = self._hold_at(self.session, self.card, 70)
        order = self._pay(
            [payment], 70, state="draft", preset_time="2099-01-01 10:00:00"
        )
        order.action_pos_order_cancel()
        self._commit()
        self.assertEqual(order.state, "draft")
        self.assertCard(self.card, 30, held=70)

    def test_one_use_undone_in_full_brings_back_what_it_ended(self):
        single = self._make_type(is_single_use=True)
        product = single.product_ids.product_variant_ids
        order, _answer = self._sync(
            self._payload(
                self.session,
                [self._line(product, 100)],
                [self._payment(self.cash, 100)],
            )
        )
        card = order.lines.giftcard_card_id
        order = self._redeem(self.session, card, 54)
        self._close(self.session)
        session = self._open()
        self._sync(self._refund_payload(order, session))
        self.assertCard(card, 100, status="active")
        self.assertTiesOut()
        move = self._close(session)
        self.assertPosted(move, liability=-100, vat=9, revenue=45, lost=46)
        self.assertTiesOut()

    def test_fiscal_position_does_not_move_what_is_owed(self):
        elsewhere = self.liability.copy({"code": "299999"})
        position = self.env["account.fiscal.position"].create(
            {
                "name": "Elsewhere",
                "account_ids": [
                    Command.create(
                        {
                            "account_src_id": self.liability.id,
                            "account_dest_id": elsewhere.id,
                        }
                    )
                ],
            }
        )
        self._sell(self.session, 50, fiscal_position_id=position.id)
        move = self._close(self.session)
        self.assertPosted(move, liability=-150, money=150)

    def test_other_liability_account_from_now_on(self):
        self._close(self.session)
        other = self.liability.copy({"code": "299998"})
        self.env["giftcard.accounting"].sudo()._move_account(
            self.company, "liability", other
        )
        self.assertTiesOut()
        session = self._open()
        self._redeem(session, self.card, 60)
        self._close(session)
        self.assertTiesOut()

    def test_refund_and_late_capture_of_one_card_in_one_request(self):
        order = self._redeem(self.session, self.card, 60)
        payment = self._hold_at(self.session, self.card, 30)
        late = self._payload(
            self.session, [self._line(self.services[20], 30)], [payment]
        )
        self.giftcard.giftcard_release(payment[2]["uuid"], 2, self.session.id)
        refund = self._refund_payload(order, self.session)
        self.env["pos.order"].sync_from_ui([refund, late])
        self.assertCard(self.card, 70)
