# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import new_test_user, tagged

from ...bonus_common import GiftcardBonusCommon
from ...invoice_common import DESK


@tagged("post_install", "-at_install")
class TestTillBonusRefund(GiftcardBonusCommon):
    """What goes back on a card with a bonus: value and what was paid for it (C56)."""

    def setUp(self):
        super().setUp()
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        self.session = self._open()
        self.card = self._make_bonus_card(self.session, 100, 120)

    def _next_day(self):
        self._close(self.session)
        self.session = self._open()
        return self.session

    def _items(self, order, *rates):
        return order.lines.filtered(
            lambda line: (
                line.giftcard_role != "bonus"
                and (not rates or line.tax_ids.amount in rates)
            )
        )

    def test_more_than_the_card_paid_says_how_much_can_go_back(self):
        order = self._pay(self.session, self.card, 60)
        self._refused(
            "at most .*60.00 can go back",
            lambda: self._give_back(order, self.session, self._items(order), amount=70),
        )

    def test_part_goes_back(self):
        """C56: the tea of 20.01 gives 16.68 and a bonus of 3.33."""
        for method in ("round_globally", "round_per_line"):
            self.company.tax_calculation_rounding_method = method
            self._next_day()
            order = self._pay(self.session, self.card, 80)
            self._next_day()
            tea = self._items(order, 10)
            payload = self._give_back(order, self.session, tea)
            refund, _answer = self._sync(payload, self.cashier)
            self.assertEqual(refund.amount_total, -16.68)
            payment = refund.payment_ids
            self.assertEqual((payment.amount, payment.giftcard_bonus), (-16.68, -3.33))
            self.assertEqual(self._given(refund), {10: (-3.03, -0.30)})
            self.assertCard(self.card, 60.01)
            self.assertEqual(self.card.available_consideration, 50.01)
            self.assertTiesOut()
            move = self._next_day_move()
            self.assertPosted(move, liability=-16.68, vat=1.52, revenue=15.16)
            # the rest of the bill goes back: nothing is left of its discounts
            rest = self._items(order, 20, 5.5)
            payload = self._give_back(order, self.session, rest)
            refund, _answer = self._sync(payload, self.cashier)
            self.assertEqual(refund.amount_total, -49.99)
            self.assertEqual(
                self._given(refund), {20: (-6.94, -1.39), 5.5: (-1.58, -0.09)}
            )
            self.assertCard(self.card, 120)
            self.assertEqual(self.card.available_consideration, 100)
            move = self._next_day_move()
            self.assertPosted(move, liability=-49.99, vat=7.37, revenue=42.62)
            self.assertTiesOut()

    def _next_day_move(self):
        move = self._close(self.session)
        self.session = self._open()
        return move

    def test_all_goes_back_as_a_credit_note(self):
        values = {"to_invoice": True, "partner_id": self.client.id}
        order = self._pay(self.session, self.card, 80, **values)
        payload = self._give_back(order, self.session, self._items(order), **values)
        refund, _answer = self._sync(payload, self.cashier)
        note = refund.account_move
        self.assertEqual(note.move_type, "out_refund")
        self.assertEqual((note.amount_total, note.amount_tax), (66.67, 8.89))
        self.assertEqual(note.amount_residual, 0)
        self.assertCard(self.card, 120, status="active")
        self.assertEqual(self.card.available_consideration, 100)
        self.assertTiesOut()
        self._close(self.session)
        self.assertTiesOut()

    def _credit(self, order, *dropped):
        """Credit a bill's invoice in the office, but for items of these rates."""
        desk = new_test_user(
            self.env, "giftcard_desk", groups=DESK, company_id=self.company.id
        )
        wizard = self.env["account.move.reversal"].with_user(desk)
        wizard = wizard.with_context(
            active_model="account.move", active_ids=order.account_move.ids
        ).create({"journal_id": order.account_move.journal_id.id})
        wizard.refund_moves()
        note = wizard.new_move_ids
        if dropped:
            note.invoice_line_ids.filtered(
                lambda line: line.price_total > 0 and line.tax_ids.amount in dropped
            ).unlink()
            note.action_fit_giftcard_bonus()
        note.action_post()
        return note

    def test_invoiced_bill_is_credited_in_the_office(self):
        client = {"partner_id": self.client.id, "to_invoice": True}
        order = self._pay(self.session, self.card, 80, **client)
        self._next_day()
        note = self._credit(order)
        self.assertEqual((note.amount_total, note.amount_residual), (66.67, 0))
        self.assertCard(self.card, 120)
        self.assertTiesOut()

    def test_part_at_the_till_and_the_rest_in_the_office(self):
        client = {"partner_id": self.client.id, "to_invoice": True}
        order = self._pay(self.session, self.card, 80, **client)
        tea = self._items(order, 10)
        payload = self._give_back(order, self.session, tea, **client)
        refund, _answer = self._sync(payload, self.cashier)
        self.assertEqual(refund.account_move.amount_total, 16.68)
        self.assertCard(self.card, 60.01)
        self._next_day()
        note = self._credit(order, 10)
        self.assertEqual((note.amount_total, note.amount_residual), (49.99, 0))
        self.assertCard(self.card, 120)
        self.assertTiesOut()

    def test_part_without_a_credit_note_and_the_rest_in_the_office(self):
        """The tea goes back on the till's own books; the office takes back the rest."""
        client = {"partner_id": self.client.id, "to_invoice": True}
        order = self._pay(self.session, self.card, 80, **client)
        self._next_day()
        tea = self._items(order, 10)
        self._sync(self._give_back(order, self.session, tea), self.cashier)
        self._next_day()
        note = self._credit(order, 10)
        self.assertEqual((note.amount_total, note.amount_residual), (49.99, 0))
        self.assertCard(self.card, 120)
        self.assertTiesOut()

    def test_part_in_the_office_and_the_rest_at_the_till(self):
        client = {"partner_id": self.client.id, "to_invoice": True}
        order = self._pay(self.session, self.card, 80, **client)
        self._next_day()
        self.assertEqual(self._credit(order, 20, 5.5).amount_total, 16.68)
        rest = self._items(order, 20, 5.5)
        payload = self._give_back(order, self.session, rest, **client)
        refund, _answer = self._sync(payload, self.cashier)
        self.assertEqual(refund.account_move.amount_total, 49.99)
        self.assertEqual(self._given(refund), {20: (-6.94, -1.39), 5.5: (-1.58, -0.09)})
        self.assertCard(self.card, 120)
        self._close(self.session)
        self.assertTiesOut()

    def test_free_card_is_credited_in_the_office(self):
        free = self._make_free_card(20)
        client = {"partner_id": self.client.id, "to_invoice": True}
        order = self._pay(self.session, free, 20, ((20, 12), (5.5, 8)), **client)
        self._next_day()
        note = self._credit(order)
        self.assertEqual((note.state, note.amount_total), ("posted", 0))
        self.assertCard(free, 20, status="active")
        self.assertTiesOut()

    def test_one_of_two_cards_is_credited_in_the_office(self):
        """20.01 of a bill of 80.00 go back to the first card, none to the other."""
        other = self._make_bonus_card(self.session, 50, 70)
        lines = self._basket()
        payment, bonus = self._redeem_card(self.session, self.card, 60, lines)
        second, more = self._redeem_card(self.session, other, 20, lines + bonus)
        payload = self._payload(
            self.session,
            lines + bonus + more,
            [payment, second],
            partner_id=self.client.id,
            to_invoice=True,
        )
        order, _answer = self._sync(payload, self.cashier)
        self._next_day()
        note = self._credit(order, 20, 5.5)
        self.assertEqual((note.amount_total, note.amount_residual), (16.68, 0))
        self.assertCard(self.card, 80.01)
        self.assertCard(other, 50)
        self.assertTiesOut()

    def test_free_card_gets_its_value_back(self):
        """C29 undone: a refund of 0.00 posts nothing and fills the card."""
        free = self._make_free_card(20)
        values = {"to_invoice": True, "partner_id": self.client.id}
        order = self._pay(self.session, free, 20, ((20, 12), (5.5, 8)), **values)
        payload = self._give_back(order, self.session, self._items(order), **values)
        refund, _answer = self._sync(payload, self.cashier)
        self.assertEqual(refund.amount_total, 0)
        self.assertCard(free, 20, status="active")
        note = refund.account_move
        self.assertEqual(note.amount_total, 0)
        self.assertEqual(
            sorted(note.invoice_line_ids.mapped("balance")), [-10, -7.58, 7.58, 10]
        )
        self.assertGreater(
            note.invoice_line_ids.filtered(
                lambda item: item.product_id == self.services[20]
            ).balance,
            0,
        )
        self._close(self.session)
        self.assertTiesOut()

    def test_card_and_cash_go_back_where_they_came_from(self):
        """C24 undone: 25.00 on the card with its bonus of 5.00, 50.00 in cash."""
        order = self._pay(self.session, self.card, 30)
        self._next_day()
        payload = self._give_back(order, self.session, self._items(order), amount=30)
        self._sync(payload, self.cashier)
        self.assertCard(self.card, 120)
        move = self._close(self.session)
        self.assertPosted(move, liability=-25, money=-50, vat=10.01, revenue=64.99)
        self.assertTiesOut()

    def test_whole_bill_is_undone_from_the_order_list(self):
        desk = new_test_user(
            self.env,
            "bonus_desk",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "giftcard_salon.group_desk",
            company_id=self.company.id,
        )
        free = self._make_free_card(20)
        orders = [
            self._pay(self.session, self.card, 30),
            self._pay(self.session, free, 20, ((20, 20),)),
        ]
        method = self.giftcard.with_user(desk)
        said = [
            method.giftcard_undo(order.id, self.session.id)["text"] for order in orders
        ]
        self.assertIn("30.00 goes back on card", said[0])
        self.assertIn("20.00 goes back on card", said[1])
        self._commit()
        self.assertCard(self.card, 120)
        self.assertCard(free, 20)
        self._close(self.session)
        self.assertTiesOut()

    def test_refunds_that_lie(self):
        order = self._pay(self.session, self.card, 80)
        items = self._items(order)

        def attempt(sentence, change, rates=()):
            payload = self._give_back(order, self.session, self._items(order, *rates))
            change(payload)
            self._refused(sentence, lambda: self._sync(payload, self.cashier))

        def in_cash(payload):
            payload["lines"] = payload["lines"][: len(items)]
            payload["payment_ids"] = [self._payment(self.cash, -80)]
            payload["amount_total"] = -80

        def lower_in_cash(payload):
            payload["payment_ids"] = [self._payment(self.cash, -66.67)]

        def no_bonus(payload):
            payload["lines"] = payload["lines"][:1]
            payload["payment_ids"][0][2]["amount"] = -20.01
            payload["amount_total"] = -20.01

        def other_rate(payload):
            line = payload["lines"][-1][2]
            line["tax_ids"] = [(6, 0, self.taxes[20].ids)]
            data = line["extra_tax_data"]
            amounts = data["manual_tax_amounts"].pop(str(self.taxes[10].id))
            data["manual_tax_amounts"][str(self.taxes[20].id)] = amounts

        attempt("has to go back to it|than was paid", in_cash)
        attempt("has to go back to it|does not fit", lower_in_cash)
        attempt("of what card|Of what card", no_bonus, rates=(10,))
        attempt("does not fit", other_rate, rates=(10,))
        self.assertCard(self.card, 40)

    def test_manager_pays_out_what_was_paid_and_no_more(self):
        order = self._pay(self.session, self.card, 80)
        payload = self._give_back(order, self.session, self._items(order))
        lines = payload["lines"]
        payload["payment_ids"] = [self._payment(self.cash, -80)]
        payload["lines"], payload["amount_total"] = lines[:3], -80
        self.env.user.group_ids += self.env.ref("giftcard_salon.group_manager")
        self._refused("13.33 more would be given back", lambda: self._sync(payload))
        payload["lines"] = lines
        payload["payment_ids"] = [self._payment(self.cash, -66.67)]
        payload["amount_total"] = -66.67
        self._sync(payload)
        self.assertCard(self.card, 40)
        self._close(self.session)
        self.assertTiesOut()
