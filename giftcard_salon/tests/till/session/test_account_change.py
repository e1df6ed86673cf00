# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .account_change_common import GiftcardAccountChangeCommon

ROLES = ("liability", "deferred", "tips")


@tagged("post_install", "-at_install")
class TestAccountChange(GiftcardAccountChangeCommon):
    """Another account for cards: refused, or moved by an entry that is shown first."""

    def test_an_account_with_cards_is_not_exchanged_in_the_settings(self):
        self._sell(self.session, 100)
        self._close(self.session)
        other = self._copy("liability")
        with self.assertRaisesRegex(
            RedirectWarning, "is still needed for gift cards: .*100.00 is on it. Move"
        ) as caught:
            self._choose("liability", other)
        action = self.env.ref("giftcard_salon.giftcard_move_account_action")
        _text, action_id, _button, context = caught.exception.args
        self.assertEqual(action_id, action.id)
        self.assertEqual(context["default_account_id"], other.id)
        self.assertEqual(context["default_role"], "liability")
        with self.assertRaises(RedirectWarning):
            self.company.giftcard_liability_account_id = other
        with self.assertRaises(RedirectWarning):
            self.company.giftcard_liability_account_id = False

    def test_an_open_till_and_a_draft_need_the_account(self):
        card = self._sell(self.session, 100)
        for role in ROLES:
            with self.assertRaisesRegex(RedirectWarning, "tills are open: Till A"):
                self.company[f"giftcard_{role}_account_id"] = self._copy(role)
        self._redeem(self.session, card, 100)
        self._close(self.session)
        self._make_draft()
        with self.assertRaisesRegex(RedirectWarning, "draft entries.*Waiting"):
            self.company.giftcard_liability_account_id = self._copy("liability")

    def _make_draft(self):
        return self.env["account.move"].create(
            {
                "ref": "Waiting",
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance})
                    for account, balance in (
                        (self.liability, 5),
                        (self.company_data["default_account_expense"], -5),
                    )
                ],
            }
        )

    def test_an_empty_account_is_exchanged_and_the_day_is_known(self):
        self._close(self.session)
        old, other = self.liability, self._copy("liability")
        self._choose("liability", other)
        self.assertEqual(self.company.giftcard_liability_account_id, other)
        change = self.env["giftcard.account.change"].search([])
        self.assertEqual(
            (change.role, change.old_account_id, change.new_account_id),
            ("liability", old, other),
        )
        self.assertFalse(change.move_id)

    def test_the_dialog_shows_the_entry_and_posts_it_card_by_card(self):
        used, kept = self._sell(self.session, 100, 50)
        self._redeem(self.session, used, 60)
        self._close(self.session)
        old, other = self.liability, self._copy("liability")
        wizard = self._dialog("liability", other)
        self.assertEqual(
            [
                (line.account_id, line.count, line.debit, line.credit)
                for line in wizard.line_ids
            ],
            [(old, 2, 90, 0), (other, 2, 0, 90)],
        )
        self.assertEqual(self._sum(old), -90)
        move = self.env["account.move"].browse(wizard.action_move()["res_id"])
        self.assertEqual(move.state, "posted")
        found = {
            (item.account_id, item.giftcard_card_id): item.balance
            for item in move.line_ids
        }
        self.assertEqual(
            found,
            {
                (old, used): 40,
                (old, kept): 50,
                (other, used): -40,
                (other, kept): -50,
            },
        )
        self.assertEqual(self.company.giftcard_liability_account_id, other)
        self.assertEqual((self._sum(old), self._sum(other)), (0, -90))
        report = self._tie_out()
        self.assertTrue(report.is_equal)
        self.assertFalse(report.unbacked_ids)
        self.env["giftcard.accounting"]._match_ended()
        items = self.env["account.move.line"].search([("account_id", "=", old.id)])
        self.assertEqual(set(items.mapped("reconciled")), {True})
        session = self._open()
        self._redeem(session, used, 40)
        self._close(session)
        self.assertEqual(self._sum(other), -50)
        self.assertTrue(self._tie_out().is_equal)
        with self.assertRaisesRegex(UserError, "stays as it is: it moved gift cards"):
            move.button_draft()

    def test_services_and_tips_are_moved_too(self):
        card_type = self._make_package((self.massage, 2, 120), (None, 1, 10))
        self._sell_entitlements(card_type)
        self._close(self.session)
        for role, amount in (("deferred", -100), ("tips", -10)):
            old, other = self.company[f"giftcard_{role}_account_id"], self._copy(role)
            self.assertEqual(self._sum(old), amount)
            self._dialog(role, other).action_move()
            self.assertEqual((self._sum(old), self._sum(other)), (0, amount))
            self.assertTrue(self._tie_out().is_equal)

    def test_open_tills_and_drafts_go_with_it(self):
        card = self._sell(self.session, 100)
        other = self._copy("liability")
        draft = self._make_draft()
        wizard = self._dialog("liability", other)
        self.assertIn("changed to the new account: Waiting.", wizard.effect)
        self.assertIn("nothing is posted", wizard.effect)
        wizard.action_move()
        self.assertEqual(self.company.giftcard_liability_account_id, other)
        self.assertIn(other, draft.line_ids.account_id)
        self._redeem(self.session, card, 60)
        self._close(self.session)
        self.assertEqual((self._sum(self.liability), self._sum(other)), (0, -40))
        self.assertTrue(self._tie_out().is_equal)

    def test_what_was_left_behind_is_red_and_the_dialog_brings_it_back(self):
        """100.00 credit there, 100.00 debit here: no green banner."""
        card = self._sell(self.session, 100)
        self._close(self.session)
        old, other = self.liability, self._copy("liability")
        # as it was done before
        self.env.cr.execute(
            "UPDATE res_company SET giftcard_liability_account_id = %s WHERE id = %s",
            [other.id, self.company.id],
        )
        self.env.invalidate_all()
        session = self._open()
        self._redeem(session, card, 100)
        self._close(session)
        self.assertEqual((self._sum(old), self._sum(other)), (-100, 100))
        report = self._tie_out()
        self.assertFalse(report.is_equal)
        self.assertEqual(report.difference, 100)
        former = report.column_ids.filtered("account_id")
        self.assertEqual((former.account_id, former.difference), (old, 100))
        liability = self.env["giftcard.report.liability"].with_user(self.accountant)
        shown = liability.get_report("liability", {"company_id": self.company.id})
        self.assertEqual(shown["banner"]["kind"], "danger")
        labels = [column["label"] for column in shown["tables"][1]["columns"]]
        self.assertTrue(any("which is not chosen for them" in one for one in labels))
        self._dialog("liability", other).action_move()
        self.assertEqual((self._sum(old), self._sum(other)), (0, 0))
        self.assertTrue(self._tie_out().is_equal)

    def test_only_an_accountant_of_the_company_may(self):
        self._close(self.session)
        other = self._copy("liability")
        wizard = self._dialog("liability", other)
        manager = new_test_user(
            self.env, "giftcard_boss", groups="giftcard_salon.group_manager"
        )
        with self.assertRaises(AccessError):
            wizard.with_user(manager).action_move()
        with self.assertRaisesRegex(ValidationError, "Current Liabilities"):
            wizard.account_id = self.company_data["default_account_expense"]
            wizard.action_move()
        foreign = self.env["res.company"].create({"name": "Elsewhere"})
        wizards = self.env["giftcard.move.account"].with_user(self.accountant)
        with self.assertRaises(AccessError):
            wizards.create({"company_id": foreign.id})
