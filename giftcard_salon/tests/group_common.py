# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Companies with a till each: two of a group, or a company and its branch."""

from contextlib import contextmanager
from uuid import uuid4

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import GiftcardTillCommon

ACCOUNTANT = (
    "base.group_user,giftcard_salon.group_accountant,account.group_account_invoice"
)


class GiftcardGroupCommon(GiftcardTillCommon):
    """``company`` sells cards, ``other`` takes them, and the other way round."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_data = cls.setup_other_company(name="Spa B")
        cls.other = cls.other_data["company"]
        cls.other.currency_id = cls.company.currency_id
        cls.other.giftcard_tz = "UTC"
        cls.env.user.company_ids += cls.other
        cls.company.giftcard_group_company_ids = cls.other
        kept = cls.env, cls.company, cls.company_data, cls.cash, cls.bank, cls.giftcard
        cls.env = cls.env(context={"allowed_company_ids": cls.other.ids})
        cls.company, cls.company_data = cls.other.with_env(cls.env), cls.other_data
        cls.other_taxes = {rate: cls._make_tax(rate) for rate in (20, 10, 5.5)}
        for rate, tax in cls.other_taxes.items():
            # a new company gives its default tax to every product there is
            service = cls.services[rate].sudo()
            given = service.taxes_id.filtered(lambda own: own.company_id == cls.other)
            service.taxes_id += tax - given
            service.taxes_id -= given
        cls.cash = cls._make_method("Cash B", "default_journal_cash")
        cls.bank = cls._make_method("Bank B", "default_journal_bank")
        cls.other_config = cls._make_till("Till B")
        cls.env, cls.company, cls.company_data, cls.cash, cls.bank, cls.giftcard = kept
        methods = cls.other_config.payment_method_ids
        cls.other_giftcard = methods.filtered("giftcard_is_method")
        cls.other_cashier = cls._make_user(
            "giftcard_cashier_b", "base.group_user,point_of_sale.group_pos_user"
        )
        cls.other_accountant = cls._make_user("giftcard_accountant_b", ACCOUNTANT)
        cls.accountant = cls._make_user("giftcard_accountant", ACCOUNTANT, cls.company)
        cls._make_purchase_tax(20)

    @classmethod
    def _make_purchase_tax(cls, rate):
        account = cls.company_data["default_account_tax_purchase"]
        lines = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": account.id}),
        ]
        cls.env["account.tax"].create(
            {
                "name": f"Deductible VAT {rate} %",
                "amount": rate,
                "type_tax_use": "purchase",
                "price_include_override": "tax_excluded",
                "invoice_repartition_line_ids": lines,
                "refund_repartition_line_ids": lines,
            }
        )

    @classmethod
    def _make_user(cls, login, groups, company=None):
        company = company or cls.other
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @contextmanager
    def _at_other(self):
        """Work in company B: its books, its payment method, its taxes."""
        names = (
            "env",
            "company",
            "company_data",
            "giftcard",
            "liability",
            "cashier",
            "session",
        )
        kept = {name: getattr(self, name, None) for name in names}
        self.env = self.env(context={"allowed_company_ids": self.other.ids})
        self.company = self.other.with_env(self.env)
        self.company_data = self.other_data
        self.giftcard = self.other_giftcard.with_env(self.env)
        self.liability = self.company.giftcard_liability_account_id
        self.cashier = self.other_cashier
        if kept["session"] and kept["session"].company_id == self.company:
            self.session = kept["session"].with_env(self.env)
        try:
            yield
        finally:
            for name, value in kept.items():
                setattr(self, name, value)

    def _line(self, product, price, **values):
        """A bill line with the taxes of the company at work only."""
        taxes = product.sudo().taxes_id.filtered(
            lambda tax: tax.company_id == self.company
        )
        amounts = taxes.compute_all(price, self.company.currency_id, 1)
        return Command.create(
            {
                "uuid": str(uuid4()),
                "product_id": product.id,
                "qty": 1,
                "price_unit": price,
                "discount": 0,
                "tax_ids": [Command.set(taxes.ids)],
                "price_subtotal": amounts["total_excluded"],
                "price_subtotal_incl": amounts["total_included"],
                **values,
            }
        )

    def _open_other(self):
        return self._open(self.other_config.with_env(self.env))

    def _redeem_at_other(self, session, card, amount, user=None, **values):
        """Pay one service of company B by a card of company A; return the bill."""
        with self._at_other():
            order = self._redeem(
                session.with_env(self.env),
                card.with_env(self.env),
                amount,
                user=user,
                **values,
            )
        return order.with_env(self.env)

    def _close_other(self, session):
        with self._at_other():
            return self._close(session.with_env(self.env)).with_env(self.env)

    def _run_queue(self):
        self.env["giftcard.settlement"]._post_queued()

    def _rows(self):
        return (
            self.env["giftcard.settlement"]
            .search([], order="id")
            .filtered(lambda row: row.company_id in (self.company | self.other))
        )

    def _settle(self):
        """Make the settlement of today and before, as the monthly run does."""
        day = fields.Date.context_today(self.env.user)
        return self.env["giftcard.statement"].sudo()._settle(day).sudo(False)

    def _bank_of(self, company):
        return (
            self.env["account.journal"]
            .sudo()
            .search([("type", "=", "bank"), ("company_id", "=", company.id)], limit=1)
        )

    def _pay(self, statement):
        """Record the payment through the wizard, as its user; return the entry."""
        wizard = statement.env["giftcard.pay"].create({"statement_id": statement.id})
        wizard.action_record()
        self.env.flush_all()
        return (
            self.env["account.move"]
            .sudo()
            .search(
                [("company_id", "=", wizard.company_id.id)], order="id desc", limit=1
            )
        )

    def _make_bonus_card(self):
        """Paid 100.00, worth 110.00."""
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": str(uuid4()), "value": 110, "price": 100}],
            "issue",
            self._origin(),
        )
        self._commit()
        return card

    def assertPostings(self, company, **expected):
        """Balances of the roles of a company; all that is named is compared."""
        self.env.flush_all()
        for role, amount in expected.items():
            data = self.other_data if company == self.other else self.company_data
            account = {
                "revenue": data["default_account_revenue"],
                "vat": data["default_account_tax_sale"],
                "cost": company.giftcard_cost_account_id,
                "input_vat": data["default_account_tax_purchase"],
            }.get(role) or company[f"giftcard_{role}_account_id"]
            items = (
                self.env["account.move.line"]
                .sudo()
                .search(
                    [
                        ("account_id", "=", account.id),
                        ("company_id", "=", company.id),
                        ("parent_state", "=", "posted"),
                    ]
                )
            )
            self.assertEqual(round(sum(items.mapped("balance")), 2), amount, role)

    def assertBothTieOut(self):
        """The cards equal the accounts on both sides; return company A's report."""
        with self._at_other():
            self.assertTiesOut()
        return self.assertTiesOut()


