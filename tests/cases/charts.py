# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Taxes and products of a company in one jurisdiction, made as an administrator would.

A case names a tax by a text: "20", "0", "8.875% on top", or not at all.
"""

import re
from collections import defaultdict

from odoo.fields import Command

ROUNDINGS = {"global": "round_globally", "per_line": "round_per_line"}
NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Chart:
    """Made on demand: what a tax, a service or a tip is in this company.

    :param company: ``res.company`` record with a chart of accounts
    :param env: environment that works in this company only
    :param bool is_us: sales tax on top, no VAT
    """

    def __init__(self, company, env, is_us):
        self.company = company
        self.env = env
        self.is_us = is_us
        self.version = 0
        self.group = [self]
        self._taxes = {}
        self._services = {}
        self.tip, self.tip_account = self._make_tip()

    # --- taxes

    def tax(self, name):
        """Return the ``account.tax`` that a case's line names; empty for none."""
        key = self.key(name)
        if key not in self._taxes:
            self._taxes[key] = self._find_tax(key) if key else self.env["account.tax"]
        return self._taxes[key]

    @staticmethod
    def key(name):
        """Return the rate of a case's text for a tax: "20" of "20 %"; "" for none."""
        found = NUMBER.search(str(name or ""))
        return f"{float(found[0]):g}" if found else "0" if name else ""

    def rate_of(self, tax):
        """Return the text by which cases name a tax."""
        return f"{tax.amount:g}"

    def tags(self):
        """Return what each tax tag reports: pairs of rate and 'base' or 'vat'."""
        names = defaultdict(set)
        for key, tax in self._taxes.items():
            for share in (
                tax.invoice_repartition_line_ids | tax.refund_repartition_line_ids
            ):
                kind = "base" if share.repartition_type == "base" else "vat"
                for tag in share.tag_ids:
                    names[tag].add((key, kind))
        return names

    def _find_tax(self, key):
        domain = [
            ("company_id", "=", self.company.id),
            ("type_tax_use", "=", "sale"),
            ("amount", "=", float(key)),
            ("price_include_override", "=", "tax_included"),
            ("tax_exigibility", "=", "on_invoice"),
        ]
        taxes = self.env["account.tax"].with_context(active_test=False)
        tax = not self.is_us and taxes.search(domain, limit=1)
        if tax:
            tax.active = True
        return tax or self._make_tax(key)

    def _make_tax(self, key):
        """Make a tax that the chart does not have, with tags of its own."""
        model = self.env["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "sale")]
        )
        accounts = model.invoice_repartition_line_ids.account_id
        return self.env["account.tax"].create(
            {
                "name": f"{key} %",
                "amount": float(key),
                "type_tax_use": "sale",
                "company_id": self.company.id,
                "country_id": self.company.account_fiscal_country_id.id,
                "price_include_override": (
                    "tax_excluded" if self.is_us else "tax_included"
                ),
                **{
                    f"{side}_repartition_line_ids": self._prepare_shares(key, accounts)
                    for side in ("invoice", "refund")
                },
            }
        )

    def _prepare_shares(self, key, accounts):
        def tags(kind):
            if self.is_us and (kind == "tax" or key != "0"):
                return []
            return [Command.set(self._find_tag(f"{key} % {kind}").ids)]

        return [
            Command.create({"repartition_type": "base", "tag_ids": tags("base")}),
            Command.create(
                {
                    "repartition_type": "tax",
                    "tag_ids": tags("tax"),
                    "account_id": accounts[:1].id,
                }
            ),
        ]

    def _find_tag(self, name):
        values = {
            "name": name,
            "applicability": "taxes",
            "country_id": self.company.account_fiscal_country_id.id,
        }
        tags = self.env["account.account.tag"]
        domain = [(field, "=", value) for field, value in values.items()]
        return tags.search(domain, limit=1) or tags.create(values)

    # --- what is sold

    def service(self, name, variant=""):
        """Return the product for a line taxed as ``name``, as a bill wants it.

        :param str variant: tells products of one tax apart
        """
        key = self.key(name)
        tax = self.tax(name)
        if (key, variant) not in self._services:
            self._make_service(key, variant)
        product = self._services[key, variant]
        return {
            "id": product.id,
            "taxes": tax.ids,
            "rate": tax.amount,
            "included": not self.is_us,
            "product": product,
        }

    def _make_service(self, key, variant):
        """Make a service that all companies of the group give, each with its tax."""
        taxes = self.env["account.tax"]
        for chart in self.group:
            taxes |= chart.tax(key)
        product = self._make_product(
            f"Service at {key} % {variant}",
            taxes,
            categ_id=self._find_category(f"{key} % {self.group[0].company.name}").id,
        )
        if len(self.group) > 1:
            product.company_id = False
        for chart in self.group:
            chart._services[key, variant] = product
            chart.version += 1

    def join(self, other):
        """Give services together with another company of the group from now on."""
        self.group = other.group = [self, other]
        self._services.clear()

    def _find_category(self, name):
        categories = self.env["product.category"]
        found = categories.search([("name", "=", name)], limit=1)
        return found or categories.create({"name": name})

    def _make_product(self, name, taxes, **values):
        self.version += 1
        return self.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "list_price": 10,
                "available_in_pos": True,
                "company_id": self.company.id,
                "taxes_id": [Command.set(taxes.ids)],
                **values,
            }
        )

    def _make_tip(self):
        account = self.make_account("467900", "Tips owed", "liability_current")
        tip = self._make_product(
            "Tips", self.env["account.tax"], property_account_income_id=account.id
        )
        return tip, account

    def make_account(self, code, name, account_type, **values):
        return self.env["account.account"].create(
            {
                "name": name,
                "code": self.env["account.account"]._search_new_account_code(code),
                "account_type": account_type,
                "company_ids": [Command.set(self.company.ids)],
                **values,
            }
        )


def load_chart(env, company, jurisdiction, currency):
    """Give a new company the country, the chart and the currency of its cases.

    :return: whether it is one of the United States
    """
    area, _slash, place = jurisdiction.partition("/")
    is_us = area.startswith("US")
    code = "US" if is_us else (place or area).partition("-")[0]
    country = env["res.country"].search([("code", "=", code.upper())], limit=1)
    company.write({"country_id": country.id, "account_fiscal_country_id": country.id})
    known = env["account.chart.template"]._get_chart_template_mapping()
    chart = code.lower() if code.lower() in known else "generic_coa"
    if company.chart_template != chart:
        env["account.chart.template"].try_loading(chart, company)
    if company.currency_id.name != currency:
        company.currency_id = find_currency(env, currency)
    return is_us


def find_currency(env, name):
    currency = env["res.currency"].with_context(active_test=False)
    currency = currency.search([("name", "=", name)])
    currency.active = True
    return currency
