# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install", "giftcard_runner")
class TestCompanySetUp(TransactionCase):
    """Accounts, journal, product and method per company, whatever the chart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounting = cls.env["giftcard.accounting"]
        cls.company = cls.env["res.company"].create({"name": "New spa"})
        cls.env.user.company_ids += cls.company

    def test_company_without_a_chart_gets_what_it_needs(self):
        self.accounting._set_up(self.company)
        company = self.company
        liability = company.giftcard_liability_account_id
        self.assertEqual(liability.account_type, "liability_current")
        self.assertTrue(liability.reconcile)
        self.assertEqual(company.giftcard_income_account_id.internal_group, "income")
        self.assertEqual(company.giftcard_journal_id.type, "general")
        self.accounting._set_up(company)
        self.assertEqual(company.giftcard_liability_account_id, liability)

    def test_new_chart_brings_the_set_up_and_may_be_changed_once_more(self):
        templates = self.env["account.chart.template"]
        for _ in range(2):
            templates.try_loading(
                "generic_coa", company=self.company, install_demo=False
            )
            self.assertTrue(self.company.giftcard_liability_account_id)
            self.assertTrue(self.company.giftcard_journal_id)
            self.company.chart_template = False

    def test_branch_uses_what_its_parent_has(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self.accounting._set_up(branch)
        self.assertTrue(branch.giftcard_liability_account_id)
        self.assertEqual(
            branch.giftcard_liability_account_id,
            self.company.giftcard_liability_account_id,
        )

    def test_till_told_to_take_gift_cards_gets_the_method(self):
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=self.company, install_demo=False
        )
        config = (
            self.env["pos.config"].with_company(self.company).create({"name": "Till"})
        )
        self.assertFalse(config.giftcard_enabled)
        usual = config.payment_method_ids
        self.assertTrue(usual)
        config.giftcard_enabled = True
        method = config.payment_method_ids - usual
        self.assertEqual((method.company_id, method.type), (self.company, "bank"))
        self.assertFalse(method.journal_id)
        config.giftcard_enabled = False
        self.assertEqual(config.payment_method_ids, usual)
        config.giftcard_enabled = True
        self.assertEqual(config.payment_method_ids - usual, method)
        another = (
            self.env["pos.config"].with_company(self.company).create({"name": "Till 2"})
        )
        self.assertNotIn(method, another.payment_method_ids)

    def test_wrong_accounts_are_refused_with_a_reason(self):
        self.accounting._set_up(self.company)
        accounts = self.env["account.account"].with_company(self.company)
        wrong = accounts.create(
            {
                "name": "Bank",
                "code": "999001",
                "account_type": "asset_current",
                "company_ids": [Command.link(self.company.id)],
            }
        )
        with self.assertRaisesRegex(ValidationError, "money owed to clients"):
            self.company.giftcard_liability_account_id = wrong
        with self.assertRaisesRegex(ValidationError, "Choose an income account"):
            self.company.giftcard_income_account_id = wrong

    def test_missing_account_names_the_setting(self):
        with self.assertRaisesRegex(UserError, "Gift cards owed to clients.*New spa"):
            self.accounting._get_account(self.company, "liability")

    def test_every_role_has_its_account_and_a_branch_uses_it(self):
        kinds = {
            "liability": "liability_current",
            "deferred": "liability_current",
            "tips": "liability_current",
            "contra": "liability_current",
            "income": "income_other",
            "escheat": "liability_current",
            "receivable": "asset_receivable",
            "payable": "liability_payable",
            "cost": "expense",
        }
        self.accounting._set_up(self.company)
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        found = {}
        for role, kind in kinds.items():
            account = self.accounting._get_account(self.company, role)
            self.assertEqual(account.account_type, kind, role)
            self.assertEqual(self.accounting._get_account(branch, role), account)
            found[account] = role
        self.assertEqual(len(found), len(kinds))
        self.assertEqual(
            self.accounting._get_journal(branch), self.company.giftcard_journal_id
        )

    def test_update_makes_what_a_new_version_needs(self):
        self.accounting._set_up(self.company)
        self.company.chart_template = "generic_coa"
        kept = self.company.giftcard_liability_account_id
        self.company.giftcard_deferred_account_id = False
        self.accounting._set_up_all()
        self.assertTrue(self.company.giftcard_deferred_account_id)
        self.assertEqual(self.company.giftcard_liability_account_id, kept)

    def test_new_installation_finds_accounts_that_were_changed_meanwhile(self):
        self.accounting._set_up(self.company)
        self.accounting._remember_set_up()
        liability = self.company.giftcard_liability_account_id
        deferred = self.company.giftcard_deferred_account_id
        for role in ("liability", "deferred"):
            self.company[f"giftcard_{role}_account_id"] = False
        liability.reconcile = False
        deferred.account_type = "asset_current"
        self.accounting._set_up(self.company)
        self.assertEqual(self.company.giftcard_liability_account_id, liability)
        self.assertTrue(liability.reconcile)
        new = self.company.giftcard_deferred_account_id
        self.assertEqual((new == deferred, new.reconcile), (False, True))
        self.assertEqual(new.account_type, "liability_current")
        self.assertEqual(deferred.account_type, "asset_current")

    def test_what_is_archived_names_the_setting(self):
        self.accounting._set_up(self.company)
        self.company.giftcard_deferred_account_id.active = False
        with self.assertRaisesRegex(
            UserError, "Cards taxed at the sale.*New spa, is archived.*Settings"
        ):
            self.accounting._get_account(self.company, "deferred")
        self.company.giftcard_journal_id.active = False
        with self.assertRaisesRegex(UserError, "journal .* of New spa is archived"):
            self.accounting._get_journal(self.company)

    def test_accounts_of_cards_are_not_shared(self):
        self.accounting._set_up(self.company)
        with self.assertRaisesRegex(ValidationError, "account of its own.*chosen for"):
            self.company.giftcard_contra_account_id = (
                self.company.giftcard_liability_account_id
            )

    def test_payment_method_takes_no_journal(self):
        self.accounting._set_up(self.company)
        method = self.env["pos.payment.method"]._get_giftcard_method(self.company)
        journal = self.env["account.journal"].search([("type", "=", "bank")], limit=1)
        with self.assertRaisesRegex(ValidationError, "no journal of its own"):
            method.journal_id = journal
        with self.assertRaisesRegex(ValidationError, "does not identify the customer"):
            method.split_transactions = True

    def test_default_type_is_ready_after_the_installation(self):
        types = self.env["giftcard.type"].with_context(active_test=False).search([])
        self.assertTrue(types)
        self.assertTrue(types[0].product_ids)
