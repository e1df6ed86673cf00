# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestAccountProtection(GiftcardTillCommon):
    """The accounts of cards take what cards stand behind, and nothing else."""

    def _entry(self, *items, **values):
        return self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": amount})
                    for account, amount in items
                ],
                **values,
            }
        )

    def _sold_move(self):
        session = self._open()
        card = self._sell(session, 100)
        return card, self._close(session).sudo(False)

    def test_entry_by_hand_is_refused_with_what_to_do(self):
        bank = self.company_data["default_account_assets"]
        for role in ("liability", "deferred", "tips", "contra"):
            account = self.company[f"giftcard_{role}_account_id"]
            move = self._entry((account, -10), (bank, 10))
            self._refused(
                f"{account.code}.*carries gift cards and nothing else.*Adjust.*"
                "Postings by hand.*Settings",
                move.action_post,
            )
            self.assertEqual(move.state, "draft")

    def test_saying_that_it_is_posted_does_not_post_it(self):
        bank = self.company_data["default_account_assets"]
        move = self._entry((self.liability, -10), (bank, 10))
        context = {"giftcard_posting": True, "giftcard_writer": True}
        for own in (move, move.with_context(**context), move.sudo()):
            self._refused(
                "post it with its button",
                lambda entry=own: entry.write({"state": "posted"}),
            )
        plain = self._entry((bank, -10), (bank, 10))
        plain.write({"state": "posted"})
        _card, sold = self._sold_move()
        for state in ("draft", "cancel"):
            self._refused(
                "stays as it is.*stands behind it",
                lambda new=state: sold.write({"state": new}),
            )
        self.assertTiesOut()

    def test_setting_lets_it_through_and_the_difference_shows(self):
        self.company.giftcard_account_protection = "show"
        bank = self.company_data["default_account_assets"]
        self._entry((self.liability, -10), (bank, 10)).action_post()
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        self.assertEqual(report.difference, 10)

    def test_posted_entry_gets_no_such_item_either(self):
        bank = self.company_data["default_account_assets"]
        expense = self.company_data["default_account_expense"]
        move = self._entry((expense, 10), (bank, -10))
        move.action_post()
        self._refused(
            "carries gift cards and nothing else",
            lambda: move.line_ids[0].write({"account_id": self.liability.id}),
        )
        self._refused(
            "carries gift cards and nothing else",
            lambda: move.with_context(skip_readonly_check=True).write(
                {
                    "line_ids": [
                        Command.create({"account_id": self.liability.id, "balance": 5}),
                        Command.create({"account_id": bank.id, "balance": -5}),
                    ]
                }
            ),
        )

    def test_nobody_says_by_hand_which_card_an_item_is_of(self):
        card = self._issue(100)
        bank = self.company_data["default_account_assets"]
        entry = card.sudo().entry_ids
        move = self._entry((self.liability, -100), (bank, 100))
        items = move.line_ids
        items.write({"giftcard_entry_id": entry.id, "giftcard_card_id": card.id})
        self.assertFalse(items.giftcard_entry_id)
        move = self.env["account.move"].with_context(
            default_giftcard_entry_id=entry.id, giftcard_writer="anything"
        )
        move = move.create(
            {
                "journal_id": self.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "balance": amount,
                            "giftcard_entry_id": entry.id,
                        }
                    )
                    for account, amount in ((self.liability, -100), (bank, 100))
                ],
            }
        )
        self.assertFalse(move.line_ids.giftcard_entry_id)
        self._refused("carries gift cards", move.action_post)

    def test_tills_and_wizards_still_post(self):
        _card, move = self._sold_move()
        self.assertEqual(move.state, "posted")
        wizard = self.env["giftcard.issue"].create(
            {
                "type_id": self.card_type.id,
                "amount": 50,
                "account_id": self.company_data["default_account_assets"].id,
                "reason": "Brought from the old system",
            }
        )
        wizard.action_issue()
        self.assertTiesOut()

    def test_posting_of_a_card_is_not_taken_back_by_hand(self):
        _card, move = self._sold_move()
        for attempt in (
            move.button_draft,
            move._reverse_moves,
            lambda: self._reverse_by_wizard(move),
        ):
            self._refused("stays as it is: Gift card ••.*Refund the bill", attempt)
        self.assertEqual(move.state, "posted")
        self.assertTiesOut()

    def _reverse_by_wizard(self, move):
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard.create({"journal_id": move.journal_id.id}).refund_moves()

    def test_invoice_that_sold_a_card_is_not_taken_back_by_hand(self):
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        session = self._open()
        bill = {"partner_id": self.client.id, "to_invoice": True}
        self._sell(session, 100, **bill)
        self._close(session)
        invoice = session.order_ids.account_move
        self._refused("Refund the bill that sold the card", invoice.button_draft)
        self.assertEqual(invoice.state, "posted")
        self.assertTiesOut()

    def test_amount_of_a_card_is_not_changed_by_hand(self):
        _card, move = self._sold_move()
        item = move.line_ids.filtered("giftcard_entry_id")
        cash = move.line_ids - item
        self._refused(
            "ledger says.*100.00.*accounts would say.*150.00.*Adjust",
            lambda: move.with_context(skip_readonly_check=True).write(
                {
                    "line_ids": [
                        Command.update(item.id, {"balance": -150}),
                        Command.update(cash[0].id, {"balance": 150}),
                    ]
                }
            ),
        )
        self._refused(
            "stays as it is",
            lambda: item.write(
                {"account_id": self.company_data["default_account_revenue"].id}
            ),
        )

    def test_items_of_cards_may_be_matched(self):
        session = self._open()
        card = self._sell(session, 100)
        self._redeem(session, card, 100)
        items = self._close(session).line_ids.filtered("giftcard_entry_id")
        self.assertEqual(sum(items.mapped("balance")), 0)
        items.reconcile()
        self.assertTrue(all(items.mapped("reconciled")))
        items.remove_move_reconcile()
        self.assertFalse(any(items.mapped("reconciled")))
        self.assertTiesOut()

    def test_foreign_till_cards_may_be_matched_with_their_exchange_difference(self):
        bank = self.company_data["default_account_assets"]
        euro = self.env.ref("base.EUR")
        euro.active = True
        moves = self.env["account.move"]
        self.company.giftcard_account_protection = "show"
        for amount, euros in ((-50, -100), (55, 100)):
            foreign = {
                "account_id": self.liability.id,
                "currency_id": euro.id,
                "amount_currency": euros,
                "balance": amount,
            }
            lines = [foreign, {"account_id": bank.id, "balance": -amount}]
            moves += self._entry(line_ids=[Command.create(line) for line in lines])
        moves.action_post()
        self.company.giftcard_account_protection = "refuse"
        items = moves.line_ids.filtered(lambda i: i.account_id == self.liability)
        items.reconcile()
        self.assertTrue(items.matched_debit_ids.exchange_move_id)
        items.remove_move_reconcile()
