# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import json

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .account_change_common import GiftcardAccountChangeCommon


@tagged("post_install", "-at_install", "giftcard_runner")
class TestAccountFormer(GiftcardAccountChangeCommon):
    """An account that cards have left: what was posted there, and what comes later."""

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
        self.assertEqual(changes.mapped("is_earlier_balance"), [False, True])
        changes[1].date = today.replace(year=today.year + 2)
        self.env.cr.execute(
            "UPDATE account_move_line SET date = %s WHERE move_id = %s",
            [changes[1].date, changes[1].move_id.id],
        )
        self.env.invalidate_all()
        report = self._tie_out(day=today.replace(year=today.year + 1))
        self.assertFalse(report.column_ids.account_id)
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
        self.assertTrue(report.is_equal, report.column_ids.read())
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
        self.assertEqual(sum(opened.mapped("giftcard_liability")), 100)

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
