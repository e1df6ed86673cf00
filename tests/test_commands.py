# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Each command that the README names, as a real process: what it does and prints.

The measuring ones run in their short form, the cleaning ones in a copy of the scripts
with a cache of its own. No test looks at how long anything takes.
"""

import hashlib
import json
import os
import re
import runpy
import shutil
import socket
import subprocess
import threading

import pytest
from lib import database, settings

CASES = settings.TESTS / "cases"
README = (settings.ROOT / "README.rst").read_text("utf-8")
# what pgbench sends, as it was on 2026-11-28 when the bars were set
FROZEN = "dd076a3226d312953f47d4748b098e8b670d7fc5a1172d277e7d5a025dad79b7"
# of the environment of a test run only what a reader may have set
KEPT = ("GIFTCARD_CACHE", "ODOO_DIR", "PG_PORT")
DROPPED = re.compile(
    r"GIFTCARD_|PG|MAKE|(PYTHONPATH|MFLAGS|T|FILE|ONLY|ARGS|ALL|FIX|PORT|FRESH|DETACH)$"
)
# a figure's name, what was found, its bar and whether it is met
FIGURE = re.compile(
    r"^  (\S.*?)  +(-?\d+(?:\.\d+)?(?: MB)?)(?:  +([<>]= [\d.]+)  +(met|NOT MET))?$"
)


class Done:
    """A process that has ended: its lines, its exit code, and all it printed."""

    def __init__(self, process):
        self.code = process.returncode
        self.text = process.stdout
        self.lines = process.stdout.splitlines()

    def after(self, heading):
        """Return the lines below the first that begins with this heading."""
        for number, line in enumerate(self.lines):
            if line.startswith(heading):
                return self.lines[number + 1 :]
        raise AssertionError(f"no line begins with {heading!r}:\n{self.text}")


def make(*words, folder=settings.ROOT, **variables):
    """Run ``make`` as a reader would, whatever the test run itself was given."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or not DROPPED.match(name)
    }
    process = subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=folder,
        env={**environment, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(process.stdout)
    return Done(process)


# --- what there is


def test_help_tells_every_target_and_so_does_make_alone():
    done = make("help")
    assert done.code == 0
    told = {line.split()[0] for line in done.lines}
    assert told == {
        "help",
        "setup",
        "demo",
        "demo-stop",
        "test",
        "lint",
        "readme",
        "bench",
        "stress",
        "cases",
        "clean",
    }
    assert all(len(line.split()) > 2 for line in done.lines), done.text
    assert make().text == done.text


def test_every_command_of_the_readme_exists():
    named = set(re.findall(r"``make ([a-z-]+)", README))
    assert {"demo", "test", "lint", "readme", "cases", "stress", "bench"} <= named
    for target in sorted(named):
        done = make("-n", target)
        assert done.code == 0, done.text
        (script,) = re.findall(r"^bash (scripts/\w+\.sh)", done.text, re.MULTILINE)
        assert (settings.ROOT / script).is_file()


def test_lint_is_a_script_that_bash_can_read():
    done = make("-n", "lint", "FIX=1")
    assert done.lines == ["bash scripts/lint.sh"]
    for script in sorted((settings.ROOT / "scripts").glob("*.sh")):
        subprocess.run(["bash", "-n", script], check=True)


def test_setup_finds_all_there_and_tells_the_versions():
    done = make("setup")
    assert done.code == 0
    versions = [line.split()[0] for line in done.after("== ready")]
    assert versions == ["Odoo", "Python", "PostgreSQL", "Chromium", "Cache"]
    assert re.search(r"^   Odoo +19\.0, ", done.text, re.MULTILINE)


def test_test_runs_a_part_of_the_tests_by_name():
    done = make("test", "T=test_keyring")
    assert done.code == 0
    passed, rest = re.search(r"(\d+) passed, (\d+) deselected", done.lines[-1]).groups()
    path = settings.ROOT / "giftcard_salon/tests/core/test_keyring.py"
    assert int(passed) == path.read_text("utf-8").count("    def test_")
    assert int(rest) > 500


# --- the demo


def test_demo_says_which_port_is_taken_and_what_to_type():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = make("demo", f"PORT={port}", "DETACH=1")
    assert done.code != 0
    if "is already running" in done.text:
        assert "Stop it with: make demo-stop" in done.text
        return
    assert f"STOP: port {port} is taken by another program" in done.text
    assert f"Choose another: make demo PORT={port + 1}" in done.text


@pytest.fixture
def copy(tmp_path):
    """The scripts alone in another folder, with a cache of their own beside it."""
    folder = tmp_path / "copy"
    folder.mkdir()
    shutil.copy(settings.ROOT / "Makefile", folder)
    shutil.copytree(settings.ROOT / "scripts", folder / "scripts")
    return folder


def test_demo_stop_without_a_demo_says_so(copy):
    done = make("demo-stop", folder=copy, GIFTCARD_CACHE=str(copy / "cache"))
    assert (done.code, done.lines) == (0, ["== no demo of this checkout is running"])


def test_demo_stop_ends_the_server_it_finds_and_no_other(copy):
    cache = copy / "cache"
    make("demo-stop", folder=copy, GIFTCARD_CACHE=str(cache))
    (state,) = cache.glob("checkout-*")
    # two processes that look like servers; only one was started by this checkout
    own, other = (
        subprocess.Popen([settings.PYTHON, "-c", "import time; time.sleep(600)", path])
        for path in (state / "odoo-bin", copy / "odoo-bin")
    )
    # as long as nobody asks how it ended, a process is there
    reaper = threading.Thread(target=own.wait)
    reaper.start()
    try:
        (state / "demo.pid").write_text(f"{other.pid} 8069\n")
        done = make("demo-stop", folder=copy, GIFTCARD_CACHE=str(cache))
        assert done.lines == ["== no demo of this checkout is running"]
        assert other.poll() is None
        (state / "demo.pid").write_text(f"{own.pid} 8069\n")
        done = make("demo-stop", folder=copy, GIFTCARD_CACHE=str(cache))
        assert done.lines == ["== the demo server has stopped"]
        reaper.join()
        assert own.returncode != 0
        assert not (state / "demo.pid").exists()
    finally:
        for process in (own, other):
            process.kill()
            process.wait()
        reaper.join()


# --- cleaning


def test_clean_removes_what_this_checkout_made_and_keeps_the_downloads(copy):
    cache = copy / "cache"
    make("demo-stop", folder=copy, GIFTCARD_CACHE=str(cache))
    (own,) = cache.glob("checkout-*")
    (own / "odoo.conf").write_text("[options]\n")
    for kept in (cache / "downloads", cache / "checkout-of-another"):
        kept.mkdir()
        (kept / "file").touch()
    done = make("clean", folder=copy, GIFTCARD_CACHE=str(cache))
    assert done.code == 0
    assert f"== deleting {own} (configuration, logs)" in done.lines
    assert sorted(path.name for path in cache.iterdir()) == [
        "checkout-of-another",
        "downloads",
    ]


def test_clean_all_removes_the_cache_and_nothing_that_is_not_of_it(copy, tmp_path):
    cache, sockets = copy / "cache", tmp_path / "postgresql"
    make("demo-stop", folder=copy, GIFTCARD_CACHE=str(cache))
    sockets.mkdir()
    (cache / "downloads").mkdir()
    (cache / "mine.txt").touch()
    done = make(
        "clean",
        "ALL=1",
        folder=copy,
        GIFTCARD_CACHE=str(cache),
        PGHOST=str(sockets),
    )
    assert done.code == 0
    assert done.lines[-1] == f"   kept in {cache}: mine.txt "
    assert [path.name for path in cache.iterdir()] == ["mine.txt"]
    assert sockets.is_dir()


# --- cases


def test_cases_of_another_writer_are_read_and_pass():
    """face_value, spv, a plain refund, covered items in lines: concrete figures."""
    done = make(
        "cases", f"FILE={CASES / 'foreign.json'}", GIFTCARD_CASES_ROUNDINGS="own"
    )
    assert done.lines[-1] == "passed 4 of 4"
    assert done.code == 0


def test_cases_tell_wrong_figures_and_words_that_they_do_not_know(tmp_path):
    cases = json.loads((CASES / "foreign.json").read_text("utf-8"))["cases"]
    sold = {**cases[0], "id": "U1", "steps": cases[0]["steps"][:1]}
    noted, wrong, unknown, expected, missing = (
        json.loads(json.dumps({**sold, "id": f"U{number}"})) for number in range(1, 6)
    )
    noted["steps"][0]["input"]["colour"] = "red"
    wrong["steps"][0]["expect"]["cards"]["G"]["face"] = "111.00"
    wrong["steps"][0]["journal"][1]["cr"] = "99.99"
    unknown["steps"][0]["event"] = "raffle"
    expected["steps"][0]["expect"]["cards"]["G"]["points"] = 3
    del missing["steps"][0]["input"]["price"]
    path = tmp_path / "words.json"
    path.write_text(json.dumps([noted, wrong, unknown, expected, missing]))
    done = make("cases", f"FILE={path}", "ONLY=U1,U2,U3,U4,U5,U9")
    title, place = cases[0]["title"], "step 1 sale:"
    assert done.after("U9: there is no such case in the file") == [
        f"    note on U1: {place} input word 'colour' is not known and was left out",
        f"U2 {title}",
        "    step 1 sale: card G face: 110.00, not 111.00",
        "    step 1: journal: gc_liability -100.00, not -99.99",
        f"U3 {title}",
        "    not supported: event raffle is not known (step 1)",
        f"U4 {title}",
        f"    not supported: {place} card G: expectation 'points' is not known of MPV",
        f"U5 {title}",
        "    not supported: step 1 sale: input 'price' is missing",
        "passed 1 of 5",
        # make's own
        *done.lines[-1:],
    ]
    assert done.code != 0


def test_cases_without_a_file_that_can_be_read_say_how_to_call_them(tmp_path):
    path = tmp_path / "nowhere" / "cases.json"
    done = make("cases", f"FILE={path}")
    assert done.code != 0
    assert f"STOP: cannot read {path}" in done.lines
    assert "      usage: make cases FILE=path/to/cases.json" in done.lines


# --- measuring


def copies(label):
    """Return the databases of this checkout that a measurement has copied."""
    rows = database.query(
        "postgres",
        "SELECT datname FROM pg_database WHERE datname LIKE %s",
        [f"{database.PREFIX}{settings.CHECKOUT_ID}%{label}"],
    )
    return [row["datname"] for row in rows]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("bench", ["--quick", "--million", "--only"]),
        ("stress", ["--clients", "--operations", "--cards", "--rounds", "--lives"]),
    ],
)
def test_help_of_the_measuring_commands_tells_their_options(command, options):
    done = make(command, "ARGS=--help")
    assert done.code == 0
    for option in options:
        assert re.search(rf"^  {option}\b", done.text, re.MULTILINE), option


