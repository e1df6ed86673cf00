"""A company to replay cases in: chart, taxes, products, card type, staff, tills.

Set up as an administrator would; cases of one kind share a company, since making
one takes longer than most cases.
"""

from uuid import uuid4

from odoo import fields
from odoo.fields import Command

CHARTS = {"EU/FR": "fr"}
RATES = ("20", "10", "5.5")
ROUNDINGS = {"global": "round_globally", "per_line": "round_per_line"}
# above any amount of a case; the till's limits have tests of their own
HIGHEST_CARD = 1_000_000


class Unsupported(Exception):
    """The case needs what this runner cannot do yet."""


class Company:
    """The company that cases of one jurisdiction, currency and rounding share.

    :param env: superuser environment of a scratch database
    :param dict case: as in the schema of the file of cases
    """

    def __init__(self, env, case):
        if case["jurisdiction"] not in CHARTS:
            raise Unsupported(f"jurisdiction {case['jurisdiction']}")
        self.record = self._make_company(env, case)
        self.env = env(context={**env.context, "allowed_company_ids": self.record.ids})
        self.taxes = {rate: self._find_tax(rate) for rate in RATES}
        self.products = {rate: self._make_product(rate) for rate in RATES}
        self.card_type = self._make_card_type()
        self.bank = self._make_bank_method()
        self.cashier = self._make_cashier()
        self.env.cr.commit()

    def _make_company(self, env, case):
        country = env.ref("base.fr")
        company = env["res.company"].create(
            {
                "name": f"Cases {case['rounding']} {uuid4().hex[:6]}",
                "country_id": country.id,
                "account_fiscal_country_id": country.id,
            }
        )
        company.partner_id.tz = "Europe/Paris"
        chart = CHARTS[case["jurisdiction"]]
        if company.chart_template != chart:
            env["account.chart.template"].try_loading(chart, company)
        company.tax_calculation_rounding_method = ROUNDINGS[case["rounding"]]
        return company

    def _find_tax(self, rate):
        tax = (
            self.env["account.tax"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", self.record.id),
                    ("type_tax_use", "=", "sale"),
                    ("amount", "=", float(rate)),
                    ("price_include_override", "=", "tax_included"),
                    ("tax_exigibility", "=", "on_invoice"),
                ],
                limit=1,
            )
        )
        tax.active = True
        return tax

    def _make_product(self, rate):
        return self.env["product.product"].create(
            {
                "name": f"Service at {rate} %",
                "type": "service",
                "available_in_pos": True,
                "company_id": self.record.id,
                "taxes_id": [Command.set(self.taxes[rate].ids)],
            }
        )

    def _make_card_type(self):
        return self.env["giftcard.type"].create(
            {
                "name": f"Card {self.record.name}",
                "currency_id": self.record.currency_id.id,
                "company_ids": [Command.set(self.record.ids)],
                "is_free_amount": True,
                "amount_min": 0.01,
                "amount_max": HIGHEST_CARD,
                "validity_mode": "unlimited",
            }
        )

    def _make_bank_method(self):
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.record.id), ("type", "=", "bank")], limit=1
        )
        clearing = self.env["account.account"].create(
            {
                "name": "Card acquirer",
                "code": "411900",
                "account_type": "asset_receivable",
                "reconcile": True,
                "company_ids": [Command.set(self.record.ids)],
            }
        )
        return self.env["pos.payment.method"].create(
            {
                "name": "Bank card",
                "journal_id": journal.id,
                "receivable_account_id": clearing.id,
                "outstanding_account_id": journal.default_account_id.id,
                "company_id": self.record.id,
            }
        )

    def _make_cashier(self):
        groups = ("base.group_user", "point_of_sale.group_pos_user")
        return self.env["res.users"].create(
            {
                "name": "Cashier",
                "login": f"cashier {self.record.name}",
                "group_ids": [Command.set([self.env.ref(name).id for name in groups])],
                "company_id": self.record.id,
                "company_ids": [Command.set(self.record.ids)],
            }
        )

    def get_till(self, place, currency):
        """Return the ``pos.config`` of a place; another currency has own books."""
        config = self.env["pos.config"].search(
            [("company_id", "=", self.record.id), ("name", "=", f"{place} {currency}")]
        )
        return config or self._make_till(place, currency)

    def _make_till(self, place, currency):
        named = {"name": place, "company_id": self.record.id}
        location = self.env["giftcard.location"].search(
            [(name, "=", value) for name, value in named.items()]
        ) or self.env["giftcard.location"].create(named)
        methods = self.bank
        values = {}
        if currency != self.record.currency_id.name:
            journal, methods = self._make_foreign_books(currency)
            values = {"journal_id": journal.id}
        config = self.env["pos.config"].create(
            {
                "name": f"{place} {currency}",
                "company_id": self.record.id,
                "giftcard_location_id": location.id,
                "payment_method_ids": [Command.set(methods.ids)],
                **values,
            }
        )
        config.giftcard_enabled = True
        return config

    def _make_foreign_books(self, name):
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", name)])
        currency.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.record.id,
                "name": fields.Date.today(),
                "rate": 0.95,
            }
        )
        common = {"currency_id": currency.id, "company_id": self.record.id}
        sales = self.env["account.journal"].create(
            {"name": f"Till {name}", "type": "sale", "code": f"T{name}", **common}
        )
        bank = self.env["account.journal"].create(
            {"name": f"Bank {name}", "type": "bank", "code": f"B{name}", **common}
        )
        method = self.env["pos.payment.method"].create(
            {
                "name": f"Bank card {name}",
                "journal_id": bank.id,
                "company_id": self.record.id,
            }
        )
        return sales, method
