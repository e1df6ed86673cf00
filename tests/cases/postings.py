# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The journal of one company, read step by step and put into a case's words."""

from collections import defaultdict
from decimal import Decimal

from lib.bill import money

from odoo.tools import SQL

ROLES = {
    "liability": "gc_liability",
    "deferred": "spv_deferred",
    "tips": "tips_prepaid",
    "income": "breakage_income",
    "contra": "breakage_contra",
    "escheat": "escheat_payable",
    "payable": "ic_payable",
    "receivable": "ic_receivable",
    "cost": "cost_of_services",
}
LIABILITY = ("gc_liability", "spv_deferred", "tips_prepaid")
# cases share a company and each starts early in the year: all there is, compared
LAST_DAY = "2099-12-31"


class Postings:
    """What one company posted since the last look, and what all of it adds up to.

    :param world: the case's world
    :param str letter: the company
    """

    def __init__(self, world, letter):
        self.world = world
        self.letter = letter
        self.company = world.companies[letter].record
        self.chart = world.companies[letter].chart
        world.refresh()
        self._seen = max(self._find_lines().ids, default=0)
        self._last_entry = self._sum_entries()[1] or 0
        self.balances = defaultdict(Decimal)

    def read_new(self):
        """Return journal, VAT return and dates of what was posted since last time.

        The VAT return is by tag; :meth:`expect_vat` says what a case expects of it.
        """
        lines = self._find_lines([("id", ">", self._seen)])
        self._seen = max([self._seen, *lines.ids])
        journal, vat = defaultdict(Decimal), defaultdict(Decimal)
        roles = self._roles()
        for line in lines:
            balance = money(line.balance)
            journal[self._role(line, roles)] += balance
            if line.tax_line_id.type_tax_use == "purchase" or (
                line.tax_ids.filtered(lambda tax: tax.type_tax_use == "purchase")
            ):
                continue
            for tag in line.tax_tag_ids:
                vat[tag] -= balance
        for role, balance in journal.items():
            self.balances[role] += balance
        return without_zeros(journal), vat, set(lines.mapped("date"))

    def expect_vat(self, delta):
        """Return by tag what a case says by rate; a tag may report several rates."""
        return {
            tag: sum(
                (money(delta[rate][kind]) for rate, kind in names if rate in delta),
                Decimal(0),
            )
            for tag, names in self.chart.tags().items()
        }

    def name_tag(self, tag):
        names = self.chart.tags().get(tag) or {(tag.name, "tag")}
        if len(names) == 1:
            return " ".join(*names)
        return f"all {min(kind for _rate, kind in names)}"

    def _find_lines(self, domain=()):
        return self.world.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                *domain,
            ]
        )

    def make_tie_out(self):
        return self.world.env["giftcard.tie.out"].create(
            {"company_id": self.company.id, "day": LAST_DAY}
        )

    def liability_of_cards(self):
        """Return what the case's ledger entries say is owed to clients."""
        return money(self._sum_entries(self._last_entry)[0] or 0)

    def _sum_entries(self, after=0):
        return self.world.env.execute_query(
            SQL(
                """SELECT SUM(COALESCE(company_net, net)), MAX(id) FROM giftcard_entry
                    WHERE company_id = %s AND id > %s""",
                self.company.id,
                after,
            )
        )[0]

    def owed(self):
        """Return what the accounts say is owed to the case's clients."""
        return -sum((self.balances[role] for role in LIABILITY), Decimal(0))

    # --- roles

    def _role(self, line, roles):
        account = line.account_id
        if tax := line.tax_line_id:
            if tax.type_tax_use == "purchase":
                return "vat_input"
            if self.chart.is_us:
                return "sales_tax_payable"
            return f"vat_{self.chart.rate_of(tax)}"
        if account in roles:
            return roles[account]
        if account.internal_group == "income":
            return self._revenue(line)
        return f"account {account.code}"

    def _roles(self):
        """Return the role of each account that has one of its own.

        One that was exchanged for another keeps the role it had.
        """
        company = self.company
        changes = self.world.env["giftcard.account.change"].search(
            [("company_id", "=", company.id)]
        )
        return {
            **dict.fromkeys(self._cash_accounts(), "cash"),
            **dict.fromkeys(self._bank_accounts(), "bank"),
            self.chart.tip_account: "tips_payable",
            company.expense_currency_exchange_account_id: "exchange_difference",
            company.income_currency_exchange_account_id: "exchange_difference",
            **{change.old_account_id: ROLES[change.role] for change in changes},
            **{
                company[f"giftcard_{name}_account_id"]: role
                for name, role in ROLES.items()
            },
        }

    def _revenue(self, line):
        taxes = line.tax_ids or self._find_entitlement(line).sudo().tax_ids
        if not taxes:
            return "revenue_us" if self.chart.is_us else "revenue_0"
        rate = self.chart.rate_of(taxes[:1])
        return "revenue_us" if self.chart.is_us and rate != "0" else f"revenue_{rate}"

    def _find_entitlement(self, line):
        """Return the part of a card that an item without taxes is revenue of.

        The issuer's revenue of what another company gave was taxed at the sale.
        """
        entry = (
            line.giftcard_entry_id
            or line.move_id.line_ids.filtered(
                lambda other: other.name == line.name
            ).giftcard_entry_id
        )
        return entry.sudo().entitlement_id

    def _bank_accounts(self):
        """Return the bank's account and what is on its way there.

        Both count as one: Odoo 19.0 books the payments of a session with a negative
        sum twice on the bank's side and leaves them on the receivable.
        """
        banks = self.world.companies[self.letter].banks
        journals = banks.journal_id
        methods = (
            journals.inbound_payment_method_line_ids
            | journals.outbound_payment_method_line_ids
        )
        return (
            journals.default_account_id
            | banks.receivable_account_id
            | methods.payment_account_id
        )

    def _cash_accounts(self):
        drawers = self.world.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "cash")]
        )
        return drawers.default_account_id


def without_zeros(amounts):
    return {name: amount for name, amount in amounts.items() if amount}
