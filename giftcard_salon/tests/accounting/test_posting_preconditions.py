# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import tagged

from ..deduction_common import GiftcardDeductionCommon

LOCKS = ("fiscalyear_lock_date", "tax_lock_date", "hard_lock_date")


@tagged("post_install", "-at_install")
class TestPostingPreconditions(GiftcardDeductionCommon):
    """What is missing is said before money changes hands, with the setting to mend."""

    def _load(self, config=None):
        """Return by type what the till is told at its start."""
        types = self.env["giftcard.type"].with_user(self.cashier)
        config = (config or self.config).with_user(self.cashier)
        rows = types._load_pos_data_read(types._search_sold_by(config), config)
        return {types.browse(row["id"]): row for row in rows}

    def _archive(self, role):
        account = self.company[f"giftcard_{role}_account_id"].copy()
        self.env["giftcard.accounting"].sudo()._move_account(
            self.company, role, account
        )
        account.active = False
        return account

    def test_till_is_told_at_its_start_which_setting_is_missing(self):
        refusals = {kind: row["refusal"] for kind, row in self._load().items()}
        self.assertEqual(set(refusals.values()), {""})
        self._close(self.session)
        self._archive("liability")
        self.company.giftcard_deferred_account_id = False
        rows = self._load()
        self.assertRegex(
            rows[self.card_type]["refusal"],
            'which is "Gift cards owed to clients" of .* is archived.*Settings',
        )
        self.assertRegex(
            rows[self.amount_type]["refusal"],
            'setting "Cards taxed at the sale, not used yet" of .* is empty.*Settings',
        )

    def test_sale_and_use_are_refused_at_the_till(self):
        card = self._sell(self.session, 100)
        self._close(self.session)
        self._archive("liability")
        session = self._open()
        self._refused("is archived.*Settings", lambda: self._hold_at(session, card, 10))
        self._refused("is archived.*Settings", lambda: self._sell(session, 50))
        self.assertCard(card, 100)

    def test_open_till_keeps_the_accounts_it_will_post_to(self):
        card = self._sell(self.session, 100)
        self._refused(
            "is needed to close Till A. Choose another account",
            lambda: self.company.write({"giftcard_liability_account_id": False}),
        )
        archive = {"active": False}
        self._refused("needed to close Till A", lambda: self.liability.write(archive))
        another = self.liability.copy()
        self.env["giftcard.accounting"].sudo()._move_account(
            self.company, "liability", another
        )
        self.liability.write(archive)
        move = self._close(self.session)
        item = move.line_ids.filtered("giftcard_entry_id")
        self.assertEqual((item.account_id, item.balance), (another, -100))
        self.assertEqual(item.giftcard_card_id, card)
        self.assertTiesOut()

    def test_tax_without_account_is_not_sold_with(self):
        self.taxes[20].invoice_repartition_line_ids.account_id = False
        self._refused(
            "tax VAT 20 % of .* has no account.*mixed.*Configuration > Taxes",
            lambda: self.giftcard.giftcard_quote(
                self.amount_type.id, self.session.id, 100
            ),
        )
        (card,) = self._sell(self.session, 50)
        self.assertCard(card, 50)

    def test_locked_day_has_no_open_till(self):
        """Odoo locks no day on which a till is open, and opens none on a locked day."""
        today = Date.to_string(self.env["giftcard.card"]._today(self.company))
        company = self.company.sudo()
        for lock in LOCKS:
            self._refused(
                "close all the point of sale sessions",
                lambda lock=lock: company.write({lock: today}),
                ValidationError,
            )
        card = self._sell(self.session, 100)
        self._close(self.session)
        for lock in LOCKS:
            with self.env.cr.savepoint() as point:
                company.write({lock: today})
                with self.assertRaisesRegex(ValidationError, "cannot create a session"):
                    self._open()
                point.rollback()
            self.env.invalidate_all()
        self.assertCard(card, 100)
        self.assertTiesOut()

    def test_cards_by_hand_in_a_locked_period_and_without_journal(self):
        values = {
            "type_id": self.card_type.id,
            "amount": 50,
            "account_id": self.company_data["default_account_assets"].id,
            "reason": "Brought over",
        }
        today = self.env["giftcard.card"]._today(self.company)
        self._close(self.session)
        self.company.sudo().fiscalyear_lock_date = Date.to_string(today)
        wizard = self.env["giftcard.issue"].create(values)
        card = self.env["giftcard.card"].browse(wizard.action_issue()["res_id"])
        self.assertEqual(
            card.sudo().journal_item_ids.move_id.date, today + timedelta(days=1)
        )
        self.company.giftcard_journal_id.active = False
        wizard = self.env["giftcard.issue"].create(values)
        with self.assertRaisesRegex(UserError, "gift card journal .* is archived"):
            wizard.action_issue()
        self.company.giftcard_journal_id = False
        with self.assertRaisesRegex(UserError, 'setting "Gift card journal"'):
            wizard.action_issue()

    def test_law_of_the_company_reaches_the_till(self):
        self.company.giftcard_least_months = 60
        row = self._load()[self.card_type]
        self.assertEqual((row["validity_count"], row["validity_unit"]), (60, "month"))
        self.company.giftcard_expiry_forbidden = True
        row = self._load()[self.card_type]
        self.assertEqual(row["validity_mode"], "unlimited")

    def test_american_salon_adds_its_sales_tax_on_top(self):
        """C19: 40.00 + 8.875 % = 43.55, all of it paid by a card without VAT."""
        tax = self.env["account.tax"].create(
            {
                "name": "Sales tax",
                "amount": 8.875,
                "price_include_override": "tax_excluded",
                "invoice_repartition_line_ids": self._repartition(),
                "refund_repartition_line_ids": self._repartition(),
            }
        )
        self.services[20].taxes_id = [Command.set(tax.ids)]
        self.card_type.vat_mode = "none"
        self.company.giftcard_expiry_forbidden = True
        self.assertNotIn("VAT", self.card_type.sentence)
        card = self._sell(self.session, 50)
        self.assertEqual((card.vat_mode, card.valid_until), ("none", False))
        payment = self._hold_at(self.session, card, 43.55)
        lines = [self._line(self.services[20], 40)]
        bill = self._sync(self._payload(self.session, lines, [payment]))[0]
        self.assertEqual((bill.amount_total, bill.amount_tax), (43.55, 3.55))
        self.assertCard(card, 6.45, status="partial")
        move = self._close(self.session)
        self.assertPosted(move, liability=-6.45, money=50, vat=-3.55, revenue=-40)
        self.assertTiesOut()
