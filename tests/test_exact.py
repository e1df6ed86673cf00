# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The independent model gives the figures of every shared case, from the input."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from lib import settings
from lib.exact_case import ExactCase
from lib.odoo_cents import moved_bases

SHARED = json.loads((settings.TESTS / "cases" / "shared.json").read_text("utf-8"))
# bank fees, cash paid out, lost cards, cards bought with cards: a later step
LATER = {"C20", "C49", "C51", "C55"}
CASES = {case["id"]: case for case in SHARED["cases"] if case["id"] not in LATER}


def journal_of(step):
    return {
        line["role"]: Decimal(line["dr"]) - Decimal(line["cr"])
        for line in step["journal"]
    }


def vat_of(step):
    """The case of an untaxed sale in the United States has a base at 0 %."""
    return {
        rate: {key: Decimal(figure) for key, figure in delta.items()}
        for rate, delta in step["vat_return_delta"].items()
    }


def balances_of(step):
    balances = step["expect"]["balances"]
    found = {role: Decimal(balance) for role, balance in balances.items()}
    return {role: balance for role, balance in found.items() if balance}


@pytest.mark.parametrize("name", CASES)
def test_the_model_gives_the_figures_of_the_case(name):
    case = CASES[name]
    model = ExactCase(case["rounding"], case["jurisdiction"])
    for step in case["steps"]:
        found = model.work_out(step)
        place = f"step {step['n']}"
        assert journal_of(found) == journal_of(step), place
        assert vat_of(found) == vat_of(step), place
        assert found["expect"]["cards"] == step["expect"]["cards"], place
        assert balances_of(found) == balances_of(step), place


def test_odoo_moves_cents_between_the_bases_of_a_bill():
    """61.01 at 10 %, 58.33 at 5.5 %, 31.89 at 20 %, where base and VAT are halves."""
    bill = [("10", "61.01"), ("5.5", "58.33"), ("20", "31.89")]
    lines = [(rate, Fraction(rate), Fraction(gross)) for rate, gross in bill]
    cent = Fraction(1, 100)
    assert moved_bases(lines) == {"10": -cent, "20": cent}
    assert moved_bases([(*line[:2], -line[2]) for line in lines]) == {
        "10": cent,
        "20": -cent,
    }
    assert moved_bases(lines[:2]) == {}
