# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon

APPROVE = "somebody with this right has to approve it with their PIN"


@tagged("post_install", "-at_install", "-standard", "giftcard_beside")
class TestBesideEmployees(GiftcardTillCommon):
    """Employees share a manager's login: the right is proved by a PIN, act by act."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "giftcard_shared_login",
            groups="base.group_user,point_of_sale.group_pos_manager,"
            "giftcard_salon.group_manager,giftcard_salon.group_desk",
            company_id=cls.company.id,
        )
        cls.chief = cls._make_employee("Chief", "7412", cls.manager)
        cls.anna = cls._make_employee("Anna", "1234")
        cls.config.module_pos_hr = True

    @classmethod
    def _make_employee(cls, name, pin, user=None):
        values = {"name": name, "pin": pin, "user_id": user and user.id}
        employees = cls.env["hr.employee"].sudo()
        return employees.create({**values, "company_id": cls.company.id})

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.method = self.giftcard.with_user(self.manager)

    def _approve(self, purpose, employee=None, pin="7412", user=None, **request):
        return self.giftcard.with_user(user or self.manager).giftcard_approve(
            {
                "session_id": self.session.id,
                "purpose": purpose,
                "employee_id": (employee or self.chief).id,
                "pin": pin,
                **request,
            }
        )

    def test_desk_needs_a_pin_for_every_act(self):
        card = self._sell(self.session, 50, user=self.manager)
        find = self.method.giftcard_find
        reprint = self.method.giftcard_reprint
        for attempt in (
            lambda: find(card.last4, self.session.id),
            lambda: reprint(card.id, self.session.id),
            lambda: self.method.giftcard_send(card.id, self.session.id, "a@b.example"),
            lambda: self.method.giftcard_release_abandoned(self.session.id, []),
        ):
            self._refused(APPROVE, attempt, AccessError)
        # the till says who is there; that changes nothing
        self.session.with_user(self.manager).employee_id = self.chief
        self._refused(APPROVE, lambda: reprint(card.id, self.session.id), AccessError)
        not_the_pin = "not the PIN of somebody who may approve"
        for employee, pin in (
            (self.chief, "1234"),
            (self.chief, ""),
            (self.chief, False),
            (self.chief, ["7412"]),
            (self.chief, "7412é"),
            (self.anna, "1234"),
        ):
            self._refused(
                not_the_pin, lambda e=employee, p=pin: self._approve("desk", e, p)
            )
        self._refused("nothing to approve", lambda: self._approve("everything"))
        self.assertEqual(
            self.method.giftcard_approvers(self.session.id, "desk"),
            [{"id": self.chief.id, "name": "Chief"}],
        )
        self.assertEqual(self._approve("desk"), {"state": "approved"})
        self.assertEqual(
            [found["id"] for found in find(card.last4, self.session.id)], [card.id]
        )
        self.assertEqual(reprint(card.id, self.session.id)["last4"], card.last4)
        self._refused(APPROVE, lambda: reprint(card.id, self.session.id), AccessError)
        printed = card.entry_ids[:1]
        self.assertEqual(
            (printed.kind, printed.user_ref, printed.claimed_by),
            ("print", self.manager.id, "Chief"),
        )

    def test_guessed_pins_are_counted_for_the_employee(self):
        for number in range(20):
            with self.assertRaisesRegex(UserError, "not the PIN"):
                self._approve("desk", pin=f"{number:04}")
        self._refused("Too many codes", lambda: self._approve("desk"))

    def test_a_pin_gives_a_login_no_right_that_it_has_not(self):
        card = self._sell(self.session, 50, user=self.cashier)
        self.assertEqual(
            self._approve("desk", user=self.cashier), {"state": "approved"}
        )
        till = self.giftcard.with_user(self.cashier)
        self._refused(
            "Ask somebody of the gift card desk",
            lambda: till.giftcard_reprint(card.id, self.session.id),
            AccessError,
        )

    def test_card_money_is_paid_out_with_a_pin_only(self):
        card = self._sell(self.session, 100, user=self.manager)
        order = self._redeem(
            self.session, card, 60, user=self.manager, employee_id=self.anna.id
        )
        used = card.entry_ids[:1]
        self.assertEqual((used.user_ref, used.claimed_by), (self.manager.id, "Anna"))
        payload = self._refund_payload(order, self.session, method=self.bank)
        # an employee that the till names, whoever it is, decides nothing
        payload["employee_id"] = self.chief.id
        with self.assertRaises(AccessError) as caught, self.env.cr.savepoint():
            self._sync(payload, self.manager)
        self.assertRegex(str(caught.exception), APPROVE)
        self.assertEqual(caught.exception.context, {"giftcard_approval": "payout"})
        self._approve("payout", order_uuid="another bill")
        self._approve("desk")
        self._refused(APPROVE, lambda: self._sync(payload, self.manager), AccessError)
        self._approve("payout", order_uuid=payload["uuid"])
        refund, _answer = self._sync(payload, self.manager)
        self.assertEqual((refund.state, refund.amount_paid), ("paid", -60))
        self.assertCard(card, 40)

    def test_mistaken_use_is_undone_by_whoever_approved(self):
        card = self._sell(self.session, 100, user=self.manager)
        order = self._redeem(
            self.session, card, 60, user=self.manager, employee_id=self.anna.id
        )
        undo = self.method.giftcard_undo
        self._refused(APPROVE, lambda: undo(order.id, self.session.id), AccessError)
        self.session.employee_id = self.chief
        self._approve("desk")
        undone = self.env["pos.order"].browse(
            undo(order.id, self.session.id)["order_id"]
        )
        self.assertCard(card, 100)
        self.assertEqual(
            (undone.employee_id, card.entry_ids[:1].claimed_by), (self.chief, "Chief")
        )

    def _rescue(self, card, user=None, bill=None):
        self._commit()
        method = self.giftcard.with_user(user or self.manager)
        code = card._reveal()
        bill = bill or self._bill_uuid
        facts = method.giftcard_rescue(code, self.session.id, bill)
        self._commit()
        return facts

    def test_a_manager_lets_an_expired_card_pay_today(self):
        card = self._sell(self.session, 80, user=self.manager)
        card.sudo().valid_until = "2020-01-31"
        self._commit()
        facts = self.method.giftcard_lookup(card._reveal(), self.session.id)
        self.assertTrue(facts["can_ask_manager"])
        self._refused(APPROVE, lambda: self._rescue(card), AccessError)
        # approved for another bill, for the desk, by somebody without the right
        code = card._reveal()
        self._approve("rescue", order_uuid="another bill", code=code)
        self._approve("desk")
        self._refused(APPROVE, lambda: self._rescue(card), AccessError)
        self._refused(
            "not the PIN",
            lambda: self._approve("rescue", self.anna, "1234", order_uuid="a bill"),
        )
        self._approve("rescue", order_uuid=self._bill_uuid, code=code)
        facts = self._rescue(card)
        self.assertEqual((facts["refusal"], facts["available"]), ("", 80))
        self.assertEqual(card.valid_until, card._today(self.company))
        entry = card.entry_ids[:1]
        self.assertEqual(entry.kind, "extend")
        self.assertEqual(entry.reason, "Approved at the till by Chief.")
        self._redeem(self.session, card, 60, user=self.manager)
        self.assertCard(card, 20)

    def test_a_manager_unblocks_one_card_per_approval(self):
        cards = self._sell(self.session, 50, 60, user=self.manager)
        for card in cards:
            card._block("lost and found")
        self._refused("do not know this code", lambda: self._approve("rescue"))
        code = cards[0]._reveal()
        self._approve("rescue", order_uuid=self._bill_uuid, code=code)
        # the manager saw one card, and the cashier scans another one for the same bill
        self._refused(APPROVE, lambda: self._rescue(cards[1]), AccessError)
        self.assertEqual(self._rescue(cards[0])["status"], "active")
        self.assertEqual(cards[0].entry_ids[:1].kind, "unblock")
        self.assertEqual(
            cards[0].entry_ids[:1].reason, "Approved at the till by Chief."
        )
        self._refused(APPROVE, lambda: self._rescue(cards[1]), AccessError)
        self.assertEqual(cards.mapped("state"), ["active", "blocked"])

    def test_a_pin_does_not_rescue_a_card_for_a_cashier_login(self):
        card = self._sell(self.session, 50, user=self.cashier)
        card._block("stolen")
        self._approve(
            "rescue",
            user=self.cashier,
            order_uuid=self._bill_uuid,
            code=card._reveal(),
        )
        self._refused(".*", lambda: self._rescue(card, self.cashier), AccessError)
        facts = self.giftcard.with_user(self.cashier).giftcard_lookup(
            card._reveal(), self.session.id
        )
        self.assertFalse(facts["can_ask_manager"])

    def test_picking_a_card_needs_a_pin_for_each(self):
        card = self._sell(self.session, 50, user=self.manager)
        pick = self.method.giftcard_pick
        self._refused(APPROVE, lambda: pick(card.id, self.session.id), AccessError)
        self._approve("desk")
        self.assertEqual(pick(card.id, self.session.id)["last4"], card.last4)
        self._refused(APPROVE, lambda: pick(card.id, self.session.id), AccessError)

    def test_tills_without_employees_ask_for_nothing(self):
        self._close(self.session)
        self.config.module_pos_hr = False
        self.session = self._open()
        card = self._sell(self.session, 50, user=self.manager)
        slip = self.method.giftcard_reprint(card.id, self.session.id)
        self.assertEqual(slip["last4"], card.last4)
        self._refused("nothing to approve", lambda: self._approve("desk"), UserError)
