# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon
from .tour_common import GiftcardTourCommon

LINES = ["FRCE", "ZER0", "AVT0", "EXC0", "RTRY"]
BILLS = ["DWNE", "VAST", "N0NE", "REXD", "GNE1"]
USED_48 = {"uses": [("captured", 48)], "available": 52, "ledger": [100, -48]}


@tagged("post_install", "-at_install")
class TestTraps(GiftcardTillCommon):
    """What Odoo's till does beside the usual path, where the server decides."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _bill(self, payments, price=70, session=None, **values):
        lines = [self._line(self.services[20], price)]
        payload = self._payload(session or self.session, lines, payments, **values)
        return self._sync(payload)[0]

    def _refused(self, sentence, attempt):
        with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
            attempt()

    def _ask(self, session=None, **values):
        request = {
            "key": str(uuid4()),
            "revision": 1,
            "amount": 10,
            "session_id": (session or self.session).id,
            "code": self.card._reveal(),
            "order_uuid": self._bill_uuid,
            **values,
        }
        return self.giftcard.with_user(self.cashier).giftcard_hold_tender(request)

    def test_force_done__the_server_takes_and_stores_nothing(self):
        """1.9 "Force done button while call runs": server check is the truth."""
        forced = self._payment(self.giftcard, 70)
        bill = self._bill_uuid
        self._refused("No gift card is reserved", lambda: self._bill([forced]))
        self.assertFalse(self.env["pos.order"].search([("uuid", "=", bill)]))
        self.assertCard(self.card, 100)

    def test_order_lowered_after_the_hold__no_cash_out(self):
        """1.9 "order lowered after hold": gift payments <= order total."""
        payments = [
            self._hold_at(self.session, self.card, 50),
            self._payment(self.cash, -20),
        ]
        self._refused(
            "Gift cards may pay .*30.00.* not .*50.00",
            lambda: self._bill(payments, 30),
        )
        self.assertCard(self.card, 50, held=50)

    def test_zeroed_line__gives_back_what_it_held(self):
        """1.9 "typing 999 on the done gift line": a line of zero uses nothing."""
        payment = self._hold_at(self.session, self.card, 70)
        payment[2]["amount"] = 0
        self._bill([payment, self._payment(self.cash, 70)])
        self.assertCard(self.card, 100)

    def test_zeroed_line__another_amount_than_held_is_refused(self):
        """1.9 "typing 999 ...": server compares hold.amount == payment.amount."""
        payment = self._hold_at(self.session, self.card, 50)
        payment[2]["amount"] = 70
        self._refused("is reserved on card", lambda: self._bill([payment]))
        self.assertCard(self.card, 50, held=50)

    def test_fast_payment_button__is_not_for_gift_cards(self):
        """1.9 "fast payment button on the product screen": excluded."""
        self._close(self.session)
        self._refused(
            "A gift card is no fast payment",
            lambda: self.config.write(
                {
                    "use_fast_payment": True,
                    "fast_payment_method_ids": [Command.set(self.giftcard.ids)],
                }
            ),
        )

    def test_closing_difference__cards_are_not_counted(self):
        """1.9 "closing popup shows bank methods": own lines are immune."""
        self._redeem(self.session, self.card, 50)
        data = self.session.get_closing_control_data()
        counted = [row["id"] for row in data["non_cash_payment_methods"]]
        self.assertIn(self.bank.id, counted)
        self.assertNotIn(self.giftcard.id, counted)
        session = self.session.sudo()
        session.post_closing_cash_details(session.cash_register_balance_end)
        session.close_session_from_ui([(self.giftcard.id, -5)])
        self.assertPosted(
            session.move_id, liability=-50, money=100, vat=-8.33, revenue=-41.67
        )
        self.assertTiesOut()

    def test_closing_with_open_holds__is_said_and_the_hold_stays(self):
        """Issue "closing with open holds": listed, a manager releases."""
        payment = self._hold_at(self.session, self.card, 30)
        self._close(self.session)
        messages = " ".join(self.session.message_ids.mapped("body"))
        self.assertRegex(messages, f"still held by this till: {self.card.name} .*30.00")
        self.assertCard(self.card, 70, held=30)
        hold = self.env["giftcard.redemption"].search(
            [("key", "=", payment[2]["uuid"])]
        )
        hold.action_release()
        self.assertCard(self.card, 100)

    def test_deleted_orders__hold_nothing(self):
        """Issue "deleted orders": saved ones, removed or cancelled."""
        for end in ("remove_from_ui", "action_pos_order_cancel"):
            payment = self._hold_at(self.session, self.card, 70)
            order = self._bill([payment], state="draft")
            self.assertCard(self.card, 30, held=70)
            if end == "remove_from_ui":
                order.remove_from_ui(order.ids)
            else:
                order.action_pos_order_cancel()
            self._commit()
            self.assertCard(self.card, 100)

    def test_deleted_lines__of_a_saved_bill_hold_nothing(self):
        """Issue "deleted lines": the payment goes away with the next save."""
        order = self._bill([self._hold_at(self.session, self.card, 70)], state="draft")
        payload = self._payload(self.session, [], [], state="draft")
        saved = {"uuid": order.uuid, "access_token": order.access_token}
        self._sync(
            {
                **payload,
                **saved,
                "amount_total": 70,
                "payment_ids": [Command.delete(order.payment_ids.id)],
            }
        )
        self.assertFalse(order.payment_ids)
        self.assertCard(self.card, 100)

    def test_saved_orders_of_a_restaurant__are_captured_once_when_paid(self):
        """Issue "restaurant-style saved orders": draft reserves, paid captures."""
        payment = self._hold_at(self.session, self.card, 50)
        order = self._bill([payment], state="draft")
        self.assertCard(self.card, 50, held=50)
        self.assertFalse(order.payment_ids.giftcard_entry_id)
        key = payment[2]["uuid"]
        self._ask(key=key, revision=2, amount=70, order_uuid=order.uuid)
        saved = {"uuid": order.uuid, "access_token": order.access_token}
        change = Command.update(
            order.payment_ids.id, {"amount": 70, "giftcard_revision": 2}
        )
        payload = {**self._payload(self.session, [], []), "amount_total": 70, **saved}
        for state in ("draft", "paid", "paid"):
            self._sync({**payload, "state": state, "payment_ids": [change]})
        self.assertEqual((order.state, order.payment_ids.amount), ("paid", 70))
        self.assertCard(self.card, 30)
        self.assertEqual(self.card.entry_ids.sorted("id").mapped("face"), [100, -70])

    def test_another_till__finds_what_is_left_and_no_more(self):
        """Issue "another till": what one till holds, no other may use."""
        other = self._open(self._make_till("Till B"))
        payment = self._hold_at(self.session, self.card, 100)
        facts = self.giftcard.giftcard_lookup(self.card._reveal(), other.id)
        self.assertRegex(facts["refusal"], "is being used at another till")
        self._refused("at another till", lambda: self._ask(other, amount=30))
        self._ask(key=payment[2]["uuid"], revision=2, amount=70)
        self._refused("At most .*30.00", lambda: self._ask(other, amount=31))
        self._redeem(other, self.card, 30, user=self.cashier)
        self.assertCard(self.card, 0, held=70)

    def test_another_till__pays_the_bill_that_the_first_one_saved(self):
        """Issue "another till": the hold follows the bill, not the till."""
        other = self._open(self._make_till("Till B"))
        order = self._bill([self._hold_at(self.session, self.card, 70)], state="draft")
        saved = {"uuid": order.uuid, "access_token": order.access_token}
        self._sync({**self._payload(other, [], []), "amount_total": 70, **saved})
        self.assertEqual((order.state, order.session_id), ("paid", other))
        self.assertCard(self.card, 30)
        location = other.config_id.giftcard_location_id
        self.assertEqual(order.payment_ids.giftcard_entry_id.location_id, location)

    def test_another_session__goes_on_with_the_hold(self):
        """Issue "another session": opened again, the same line is changed and paid."""
        payment = self._hold_at(self.session, self.card, 70)
        bill = self._bill_uuid
        self._close(self.session)
        later = self._open()
        key = payment[2]["uuid"]
        self._refused("not open", lambda: self._ask(key=key, revision=2, amount=50))
        self._ask(later, key=key, revision=2, amount=50, order_uuid=bill, code=None)
        payment[2].update(amount=50, giftcard_revision=2)
        self._bill([payment, self._payment(self.cash, 20)], session=later)
        self.assertCard(self.card, 50)
        self._close(later)
        self.assertTiesOut()

    def test_invoiced_orders__no_invoice_no_use_and_again(self):
        """Issue "invoiced orders": refused as a whole, then paid once."""
        self._close(self.session)
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        self.session = self._open()
        payment = self._hold_at(self.session, self.card, 70)
        lines = [self._line(self.services[20], 70)]
        payload = self._payload(self.session, lines, [payment], to_invoice=True)
        self._refused("Customer", lambda: self._sync(payload))
        self.assertCard(self.card, 30, held=70)
        order, _answer = self._sync({**payload, "partner_id": self.client.id})
        self.assertIn(order.account_move.payment_state, ("paid", "in_payment"))
        self.assertCard(self.card, 30)
        self._close(self.session)
        self.assertTiesOut()


@tagged("post_install", "-at_install", "giftcard_tour")
class TestTrapsAtTheTill(GiftcardTourCommon):
    """What Odoo's till does beside the usual path, where the browser decides.

    Two walks, one at a till without cash; each row is a bill and a card of its own.
    """

    def _remaining_by(self, walk, last4):
        if walk == "giftcard_trap_bill":
            return self._walk(walk, BILLS)[last4]
        config = self.main_pos_config.copy(
            {
                "name": "No cash",
                "payment_method_ids": [Command.set(self.bank_payment_method.ids)],
            }
        )
        config.giftcard_enabled = True
        return self._walk(walk, LINES, config)[last4]

    def assertRemaining(self, walk, last4, **expected):
        found = self._remaining_by(walk, last4)
        self.assertEqual({name: found[name] for name in expected}, expected)

    def assertReleased(self, walk, last4, *amounts):
        uses = [("released", amount) for amount in amounts]
        self.assertRemaining(walk, last4, uses=uses, available=100, bills=[])

    def test_force_done__is_not_offered_and_is_not_believed(self):
        """1.9 "Force done button while call runs": hidden; refused; × is there."""
        self.assertReleased("giftcard_trap_lines", "FRCE", 40)

    def test_zeroed_by_typing__the_line_stays_as_it_is(self):
        """1.9 "no cash method, typing 999 on the done gift line"."""
        self.assertRemaining("giftcard_trap_lines", "ZER0", **USED_48)

    def test_auto_validate__leaves_the_chance_to_undo(self):
        """1.9 "`auto_validate_terminal_payment` default True": not for cards."""
        self.assertReleased("giftcard_trap_lines", "AVT0", 48)

    def test_exception__blocks_no_terminal_and_can_be_tried_again(self):
        """1.9 "exception leaves sendPaymentRequest"."""
        self.assertRemaining("giftcard_trap_lines", "EXC0", **USED_48)

    def test_retry_line_deleted__gives_back(self):
        """1.9 "'retry' line deleted": release all the same."""
        self.assertReleased("giftcard_trap_lines", "RTRY", 48)

    def test_order_lowered_after_the_hold__so_is_the_hold(self):
        """1.9 "order lowered after hold": re-hold lower; a deleted bill line."""
        uses = [("captured", 39)]
        self.assertRemaining("giftcard_trap_bill", "DWNE", uses=uses, available=61)

    def test_order_lowered_at_the_last_moment__validate_holds_less(self):
        """1.9 "order lowered after hold": asked again before validation."""
        uses = [("captured", 30)]
        self.assertRemaining("giftcard_trap_bill", "VAST", uses=uses, available=70)

    def test_zeroed_lines__nothing_to_pay_nothing_held(self):
        """Issue "zeroed lines": the bill is worth nothing any more."""
        self.assertReleased("giftcard_trap_bill", "N0NE", 48)

    def test_reload_with_a_half_paid_bill__change_and_delete_are_still_there(self):
        """1.5 "after reload neither reverse nor delete button"."""
        self.assertReleased("giftcard_trap_bill", "REXD", 60)

    def test_deleted_bill__frees_its_card(self):
        """Issue "deleted orders": at the till."""
        self.assertReleased("giftcard_trap_bill", "GNE1", 48)
