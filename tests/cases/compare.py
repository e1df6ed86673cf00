# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What steps should have left in the books, against what is there.

Reads ledger and journal, never writes them. Every difference is one line of text.
"""

from collections import defaultdict
from decimal import Decimal

from cards import read_card, read_matrix
from lib.bill import money
from postings import Postings, without_zeros

ZERO = Decimal("0.00")
NO_STEP = {"journal": [], "vat_return_delta": {}}


class Auditor:
    """Compares a case with the books of all its companies, step by step."""

    def __init__(self, world):
        self.world = world
        self.books = {letter: Postings(world, letter) for letter in world.companies}
        self._wanted = {letter: {} for letter in world.companies}
        self._moved = {letter: defaultdict(Decimal) for letter in world.companies}

    # --- after a group of steps: everything is posted

    def compare(self, steps, is_last=False):
        """Compare what ``steps`` posted together; a generator of differences.

        The books of a company are compared with its own steps: what another one's
        step brings about there is expected by then.
        """
        self.world.refresh()
        for letter, books in self.books.items():
            own = [step for step in steps if step["company"] == letter]
            if not own and not is_last:
                continue
            prefix = "" if len(self.books) == 1 else f"company {letter}: "
            for line in self._compare_company(letter, books, own, steps):
                yield f"{prefix}{line}"

    def _compare_company(self, letter, books, own, steps):
        found = books.read_new()
        wanted = self._choose_rounding(books, own, found)
        self._move_bases(letter, wanted)
        journal, vat, dates = found
        unsaid = set().union(*(step.get("unsaid", ()) for step in own))
        if "journal" not in unsaid:
            yield from differences("journal", wanted["journal"], journal)
        if "vat_return_delta" not in unsaid:
            yield from self._compare_vat(books, wanted["vat"], vat)
        months = {str(date)[:7] for date in dates}
        expected = {step["date"][:7] for step in steps}
        if months - expected:
            yield f"posted in {', '.join(sorted(months))}, not in {min(expected)}"
        yield from self._compare_balances(letter, books, own)
        yield from self.tie_out(books, posted=True)

    def _choose_rounding(self, books, own, found):
        """Return what the case wants; in its other lawful rounding if it fits."""
        plain = expect(own)
        if any(step.get("alt_net_rounding") for step in own):
            other = expect(own, is_other=True)
            if other["journal"] == found[0]:
                for role in {*plain["journal"], *other["journal"]}:
                    self._moved[books.letter][role] += other["journal"].get(
                        role, ZERO
                    ) - plain["journal"].get(role, ZERO)
                return other
        return plain

    def _move_bases(self, letter, wanted):
        """Expect the cents that Odoo itself moves between the bases of a bill."""
        for role, cents in self.world.companies[letter].take_moved_bases().items():
            self._moved[letter][role] -= cents
            wanted["journal"][role] = wanted["journal"].get(role, ZERO) - cents
            rate = role.removeprefix("revenue_")
            if rate in wanted["vat"]:
                wanted["vat"][rate]["base"] += cents

    def _compare_vat(self, books, delta, vat):
        wanted = books.expect_vat(delta)
        unsaid = {
            tag
            for tag, names in books.chart.tags().items()
            if {rate for rate, _kind in names} == {"0"} and "0" not in delta
        }
        named = {tag: books.name_tag(tag) for tag in {*wanted, *vat} - unsaid}
        yield from differences(
            "VAT return",
            {named[tag]: wanted.get(tag, ZERO) for tag in named},
            {named[tag]: vat.get(tag, ZERO) for tag in named},
        )

    def _compare_balances(self, letter, books, own):
        for step in own:
            self._wanted[letter] = step["expect"].get("balances")
        if self._wanted[letter] is None:
            return
        wanted = {role: money(figure) for role, figure in self._wanted[letter].items()}
        for role, shift in self._moved[letter].items():
            wanted[role] = wanted.get(role, ZERO) + shift
        yield from differences(
            "balance", without_zeros(wanted), without_zeros(books.balances)
        )

    # --- after every step

    def compare_cards(self, step, with_tie_out=True):
        """Compare the cards after one step; a generator of differences."""
        self.world.refresh()
        for name, wanted in step.get("expect", {}).get("cards", {}).items():
            if name not in self.world.cards:
                yield f"card {name}: not there"
                continue
            found = read_card(self.world.record(name))
            for key in wanted:
                if key in found and found[key] != wanted[key]:
                    yield f"card {name} {key}: {found[key]}, not {wanted[key]}"
        yield from read_matrix(self.world, step)
        for books in self.books.values() if with_tie_out else ():
            yield from self.tie_out(books)

    def tie_out(self, books, posted=False):
        """Ask the add-on whether cards equal accounts; a generator of differences.

        :param bool posted: every session is closed, so nothing may be bridging
        """
        report = books.make_tie_out()
        if money(report.difference):
            yield f"tie-out: difference {money(report.difference)}"
        if not posted:
            return
        if money(report.bridging_amount):
            yield f"tie-out: {money(report.bridging_amount)} not posted"
        if books.liability_of_cards() != books.owed():
            cards = books.liability_of_cards()
            yield f"tie-out: cards {cards}, accounts {books.owed()}"

    def verify_seals(self):
        """Seal and verify the chains; a generator of differences."""
        self.world.env["giftcard.verify"].action_verify()
        self.world.refresh()
        for letter, books in self.books.items():
            found = self.world.env["giftcard.verify"].create(
                {"company_id": books.company.id}
            )
            if not found.is_sound or found.pending_count:
                yield f"seals {letter}: {found.findings or found.pending_count}"


def expect(steps, is_other=False):
    """Return journal, net per role, and VAT by rate that steps want together."""
    journal, vat = defaultdict(Decimal), {}
    for step in steps:
        for line in step["journal"]:
            journal[line["role"]] += money(line["dr"]) - money(line["cr"])
        delta = step["vat_return_delta"]
        others = is_other and step.get("alt_net_rounding") or {}
        for rate, figures in {**delta, **others}.items():
            shown = delta.get(rate, {"base": 0, "vat": 0})
            sums = vat.setdefault(rate, {"base": ZERO, "vat": ZERO})
            for kind, role in (("base", "revenue"), ("vat", "vat")):
                sums[kind] += money(figures[kind])
                # the journal differs from the shown one by what the return does
                journal[f"{role}_{rate}"] -= money(figures[kind]) - money(shown[kind])
    return {"journal": without_zeros(journal), "vat": vat}


def differences(title, wanted, found):
    for name in sorted({*wanted, *found}, key=str):
        there, should = found.get(name, ZERO), wanted.get(name, ZERO)
        if there != should:
            yield f"{title}: {name} {there}, not {should}"
