# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Datetime
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GiftcardTillCommon

NEEDS_ANOTHER = "another gift card manager has to approve it"


@tagged("post_install", "-at_install")
class TestInsiders(GiftcardTillCommon):
    """People with rights: counted per day, told of, and two where two are wanted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "salon@example.com"
        cls.company.write({"giftcard_daily_codes": 3, "giftcard_daily_issued": 3})
        cls.expense = cls.company_data["default_account_expense"]
        cls.desk, cls.manager, cls.other, cls.bookkeeper = (
            new_test_user(
                cls.env,
                f"insider_{name}",
                name=f"{name} of the salon",
                groups=groups,
                company_id=cls.company.id,
            )
            for name, groups in (
                ("desk", "giftcard_salon.group_desk,point_of_sale.group_pos_user"),
                (
                    "manager",
                    "giftcard_salon.group_manager,giftcard_salon.group_see_codes",
                ),
                ("other", "giftcard_salon.group_manager"),
                ("bookkeeper", "giftcard_salon.group_accountant"),
            )
        )
        cls.company.giftcard_accountant_id = cls.bookkeeper

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.cards = self._sell(self.session, *[50] * 5)

    def _call(self, user, model, method, *args):
        """Call as a web client does."""
        records = self.env[model].with_user(user).sudo(False)
        answer = call_kw(records, method, list(args), {})
        self.env.flush_all()
        return answer

    def _send(self, user, card):
        values = {"card_id": card.id, "email": "mine@example.com"}
        wizard = self._call(user, "giftcard.send", "create", values)
        return self._call(user, "giftcard.send", "action_send", [wizard])

    def _finding(self):
        return self.env["giftcard.finding"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "people")]
        )

    # === FIGURES === #

    @mute_logger("odoo.addons.base.models.ir_module")
    def test_whoever_may_not_uninstall_reads_no_figures(self):
        """250.00 is on the cards: only an administrator is told of it."""
        module = self.env["ir.module.module"].search([("name", "=", "giftcard_salon")])
        admin = self.env.ref("base.user_admin")
        for method in ("button_uninstall", "module_uninstall"):
            call = ("ir.module.module", method, module.ids)
            for user in (self.cashier, self.manager):
                with self.assertRaises(AccessDenied), self.env.cr.savepoint():
                    self._call(user, *call)
            self._refused(
                r"clients still have \D*250\.00", lambda c=call: self._call(admin, *c)
            )

    # === CODES === #

    def test_the_desk_is_stopped_after_the_codes_of_a_day_whatever_way_it_takes(self):
        reprint = ("pos.payment.method", "giftcard_reprint", self.giftcard.ids)
        self._call(self.desk, *reprint, self.cards[0].id, self.session.id)
        # the same card once more is one more look
        self._call(self.desk, *reprint, self.cards[0].id, self.session.id)
        self.assertFalse(self._finding())
        self._send(self.desk, self.cards[1])
        sentence = "codes of 3 gift cards today. Ask a gift card manager"
        before = self.env["mail.mail"].sudo().search_count([])
        for attempt in (
            lambda: self._send(self.desk, self.cards[2]),
            lambda: self._call(self.desk, *reprint, self.cards[2].id, self.session.id),
            lambda: self._call(
                self.desk,
                "pos.payment.method",
                "giftcard_send",
                self.giftcard.ids,
                self.cards[2].id,
                self.session.id,
                "mine@example.com",
            ),
        ):
            self._refused(sentence, attempt)
        self.desk.sudo().group_ids += self.env.ref("giftcard_salon.group_see_codes")
        self._refused(
            sentence,
            lambda: self._call(
                self.desk, "giftcard.card", "action_reveal", self.cards[3].ids
            ),
        )
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)
        self.assertEqual(len(self.cards[2:].entry_ids), 3, "their sales, and no more")

    def test_others_are_told_once_a_day(self):
        for card in self.cards[:4]:
            try:
                self._send(self.desk, card)
            except UserError:
                break
        alarm = self._finding()
        self.assertTrue(alarm.is_open)
        activity = alarm.activity_ids
        self.assertEqual(activity.user_id, self.bookkeeper)
        self.assertEqual(
            activity.summary,
            "desk of the salon has printed, sent or looked at the codes of 3 gift "
            "cards today",
        )
        told = alarm.message_ids.notified_partner_ids
        self.assertIn(self.manager.partner_id, told)
        self.assertNotIn(self.desk.partner_id, told)
        action = alarm.with_user(self.bookkeeper).action_open_report()
        shown = self.env["giftcard.entry"].search(action["domain"])
        self.assertEqual(shown.mapped("kind"), ["send"] * 3)
        # it stays until somebody has looked into it
        self.env["giftcard.finding"]._check_company(self.company)
        self.assertTrue(alarm.is_open)
        activity.with_user(self.bookkeeper).action_feedback(feedback="Christmas")
        self.env["giftcard.finding"]._check_company(self.company)
        self.assertFalse(alarm.is_open)

    def test_a_manager_goes_on_and_others_are_told_of_it(self):
        self.company.giftcard_accountant_id = False
        for card in self.cards:
            self._call(self.manager, "giftcard.card", "action_reveal", card.ids)
        alarm = self._finding()
        self.assertEqual(len(alarm.activity_ids), 1)
        self.assertNotEqual(alarm.activity_ids.user_id, self.manager)
        self.assertIn(self.other.partner_id, alarm.message_ids.notified_partner_ids)

    def test_the_printers_file_is_a_look_at_each_of_its_codes(self):
        made = self._call(
            self.manager, "giftcard.stock", "create", {"type_id": self.card_type.id}
        )
        self._call(self.manager, "giftcard.stock", "write", [made], {"count": 2})
        self._call(self.manager, "giftcard.stock", "action_prepare", [made])
        self.assertFalse(self._finding(), "made, and seen by nobody yet")
        wizard = self.env["giftcard.stock"].with_user(self.manager).browse(made)
        wizard._make_file()
        self.assertFalse(self._finding(), "two of three")
        wizard._make_file()
        self.assertIn("codes of 4 gift cards", self._finding().activity_ids.summary)

    def test_a_till_that_asks_again_later_looks_again(self):
        lines = [self._line(self.card_product, 50)]
        payload = self._payload(
            self.session, lines, [self._payment(self.cash_of(self.session), 50)]
        )
        order, answer = self._sync(payload, self.cashier)
        card = order.lines.giftcard_card_id

        def told():
            row = self.env["pos.order"].with_user(self.cashier)
            again = {"lines": [], "payment_ids": [], "access_token": order.access_token}
            answer = row.sync_from_ui([{**payload, **again}])
            return answer["pos.order.line"][0].get("giftcard_code")

        self.assertEqual(answer["pos.order.line"][0]["giftcard_code"], card._reveal())
        self.assertEqual(told(), card._reveal())
        self.assertEqual(card.entry_ids.mapped("kind"), ["sale"])
        later = Datetime.now() + timedelta(minutes=11)
        self.patch(Datetime, "now", lambda: later)
        for _number in range(3):
            self.assertEqual(told(), card._reveal())
        self.assertEqual(
            card.entry_ids.sorted("id").mapped("kind"), ["sale", *["print"] * 3]
        )
        self.assertFalse(told(), "the limit of the day")
        self.assertEqual(order.state, "paid")

    def test_no_limit_where_the_company_wants_none(self):
        self.company.write({"giftcard_daily_codes": 0, "giftcard_daily_issued": 0})
        for card in self.cards:
            self._send(self.desk, card)
        self.assertFalse(self._finding())

    # === CARDS MADE BY HAND === #

    def _issue_by_hand(self, user, amount=100, count=1):
        made = self._call(
            user,
            "giftcard.issue",
            "create",
            {
                "type_id": self.card_type.id,
                "amount": amount,
                "count": count,
                "account_id": self.expense.id,
                "reason": "A gesture",
            },
        )
        return self._call(user, "giftcard.issue", "action_issue", [made])

    def test_who_issues_many_cards_is_told_of(self):
        self._issue_by_hand(self.manager, count=2)
        self.assertFalse(self._finding())
        self._issue_by_hand(self.manager, count=1)
        self.assertEqual(
            self._finding().activity_ids.summary,
            "manager of the salon has issued 3 gift cards by hand today",
        )

    def test_cards_issued_by_hand_wait_for_a_second_person_however_small(self):
        self.company.giftcard_needs_approval = True
        before = self.env["giftcard.card"].search_count([])
        moves = self.env["account.move"].search_count([])
        for amount, count in ((500, 1), (500, 1), (0.01, 1), (1, 1000)):
            self._issue_by_hand(self.manager, amount, count)
        requests = self.env["giftcard.approval"].search([])
        self.assertEqual(requests.mapped("state"), ["waiting"] * 4)
        self.assertEqual(self.env["giftcard.card"].search_count([]), before)
        self.assertEqual(self.env["account.move"].search_count([]), moves)
        told = requests.message_ids.notified_partner_ids
        self.assertIn(self.other.partner_id, told)
        small = requests.filtered(lambda request: request.amount == 500)[:1]
        approve = ("giftcard.approval", "action_approve", small.ids)
        self._refused(NEEDS_ANOTHER, lambda: self._call(self.manager, *approve))
        for user in (self.desk, self.bookkeeper, self.cashier):
            self._refused("", lambda by=user: self._call(by, *approve), AccessError)
        self._call(self.other, *approve)
        card = small.card_ids
        self.assertCard(card, 500, status="active")
        self.assertEqual(
            (small.state, small.decided_by_id, small.user_id),
            ("done", self.other, self.manager),
        )
        items = card.entry_ids.card_id.journal_item_ids
        self.assertEqual(items.balance, -500)
        self._refused("decided already", lambda: self._call(self.other, *approve))
        self.assertEqual(self.env["giftcard.card"].search_count([]), before + 1)
        self._close(self.session)
        self.assertTiesOut()

    def test_a_request_is_withdrawn_by_who_made_it(self):
        self.company.giftcard_needs_approval = True
        self._issue_by_hand(self.manager)
        request = self.env["giftcard.approval"].search([])
        self._call(self.manager, "giftcard.approval", "action_refuse", request.ids)
        self.assertEqual(request.state, "refused")
        self._refused(
            "decided already",
            lambda: self._call(
                self.other, "giftcard.approval", "action_approve", request.ids
            ),
        )

    def test_nobody_writes_a_request_by_hand(self):
        self.company.giftcard_needs_approval = True
        self._issue_by_hand(self.manager)
        request = self.env["giftcard.approval"].search([])
        for user in (self.manager, self.other, self.env.ref("base.user_admin")):
            for method, args in (
                ("write", [request.ids, {"amount": 900, "state": "done"}]),
                ("unlink", [request.ids]),
                ("create", [{"kind": "issue"}]),
                ("copy", [request.ids]),
            ):
                self._refused(
                    "",
                    lambda call=(user, method, args): self._call(
                        call[0], "giftcard.approval", call[1], *call[2]
                    ),
                    AccessError,
                )

    def test_what_cannot_be_issued_is_not_asked_for(self):
        self.company.giftcard_needs_approval = True
        for amount, count in ((30000, 1), (50, 1001), (50, 0)):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._issue_by_hand(self.manager, amount, count)
        self.assertFalse(self.env["giftcard.approval"].search([]))

    def test_paid_by_hand_waits_for_a_second_person(self):
        self.cards.sudo().state = "pending"
        mark = ("giftcard.card", "action_mark_paid", self.cards[:2].ids)
        self.company.giftcard_needs_approval = True
        self._call(self.manager, *mark)
        self.assertEqual(self.cards.mapped("state"), ["pending"] * 5)
        request = self.env["giftcard.approval"].search([])
        self.assertEqual(request.card_ids, self.cards[:2])
        approve = ("giftcard.approval", "action_approve", request.ids)
        self._refused(NEEDS_ANOTHER, lambda: self._call(self.manager, *approve))
        self._call(self.other, *approve)
        self.assertEqual(self.cards[:2].mapped("state"), ["active"] * 2)
        self.assertEqual(self.cards[2:].mapped("state"), ["pending"] * 3)
        self.company.giftcard_needs_approval = False
        mark = ("giftcard.card", "action_mark_paid", self.cards[2:3].ids)
        self._call(self.manager, *mark)
        self.assertEqual(self.cards[2].state, "active")
