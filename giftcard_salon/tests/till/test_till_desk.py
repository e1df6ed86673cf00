# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTillDesk(GiftcardTillCommon):
    """Helping clients at the till: balance, lost cards, mistaken uses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = new_test_user(
            cls.env,
            "giftcard_reception",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "giftcard_salon.group_desk",
            company_id=cls.company.id,
        )
        cls.client.phone = "+33 6 12 34 56 78"
        cls.company.email = "salon@example.com"

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100, partner_id=self.client.id)
        self.desk = self.giftcard.with_user(self.reception)

    def _find(self, query):
        return self.desk.giftcard_find(query, self.session.id)

    def test_balance_tells_the_last_uses_and_holds_nothing(self):
        bill = self._redeem(self.session, self.card, 48)
        self._sync(self._refund_payload(bill, self.session))
        answer = self.giftcard.with_user(self.cashier).giftcard_balance(
            self.card._reveal(), self.session.id
        )
        self.assertEqual(answer["available"], 100)
        self.assertEqual(
            [(use["kind"], use["amount"]) for use in answer["redemptions"]],
            [("Back on the card", 48), ("Used", -48), ("Sold", 100)],
        )
        self.assertEqual(answer["redemptions"][0]["where"], "Salon of Till A")
        self.assertFalse(
            self.env["giftcard.redemption"].search([("state", "=", "held")])
        )

    def test_balance_of_an_unknown_code(self):
        answer = self.giftcard.giftcard_balance("GC0000000000000000", self.session.id)
        self.assertEqual(answer["status"], "unknown")

    def test_lost_card_is_found_without_its_code(self):
        bill = (
            self.env["pos.order.line"]
            .search([("giftcard_card_id", "=", self.card.id)])
            .order_id
        )
        for query in (
            "sofia",
            "12 34 56",
            self.card.last4,
            f"••{self.card.last4}",
            bill.pos_reference,
        ):
            found = self._find(query)
            self.assertEqual([row["id"] for row in found], self.card.ids, query)
        row = found[0]
        self.assertEqual(
            (row["buyer"], row["available"], row["bill"], row["status"]),
            ("Sofia Laurent", 100, bill.pos_reference, "active"),
        )
        self.assertNotIn(self.card._reveal(), str(found))
        self.assertEqual(self._find("nobody of this name"), [])
        self._refused("at least 3 characters", lambda: self._find("So"))
        self._refused("at least 3 characters", lambda: self._find(" % "))

    def test_finding_and_printing_need_the_right(self):
        cashier = self.giftcard.with_user(self.cashier)
        session_id, card_id = self.session.id, self.card.id
        for attempt in (
            lambda: cashier.giftcard_find("sofia", session_id),
            lambda: cashier.giftcard_reprint(card_id, session_id),
            lambda: cashier.giftcard_send(card_id, session_id, "a@example.com"),
            lambda: cashier.giftcard_undo_preview(1, session_id),
            lambda: cashier.giftcard_undo(1, session_id),
            lambda: cashier.giftcard_release_abandoned(session_id, []),
        ):
            self._refused(
                "ask somebody of the gift card desk|You may not", attempt, AccessError
            )

    def test_slip_is_printed_again_and_recorded(self):
        slip = self.desk.giftcard_reprint(self.card.id, self.session.id)
        self.assertEqual(slip["code"], self.card._reveal())
        self.assertEqual((slip["available"], slip["is_pending"]), (100, False))
        entry = self.card.entry_ids[:1]
        self.assertEqual((entry.kind, entry.face), ("print", 0))
        self.assertEqual(entry.user_id, self.reception)
        self.assertCard(self.card, 100)

    def test_code_is_sent_and_recorded_without_being_shown(self):
        answer = self.desk.giftcard_send(
            self.card.id, self.session.id, "sofia@example.com"
        )
        self.assertEqual(
            answer,
            {
                "text": "The code is being sent to s•••@example.com. If it cannot be "
                "delivered, you get a to-do."
            },
        )
        mail = self.env["mail.mail"].sudo().search([], limit=1, order="id desc")
        self.assertEqual(mail.email_to, "sofia@example.com")
        self.assertNotIn(self.card._reveal()[-4:], mail.body_html)
        entry = self.card.entry_ids[:1]
        self.assertEqual((entry.kind, entry.reason), ("send", "s•••@example.com"))
        self._refused(
            "An e-mail address has a name",
            lambda: self.desk.giftcard_send(self.card.id, self.session.id, "sofia"),
        )

    def test_card_of_another_company_is_not_there(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.card.sudo().company_id = other
        self.assertEqual(self._find(self.card.last4), [])
        self._refused(
            "This card is not there",
            lambda: self.desk.giftcard_reprint(self.card.id, self.session.id),
        )

    def test_card_that_ended_is_not_printed(self):
        self.card._block("test")
        self._refused(
            "This card is blocked",
            lambda: self.desk.giftcard_reprint(self.card.id, self.session.id),
        )

    def test_mistaken_use_is_undone_with_the_whole_bill(self):
        bill = self._redeem(self.session, self.card, 48, price=54)
        preview = self.desk.giftcard_undo_preview(bill.id, self.session.id)
        self.assertFalse(preview["refusal"])
        self.assertEqual(
            preview["text"].replace("\xa0", " "),
            f"$ 48.00 goes back on card {self.card.name}.\n$ 6.00 is given back: Cash.",
        )
        answer = self.desk.giftcard_undo(bill.id, self.session.id)
        self._commit()
        refund = self.env["pos.order"].browse(answer["order_id"])
        self.assertEqual((refund.amount_total, refund.state), (-54, "paid"))
        self.assertEqual(sorted(refund.payment_ids.mapped("amount")), [-48, -6])
        self.assertCard(self.card, 100, status="active")
        self.assertPosted(self._close(self.session), money=100, liability=-100)
        self.assertTiesOut()

    def test_bill_is_undone_once(self):
        bill = self._redeem(self.session, self.card, 48)
        self.desk.giftcard_undo(bill.id, self.session.id)
        self._refused(
            "This bill was given back already",
            lambda: self.desk.giftcard_undo(bill.id, self.session.id),
        )
        self.assertCard(self.card, 100)

    def test_invoiced_bill_is_undone_by_a_credit_note(self):
        bill = self._redeem(
            self.session, self.card, 48, partner_id=self.client.id, to_invoice=True
        )
        answer = self.desk.giftcard_undo(bill.id, self.session.id)
        self._commit()
        refund = self.env["pos.order"].browse(answer["order_id"]).sudo()
        self.assertEqual(refund.account_move.move_type, "out_refund")
        self.assertEqual(refund.account_move.amount_residual, 0)
        self.assertCard(self.card, 100)
        self._close(self.session)
        self.assertTiesOut()

    def test_bills_that_are_not_undone_as_a_whole(self):
        plain = self._sync(
            self._payload(
                self.session,
                [self._line(self.services[20], 70)],
                [self._payment(self.cash, 70)],
            )
        )[0]
        sale = (
            self.env["pos.order.line"]
            .search([("giftcard_card_id", "=", self.card.id)])
            .order_id
        )
        for bill in plain, sale:
            preview = self.desk.giftcard_undo_preview(bill.id, self.session.id)
            self.assertEqual(preview["refusal"], "No gift card paid for this bill.")
            self.assertFalse(preview["text"])
        with self.assertRaises(AccessError):
            self.desk.giftcard_undo(10**9, self.session.id)

    def test_bill_of_another_till_is_undone_there(self):
        other = self._open(self._make_till("Till B"))
        bill = self._redeem(other, self.card, 48)
        preview = self.desk.giftcard_undo_preview(bill.id, self.session.id)
        self.assertEqual(
            preview["refusal"], "This bill was made at Till B. Undo it there."
        )

    def test_lost_card_is_replaced_and_its_sale_is_given_back(self):
        bill = (
            self.env["pos.order.line"]
            .search([("giftcard_card_id", "=", self.card.id)])
            .order_id
        )
        used = self._redeem(self.session, self.card, 48)
        new = self.card.with_user(self.reception)._replace("lost on holiday")
        self._commit()
        self.assertCard(self.card, 0, status="replaced")
        self.assertCard(new, 52, status="partial")
        self._refused("was replaced", lambda: self._hold_at(self.session, self.card, 5))
        self._sync(self._refund_payload(used, self.session))
        self.assertCard(new, 100, status="active")
        self._sync(self._refund_payload(bill, self.session, method=self.cash))
        self.assertCard(new, 0, status="cancelled")
        self._close(self.session)
        self.assertTiesOut()

    def test_closing_lists_what_is_held_and_the_desk_releases(self):
        payment = self._hold_at(self.session, self.card, 70)
        session = self.session.with_user(self.cashier)
        data = session.get_closing_control_data()
        self.assertFalse(data["giftcard_can_release"])
        self.assertEqual(
            [
                (hold["last4"], hold["amount"], hold["bill"])
                for hold in data["giftcard_holds"]
            ],
            [(self.card.last4, 70, "Bill")],
        )
        self.assertTrue(
            self.session.with_user(self.reception).get_closing_control_data()[
                "giftcard_can_release"
            ]
        )
        ids = [data["giftcard_holds"][0]["id"], 2**40, payment[2]["uuid"]]
        self.assertEqual(
            self.desk.giftcard_release_abandoned(self.session.id, ids), ids[:1]
        )
        self.assertCard(self.card, 100)
        self.assertEqual(session.get_closing_control_data()["giftcard_holds"], [])

    def test_till_knows_who_stands_at_it(self):
        for user, may in ((self.cashier, False), (self.reception, True)):
            users = self.env["res.users"].with_user(user)
            rows = users._load_pos_data_read(user.with_user(user), self.config)
            self.assertEqual(rows[0]["giftcard_care"], may)

    def test_client_is_found_as_people_type(self):
        for query in ("0612345678", "06 12 34 56 78", "+33612345678"):
            self.assertEqual(
                [row["id"] for row in self._find(query)], self.card.ids, query
            )
        for query in ("%%%", "___", "••••"):
            self.assertEqual(self._find(query), [], query)

    def test_undo_names_the_card_that_gets_the_money(self):
        bill = self._redeem(self.session, self.card, 48)
        new = self.card.with_user(self.reception)._replace("lost")
        self._commit()
        preview = self.desk.giftcard_undo_preview(bill.id, self.session.id)
        self.assertIn(f"goes back on card {new.name}.", preview["text"])
        self.desk.giftcard_undo(bill.id, self.session.id)
        self._commit()
        self.assertCard(new, 100)

    def test_undo_gives_back_what_was_paid_after_change_and_rounding(self):
        """29.98: 20.00 by card, 20.00 in cash, 10.00 change; 9.98 is rounded."""
        accounts = {
            "profit_account_id": self.company_data["default_account_revenue"].id,
            "loss_account_id": self.company_data["default_account_expense"].id,
        }
        rounding = self.env["account.cash.rounding"].create(
            {"name": "0.05", "rounding": 0.05, **accounts}
        )
        self.config.sudo().with_context(from_settings_view=True).write(
            {
                "cash_rounding": True,
                "only_round_cash_method": True,
                "rounding_method": rounding.id,
            }
        )
        payments = [
            self._hold_at(self.session, self.card, 20),
            self._payment(self.cash, 20),
            self._payment(self.cash, -10, is_change=True),
        ]
        lines = [self._line(self.services[20], 29.98)]
        bill = self._sync(self._payload(self.session, lines, payments))[0]
        self.desk.giftcard_undo(bill.id, self.session.id)
        self._commit()
        self.assertCard(self.card, 100, status="active")
        self.assertPosted(self._close(self.session), money=100, liability=-100)
        self.assertTiesOut()
