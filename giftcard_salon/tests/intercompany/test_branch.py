# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon
from ..deduction_common import GiftcardDeductionCommon
from ..group_common import GiftcardBranchMixin


@tagged("post_install", "-at_install")
class TestBranch(GiftcardBranchMixin, GiftcardTillCommon):
    """A branch and its parent are one legal entity: no entries between companies."""

    def _travel(self, seller, user):
        """Sell 100.00 in one of the two, use 60.00 in the other; return the move."""
        session = self._at(seller)
        card = self._sell(session, 100, method=self._bank(session))
        self._shut(session)
        self._ties_out()
        session = self._at(user)
        self._redeem(session, card.with_env(self.env), 60)
        self._ties_out()
        move = self._shut(session)
        self.assertCard(card, 40)
        self.assertEqual(card.entry_ids.company_id, seller)
        items = move.line_ids.filtered(lambda line: line.account_id == self.liability)
        self.assertEqual((sum(items.mapped("balance")), items.company_id), (60, user))
        self.assertEqual(items.giftcard_card_id, card)
        rows = self.env["giftcard.settlement"].sudo().search([])
        self.assertFalse(rows.filtered(lambda row: row.card_id == card))
        self._ties_out()
        return card

    def test_card_of_the_parent_in_its_branch(self):
        card = self._travel(self.company, self.branch)
        self.assertEqual(card._get_valid_companies(), self.company | self.branch)

    def test_card_of_the_branch_in_its_parent(self):
        card = self._travel(self.branch, self.company)
        for person in self.people.values():
            # both sides read the card and what it did, each in its own company
            seen = card.with_user(person).with_context(allowed_company_ids=None)
            seen = seen.with_context(allowed_company_ids=person.company_id.ids)
            self.assertEqual(seen.entry_ids.mapped("face"), [-60, 100])
        outsider = self.people[self.company].with_context(allowed_company_ids=None)
        self.assertFalse(outsider.has_group("giftcard_salon.group_manager"))

    def test_branch_that_is_another_company(self):
        self.company.vat = "BE0477472701"
        self.branch.write({"vat": "BE0428759497", "giftcard_is_one_entity": False})
        session = self._at(self.company)
        card = self._sell(session, 100, method=self._bank(session))
        session = self._at(self.branch)
        self._refused(
            "was sold by .* and cannot be used here",
            lambda: self._hold_at(session, card.with_env(self.env), 60),
        )
        person = self.people[self.branch]
        seen = self.env["giftcard.card"].with_user(person)
        seen = seen.with_context(allowed_company_ids=self.branch.ids)
        self.assertFalse(seen.search([("id", "=", card.id)]))

    def test_card_of_named_companies_counts_the_parent_for_its_branches(self):
        self.card_type.company_ids = self.company
        card = self._travel(self.company, self.branch)
        self.assertEqual(card.company_ids, self.company)

    def test_money_back_in_the_parent(self):
        """Used in the branch, given back there: the card has it again."""
        session = self._at(self.company)
        card = self._sell(session, 100, method=self._bank(session))
        self._shut(session)
        session = self._at(self.branch)
        order = self._redeem(session, card.with_env(self.env), 60)
        self._sync(self._refund_payload(order, session))
        self._shut(session)
        self.assertCard(card, 100)
        self._ties_out()

    def test_items_of_both_are_moved_and_matched_together(self):
        """Sold in the parent, used in the branch: one account, one card."""
        card = self._travel(self.company, self.branch)
        accounting = self.env["giftcard.accounting"].sudo()
        other = self.liability.copy({"name": "Cards from now on"})
        for company in self.company | self.branch:
            accounting._move_account(company, "liability", other)
            self._ties_out()
        session = self._at(self.branch)
        self._redeem(session, card.with_env(self.env), 40)
        self._shut(session)
        self._ties_out()
        accounting._match_ended()
        items = self.env["account.move.line"].search(
            [
                ("giftcard_card_id", "=", card.id),
                ("account_id", "in", (self.liability | other).ids),
            ]
        )
        self.assertEqual(
            (len(items), set(items.mapped("reconciled")), items.company_id),
            (7, {True}, self.company | self.branch),
        )
        self._ties_out()

    def _dialog(self, company, account, user):
        wizards = self.env["giftcard.move.account"].with_user(user)
        companies = user.company_ids.ids
        return wizards.with_context(allowed_company_ids=companies).create(
            {"company_id": company.id, "account_id": account.id}
        )

    def _person(self, companies):
        return new_test_user(
            self.env,
            f"giftcard_books_{len(companies)}",
            groups="base.group_user,giftcard_salon.group_accountant,"
            "account.group_account_user",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
        )

    def _sum(self, account, company):
        items = self.env["account.move.line"].search(
            [
                ("account_id", "=", account.id),
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
            ]
        )
        return round(sum(items.mapped("balance")), 2)

    def test_books_of_others_are_not_moved_nor_shown(self):
        self._travel(self.company, self.branch)
        other = self.liability.copy({"name": "Cards from now on"})
        wizard = self._dialog(self.company, other, self._person(self.company))
        self.assertRegex(wizard.refusal, f"in the books of {self.branch.name} too")
        self.assertFalse(wizard.line_ids)
        self._refused("in the books of", wizard.action_move)
        both = self.company | self.branch
        wizard = self._dialog(self.company, other, self._person(both))
        self.assertEqual(sorted(wizard.line_ids.mapped("credit")), [0, 40])
        wizard.action_move()
        for company, balance in ((self.company, -100), (self.branch, 60)):
            self.assertEqual(self._sum(self.liability, company), 0)
            self.assertEqual(self._sum(other, company), balance)
        self._ties_out()

    def test_a_branch_with_an_account_of_its_own_lets_the_parents_cards_go(self):
        own = self.liability.copy({"name": "Cards of the branch"})
        self.branch.giftcard_liability_account_id = own
        card = self._travel(self.company, self.branch)
        other = self.liability.copy({"name": "Cards from now on"})
        both = self._person(self.company | self.branch)
        wizard = self._dialog(self.company, other, both)
        self.assertEqual(sorted(wizard.line_ids.mapped("debit")), [0, 40])
        wizard.action_move()
        for company, balance in ((self.company, -100), (self.branch, 60)):
            self.assertEqual(self._sum(self.liability, company), 0)
            self.assertEqual(self._sum(other, company), balance)
        self.assertEqual(self.branch.giftcard_liability_account_id, own)
        self._ties_out()
        changes = self.env["giftcard.account.change"].search(
            [("old_account_id", "=", self.liability.id)], order="id"
        )
        self.assertEqual(
            (len(changes) >= 2, changes.move_id.company_id),
            (True, self.company | self.branch),
        )
        move = changes.move_id.filtered(lambda own: own.company_id == self.branch)
        self._refused("it moved gift cards", move.button_draft)
        session = self._at(self.branch)
        self._redeem(session, card.with_env(self.env), 40)
        used = self._shut(session)
        self._ties_out()
        # on the parent's account in the branch's books: protected as the branch's own
        self._refused("stays as it is", used.button_draft)

    def test_account_of_the_branch_alone_is_not_the_parents(self):
        """What the parent could not post it does not take."""
        own = self.liability.copy({"name": "Cards of the branch"})
        own.company_ids = self.branch
        self.branch.giftcard_liability_account_id = own
        session = self._at(self.branch)
        card = self._sell(session, 100, method=self._bank(session))
        session = self._at(self.company)
        self._refused(
            "an account that .* does not have",
            lambda: self._hold_at(session, card.with_env(self.env), 60),
        )


@tagged("post_install", "-at_install", "giftcard_runner")
class TestBranchDeduction(GiftcardBranchMixin, GiftcardDeductionCommon):
    """A card whose VAT was counted at its sale, in the branch: no invoice for it."""

    def test_service_card_of_the_parent_in_its_branch(self):
        self.cashier.sudo().company_ids += self.branch
        card = self._sell_entitlements(self._make_package((self.massage, 2, 0)))
        self._close(self.session)
        self.session = session = self._at(self.branch)
        part = card.entitlement_ids.with_env(self.env)
        order = self._redeem_entitlement(part, part.next_unit_price)
        self.assertEqual((order.amount_total, order.amount_tax), (0, 0))
        self._ties_out()
        move = self._shut(session)
        found = {
            account: round(sum(items.mapped("balance")), 2)
            for account, items in move.line_ids.grouped("account_id").items()
        }
        revenue = self.company_data["default_account_revenue"]
        self.assertEqual(
            (found[self.deferred], found[revenue], move.company_id),
            (58.34, -58.34, self.branch),
        )
        self.assertFalse(
            self.env["giftcard.settlement"].sudo().search([("card_id", "=", card.id)])
        )
        self._ties_out()
