# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestIssueWizards(GiftcardTillCommon):
    def _issue_by_hand(self, amount=80, account=None):
        form = Form(self.env["giftcard.issue"])
        form.type_id = self.card_type
        form.amount = amount
        form.account_id = account or self.company_data["default_account_assets"]
        form.partner_id = self.client
        form.reason = "Sold by phone"
        wizard = form.save()
        self.assertIn("80.00", wizard.effect)
        card = self.env["giftcard.card"].browse(wizard.action_issue()["res_id"])
        self._commit()
        return card

    def test_card_issued_by_hand_is_posted_against_what_was_received(self):
        card = self._issue_by_hand()
        self.assertCard(card, 80, status="active")
        move = (
            self.env["account.move.line"]
            .search([("giftcard_card_id", "=", card.id)])
            .move_id
        )
        self.assertEqual(move.state, "posted")
        self.assertPosted(move, liability=-80, money=80)
        self.assertEqual(card.holder_id, self.client)
        self.assertTiesOut()

    def test_liability_account_is_not_what_was_received(self):
        with self.assertRaisesRegex(ValidationError, "where the value comes from"):
            self._issue_by_hand(account=self.liability)

    def test_unused_card_is_cancelled_and_its_entry_taken_back(self):
        card = self._issue_by_hand()
        wizard = self.env["giftcard.cancel"].create(
            {"card_id": card.id, "reason": "Paid twice"}
        )
        wizard.action_cancel()
        self.assertCard(card, 0, status="cancelled")
        moves = (
            self.env["account.move.line"]
            .search([("giftcard_card_id", "=", card.id)])
            .move_id
        )
        self.assertPosted(moves)
        self.assertEqual(len(moves), 2)
        self.assertTiesOut()

    def test_money_of_the_till_does_not_go_back_to_the_account_of_the_issue(self):
        session = self._open()
        card = self._issue_by_hand()
        line = self._line(
            self.card_product,
            50,
            giftcard_reference=card._get_reference(),
            giftcard_is_topup=True,
        )
        payment = self._payment(self.cash_of(session), 50)
        order = self._sync(self._payload(session, [line], [payment]))[0]
        wizard = self.env["giftcard.cancel"].create(
            {"card_id": card.id, "reason": "Mistake"}
        )
        self._refused("Give that back first", wizard.action_cancel)
        self.assertCard(card, 130)
        method = self.cash_of(session)
        self._sync(self._refund_payload(order, session, method=method))
        wizard.action_cancel()
        self.assertCard(card, 0, status="cancelled")
        self._close(session)
        self.assertTiesOut()

    def test_card_sold_on_a_bill_is_not_cancelled_here(self):
        card = self._sell(self._open(), 50)
        wizard = self.env["giftcard.cancel"].create(
            {"card_id": card.id, "reason": "Mistake"}
        )
        with self.assertRaisesRegex(UserError, "Refund that bill"):
            wizard.action_cancel()
        self.assertCard(card, 50)

    def test_bulk_price_is_split_over_the_cards_to_the_cent(self):
        """C27: three cards of 50.00 for 100.00 in all."""
        wizard = self._fill_in(count=3, price=100)
        self.assertIn("Makes 3 cards", wizard.effect)
        domain = wizard.action_issue()["domain"]
        self._commit()
        cards = self.env["giftcard.card"].search(domain, order="id")
        self.assertEqual(cards.mapped("price"), [33.34, 33.33, 33.33])
        self.assertEqual(cards.mapped("available"), [50, 50, 50])
        move = cards.journal_item_ids.move_id
        self.assertPosted(move, liability=-100, money=100)
        self.assertEqual(len(cards.journal_item_ids), 3)
        self.assertTiesOut()

    def test_card_for_nothing_posts_nothing(self):
        """C28: a free card is a discount when it is used, never a liability."""
        wizard = self._fill_in(price=0)
        self.assertIn("Nothing is posted", wizard.effect)
        card = self.env["giftcard.card"].browse(wizard.action_issue()["res_id"])
        self._commit()
        self.assertCard(card, 50, status="active")
        self.assertEqual((card.price, card.available_consideration), (0, 0))
        self.assertFalse(card.journal_item_ids)
        self.assertTiesOut()

    def test_no_more_is_received_than_the_cards_are_worth(self):
        with self.assertRaisesRegex(UserError, "receive that, or less"):
            self._fill_in(price=50.01).action_issue()
        with self.assertRaisesRegex(UserError, "from 1 to 1000"):
            self._fill_in(count=0).action_issue()

    def test_what_is_received_follows_what_is_made(self):
        form = Form(self.env["giftcard.issue"])
        self.assertEqual(form.how, "paid")
        form.type_id = self.card_type
        form.amount, form.count = 30, 3
        self.assertEqual(form.price, 90)
        form.count = 2
        self.assertEqual(form.price, 60)
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.assertEqual(form.account_id, bank.default_account_id)
        form.how = "given"
        self.assertFalse(form.price or form.account_id)
        self.assertIn("Nothing is posted", form.effect)
        form.reason = "Raffle"
        cards = self.env["giftcard.card"].search(form.save().action_issue()["domain"])
        self.assertEqual(cards.mapped("price"), [0, 0])
        self.assertFalse(cards.journal_item_ids)

    def test_nothing_is_promised_that_is_refused(self):
        card_type = self._make_type(is_free_amount=False)
        form = Form(self.env["giftcard.issue"])
        form.type_id = card_type
        for name, value, refusal in (
            ("amount", 37, "50.00"),
            ("count", 0, "from 1 to 1000"),
            ("price", 500, "receive that, or less"),
        ):
            kept = form[name]
            form[name] = value
            self.assertIn(refusal, form.refusal, name)
            self.assertFalse(form.effect, name)
            form[name] = kept
        form.amount = 50
        form.price = 50
        self.assertFalse(form.refusal)
        self.assertIn("Makes one", form.effect)
        wizard = self._fill_in(price=10)
        wizard.how = "given"
        wizard.price = 10
        self._refused("Nothing is received", wizard.action_issue)

    def test_accounts_to_choose_from_are_not_the_whole_chart(self):
        for model in ("giftcard.issue", "giftcard.adjust"):
            accounts = self.env["account.account"].search(
                self.env[model]._fields["account_id"].domain
            )
            types = set(accounts.mapped("account_type"))
            self.assertLessEqual({"asset_cash", "expense"}, types)
            self.assertFalse(
                [kind for kind in types if kind.startswith(("liability", "equity"))]
            )
            self.assertNotIn("asset_receivable", types)

    def _fill_in(self, count=1, price=50):
        form = Form(self.env["giftcard.issue"])
        form.type_id = self.card_type
        form.amount = 50
        form.count = count
        form.account_id = self.company_data["default_account_assets"]
        form.price = price
        form.reason = "Company gifts"
        return form.save()
