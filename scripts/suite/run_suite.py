# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Run every test: two jobs at a time, the longest first.

usage: run_suite.py FOLDER    with addon.json and system.json of collect.py; gets the
                              jobs' logs and JUnit files

What is built comes first and, beside it, Odoo's own runner, which needs none of it.
The last lines are those of the jobs; exit code 1 when one failed or names differ.
"""

import json
import os
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import names
from plan import Job, make_jobs, read_durations, write_durations

WORKERS = 2
BUILDS = Job("builds", "builds", (), 0)


class Queue:
    """Jobs that workers take one by one, and what became of them."""

    def __init__(self, jobs, run):
        """Take jobs, and a function that runs one as :func:`run_job` does."""
        self._waiting = list(jobs)
        self._run = run
        self._lock = threading.Lock()
        self.closing = []
        self.failed = []

    def run(self):
        workers = [threading.Thread(target=self._work) for _ in range(WORKERS)]
        for worker in workers:
            worker.start()
        try:
            for worker in workers:
                worker.join()
        except BaseException:
            self._waiting.clear()
            raise

    def _work(self):
        while job := self._next():
            self._end(job, *self._run(job))

    def _next(self):
        with self._lock:
            return self._waiting.pop(0) if self._waiting else None

    def _end(self, job, code, output, seconds):
        with self._lock:
            if code:
                self.failed.append(job.name)
            if code and job is BUILDS:
                # nothing else could start: say so once
                self._waiting.clear()
            if code or job is not BUILDS:
                self.closing.append(closing_line(job, code, output))
            print(output.rstrip())
            waiting = len(self._waiting)
            print(f"   {job.name}: {seconds:.0f} s, {waiting} jobs wait\n", flush=True)


def run_job(folder, job):
    """Run a job to its end; return its exit code, what it said, and its seconds."""
    script = Path(__file__).with_name("job.sh")
    start = time.monotonic()
    done = subprocess.run(
        ["bash", script, job.kind, job.name, folder, *job.arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return done.returncode, done.stdout, time.monotonic() - start


def closing_line(job, code, output):
    """A job's own last line, or that there is none."""
    lines = [line for line in output.splitlines() if line.startswith(f"{job.name}: ")]
    return lines[-1] if lines else f"{job.name}: FAILED (exit code {code})"


def report(queue, collected, wrong):
    """Print what became of all; the closing lines last."""
    for problem in wrong:
        print(problem)
    if wrong:
        queue.failed.append("names")
    if queue.failed:
        print(f"\n== FAILED: {', '.join(queue.failed)}")
    print(*queue.closing, sep="\n")
    found = len(collected["odoo"])
    print(f"names: Odoo's own runner finds {found} tests, {len(wrong)} differences")


def read(path):
    return json.loads(path.read_text("utf-8"))


def main():
    folder = Path(sys.argv[1])
    addon, system = read(folder / "addon.json"), read(folder / "system.json")
    kept = Path(os.environ["GIFTCARD_CACHE"]) / "test-seconds.json"
    tests = addon["tests"] + system["tests"]
    runner = Job("runner", "Odoo's runner", [addon["runner_tags"]], 0)
    queue = Queue(
        [BUILDS, runner, *make_jobs(tests, read_durations(kept))],
        partial(run_job, folder),
    )
    queue.run()
    reports = sorted(folder.glob("*.xml"))
    write_durations(kept, tests, reports)
    wrong = []
    if BUILDS.name not in queue.failed:
        addon_reports = [path for path in reports if not path.stem.startswith("system")]
        wrong = list(names.problems(addon, addon_reports, folder / "runner.log"))
    report(queue, addon, wrong)
    sys.exit(bool(queue.failed))


if __name__ == "__main__":
    main()
