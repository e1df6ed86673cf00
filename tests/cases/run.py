# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Replay accounting cases through the add-on and compare the books, to the cent.

Run inside Odoo on a scratch database: ``make cases FILE=…``. Prints ``passed P of
N``, preceded by the differing lines of each case that did not pass.
"""

import logging
import os
import sys
import traceback
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

sys.path[0:0] = [str(Path(__file__).resolve().parent.parent)]

import account_events  # noqa: E402, F401  (registers its events)
import back_events  # noqa: E402, F401
import desk_events  # noqa: E402, F401
import group_events  # noqa: E402, F401
import single_events  # noqa: E402, F401
import till_events  # noqa: E402, F401
from charts import ROUNDINGS, Chart  # noqa: E402
from compare import Auditor  # noqa: E402
from events import run  # noqa: E402
from lib.exact import amount, vat_inside  # noqa: E402
from reading import Unreadable, read_file  # noqa: E402
from world import Unsupported, Worlds, changes_postings, clock  # noqa: E402

from odoo.exceptions import UserError  # noqa: E402

_logger = logging.getLogger(__name__)
SHOWN_STEPS = 5


def groups(case):
    """Yield steps that share one till session, as lists; a case may say which.

    Sessions are closed after each step, but where a later step needs the session
    of an earlier one: it cancels a sale before the session closes, a hold is still
    open, or another company's till has to close for the steps after it.
    """
    steps = case["steps"]
    elsewhere = 0
    if "sessions" in case:
        by_number = {step["n"]: step for step in steps}
        for numbers in filter(None, case["sessions"]):
            yield [by_number[number] for number in numbers]
        return
    group, holds = [], set()
    for number, step in enumerate(steps):
        group.append(step)
        key = step["input"].get("key")
        if step["event"] == "hold":
            holds.add(key)
        else:
            holds.discard(key)
        elsewhere += (step["event"] == "redeem_ic_issuer") - (
            step["event"] == "redeem_ic_redeemer"
        )
        following = steps[number + 1 :]
        if elsewhere > 1 or (elsewhere and len(group) > 1):
            continue
        if holds or any(cancels(later, own) for own in group for later in following):
            continue
        yield group
        group = []
    if group:
        yield group


def cancels(later, step):
    return (
        later["event"] == "cancel" and later["input"].get("reverses_step") == step["n"]
    )


def replay(world, case, time):
    """Replay one case; a generator of differing lines, up to the first that fails."""
    auditor = Auditor(world)
    for group in groups(case):
        found = []
        for step in group:
            time.go_to(step["date"])
            found += [
                f"step {step['n']} {step['event']}: {line}"
                for line in play(world, auditor, step)
            ]
        world.close_tills(world.to_close(group))
        numbers = " and ".join(str(step["n"]) for step in group)
        if len(group) > SHOWN_STEPS:
            numbers = f"{group[0]['n']} to {group[-1]['n']}"
        is_last = group[-1] is case["steps"][-1]
        found += [f"step {numbers}: {line}" for line in auditor.compare(group, is_last)]
        yield from found
        if found:
            return
    yield from auditor.verify_seals()


def play(world, auditor, step):
    """Do one step and compare the cards; a generator of differing lines.

    What a refused bill reserved is given back, as a cashier takes the card off.
    """
    world.tried.clear()
    try:
        run(world, step)
    except UserError as error:
        if "refused" not in step:
            yield f"refused: {error}"
        for till, held in world.tried:
            till.release(held["key"], held["revision"] + 1)
    except AssertionError as error:
        yield str(error)
    else:
        if "refused" in step:
            yield f"not refused ({step['refused']})"
    yield from auditor.compare_cards(step, with_tie_out="sessions" not in world.case)


def differences(worlds, case, rounding, time):
    """Return the differing lines of one case; none when it passed."""
    world = None
    time.go_to(case["steps"][0]["date"])
    try:
        world = worlds.enter(case, rounding)
        lines = list(replay(world, case, time))
    except Unsupported as error:
        lines = [f"not supported: {error}"]
    except Exception as error:
        _logger.info("Case %s", case["id"], exc_info=True)
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        name = type(error).__name__
        lines = [f"the replay itself failed, {name} in {place}: {error}"]
    if lines and world:
        world.env.cr.rollback()
    if world and (lines or _leaves_debts(case)):
        worlds.leave(world)
    return lines


def _leaves_debts(case):
    """Tell whether companies are not as they were after the case."""
    return changes_postings(case) or any(
        step["event"] == "redeem_ic_issuer" for step in case["steps"]
    )


def roundings(case):
    """Return the rounding methods in which the case's figures hold, its own first.

    Its lines decide: VAT per line and VAT of their sum must be the same.
    """
    own = case["rounding"]
    if "sessions" in case or os.environ.get("GIFTCARD_CASES_ROUNDINGS") == "own":
        return [own]
    for step in case["steps"]:
        lines = defaultdict(list)
        for line in step["input"].get("lines") or ():
            if "gross" in line and line.get("tax"):
                rate = Fraction(Chart.key(line["tax"]))
                lines[rate].append(amount(line["gross"]))
        for rate, grosses in lines.items():
            apart = sum(vat_inside(gross, rate) for gross in grosses)
            if apart != vat_inside(sum(grosses), rate):
                return [own]
    return sorted(ROUNDINGS, key=lambda method: method != own)


def replay_in_all_roundings(worlds, case, time):
    for rounding in roundings(case):
        lines = differences(worlds, case, rounding, time)
        if lines:
            note = "" if rounding == case["rounding"] else f"rounding {rounding}: "
            return [f"{note}{line}" for line in lines]
    return []


def main(env, path, only=""):
    """Replay a file.

    :param str only: cases to replay, their ids with commas between; empty: all
    """
    try:
        readings = read_file(Path(path).read_text(encoding="utf-8"))
    except Unreadable as error:
        print(f"{path}: {error}")
        return 1
    chosen = set(filter(None, only.replace(" ", "").split(",")))
    for missing in sorted(chosen - {reading.case["id"] for reading in readings}):
        print(f"{missing}: there is no such case in the file")
    readings = [one for one in readings if not chosen or one.case["id"] in chosen]
    worlds, passed = Worlds(env), 0
    with clock() as time:
        for reading in readings:
            case = reading.case
            lines = [f"not supported: {problem}" for problem in reading.problems]
            lines = lines or replay_in_all_roundings(worlds, case, time)
            passed += not lines
            if lines:
                print(f"{case['id']} {case['title']}".rstrip())
            for line in lines:
                print(f"    {line}", flush=True)
            for note in reading.notes:
                print(f"    note on {case['id']}: {note}", flush=True)
    print(f"passed {passed} of {len(readings)}")
    return 0 if readings and passed == len(readings) else 1


if __name__ == "__main__":
    sys.exit(main(env, *sys.argv[1:]))
