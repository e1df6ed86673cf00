# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.fields import Command

from .chart_numbers import ROLES, chart_number_of, number_of
from .res_company import MATCHED

JOURNAL_CODE = "GIFT"
JOURNAL = "giftcard_journal_id"


class GiftcardAccounting(models.AbstractModel):
    _inherit = "giftcard.accounting"

    @api.model
    def _set_up_all(self):
        """Make ready every company that keeps accounts; with each update."""
        for company in self.env["res.company"].search(
            [("chart_template", "!=", False)]
        ):
            self._set_up(company)

    @api.model
    def _set_up(self, company):
        """Give ``company`` the accounts, journal, salon and type that gift cards need.

        Keeps what is chosen already. A branch uses what its parent has. What was used
        before a new installation can be matched before it is chosen again.

        :param company: ``res.company`` record
        """
        # sudo: res.company - who sets up a company may have no right on its accounts
        company = company.sudo()
        if company.parent_id:
            self._set_up(company.parent_id)
            names = [
                *(f"giftcard_{role}_account_id" for role in ROLES),
                "giftcard_journal_id",
            ]
            values = {
                name: company.parent_id[name].id for name in names if not company[name]
            }
        else:
            values = self.sudo()._prepare_company_set_up(company)
        accounts = company.env["account.account"]
        for role in MATCHED:
            name = f"giftcard_{role}_account_id"
            accounts |= accounts.browse(values.get(name)) or company[name]
        self._let_match(accounts)
        if values:
            company.write(values)
        self._translate(company)
        self.env["giftcard.location"]._get_default(company)
        self.env["giftcard.type"]._make_default(company)

    @api.model
    def _let_match(self, accounts):
        """Let the items of cards be matched; what was chosen before could not be."""
        accounts.filtered(lambda account: not account.reconcile).reconcile = True

    @api.model
    def _prepare_company_set_up(self, company):
        source = self.with_context(lang="en_US")
        values = {
            name: (
                source._find_former(company, name, account["account_type"])
                or source._make_account(company, role, **account)
            ).id
            for role, account in source._prepare_accounts().items()
            if not company[name := f"giftcard_{role}_account_id"]
        }
        if not company[JOURNAL]:
            journal = source._find_former(company, JOURNAL)
            values[JOURNAL] = (journal or source._make_journal(company)).id
        return values

    @api.model
    def _translate(self, companies, languages=None):
        """Name accounts and journals in every language, as Odoo does with its own.

        What somebody renamed stays.

        :param companies: ``res.company`` records
        :param list languages: codes; the installed ones, when left out
        """
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        source = self.with_context(lang="en_US")._prepare_names()
        for code in languages or installed:
            names = self.with_context(lang=code)._prepare_names()
            # sudo: res.company - names of accounts in every language, whoever adds one
            for company in companies.sudo():
                for field, name in names.items():
                    record = company[field].with_context(lang=code)
                    if record.name == source[field] != name:
                        record.name = name

    @api.model
    def _prepare_names(self):
        """Return by field of the company what is called so in this language."""
        accounts = self._prepare_accounts()
        return {
            **{
                f"giftcard_{role}_account_id": account["name"]
                for role, account in accounts.items()
            },
            JOURNAL: self._get_journal_name(),
        }

    @api.model
    def _remember_set_up(self):
        """Name accounts and journals as those of a chart: they outlive this add-on.

        A new installation finds them again, with what was posted there.
        """
        names = [
            *(f"giftcard_{role}_account_id" for role in ROLES),
            JOURNAL,
        ]
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": self._get_former_name(company, name),
                    "record": company[name],
                    "noupdate": True,
                }
                for company in self.env["res.company"].search([])
                for name in names
                if company[name] and not company.parent_id
            ]
        )

    @api.model
    def _find_former(self, company, name, kind=None):
        """Return what stood in a field of the company before this installation.

        :param company: ``res.company`` record
        :param str name: of the field
        :param str kind: as of ``account_type``; an account that got another one since
            is left alone
        :return: an account or a journal, or nothing
        """
        former = self.env.ref(
            self._get_former_name(company, name), raise_if_not_found=False
        )
        return former and former.filtered(
            lambda record: record.active and (not kind or record.account_type == kind)
        )

    @api.model
    def _get_former_name(self, company, name):
        return f"account.{company.id}_{name.removesuffix('_id')}"

    @api.model
    def _prepare_accounts(self):
        """Return name and kind of the account of every role."""
        liability = {"account_type": "liability_current"}
        return {
            "liability": {
                **liability,
                "name": self.env._("Gift cards owed to clients"),
                "reconcile": True,
            },
            "deferred": {
                **liability,
                "name": self.env._("Gift cards taxed at the sale, not used yet"),
                "reconcile": True,
            },
            "tips": {
                **liability,
                "name": self.env._("Tips on gift cards, not used yet"),
                "reconcile": True,
            },
            "contra": {
                **liability,
                "name": self.env._("Gift cards: income taken before they expire"),
            },
            "income": {
                "account_type": "income_other",
                "name": self.env._("Income from unused gift cards"),
            },
            "escheat": {
                **liability,
                "name": self.env._("Unclaimed gift cards owed to the State"),
                "reconcile": True,
            },
            "receivable": {
                "account_type": "asset_receivable",
                "name": self.env._("Gift cards: owed to us by group companies"),
                "reconcile": True,
            },
            "payable": {
                "account_type": "liability_payable",
                "name": self.env._("Gift cards: owed by us to group companies"),
                "reconcile": True,
            },
            "cost": {
                "account_type": "expense",
                "name": self.env._("Gift cards: services bought from group companies"),
            },
        }

    @api.model
    def _make_account(self, company, role, **values):
        accounts = self.env["account.account"].with_company(company)
        if account := self._find_chart_account(company, role):
            account.reconcile = values.get("reconcile", account.reconcile)
            return account
        start = (
            number_of(company.chart_template, role)
            or self._find_number_like(company, values["account_type"])
            or number_of("", role)
        )
        return accounts.create(
            {
                **values,
                "code": accounts._search_new_account_code(start, cache=set()),
                "company_ids": [Command.link(company.id)],
            }
        )

    @api.model
    def _find_chart_account(self, company, role):
        """Return the account that the chart has for gift cards, if nothing is on it.

        :rtype: account.account
        """
        accounts = self.env["account.account"].with_company(company)
        number = chart_number_of(company.chart_template, role)
        if not number:
            return accounts
        account = accounts.search(
            [*accounts._check_company_domain(company), ("code", "=", number)], limit=1
        )
        items = self.env["account.move.line"]
        return (
            account
            if not items.search_count([("account_id", "=", account.id)])
            else accounts
        )

    @api.model
    def _find_number_like(self, company, kind):
        """Return the number of the chart's last account of a kind, taxes apart.

        :param str kind: as of ``account_type``
        :rtype: str
        """
        accounts = self.env["account.account"].with_company(company)
        of_taxes = self.env["account.tax.repartition.line"]
        of_taxes = of_taxes.search([("company_id", "=", company.id)]).account_id
        accounts_of_kind = accounts.search(
            [
                *accounts._check_company_domain(company),
                ("account_type", "=", kind),
                ("id", "not in", of_taxes.ids),
            ]
        )
        numbers = sorted(filter(None, accounts_of_kind.mapped("code")))
        return numbers[-1] if numbers else ""

    @api.model
    def _get_journal_name(self):
        return self.env._("Gift cards")

    @api.model
    def _make_journal(self, company):
        journals = self.env["account.journal"].with_company(company)
        existing = journals.with_context(active_test=False).search(
            [("company_id", "=", company.id), ("code", "=", JOURNAL_CODE)], limit=1
        )
        code = JOURNAL_CODE if not existing else f"{JOURNAL_CODE[:3]}{company.id}"
        return journals.create(
            {
                "name": self._get_journal_name(),
                "type": "general",
                "code": code,
                "company_id": company.id,
                "show_on_dashboard": False,
            }
        )


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        """Override of `account`: a company with a new chart can sell gift cards."""
        result = super()._post_load_data(template_code, company, template_data)
        self.env["giftcard.accounting"]._set_up(company or self.env.company)
        return result

    @api.model
    def _load_translations(self, langs=None, companies=None, template_data=None):
        """Override of `account`: a new language names our accounts too."""
        result = super()._load_translations(langs, companies, template_data)
        target_companies = companies or self.env["res.company"].search(
            [("giftcard_liability_account_id", "!=", False)]
        )
        self.env["giftcard.accounting"]._translate(target_companies, langs)
        return result
