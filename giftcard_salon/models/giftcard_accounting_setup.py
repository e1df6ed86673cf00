from odoo import api, models
from odoo.fields import Command

# first codes to try, by country of the chart; any free code after them will do
START_CODES = {
    "fr": {"liability": "419180", "income": "758810"},
    None: {"liability": "255000", "income": "455000"},
}
JOURNAL_CODE = "GIFT"


class GiftcardAccounting(models.AbstractModel):
    _inherit = "giftcard.accounting"

    @api.model
    def _set_up(self, company):
        """Give ``company`` the accounts, journal, salon and type that gift cards need.

        Keeps what is chosen already. A branch uses what its parent has.

        :param company: ``res.company`` record
        """
        company = company.sudo()
        if company.parent_id:
            self._set_up(company.parent_id)
            parent = company.parent_id
            values = {
                name: parent[name].id
                for name in (
                    "giftcard_liability_account_id",
                    "giftcard_income_account_id",
                    "giftcard_journal_id",
                )
                if not company[name]
            }
        else:
            values = self._prepare_own_set_up(company)
        if values:
            company.write(values)
        self.env["giftcard.location"]._get_default(company)
        self.env["giftcard.type"]._make_default(company)

    @api.model
    def _prepare_own_set_up(self, company):
        values = {}
        if not company.giftcard_liability_account_id:
            values["giftcard_liability_account_id"] = self._make_account(
                company,
                "liability",
                name=self.env._("Gift cards owed to clients"),
                account_type="liability_current",
                reconcile=True,
            ).id
        if not company.giftcard_income_account_id:
            values["giftcard_income_account_id"] = self._make_account(
                company,
                "income",
                name=self.env._("Income from unused gift cards"),
                account_type="income_other",
            ).id
        if not company.giftcard_journal_id:
            values["giftcard_journal_id"] = self._make_journal(company).id
        return values

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
