"""What a step should have left in the books, against what is there.

Reads ledger and journal, never writes them. Every difference is one line of text.
"""

from collections import defaultdict
from decimal import Decimal

from lib.bill import money

from odoo.tools import SQL

STATES = {"partial": "active"}
ZERO = Decimal("0.00")


class Books:
    """The journal of one world, read step by step."""

    def __init__(self, world):
        self.world = world
        self.company = world.company.record
        world.refresh()
        self._seen = max(self._find_lines().ids, default=0)
        self._owed_before = self._make_tie_out().ledger_amount
        self._balances = defaultdict(Decimal)
        self._tags = self._name_tags()

    # --- reading

    def read_new(self):
        """Return journal, VAT return and dates of what was posted since last time."""
        lines = self._find_lines([("id", ">", self._seen)])
        self._seen = max([self._seen, *lines.ids])
        journal, vat = defaultdict(Decimal), defaultdict(Decimal)
        for line in lines:
            balance = money(line.balance)
            journal[self._role(line)] += balance
            for tag in line.tax_tag_ids:
                vat[self._tags.get(tag, (tag.name, "tag"))] -= balance
        for role, balance in journal.items():
            self._balances[role] += balance
        return _without_zeros(journal), vat, set(lines.mapped("date"))

    def _find_lines(self, domain=()):
        return self.world.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                *domain,
            ]
        )

    def _make_tie_out(self):
        return self.world.env["giftcard.tie.out"].create(
            {"company_id": self.company.id}
        )

    def balances(self):
        return _without_zeros(self._balances)

    def _role(self, line):
        account = line.account_id
        if line.tax_line_id:
            return f"vat_{_rate(line.tax_line_id)}"
        if account == self.company.giftcard_liability_account_id:
            return "gc_liability"
        if account in self._bank_accounts():
            return "bank"
        if account == self.company.giftcard_income_account_id:
            return "breakage_income"
        if account.internal_group == "income" and line.tax_ids:
            return f"revenue_{_rate(line.tax_ids)}"
        return f"account {account.code}"

    def _bank_accounts(self):
        """Return the bank's account and what is on its way there.

        Both count as one: Odoo 19.0 books the payments of a session with a negative
        sum twice on the bank's side and leaves them on the receivable.
        """
        bank = self.world.company.bank
        return bank.journal_id.default_account_id | bank.receivable_account_id

    def _name_tags(self):
        """Return what each tax tag reports: one rate's base or VAT, or all bases."""
        names = defaultdict(set)
        for rate, tax in self.world.company.taxes.items():
            for share in (
                tax.invoice_repartition_line_ids | tax.refund_repartition_line_ids
            ):
                kind = "base" if share.repartition_type == "base" else "vat"
                for tag in share.tag_ids:
                    names[tag].add((rate, kind))
        return {
            tag: name.pop() if len(name) == 1 else ("all", name.pop()[1])
            for tag, name in names.items()
        }

    # --- comparing

    def compare(self, steps):
        """Compare what ``steps`` posted together; a generator of differences."""
        journal, vat, dates = self.read_new()
        yield from _differences("journal", _expected_journal(steps), journal)
        yield from _differences("VAT return", _expected_vat(steps), vat)
        months = {str(date)[:7] for date in dates}
        wanted = {steps[-1]["date"][:7]}
        if months - wanted:
            yield f"posted in {', '.join(sorted(months))}, not in {wanted.pop()}"
        balances = {
            role: money(amount)
            for role, amount in steps[-1]["expect"].get("balances", {}).items()
        }
        yield from _differences("balance", _without_zeros(balances), self.balances())
        yield from self.tie_out(posted=True)

    def compare_cards(self, step):
        """Compare the cards after one step; a generator of differences."""
        self.world.refresh()
        for name, wanted in step["expect"].get("cards", {}).items():
            if name not in self.world.cards:
                yield f"card {name}: not there"
                continue
            found = self._read_card(self._get_card(name))
            for key in wanted:
                if found.get(key) != wanted[key]:
                    yield f"card {name} {key}: {found.get(key)}, not {wanted[key]}"
        yield from self._compare_matrix(step)
        yield from self.tie_out()

    def _get_card(self, name):
        line_id = self.world.cards[name]["line"]["id"]
        return self.world.env["pos.order.line"].browse(line_id).giftcard_card_id

    def _read_card(self, card):
        """Read a card by its own row, and whether the ledger says the same."""
        held = card.redemption_ids.filtered(lambda use: use.state == "held")
        face = money(card.available) + money(sum(held.mapped("amount")))
        paid = money(card.available_consideration)
        paid += money(sum(held.mapped("consideration")))
        ledger = money(sum(card.entry_ids.mapped("face")))
        ledger_paid = money(sum(card.entry_ids.mapped("consideration")))
        agree = (face, paid) == (ledger, ledger_paid)
        status = STATES.get(card.status, card.status)
        return {
            "kind": card.vat_mode.upper(),
            "face": str(face) if agree else f"{face} (ledger: {ledger})",
            "liability": str(paid) if agree else f"{paid} (ledger: {ledger_paid})",
            "state": status,
        }

    def _compare_matrix(self, step):
        if "location_matrix" not in step:
            return
        wanted = step["location_matrix"]
        rows = self.world.env.execute_query(
            SQL(
                """SELECT sold.name, used.name, -SUM(entry.face)
                     FROM giftcard_entry entry
                     JOIN giftcard_location sold ON sold.id = entry.sold_location_id
                     JOIN giftcard_location used ON used.id = entry.location_id
                    WHERE entry.card_id IN %s AND entry.kind = 'redeem'
                    GROUP BY 1, 2""",
                tuple(self._get_card(name).id for name in self.world.cards),
            )
        )
        found = [(sold, used, str(money(amount))) for sold, used, amount in rows]
        if found != [(wanted["sold_at"], wanted["redeemed_at"], wanted["amount"])]:
            yield f"location matrix: {found}, not {wanted}"

    def tie_out(self, posted=False):
        """Ask the add-on whether cards equal accounts; a generator of differences.

        :param bool posted: every session is closed, so nothing may be bridging
        """
        report = self._make_tie_out()
        if money(report.difference):
            yield f"tie-out: difference {money(report.difference)}"
        if posted and money(report.bridging_amount):
            yield f"tie-out: {money(report.bridging_amount)} not posted"
        owed = -self._balances["gc_liability"]
        added = money(report.ledger_amount - self._owed_before)
        if posted and added != owed:
            yield f"tie-out: cards {added}, accounts {owed}"

    def verify_seals(self):
        """Seal and verify the chain; a generator of differences."""
        self.world.env["giftcard.verify"].action_verify()
        self.world.refresh()
        found = self.world.env["giftcard.verify"].create(
            {"company_id": self.company.id}
        )
        if not found.is_sound or found.pending_count:
            yield f"seals: {found.broken_numbers or found.pending_count}"


def _rate(tax):
    return f"{tax.amount:g}"


def _without_zeros(amounts):
    return {name: amount for name, amount in amounts.items() if amount}


def _expected_journal(steps):
    """Net per role, debit minus credit."""
    journal = defaultdict(Decimal)
    for step in steps:
        for line in step["journal"]:
            journal[line["role"]] += money(line["dr"]) - money(line["cr"])
    return _without_zeros(journal)


def _expected_vat(steps):
    vat = defaultdict(Decimal)
    for step in steps:
        for rate, delta in step["vat_return_delta"].items():
            vat[rate, "base"] += money(delta["base"])
            vat[rate, "vat"] += money(delta["vat"])
            vat["all", "base"] += money(delta["base"])
    return vat


def _differences(title, wanted, found):
    for name in sorted({*wanted, *found}, key=str):
        there, should = found.get(name, ZERO), wanted.get(name, ZERO)
        if there != should:
            label = " ".join(name) if isinstance(name, tuple) else name
            yield f"{title}: {label} {there}, not {should}"
