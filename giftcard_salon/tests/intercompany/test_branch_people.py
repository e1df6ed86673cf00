# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from functools import partial

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon
from ..group_common import GiftcardBranchMixin


@tagged("post_install", "-at_install")
class TestBranchPeople(GiftcardBranchMixin, GiftcardTillCommon):
    """What people of a branch may do with cards of its parent, and what not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.company | cls.branch).email = "salon@example.com"
        cls.desk, cls.manager = (
            new_test_user(
                cls.env,
                f"branch_{name}",
                groups=groups,
                company_id=cls.branch.id,
                company_ids=[Command.set(cls.branch.ids)],
            )
            for name, groups in (
                (
                    "desk",
                    "base.group_partner_manager,point_of_sale.group_pos_user,"
                    "giftcard_salon.group_desk",
                ),
                (
                    "manager",
                    "giftcard_salon.group_manager,giftcard_salon.group_see_codes",
                ),
            )
        )

    def _call(self, user, model, method, *args, **kwargs):
        """Call as a web client of the branch does."""
        records = self.env(user=user, su=False, context={})[model]
        answer = call_kw(records, method, list(args), kwargs)
        self.env.flush_all()
        return answer

    def _sell_at(self, company, *amounts):
        session = self._at(company)
        return self._sell(session, *amounts, method=self._bank(session)).sudo()

    def _redeem_at_branch(self, card, amount):
        session = self._at(self.branch)
        self._redeem(session, card.with_env(self.env), amount)

    # === ONE LEGAL ENTITY === #

    def test_vat_numbers_propose_it_when_the_branch_is_made(self):
        self.company.vat = "BE0477472701"
        made = self.env["res.company"].create(
            [
                {"name": f"Branch {vat}", "parent_id": self.company.id, "vat": vat}
                for vat in (False, "BE0477472701", "BE0428759497")
            ]
        )
        self.env.flush_all()
        is_one = made.mapped("giftcard_is_one_entity")
        self.assertEqual(is_one, [True, True, False])
        self.assertFalse(self.company.giftcard_is_one_entity)
        own = self.company | self.branch | made[:2]
        self.assertEqual(made[0].giftcard_entity_ids, own)
        self.assertEqual(made[2].giftcard_entity_ids, made[2])

    def test_who_changes_contacts_gains_no_cards(self):
        self.company.vat = "BE0477472701"
        self.branch.write({"vat": "BE0428759497", "giftcard_is_one_entity": False})
        card = self._sell_at(self.company, 100)
        session = self._at(self.branch)
        self._call(
            self.desk, "res.partner", "write", self.branch.partner_id.ids, {"vat": ""}
        )
        self.assertFalse(self.branch.vat)
        self.assertFalse(self.branch.giftcard_is_one_entity)
        till = ("pos.payment.method", "giftcard_find", self.giftcard.ids)
        self.assertEqual(self._call(self.desk, *till, card.last4, session.id), [])
        for user in (self.desk, self.manager):
            domain = [("id", "=", card.id)]
            self.assertEqual(
                self._call(user, "giftcard.card", "search_count", domain), 0
            )
            self._refused(
                "",
                lambda user=user: self._call(
                    user,
                    "res.company",
                    "write",
                    self.branch.ids,
                    {"giftcard_is_one_entity": True},
                ),
                AccessError,
            )
        # who sets up companies decides
        self.branch.giftcard_is_one_entity = True
        [found] = self._call(self.desk, *till, card.last4, session.id)
        self.assertEqual((found["id"], found["available"]), (card.id, 100))

    def test_it_stays_once_a_card_was_used_in_the_other(self):
        card = self._sell_at(self.company, 100)
        for is_one in (False, True):
            self.branch.giftcard_is_one_entity = is_one
        self._redeem_at_branch(card, 60)
        self._refused(
            f"{card.name} of .* was used in Branch",
            lambda: self.branch.write({"giftcard_is_one_entity": False}),
        )
        self.branch.giftcard_is_one_entity = True
        self._ties_out()
        self._shut(self._opened(self.branch))
        self._ties_out()

    def _opened(self, company):
        return self.env["pos.session"].search(
            [("company_id", "=", company.id), ("state", "!=", "closed")]
        )

    def test_it_stays_once_the_two_have_settled(self):
        self.branch.giftcard_is_one_entity = False
        self.company.giftcard_group_company_ids = self.branch
        card = self._sell_at(self.company, 100)
        self._redeem_at_branch(card, 60)
        row = self.env["giftcard.settlement"].sudo().search([])
        row = row.filtered(lambda row: row.card_id == card)
        self.assertEqual((row.face, row.redeemer_id), (60, self.branch))
        self._refused(
            f"{card.name} of .* was used in Branch",
            lambda: self.branch.write({"giftcard_is_one_entity": True}),
        )

    def test_companies_of_rules_are_found_at_once(self):
        """As many searches for many companies as for one."""
        made = self.env["res.company"].create(
            [{"name": f"Salon {number}"} for number in range(4)]
        )
        counts = []
        for companies in (self.branch, self.branch | made):
            self.env.flush_all()
            self.env.invalidate_all()
            domain = [("giftcard_entity_ids", "in", companies.ids)]
            before = self.env.cr.sql_log_count
            found = self.env["res.company"].sudo().search(domain)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(found, self.company | companies)
        self.assertEqual(counts[0], counts[1])

    # === STEPS OF THE BACK OFFICE === #

    def _take(self, model, method, values):
        wizard = self._call(self.manager, model, "create", values)
        self._call(self.manager, model, method, [wizard])

    def test_manager_of_the_branch_changes_no_card_of_the_parent(self):
        card = self._sell_at(self.company, 100)
        own = self._sell_at(self.branch, 50)
        domain = [("id", "in", (card | own).ids)]
        self.assertEqual(
            self._call(self.manager, "giftcard.card", "search_count", domain), 2
        )
        before = len(card.entry_ids)
        expense = self.company_data["default_account_expense"]
        sentence = "was sold by .*: in the back office"
        for state, method in (
            ("blocked", "action_unblock"),
            ("pending", "action_mark_paid"),
            ("active", "action_reveal"),
        ):
            (card | own).state = state
            self._refused(
                sentence,
                lambda method=method: self._call(
                    self.manager, "giftcard.card", method, card.ids
                ),
                AccessError,
            )
            self.assertEqual(card.state, state)
            self._call(self.manager, "giftcard.card", method, own.ids)
            self.assertEqual(own.state, "active")
        for model, method, values in (
            ("giftcard.block", "action_block", {"reason": "Lost"}),
            ("giftcard.extend", "action_extend", {"reason": "Ill"}),
            ("giftcard.replace", "action_replace", {"reason": "Lost"}),
            ("giftcard.cancel", "action_cancel", {"reason": "Lost"}),
            ("giftcard.send", "action_send", {"email": "mine@example.com"}),
            (
                "giftcard.adjust",
                "action_adjust",
                {"reason": "Sorry", "amount": 10, "account_id": expense.id},
            ),
        ):
            values["card_id"] = card.id
            self._refused("", partial(self._take, model, method, values), AccessError)
        for step, arguments in (
            ("_block", ("Lost",)),
            ("_extend", (card.valid_until, "Ill")),
            ("_replace", ("Lost",)),
            ("_adjust", (10, "Sorry")),
            ("_send_code", ("mine@example.com",)),
        ):
            seen = card.with_env(self.env(user=self.manager, su=False, context={}))
            self._refused(
                sentence,
                lambda step=step, seen=seen, arguments=arguments: getattr(seen, step)(
                    *arguments
                ),
                AccessError,
            )
        self.assertEqual((len(card.entry_ids), card.available), (before, 100))

    # === CODES PER DAY === #

    def test_codes_of_a_day_are_counted_over_the_legal_entity(self):
        (self.company | self.branch).giftcard_daily_codes = 3
        cards = self._sell_at(self.company, 10, 20, 30)
        own = self._sell_at(self.branch, 40, 50)
        session = self._at(self.branch)
        reprint = ("pos.payment.method", "giftcard_reprint", self.giftcard.ids)
        for card in cards[:2] | own[:1]:
            self._call(self.desk, *reprint, card.id, session.id)
        for card in cards[2:] | own[1:]:
            self._refused(
                "codes of 3 gift cards today",
                lambda card=card: self._call(self.desk, *reprint, card.id, session.id),
                UserError,
            )
        alarm = self.env["giftcard.finding"].search(
            [("company_id", "=", self.branch.id), ("kind", "=", "people")]
        )
        self.assertTrue(alarm.is_open)
        self.assertIn("codes of 3 gift cards", str(alarm.message_ids.mapped("body")))
        action = alarm.action_open_report()
        seen = self.env["giftcard.entry"].search(action["domain"])
        self.assertEqual(seen.mapped("kind"), ["print"] * 3)
