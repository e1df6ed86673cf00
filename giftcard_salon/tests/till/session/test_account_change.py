import json

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ...pair_common import GiftcardPairCommon

ROLES = ("liability", "deferred", "tips")


@tagged("post_install", "-at_install")
class TestAccountChange(GiftcardPairCommon):
    """Another account for cards: refused, or moved by an entry that is shown first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            "giftcard_books",
            groups="base.group_user,giftcard_salon.group_accountant,"
            "account.group_account_user",
            company_id=cls.company.id,
        )

    def _copy(self, role):
        account = self.company[f"giftcard_{role}_account_id"]
        return account.copy({"name": f"Other {role}"})

    def _choose(self, role, account):
        """What saving the settings does."""
        settings = self.env["res.config.settings"].create({})
        settings[f"giftcard_{role}_account_id"] = account
        settings.execute()

    def _dialog(self, role, account, user=None):
        wizards = self.env["giftcard.move.account"].with_user(user or self.accountant)
        with Form(wizards) as form:
            form.role = role
            form.account_id = account
        return form.record

    def _sum(self, account):
        items = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return round(sum(items.mapped("balance")), 2)

    def _tie_out(self, **values):
        return self.env["giftcard.tie.out"].create(
            {"company_id": self.company.id, **values}
        )

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
        self._sell_parts(card_type)
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
        """The issue's: 100.00 credit there, 100.00 debit here, green banner."""
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
        former = report.book_ids.filtered("account_id")
        self.assertEqual((former.account_id, former.difference), (old, 100))
        liability = self.env["giftcard.report.liability"].with_user(self.accountant)
        shown = liability.get_report("liability", {"company_id": self.company.id})
        self.assertEqual(shown["banner"]["kind"], "danger")
        labels = [column["label"] for column in shown["tables"][1]["columns"]]
        self.assertTrue(any("which is not chosen for them" in one for one in labels))
        self._dialog("liability", other).action_move()
        self.assertEqual((self._sum(old), self._sum(other)), (0, 0))
        self.assertTrue(self._tie_out().is_equal)

    def test_a_day_before_the_change_counts_the_account_of_that_day(self):
        self._sell(self.session, 100)
        self._close(self.session)
        other = self._copy("liability")
        self._dialog("liability", other).action_move()
        today = self.env["giftcard.card"]._today(self.company)
        change = self.env["giftcard.account.change"].search([]).sudo()
        change.date = today.replace(year=today.year + 1)
        change.move_id.flush_recordset()
        self.env.cr.execute(
            "UPDATE account_move_line SET date = %s WHERE move_id = %s",
            [change.date, change.move_id.id],
        )
        self.env.invalidate_all()
        for day in (today, change.date):
            self.assertTrue(self._tie_out(day=day).is_equal, day)

    def test_a_day_between_the_change_and_bringing_back_what_was_left(self):
        """Years apart: moved in the first, a rest is found and moved in the third."""
        card = self._sell(self.session, 100)
        self._close(self.session)
        old, other = self.liability, self._copy("liability")
        self._dialog("liability", other).action_move()
        today = self.env["giftcard.card"]._today(self.company)
        session = self._open()
        self._redeem(session, card, 60)
        move = self._close(session)
        # a till that was open kept the account
        self.env.cr.execute(
            "UPDATE account_move_line SET account_id = %s, date = %s"
            " WHERE move_id = %s AND giftcard_card_id = %s",
            [old.id, today.replace(year=today.year + 2), move.id, card.id],
        )
        self.env.invalidate_all()
        self.assertEqual((self._sum(old), self._sum(other)), (60, -100))
        self._dialog("liability", other).action_move()
        self.assertEqual((self._sum(old), self._sum(other)), (0, -40))
        changes = self.env["giftcard.account.change"].search([], order="id").sudo()
        self.assertEqual(changes.mapped("is_choice"), [True, False])
        changes[1].date = today.replace(year=today.year + 2)
        self.env.cr.execute(
            "UPDATE account_move_line SET date = %s WHERE move_id = %s",
            [changes[1].date, changes[1].move_id.id],
        )
        self.env.invalidate_all()
        report = self._tie_out(day=today.replace(year=today.year + 1))
        self.assertFalse(report.book_ids.account_id)
        between = report._get_chosen_accounts()
        self.assertEqual((other in between, old in between), (True, False))

    def test_the_old_account_is_free_from_the_next_day_on(self):
        self._sell(self.session, 100)
        self._close(self.session)
        old, other = self.liability, self._copy("liability")
        self._dialog("liability", other).action_move()
        today = self.env["giftcard.card"]._today(self.company)
        self.env["account.move"].create(
            {
                "date": today.replace(year=today.year + 1),
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance})
                    for account, balance in (
                        (old, 7),
                        (self.company_data["default_account_expense"], -7),
                    )
                ],
            }
        ).action_post()
        report = self._tie_out(day=today.replace(year=today.year + 2))
        self.assertTrue(report.is_equal, report.book_ids.read())
        # the figure and what it opens are the same items
        day = report.day.isoformat()
        liability = self.env["giftcard.report.liability"].with_user(self.accountant)
        shown = liability.get_report(
            "liability",
            {"company_id": self.company.id, "date_from": day, "date_to": day},
        )
        row = next(
            row
            for row in shown["tables"][1]["rows"]
            if row["label"] == "Accounts, posted balance"
        )
        opened = self.env["account.move.line"].with_user(self.accountant)
        opened = opened.search(json.loads(json.dumps(row["drill"]["domain"])))
        self.assertEqual(set(row["cells"].values()), {100})
        self.assertEqual(sum(opened.mapped("giftcard_owed")), 100)

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

    def test_older_entries_of_cards_are_not_taken_back_by_hand(self):
        """Issued by hand, moved: the older entry is refused as it was before."""
        bank = self.company_data["default_account_assets"]
        card = self._issue(100)
        entry = card.sudo().entry_ids
        accounting = self.env["giftcard.accounting"].sudo()
        older = accounting._post_entries(entry, bank, "January").sudo(False)
        self._close(self.session)
        old, other = self.liability, self._copy("liability")
        self._dialog("liability", other).action_move()
        self.assertEqual((self._sum(old), self._sum(other)), (0, -100))
        item = older.line_ids.filtered(lambda own: own.account_id == old)
        attempts = (
            older.button_draft,
            older._reverse_moves,
            older.with_context(force_delete=True).unlink,
            item.with_context(force_delete=True).unlink,
            lambda: older.write({"state": "cancel"}),
            lambda: item.write({"account_id": bank.id}),
        )
        for attempt in attempts:
            self._refused("stays as it is.*Cancel the card", attempt)
        self.assertEqual((self._sum(old), older.state), (0, "posted"))
        self.assertTrue(self._tie_out().is_equal)

    def test_an_account_of_cards_carries_no_other_cards_later(self):
        self._sell(self.session, 100)
        self._close(self.session)
        old, other = self.liability, self._copy("liability")
        self._dialog("liability", other).action_move()
        sentence = (
            'Choose a new account for "Cards taxed at the sale, not used yet": .* was '
            'chosen for "Gift cards owed to clients" before'
        )
        for role in ("deferred", "escheat"):
            name = f"giftcard_{role}_account_id"
            self._refused(
                "was chosen for",
                lambda name=name: self.company.write({name: old.id}),
                ValidationError,
            )
        wizard = self._dialog("deferred", old)
        self.assertRegex(wizard.refusal, sentence)
        self._refused("Choose a new account", wizard.action_move)
        # both at once, on accounts that nothing is on
        self._refused(
            "was chosen for",
            lambda: self.company.write(
                {
                    "giftcard_tips_account_id": self.deferred.id,
                    "giftcard_deferred_account_id": self.tips.id,
                }
            ),
            ValidationError,
        )
        # as it was done before: what is of the other cards is not taken along
        self.env.cr.execute(
            "UPDATE res_company SET giftcard_deferred_account_id = %s WHERE id = %s",
            [old.id, self.company.id],
        )
        self.env.invalidate_all()
        accounting = self.env["giftcard.accounting"].sudo()
        third = self._copy("tips")
        former = accounting._find_former_accounts(self.company, "liability", third)
        self.assertEqual(former, other)
        # the same cards may come back
        self.env.cr.execute(
            "UPDATE res_company SET giftcard_deferred_account_id = %s WHERE id = %s",
            [self.deferred.id, self.company.id],
        )
        self.env.invalidate_all()
        self._dialog("liability", old).action_move()
        self.assertEqual((self._sum(old), self._sum(other)), (-100, 0))