class GiftcardBranchMixin:
    """For test classes with a company, its till and its payment methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {
                "name": "Branch",
                "parent_id": cls.company.id,
                "chart_template": cls.company.chart_template,
                "country_id": cls.company.country_id.id,
            }
        )
        cls.env.cr.precommit.run()
        cls.env.user.company_ids += cls.branch
        cls.env = cls.env(
            context={"allowed_company_ids": (cls.company | cls.branch).ids}
        )
        cls.branch_config = cls._make_branch_till()
        cls.branch_giftcard = cls.branch_config.payment_method_ids.filtered(
            "giftcard_is_method"
        )
        cls.people = {
            company: new_test_user(
                cls.env,
                f"giftcard_accountant_{company.id}",
                groups=ACCOUNTANT,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for company in (cls.company, cls.branch)
        }

    @classmethod
    def _make_branch_till(cls):
        receivable = cls.company.account_default_pos_receivable_account_id
        cls.branch.account_default_pos_receivable_account_id = receivable
        journals = cls.env["account.journal"].with_company(cls.branch)
        sales, bank = journals.create(
            [
                {
                    "name": f"{kind} of the branch",
                    "code": code,
                    "type": kind,
                    "default_account_id": account.id,
                }
                for kind, code, account in (
                    ("sale", "BSAL", cls.company_data["default_account_revenue"]),
                    ("bank", "BBNK", cls.bank.journal_id.default_account_id),
                )
            ]
        )
        method = (
            cls.env["pos.payment.method"]
            .with_company(cls.branch)
            .create({"name": "Bank of the branch", "journal_id": bank.id})
        )
        config = (
            cls.env["pos.config"]
            .with_company(cls.branch)
            .create(
                {
                    "name": "Till of the branch",
                    "journal_id": sales.id,
                    "invoice_journal_id": sales.id,
                    "payment_method_ids": [Command.set(method.ids)],
                }
            )
        )
        config.giftcard_enabled = True
        return config

    def _at(self, company):
        """Work in one of the two: its till, its payment method."""
        self.env = self.env(
            context={
                "allowed_company_ids": [
                    company.id,
                    *((self.company | self.branch) - company).ids,
                ]
            }
        )
        is_branch = company == self.branch
        config = self.branch_config if is_branch else self.config
        self.giftcard = config.payment_method_ids.filtered("giftcard_is_method")
        self.giftcard = self.giftcard.with_env(self.env)
        return self._open(config.with_env(self.env))

    def _bank(self, session):
        return session.payment_method_ids.filtered(
            lambda method: not method.giftcard_is_method and not method.is_cash_count
        )

    def _shut(self, session):
        session.sudo().action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")
        self.env.flush_all()
        return session.move_id

    def _ties_out(self):
        for company in (self.company, self.branch):
            report = (
                self.env["giftcard.tie.out"]
                .with_company(company)
                .create({"company_id": company.id})
            )
            self.assertTrue(report.is_equal, company.name)
            self.assertEqual(report.difference, 0, company.name)
