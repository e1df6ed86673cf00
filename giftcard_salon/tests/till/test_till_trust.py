# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillTrust(GiftcardTillCommon):
    """What a till, a hand or a forged RPC says of money is not believed."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _pay(self, payments, price=100, **values):
        lines = [self._line(self.services[20], price)]
        return self._sync(self._payload(self.session, lines, payments, **values))[0]

    def test_default_in_the_context_pays_nothing(self):
        order = self._redeem(self.session, self.card, 60)
        entry = order.payment_ids.giftcard_entry_id
        orders = self.env["pos.order"].with_context(
            default_giftcard_entry_id=entry.id,
            default_giftcard_redemption_id=entry.redemption_id.id,
            default_giftcard_card_id=self.card.id,
        )
        payload = self._payload(
            self.session,
            [self._line(self.services[20], 500)],
            [self._payment(self.giftcard, 500)],
        )
        self._refused(
            "No gift card is reserved", lambda: orders.sync_from_ui([{**payload}])
        )
        sale = self._payload(
            self.session,
            [self._line(self.card_product, 50)],
            [self._payment(self.cash, 50)],
        )
        answer = orders.sync_from_ui([{**sale}])
        self.assertNotIn(self.card._reveal(), str(answer))
        self.assertCard(self.card, 40)

    def test_use_of_one_bill_pays_no_other(self):
        order = self._redeem(self.session, self.card, 60)
        used = order.payment_ids.filtered("giftcard_entry_id")
        key = used.uuid
        self._refused("ledger stays as it is", lambda: used.write({"uuid": "x" * 36}))
        self.env.cr.execute(
            "UPDATE pos_payment SET uuid = %s WHERE id = %s", [str(uuid4()), used.id]
        )
        self.env.invalidate_all()
        forged = self._payment(self.giftcard, 60, uuid=key)
        self._refused("could not be used any more", lambda: self._pay([forged], 60))
        self.assertCard(self.card, 40)

    def test_hold_of_one_bill_is_not_captured_by_another(self):
        payment = self._hold_at(self.session, self.card, 60)
        self._bill_uuid = str(uuid4())
        self._refused("could not be used any more", lambda: self._pay([payment], 60))
        self.assertCard(self.card, 40, held=60)

    def test_key_of_a_released_hold_is_no_card(self):
        payment = self._hold_at(self.session, self.card, 60)
        key = payment[2]["uuid"]
        self.giftcard.giftcard_release(key, 2, self.session.id)
        request = {
            "key": key,
            "revision": 3,
            "amount": 60,
            "session_id": self.session.id,
        }
        self._refused(
            "Nothing is on hold here",
            lambda: self.giftcard.with_user(self.cashier).giftcard_hold_tender(request),
        )
        self.assertCard(self.card, 100)

    def test_totals_are_the_servers_own(self):
        lines = [self._line(self.card_product, 500)]
        self._refused(
            "not fully paid",
            lambda: self._sync(
                self._payload(
                    self.session, lines, [self._payment(self.cash, 1)], amount_total=1
                )
            ),
        )
        order = self._redeem(self.session, self.card, 60)
        payload = self._refund_payload(order, self.session)
        payload["lines"][0][2].update(
            price_unit=0, price_subtotal=0, price_subtotal_incl=0
        )
        payload["amount_total"] = -60
        self._refused("not fully paid", lambda: self._sync(payload))
        self.assertCard(self.card, 40)

    def test_forged_line_total_gives_no_cash(self):
        payment = self._hold_at(self.session, self.card, 50)
        lines = [self._line(self.services[20], 1, price_subtotal_incl=50)]
        payments = [payment, self._payment(self.cash, -49)]
        self._refused(
            "Gift cards may pay",
            lambda: self._sync(
                self._payload(self.session, lines, payments, amount_total=1)
            ),
        )

    def test_settled_payments_and_sold_lines_stay_as_they_are(self):
        order = self._redeem(self.session, self.card, 60, price=70)
        used = order.payment_ids.filtered("giftcard_entry_id")
        cash = order.payment_ids - used
        for attempt in (
            lambda: used.write({"amount": 10}),
            lambda: used.write({"payment_method_id": self.cash.id}),
            lambda: used.unlink(),
        ):
            self._refused("ledger stays as it is", attempt)
        self._refused(
            "Gift cards are used at the till",
            lambda: cash.write({"payment_method_id": self.giftcard.id}),
        )
        sold = self.env["pos.order.line"].search(
            [("giftcard_card_id", "=", self.card.id)]
        )
        self._refused("its lines stay as", lambda: sold.write({"price_unit": 1}))
        self._close(self.session)
        self.assertTiesOut()

    def test_bill_made_past_the_till_shows_as_a_difference(self):
        order = self.env["pos.order"].create(
            {
                **self._payload(
                    self.session,
                    [self._line(self.services[20], 60)],
                    [self._payment(self.giftcard, 60)],
                ),
                "pos_reference": "Forged 1",
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE pos_order SET state = 'paid' WHERE id = %s", [order.id]
        )
        self.env.invalidate_all()
        move = self._close(self.session)
        item = move.line_ids.filtered(lambda line: line.balance == 60)
        self.assertEqual(item.name, "Gift card that nobody knows (Forged 1)")
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        self.assertEqual(report.difference, -60)

    def test_code_of_a_colleagues_or_an_old_card_is_not_told(self):
        sold = self.env["pos.order.line"].search(
            [("giftcard_card_id", "=", self.card.id)]
        )
        order = sold.order_id
        order.user_id = self.cashier
        request = {**self._payload(self.session, [], []), "uuid": order.uuid}
        answer = order.with_user(self.cashier).sync_from_ui([{**request}])
        self.assertNotIn(self.card._reveal(), str(answer))
        self._close(self.session)
        later = self._open()
        self.env.cr.execute(
            "UPDATE pos_session SET start_at = start_at + interval '1 minute'"
            " WHERE id = %s",
            [later.id],
        )
        self.env.invalidate_all()
        order.sudo().session_id = later
        answer = order.sync_from_ui([{**request}])
        self.assertNotIn(self.card._reveal(), str(answer))

    def test_invoice_in_the_back_office_sells_no_card(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client.id,
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": self.card_product.id, "price_unit": 100}
                    )
                ],
            }
        )
        self._refused("at the till", invoice.action_post)
