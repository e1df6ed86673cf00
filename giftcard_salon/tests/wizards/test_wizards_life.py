# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ..common import GiftcardTillCommon

WIZARDS = ("adjust", "block", "cancel", "extend", "replace", "send")
DESK = ("extend", "replace", "send")
# what a wizard tells of its card before anything is done
TOLD = {
    "adjust": ("effect", "refusal"),
    "block": ("effect", "refusal"),
    "cancel": ("amount", "account_id"),
    "extend": ("effect", "refusal", "valid_until"),
    "replace": ("effect", "refusal", "email"),
    "send": ("effect", "refusal", "email"),
}


@tagged("post_install", "-at_install")
class TestWizardsLife(GiftcardTillCommon):
    """What the back office does to cards: effect first, right, reason, books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"life_{role}",
                groups=groups,
                company_id=cls.company.id,
            )
            for role, groups in (
                ("user", "giftcard_salon.group_user"),
                ("care", "giftcard_salon.group_desk"),
                ("manager", "giftcard_salon.group_manager"),
                ("accountant", "giftcard_salon.group_accountant"),
            )
        }
        cls.users["cashier"] = cls.cashier
        cls.gesture = cls.company_data["default_account_expense"]

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)

    def _form(self, wizard, card=None, role="manager"):
        model = self.env[f"giftcard.{wizard}"].with_user(self.users[role])
        card = card or self.card
        return Form(model.with_context(default_card_id=card.id))

    def _adjust(self, amount, direction, account=None, card=None):
        form = self._form("adjust", card)
        form.direction, form.amount = direction, amount
        form.account_id = account or self.gesture
        form.reason = "Typed 100 instead of 80"
        wizard = form.save()
        effect = wizard.effect
        wizard.action_adjust()
        self._commit()
        return effect

    def _move_of(self, card):
        items = self.env["account.move.line"].search(
            [("giftcard_entry_id", "in", card.entry_ids.ids)]
        )
        return items.move_id.filtered(lambda move: move.move_type == "entry")

    def test_correction_down_says_both_accounts_and_ties_out(self):
        effect = self._adjust(20, "down")
        self.assertIn("80.00 will be left", effect.replace("$\xa0", ""))
        self.assertLess(
            effect.index(self.liability.display_name),
            effect.index(self.gesture.display_name),
        )
        self.assertCard(self.card, 80, status="active")
        self.assertPosted(self._move_of(self.card), liability=20, money=-20)
        self.assertTiesOut()
        self._close(self.session)
        self.assertTiesOut()

    def test_correction_up_ties_out_and_tells_the_other_managers(self):
        other = new_test_user(
            self.env,
            "life_other_manager",
            groups="giftcard_salon.group_manager",
            company_id=self.company.id,
        )
        effect = self._adjust(15.5, "up")
        self.assertLess(
            effect.index(self.gesture.display_name),
            effect.index(self.liability.display_name),
        )
        self.assertCard(self.card, 115.5, status="active")
        self.assertPosted(self._move_of(self.card), liability=-15.5, money=15.5)
        told = self.card.message_ids[0]
        self.assertIn(other.partner_id, told.partner_ids)
        self.assertIn("Typed 100 instead of 80", told.body)
        self.assertTiesOut()

    def test_correction_says_why_not_before_it_is_tried(self):
        self._hold_at(self.session, self.card, 40)
        form = self._form("adjust")
        form.direction, form.amount = "down", 60.01
        self.assertIn("At most", form.refusal)
        self.assertFalse(form.effect)
        form.amount = 60
        self.assertFalse(form.refusal)
        with self.assertRaisesRegex(UserError, "where the value comes from"):
            self._adjust(10, "up", account=self.liability)
        for amount in (0, -5):
            with self.assertRaisesRegex(UserError, "more than zero"):
                self._adjust(amount, "up")
        self.assertCard(self.card, 60, held=40)

    def test_lost_card_moves_and_the_books_do_not(self):
        self._redeem(self.session, self.card, 68)
        form = self._form("replace", role="care")
        form.reason = "Lost on the beach"
        self.assertIn("32.00", form.effect)
        wizard = form.save()
        new = self.env["giftcard.card"].browse(wizard.action_replace()["res_id"])
        self._commit()
        self.assertCard(new, 32, status="partial")
        self.assertTiesOut()
        self._close(self.session)
        report = self.assertTiesOut()
        self.assertFalse(
            {entry["id"] for entry in report._find_unposted()}
            & set((self.card + new).entry_ids.ids),
            "a move has nothing to post",
        )

    def test_refund_of_a_bill_paid_by_a_lost_card_goes_to_the_new_one(self):
        order = self._redeem(self.session, self.card, 68)
        new = self.card._replace("Lost")
        self._commit()
        payload = self._refund_payload(order, self.session)
        self._sync(payload)
        self.assertCard(new, 100, status="active")
        self.assertCard(self.card, 0, status="replaced")
        self._close(self.session)
        self.assertTiesOut()

    def test_unused_card_issued_by_hand_is_cancelled_after_its_loss(self):
        form = Form(self.env["giftcard.issue"].with_user(self.users["manager"]))
        form.type_id, form.amount = self.card_type, 80
        form.account_id = self.company_data["default_account_assets"]
        form.reason = "Sold by phone"
        card = self.env["giftcard.card"].browse(form.save().action_issue()["res_id"])
        new = card._replace("Lost")
        self._commit()
        form = self._form("cancel", new)
        form.reason = "Client changed his mind"
        form.save().action_cancel()
        self.assertCard(new, 0, status="cancelled")
        self.assertTiesOut()

    def test_extend_shows_what_it_does(self):
        end = self.card.valid_until
        form = self._form("extend", role="care")
        self.assertEqual(form.valid_until.year, end.year + 1)
        self.assertIn("instead of", form.effect)
        form.valid_until = end - timedelta(days=1)
        self.assertIn("never made shorter", form.refusal)
        form.valid_until = end + timedelta(days=30)
        form.reason = "salon closed for works"
        form.save().action_extend()
        self.assertEqual(self.card.valid_until, end + timedelta(days=30))
        self.assertEqual(self.card.entry_ids[0].user_id, self.users["care"])

    def test_block_wizard_wants_a_reason(self):
        form = self._form("block")
        self.assertIn("Nobody can use card", form.effect)
        with self.assertRaisesRegex(AssertionError, "reason is a required field"):
            form.save()
        form.reason = "Reported stolen"
        form.save().action_block()
        self.assertEqual(self.card.status, "blocked")
        self.assertIn("is Blocked", self._form("block").refusal)

    def test_each_role_and_each_wizard(self):
        for role, user in self.users.items():
            for wizard in WIZARDS:
                may = role == "manager" or (role == "care" and wizard in DESK)
                model = self.env[f"giftcard.{wizard}"].with_user(user)
                self.assertEqual(model.has_access("create"), may, (role, wizard))
        steps = (
            lambda card: card._extend(card.valid_until + timedelta(days=1), "x"),
            lambda card: card._replace("x"),
            lambda card: card._send_code("a@example.com"),
            lambda card: card._block("x"),
            lambda card: card._adjust(1, "x"),
            lambda card: card.action_unblock(),
            lambda card: card.action_mark_paid(),
        )
        for role, allowed in (
            ("cashier", 0),
            ("user", 0),
            ("accountant", 0),
            ("care", 3),
        ):
            card = self.card.with_user(self.users[role])
            for step in steps[allowed:]:
                with self.assertRaises(AccessError, msg=role):
                    step(card)
        self.assertCard(self.card, 100, status="active")

    def _make_stranger(self):
        company = self.env["res.company"].create({"name": "Another spa"})
        return new_test_user(
            self.env,
            "life_stranger",
            groups="giftcard_salon.group_manager,giftcard_salon.group_see_codes",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def test_no_wizard_opens_on_another_companys_card(self):
        stranger = self._make_stranger()
        for wizard in WIZARDS:
            model = self.env[f"giftcard.{wizard}"].with_user(stranger)
            with self.assertRaises(AccessError, msg=wizard):
                model.create(
                    {
                        "card_id": self.card.id,
                        "reason": "x",
                        **(
                            {"amount": 1, "account_id": self.gesture.id}
                            if wizard == "adjust"
                            else {}
                        ),
                    }
                )
            for name in TOLD[wizard]:
                with self.assertRaises(AccessError, msg=f"{wizard} tells its {name}"):
                    model.onchange({"card_id": self.card.id}, ["card_id"], {name: {}})
        card = self.card.with_user(stranger)
        for step in (
            lambda: card._extend(card.sudo().valid_until + timedelta(days=1), "x"),
            lambda: card._replace("x"),
            lambda: card._send_code("a@example.com"),
            lambda: card._block("x"),
            lambda: card._adjust(1, "x"),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_a_wizard_belongs_to_who_opened_it(self):
        form = self._form("block")
        form.reason = "Reported stolen"
        wizard = form.save()
        other = new_test_user(
            self.env,
            "life_second_manager",
            groups="giftcard_salon.group_manager",
            company_id=self.company.id,
        )
        with self.assertRaises(AccessError):
            wizard.with_user(other).read(["reason"])

    # === WHAT A DIALOG PROPOSES === #

    def test_correction_proposes_the_account_of_the_last_one(self):
        form = self._form("adjust")
        given = self.company.account_journal_early_pay_discount_loss_account_id
        self.assertTrue(given)
        self.assertEqual(form.account_id, given)
        form.direction = "down"
        self.assertEqual(form.account_id, self.company.giftcard_income_account_id)
        self._adjust(5, "up")
        form = self._form("adjust")
        self.assertEqual(form.account_id, self.gesture)

    def test_sending_proposes_the_buyer_and_keeps_a_wrong_address(self):
        self.client.email = "sofia@example.com"
        card = self._sell(self.session, 50, partner_id=self.client.id)
        card.sudo().holder_id = False
        self._commit()
        form = self._form("send", card, role="care")
        self.assertEqual(form.email, "sofia@example.com")
        form.email = "sofia@"
        self.assertIn("a name, an @ and a domain", form.refusal)
        self.assertEqual((form.email, form.effect), ("sofia@", ""))
        form.email = "sofia@example.org"
        self.assertFalse(form.refusal)
        self.assertIn(card.name, form.effect)
