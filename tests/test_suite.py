# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The scripts that run the tests: nothing goes missing, nothing fails unheard."""

import subprocess
import sys

import pytest
from lib import settings

SCRIPTS = settings.ROOT / "scripts"
sys.path.append(str(SCRIPTS / "suite"))

import names  # noqa: E402
import plan  # noqa: E402
import run_suite as suite  # noqa: E402


def make_test(number, unit, kind="prepared", commons=("Common",), is_french=False):
    return {
        "id": f"addon/tests/test_{unit}.py::{unit}::test_{number}",
        "name": f"addon.tests.test_{unit}.{unit}.test_{number}",
        "unit": unit,
        "kind": kind,
        "commons": list(commons),
        "is_french": is_french,
    }


def make_tests():
    kinds = {"A": "prepared", "B": "prepared", "C": "plain", "D": "browser"}
    return [
        make_test(number, unit, kind)
        for unit, kind in kinds.items()
        for number in "123"
    ]


# === NAMES === #


def test_a_name_that_either_side_misses_is_told():
    assert list(names.differences(["a", "b"], ["b", "a"])) == []
    assert list(names.differences(["a", "b"], ["a"])) == [
        "Odoo's own runner does not find b"
    ]
    assert list(names.differences(["a"], ["a", "b"])) == ["pytest did not run b"]


def test_a_common_class_that_the_runner_leaves_out_is_told():
    tests = [
        make_test(1, "A"),
        make_test(2, "B", commons=["Other", "Common"]),
        make_test(3, "D", "browser", ["Browser"]),
        make_test(4, "F", "plain", ["French"], is_french=True),
    ]
    assert list(names.missing_commons(tests, [tests[1]["name"]])) == []
    (told,) = names.missing_commons(tests, [tests[0]["name"]])
    assert "no class of Other" in told


def test_a_test_that_the_runner_did_not_start_is_told(tmp_path):
    log = tmp_path / "runner.log"
    start = "2026-01-01 10:00:00,000 7 INFO db odoo.addons.addon.tests.test_a: Starting"
    log.write_text(f"{start} TestA.test_1 ... \n{start} TestA.test_2 ... \n")
    wanted = [f"addon.tests.test_a.TestA.test_{number}" for number in (1, 2, 3)]
    assert list(names.not_started(log, wanted[:2])) == []
    assert list(names.not_started(log, wanted)) == [
        f"Odoo's own runner did not run {wanted[2]}"
    ]


# === PLAN === #


def test_every_test_is_in_one_job_and_classes_stay_whole():
    jobs = plan.make_jobs(make_tests(), {"A": 150, "B": 80})
    assert {job.kind for job in jobs} == {"prepared", "plain", "browser"}
    found = [argument for job in jobs for argument in job.arguments]
    assert sorted(found) == [
        f"addon/tests/test_{unit}.py::{unit}" for unit in ("A", "B", "C", "D")
    ]


def test_browsers_start_first_then_the_longest():
    jobs = plan.make_jobs(make_tests(), {"A": 150, "B": 80, "C": 90, "D": 5})
    assert [round(job.seconds) for job in jobs] == [5, 150, 90, 80]


def test_seconds_of_the_last_run_are_kept_by_class(tmp_path):
    report = tmp_path / "prepared-1.xml"
    report.write_text(
        """<testsuites><testsuite>
        <testcase classname="addon.tests.test_A.A" name="test_1" time="4.5" />
        <testcase classname="addon.tests.test_A.A" name="test_2" time="1.5" />
        <testcase classname="addon.tests.test_Z.Z" name="test_9" time="9" />
        </testsuite></testsuites>"""
    )
    kept = tmp_path / "seconds.json"
    assert plan.read_durations(kept) == {}
    kept.write_text('{"A": 1.0, "B": 2.0}')
    plan.write_durations(kept, make_tests(), [report])
    assert plan.read_durations(kept) == {"A": 6.0, "B": 2.0}


# === QUEUE === #


def run_queue(jobs, failing=()):
    started = []

    def run(job):
        started.append(job.name)
        return job.name in failing, f"noise\n{job.name}: 1 passed", 0

    queue = suite.Queue(jobs, run)
    queue.run()
    return queue, started


def test_every_job_runs_and_its_closing_line_is_kept():
    jobs = [suite.BUILDS, *plan.make_jobs(make_tests(), {})]
    queue, started = run_queue(jobs)
    assert sorted(started) == sorted(job.name for job in jobs)
    assert sorted(queue.closing) == sorted(f"{job.name}: 1 passed" for job in jobs[1:])
    assert queue.failed == []


def test_a_failing_job_is_told_and_the_others_go_on():
    jobs = plan.make_jobs(make_tests(), {})
    queue, started = run_queue(jobs, {"plain-1"})
    assert (len(started), queue.failed) == (len(jobs), ["plain-1"])


def test_nothing_starts_on_builds_that_failed(monkeypatch):
    monkeypatch.setattr(suite, "WORKERS", 1)
    jobs = [suite.BUILDS, *plan.make_jobs(make_tests(), {})]
    queue, started = run_queue(jobs, {"builds"})
    assert (started, queue.failed) == (["builds"], ["builds"])


def test_a_job_that_ended_without_a_word_has_a_closing_line():
    (job,) = plan.make_jobs([make_test(1, "A")], {})
    line = suite.closing_line(job, 1, "STOP: no database")
    assert line == "prepared-1: FAILED (exit code 1)"


# === RESULTS === #


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<testcase classname="a" name="b"/>', 0),
        ('<testcase classname="a" name="b"><skipped message="why"/></testcase>', 1),
        ("", 1),
    ],
)
def test_a_skipped_test_and_no_test_at_all_are_failures(tmp_path, content, code):
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites><testsuite>{content}</testsuite></testsuites>")
    command = [sys.executable, SCRIPTS / "check_results.py", "junit", report]
    assert subprocess.run(command, capture_output=True).returncode == code
