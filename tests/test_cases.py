# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The accounting cases, replayed as `make cases` does, and random lives of cards.

Each test in a database of its own. The seed of the random lives is printed;
GIFTCARD_SEED repeats them. Those of the fixed seed are few: they pin what `make stress`
plays thousands of.
"""

import json
import os
import time

import pytest
from lib.replay import CASES, output, play_ledger, replay, replay_lives

FIXED_SEED = "gift cards"
RANDOM_SEED = os.environ.get("GIFTCARD_SEED") or str(time.time_ns())
# by the test's parameter: the seed, lives on the ledger itself or through documents
ON_LEDGER = {"ledger": (FIXED_SEED, 200), "ledger2": (RANDOM_SEED, 1000)}
IN_DOCUMENTS = {"lives": (FIXED_SEED, 5), "lives2": (RANDOM_SEED, 25)}
# cash paid out, chargebacks, the fee of a new card, cards bought with cards
LATER = {"C20", "C49", "C51", "C55"}


def write_wrong(folder):
    """Write cases with a cent more, a state and an event that do not exist."""
    cases = json.loads((CASES / "shared.json").read_text(encoding="utf-8"))["cases"]
    cases = {case["id"]: case for case in cases}
    cases["C05"]["steps"][1]["vat_return_delta"]["5.5"]["vat"] = "1.57"
    cases["C09"]["steps"][2]["event"] = "vanish"
    cases["C12"]["steps"][1]["expect"]["cards"]["A"]["state"] = "active"
    chosen = [cases[name] for name in ("C01", "C05", "C09", "C12")]
    path = folder / "wrong.json"
    path.write_text(json.dumps({"cases": chosen}), encoding="utf-8")
    return path


def test_shared_cases_pass_but_those_of_a_later_step():
    lines, code = output(replay("shared", CASES / "shared.json"))
    failed = {line.split()[0] for line in lines if line.startswith("C")}
    assert failed == LATER
    told = [line for line in lines if line.startswith("    ")]
    assert all("not supported: " in line for line in told), told
    assert lines[-1] == "passed 37 of 41"
    assert code == 1


def test_cases_that_combine_the_shared_ones_pass():
    done = replay("combined", CASES / "combined.json", roundings="own")
    lines, code = output(done)
    count = len(json.loads((CASES / "combined.json").read_text("utf-8"))["cases"])
    assert lines[-1] == f"passed {count} of {count}", lines
    assert code == 0


def test_cases_in_other_currencies_and_with_changed_accounts_pass():
    done = replay("changing", CASES / "changing.json", "X02,X03,X05", roundings="own")
    lines, code = output(done)
    assert lines[-1] == "passed 3 of 3", lines
    assert code == 0


def test_cases_that_mix_bonus_and_tip_pass():
    """With a card in dollars and a changed account, too."""
    done = replay("bonus_tips", CASES / "changing.json", "X01,X04", roundings="own")
    lines, code = output(done)
    assert lines[-1] == "passed 2 of 2", lines
    assert code == 0


def test_wrong_figures_are_told_and_fail(tmp_path):
    """In the cases' own rounding only: that figures are compared is what is shown."""
    lines, code = output(replay("wrong", write_wrong(tmp_path), roundings="own"))
    text = "\n".join(lines)
    assert "passed 1 of 4" in text
    assert "VAT return: 5.5 vat 1.56, not 1.57" in text
    assert "card A state: refunded, not active" in text
    assert "not supported: event vanish is not known" in text
    assert code == 1


@pytest.mark.parametrize("name", ON_LEDGER)
def test_random_lives_on_the_ledger(name):
    seed, count = ON_LEDGER[name]
    lines, code = output(play_ledger(name, count, seed))
    assert lines[-1] == f"seed {seed}: passed {count} of {count}", lines
    assert code == 0


@pytest.mark.parametrize("name", IN_DOCUMENTS)
def test_random_lives_through_documents(name, tmp_path):
    seed, count = IN_DOCUMENTS[name]
    print(f"seed {seed}")
    lines, code = output(replay_lives(name, count, seed, tmp_path))
    # ten lives go on side by side in a case
    cases = -(-count // 10)
    assert lines[-1] == f"passed {cases} of {cases}", lines
    assert code == 0