def test_bench_runs_every_part_and_tells_every_figure_with_its_bar():
    done = make("bench", "ARGS=--quick")
    assert done.code == 0
    assert "could not run" not in done.text
    for letter in "abcdefgh":
        assert re.search(rf"^\({letter}\) ", done.text, re.MULTILINE), letter
    (heading,) = (line for line in done.lines if line.startswith("All figures"))
    assert re.fullmatch(
        r"All figures \(quick: too small to judge\); load [\d.]+ before, [\d.]+ after,"
        r" \d+ processors",
        heading,
    )
    rows = [FIGURE.match(line) for line in done.after("All figures")[2:]]
    assert all(rows), done.text
    bars = {row[1]: row[3] for row in rows}
    assert bars == {
        "hold + capture in process, times slower than pgbench": "<= 4",
        "16 clients hold, one card, times slower than pgbench": "<= 3.3",
        "16 clients hold, 16 cards, times slower than pgbench": None,
        "16 clients over HTTP, one card ÷ 16 cards": ">= 0.8",
        "errors of 16 clients over HTTP": "<= 0",
        "added by the card at the till ÷ what loyalty adds": "<= 0.5",
        "look-up ÷ cheapest request": "<= 2",
        "hold ÷ cheapest request": "<= 2",
        "a bill without a card, with the add-on ÷ without": "<= 1.03",
        "200 cards issued, times faster than loyalty's wizard": ">= 5",
        "200 cards issued, more memory": "<= 100",
        "till start with 2,000 cards ÷ with 100": "<= 1.25",
        "look-up with 2,000 cards ÷ with 100": "<= 1.25",
        "oversold in 1 races of ten": "<= 0",
        "session of 6 bills closed, half by card ÷ all by bank": "<= 1.1",
    }
    found = {row[1]: (row[2], row[4]) for row in rows}
    assert found["errors of 16 clients over HTTP"] == ("0", "met")
    assert found["oversold in 1 races of ten"] == ("0", "met")
    for row in rows:
        if row[3]:
            sign, bar = row[3].split()
            value = float(row[2].split()[0])
            holds = value <= float(bar) if sign == "<=" else value >= float(bar)
            # a figure that rounds to its bar may stand on either side of it
            assert holds == (row[4] == "met") or value == float(bar), row[0]
    assert copies("bench_own") == copies("bench_loyalty") == []


def test_the_statements_that_the_bench_compares_with_stay_as_they_were():
    peer = runpy.run_path(str(settings.TESTS / "bench" / "hold_sql.py"))
    text = "\n".join((peer["START"], *peer["HOLD"], *peer["CAPTURE"]))
    assert hashlib.sha256(text.encode()).hexdigest() == FROZEN


def test_a_short_stress_kills_workers_and_all_books_agree():
    done = make(
        "stress",
        "ARGS=--clients 4 --operations 4 --cards 3 --lives 2 --seed commands",
    )
    assert done.code == 0
    assert done.lines[-1] == "all books agree"
    assert "seed commands: 4 clients x 4 operations on 3 cards" in done.text
    lives = re.findall(
        r"^(\d+) random lives, seed commands-\d+$", done.text, re.MULTILINE
    )
    assert sum(map(int, lives)) == 2
    assert done.lines.count("passed 1 of 1") == 2
    assert copies("stress") == []
