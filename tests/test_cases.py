"""The accounting cases, replayed as `make cases` does, and random lives of cards.

Each of both in databases of its own, beside each other. The seed of the random lives
is printed; GIFTCARD_SEED repeats them.
"""

import json
import os
import time

import pytest
from lib.replay import CASES, Jobs, play_ledger, replay, replay_lives

FIXED_SEED = "gift cards"
RANDOM_SEED = os.environ.get("GIFTCARD_SEED") or str(time.time_ns())
ON_LEDGER = 1000
IN_DOCUMENTS = 25
# cash paid out, chargebacks, the fee of a new card, cards bought with cards
LATER = {"C20", "C49", "C51", "C55"}


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases")
    jobs = Jobs()
    jobs.start("shared", replay, "shared", CASES / "shared.json")
    jobs.start("step3", replay, "step3", CASES / "step3.json", "", "own")
    jobs.start("ledger", play_ledger, "ledger", ON_LEDGER, FIXED_SEED)
    jobs.start("ledger2", play_ledger, "ledger2", ON_LEDGER, RANDOM_SEED)
    for name, seed in (("lives", FIXED_SEED), ("lives2", RANDOM_SEED)):
        jobs.start(name, replay_lives, name, IN_DOCUMENTS, seed, folder)
    jobs.start("wrong", replay, "wrong", write_wrong(folder))
    yield jobs
    jobs.close()


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


def test_shared_cases_pass_but_those_of_a_later_step(jobs):
    lines, code = jobs.output("shared")
    failed = {line.split()[0] for line in lines if line.startswith("C")}
    assert failed == LATER
    told = [line for line in lines if line.startswith("    ")]
    assert all("not supported: " in line for line in told), told
    assert lines[-1] == "passed 37 of 41"
    assert code == 1


def test_cases_that_combine_the_shared_ones_pass(jobs):
    lines, code = jobs.output("step3")
    count = len(json.loads((CASES / "step3.json").read_text("utf-8"))["cases"])
    assert lines[-1] == f"passed {count} of {count}", lines
    assert code == 0


def test_wrong_figures_are_told_and_fail(jobs):
    lines, code = jobs.output("wrong")
    text = "\n".join(lines)
    assert "passed 1 of 4" in text
    assert "VAT return: 5.5 vat 1.56, not 1.57" in text
    assert "card A state: refunded, not active" in text
    assert "not supported: event vanish is not known" in text
    assert code == 1


@pytest.mark.parametrize("name", ["ledger", "ledger2"])
def test_random_lives_on_the_ledger(jobs, name):
    seed = FIXED_SEED if name == "ledger" else RANDOM_SEED
    lines, code = jobs.output(name)
    assert lines[-1] == f"seed {seed}: passed {ON_LEDGER} of {ON_LEDGER}", lines
    assert code == 0


@pytest.mark.parametrize("name", ["lives", "lives2"])
def test_random_lives_through_documents(jobs, name):
    print(f"seed {FIXED_SEED if name == 'lives' else RANDOM_SEED}")
    lines, code = jobs.output(name)
    assert lines[-1] == "passed 3 of 3", lines
    assert code == 0
