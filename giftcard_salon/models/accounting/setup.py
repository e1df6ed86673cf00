from odoo import api, models
from odoo.fields import Command

# first codes to try, by country of the chart; any free code after them will do
START_CODES = {
    "fr": {
        "liability": "419180",
        "contra": "419190",
        "deferred": "487080",
        "tips": "467080",
        "escheat": "467090",
        "income": "758810",
        "receivable": "451080",
        "payable": "451090",
        "cost": "604080",
    },
    None: {
        "liability": "255000",
        "contra": "255900",
        "deferred": "256000",
        "tips": "257000",
        "escheat": "258000",
        "income": "455000",
        "receivable": "128500",
        "payable": "259000",
        "cost": "510500",
    },
}
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

        Keeps what is chosen already. A branch uses what its parent has.

        :param company: ``res.company`` record
        """
        company = company.sudo()
        if company.parent_id:
            self._set_up(company.parent_id)
            names = [
                *(f"giftcard_{role}_account_id" for role in START_CODES[None]),
                "giftcard_journal_id",
            ]
            values = {
                name: company.parent_id[name].id for name in names if not company[name]
            }
        else:
            values = self._prepare_own_set_up(company)
        if values:
            company.write(values)
        self.env["giftcard.location"]._get_default(company)
        self.env["giftcard.type"]._make_default(company)

    @api.model
    def _prepare_own_set_up(self, company):
        values = {
            name: (
                self._find_former(company, name)
                or self._make_account(company, role, **account)
            ).id
            for role, account in self._prepare_accounts().items()
            if not company[name := f"giftcard_{role}_account_id"]
        }
        if not company[JOURNAL]:
            journal = self._find_former(company, JOURNAL) or self._make_journal(company)
            values[JOURNAL] = journal.id
        return values

    @api.model
    def _remember_set_up(self):
        """Name accounts and journals as those of a chart: they outlive this add-on.

        A new installation finds them again, with what was posted there.
        """
        names = [
            *(f"giftcard_{role}_account_id" for role in START_CODES[None]),
            JOURNAL,
        ]
        self.env["ir.model.data"].sudo()._update_xmlids(
            [
                {
                    "xml_id": self._get_former_name(company, name),
                    "record": company[name],
                    "noupdate": True,
                }
                for company in self.env["res.company"].sudo().search([])
                for name in names
                if company[name] and not company.parent_id
            ]
        )

    @api.model
    def _find_former(self, company, name):
        """Return what stood in a field of the company before this installation.

        :param company: ``res.company`` record
        :param str name: of the field
        :return: an account or a journal, or nothing
        """
        former = self.env.ref(
            self._get_former_name(company, name), raise_if_not_found=False
        )
        return former and former.sudo().filtered("active")

    @api.model
    def _get_former_name(self, company, name):
        return f"account.{company.id}_{name.removesuffix('_id')}"

    @api.model
    def _prepare_accounts(self):
        """Return name and kind of the account of every role."""
        owed = {"account_type": "liability_current"}
        return {
            "liability": {
                **owed,
                "name": self.env._("Gift cards owed to clients"),
                "reconcile": True,
            },
            "deferred": {
                **owed,
                "name": self.env._("Gift cards taxed at the sale, not used yet"),
            },
            "tips": {**owed, "name": self.env._("Tips on gift cards, not used yet")},
            "contra": {
                **owed,
                "name": self.env._("Gift cards: income taken before they expire"),
            },
            "income": {
                "account_type": "income_other",
                "name": self.env._("Income from unused gift cards"),
            },
            "escheat": {
                **owed,
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
        country = (company.chart_template or "").split("_")[0]
        start = START_CODES.get(country, START_CODES[None])[role]
        accounts = self.env["account.account"].sudo().with_company(company)
        return accounts.create(
            {
                **values,
                "code": accounts._search_new_account_code(start),
                "company_ids": [Command.link(company.id)],
            }
        )

    @api.model
    def _make_journal(self, company):
        journals = self.env["account.journal"].sudo().with_company(company)
        taken = journals.with_context(active_test=False).search(
            [("company_id", "=", company.id), ("code", "=", JOURNAL_CODE)], limit=1
        )
        code = JOURNAL_CODE if not taken else f"{JOURNAL_CODE[:3]}{company.id}"
        return journals.create(
            {
                "name": self.env._("Gift cards"),
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
