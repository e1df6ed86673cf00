# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A company to replay cases in: people, tills and ways to pay.

Set up as an administrator would; cases of one kind share a company, since making
one takes longer than most cases.
"""

from collections import Counter
from fractions import Fraction
from uuid import uuid4

from charts import ROUNDINGS, Chart, find_currency, load_chart
from lib.bill import money
from lib.card_till import CardTill
from lib.odoo_cents import moved_bases

from odoo import fields
from odoo.fields import Command

CASHIER = ("base.group_user", "point_of_sale.group_pos_user")
DESK = (
    *CASHIER,
    "account.group_account_manager",
    "giftcard_salon.group_manager",
    "giftcard_salon.group_see_codes",
    "giftcard_salon.group_accountant",
)


class Unsupported(Exception):
    """The case needs what this runner cannot do yet."""


class Company:
    """The company that cases of one jurisdiction and currency share.

    :param env: superuser environment of a scratch database
    :param dict case: as in the schema of the file of cases
    :param str letter: A issues cards, B is another company of the group
    """

    def __init__(self, env, case, letter="A"):
        name = f"Cases {letter} {case['currency']} {uuid4().hex[:6]}"
        self.record = env["res.company"].create({"name": name})
        place = case["jurisdiction"]
        is_us = load_chart(env, self.record, place, case["currency"])
        self.record.giftcard_tz = "Europe/Paris"
        self.env = env(context={**env.context, "allowed_company_ids": self.record.ids})
        self.chart = Chart(self.record, self.env, is_us)
        self.bank = self.banks = self._make_bank_method()
        self.cashier = self._make_user("Cashier", CASHIER)
        self.desk = self._make_user("Desk", DESK)
        self._tills = {}
        self.env.cr.commit()

    def round_by(self, rounding):
        self.record.tax_calculation_rounding_method = ROUNDINGS[rounding]

    def join(self, other):
        """Make a group of two companies that take each other's cards."""
        if other.chart not in self.chart.group:
            self.chart.join(other.chart)
            self.record.giftcard_group_company_ids = other.record

    def _make_user(self, name, groups):
        return self.env["res.users"].create(
            {
                "name": name,
                "login": f"{name} {self.record.name}",
                "group_ids": [Command.set([self.env.ref(name).id for name in groups])],
                "company_id": self.record.id,
                "company_ids": [Command.set(self.record.ids)],
            }
        )

    # --- ways to pay

    def _find_journal(self, kind):
        return self.env["account.journal"].search(
            [("company_id", "=", self.record.id), ("type", "=", kind)], limit=1
        )

    def _make_bank_method(self):
        return self._make_card_method("Bank card", self._find_journal("bank"))

    def _make_card_method(self, name, journal):
        clearing = self.chart.make_account(
            "411900", "Card acquirer", "asset_receivable", reconcile=True
        )
        return self.env["pos.payment.method"].create(
            {
                "name": name,
                "journal_id": journal.id,
                "receivable_account_id": clearing.id,
                "outstanding_account_id": journal.default_account_id.id,
                "company_id": self.record.id,
            }
        )

    def _make_cash_method(self, place):
        journal = self.env["account.journal"].create(
            {
                "name": f"Cash {place}",
                "type": "cash",
                "code": f"C{uuid4().hex[:4]}",
                "company_id": self.record.id,
            }
        )
        return self.env["pos.payment.method"].create(
            {
                "name": f"Cash {place}",
                "journal_id": journal.id,
                "company_id": self.record.id,
            }
        )

    # --- tills

    def till(self, rpc, place, currency, has_cash=False):
        """Return a till with what a browser knows of it; its session is not open."""
        key = place, currency, has_cash
        if key not in self._tills:
            self._tills[key] = Drawer(rpc, self._make_till(*key).id)
        till = self._tills[key]
        till.rpc = rpc
        return till

    def take_moved_bases(self):
        """Return, once, the cents that Odoo moved between bases, by role of journal.

        :rtype: dict
        """
        moved = Counter()
        tips = self.chart.tip.id
        for (_place, currency, _cash), till in self._tills.items():
            cents = till.take_moved_bases(
                lambda product, rate: (
                    "tips_payable"
                    if product == tips
                    else f"revenue_{self.chart.key(rate) or 0}"
                )
            )
            # of bills in another currency nobody says what a cent is
            if currency == self.record.currency_id.name:
                moved.update(cents)
        if self.record.tax_calculation_rounding_method != "round_globally":
            return {}
        return {role: money(float(cents)) for role, cents in moved.items() if cents}

    def location(self, place):
        named = {"name": place, "company_id": self.record.id}
        locations = self.env["giftcard.location"]
        return locations.search(
            [(name, "=", value) for name, value in named.items()]
        ) or locations.create(named)

    def _make_till(self, place, currency, has_cash):
        methods = self.bank
        values = {}
        if currency != self.record.currency_id.name:
            journal, methods = self._make_foreign_ledger(currency)
            values = {"journal_id": journal.id}
        if has_cash:
            methods |= self._make_cash_method(place)
        config = self.env["pos.config"].create(
            {
                "name": f"{place} {currency}",
                "company_id": self.record.id,
                "giftcard_location_id": self.location(place).id,
                "payment_method_ids": [Command.set(methods.ids)],
                "iface_tipproduct": True,
                "tip_product_id": self.chart.tip.id,
                **values,
            }
        )
        config.giftcard_enabled = True
        return config

    def _make_foreign_ledger(self, name):
        currency = find_currency(self.env, name)
        if not self._find_rates(currency):
            self.set_rate(name, 0.95, fields.Date.today())
        common = {"currency_id": currency.id, "company_id": self.record.id}
        sales = self.env["account.journal"].create(
            {"name": f"Till {name}", "type": "sale", "code": f"T{name}", **common}
        )
        bank = self.env["account.journal"].create(
            {"name": f"Bank {name}", "type": "bank", "code": f"B{name}", **common}
        )
        method = self._make_card_method(f"Bank card {name}", bank)
        self.banks |= method
        return sales, method

    def _find_rates(self, currency, **values):
        rates = self.env["res.currency.rate"]
        values = {"currency_id": currency.id, "company_id": self.record.id, **values}
        return rates.search([(name, "=", value) for name, value in values.items()])

    def set_rate(self, name, rate, day):
        """From a day on one of the company's currency is ``rate`` of another one."""
        currency = find_currency(self.env, name)
        rates = self._find_rates(currency, name=day)
        values = {"currency_id": currency.id, "company_id": self.record.id}
        if rates:
            rates.rate = rate
        else:
            rates.create({**values, "name": day, "rate": rate})


