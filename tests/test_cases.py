"""The accounting cases of step 1, replayed by `make cases`, all pass."""

import json
import os
import subprocess

from lib import database, settings

STEP_1 = settings.TESTS / "cases" / "step1.json"


def replay(path):
    """Replay a file of cases in a scratch database; return the finished process."""
    with database.copied(settings.ADDON_DB, "cases") as name:
        return subprocess.run(
            [
                settings.PYTHON,
                settings.ROOT / "scripts" / "run_in_odoo.py",
                settings.TESTS / "cases" / "run.py",
                name,
                path,
            ],
            env=os.environ,
            capture_output=True,
            text=True,
        )


def test_accounting_cases_of_step_1_pass():
    done = replay(STEP_1)
    print(done.stdout)
    assert done.stdout.splitlines()[-1] == "passed 12 of 12", done.stdout + done.stderr
    assert done.returncode == 0


def test_wrong_figures_are_told_and_fail(tmp_path):
    """The runner itself: a cent more, a state or an event it does not know."""
    wrong = json.loads(STEP_1.read_text(encoding="utf-8"))
    cases = {case["id"]: case for case in wrong["cases"]}
    cases["C05"]["steps"][1]["vat_return_delta"]["5.5"]["vat"] = "1.57"
    cases["C09"]["steps"][2]["event"] = "vanish"
    cases["C12"]["steps"][1]["expect"]["cards"]["A"]["state"] = "active"
    wrong["cases"] = [cases[name] for name in ("C01", "C05", "C09", "C12")]
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    done = replay(path)
    assert "passed 1 of 4" in done.stdout, done.stdout + done.stderr
    assert "VAT return: 5.5 vat 1.56, not 1.57" in done.stdout
    assert "card A state: refunded, not active" in done.stdout
    assert "not supported: event vanish is not known" in done.stdout
    assert done.returncode == 1