class Drawer(CardTill):
    """A till that opens with what it had in its drawer, and keeps what it knows."""

    version = None

    def __init__(self, *args):
        super().__init__(*args)
        self._sent = {}

    def send(self, bill, state="paid"):
        sent = super().send(bill, state)
        self._sent[bill.uuid] = bill
        return sent

    def take_moved_bases(self, get_role):
        """Return, once, which cents Odoo moved between the bases of what was sent.

        :param get_role: of a line's product and rate
        :return: fractions by role
        :rtype: dict
        """
        bills, self._sent = self._sent.values(), {}
        moved = Counter()
        for bill in bills:
            lines = [line for line in bill.lines if self._is_ordinary(line)]
            if all(self.is_included(line["tax_ids"][0][2]) for line in lines):
                moved.update(
                    moved_bases(
                        [
                            (
                                get_role(line["product_id"], line["rate"]),
                                Fraction(str(line["rate"])),
                                Fraction(line["price_unit"] * line["qty"]),
                            )
                            for line in lines
                        ]
                    )
                )
        return moved

    def _is_ordinary(self, line):
        return not line.get("giftcard_role") and not self.is_card(line["product_id"])

    def open_again(self, version):
        """Open a session; ask again for products and types when they have changed."""
        if version == self.version:
            self.start(self._read_config("last_session_closing_cash") or 0.0)
        else:
            self.open(self._read_config("last_session_closing_cash") or 0.0)
            self.version = version
        return self
