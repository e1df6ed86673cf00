"""Replay accounting cases through the add-on and compare the books, to the cent.

Run inside Odoo on a scratch database: ``make cases FILE=…``. Prints ``passed P of
N``, preceded by the differing lines of each case that did not pass.
"""

import json
import logging
import sys
import traceback
from pathlib import Path

sys.path[0:0] = [str(Path(__file__).resolve().parent.parent)]

from compare import Books  # noqa: E402
from events import run  # noqa: E402
from world import Unsupported, Worlds, clock  # noqa: E402

from odoo.exceptions import UserError  # noqa: E402

_logger = logging.getLogger(__name__)


def groups(steps):
    """Yield steps that share one till session, as lists.

    Sessions are closed after each step, but where a later step needs the session
    of an earlier one: it cancels a sale before the session closes, or a hold is
    still open.
    """
    group, holds = [], set()
    for number, step in enumerate(steps):
        group.append(step)
        key = step["input"].get("key")
        if step["event"] == "hold":
            holds.add(key)
        else:
            holds.discard(key)
        following = steps[number + 1 :]
        if holds or any(
            later["input"].get("reverses_step") == step["n"] for later in following
        ):
            continue
        yield group
        group = []
    if group:
        yield group


def replay(world, case, time):
    """Replay one case; a generator of differing lines, up to the first that fails."""
    books = Books(world)
    for group in groups(case["steps"]):
        found = []
        for step in group:
            time.go_to(step["date"])
            found += [
                f"step {step['n']} {step['event']}: {line}"
                for line in play(world, books, step)
            ]
        world.close_tills()
        numbers = " and ".join(str(step["n"]) for step in group)
        found += [f"step {numbers}: {line}" for line in books.compare(group)]
        yield from found
        if found:
            return
    yield from books.verify_seals()


def play(world, books, step):
    """Do one step and compare the cards; a generator of differing lines."""
    try:
        run(world, step)
    except UserError as error:
        if "refused" not in step:
            yield f"refused: {error}"
    except AssertionError as error:
        yield str(error)
    else:
        if "refused" in step:
            yield f"not refused ({step['refused']})"
    yield from books.compare_cards(step)


def differences(worlds, case, time):
    """Return the differing lines of one case; none when it passed."""
    world = None
    time.go_to(case["steps"][0]["date"])
    try:
        world = worlds.enter(case)
        lines = list(replay(world, case, time))
    except Unsupported as error:
        lines = [f"not supported: {error}"]
    except Exception as error:
        _logger.info("Case %s", case["id"], exc_info=True)
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        lines = [f"{type(error).__name__} in {place}: {error}"]
    if lines and world:
        world.env.cr.rollback()
        worlds.leave(world)
    return lines


def main(env, path):
    cases = json.loads(Path(path).read_text(encoding="utf-8"))["cases"]
    worlds, passed = Worlds(env), 0
    with clock() as time:
        for case in cases:
            lines = differences(worlds, case, time)
            passed += not lines
            if lines:
                print(f"{case['id']} {case['title']}")
                for line in lines:
                    print(f"    {line}")
    print(f"passed {passed} of {len(cases)}")
    return 0 if cases and passed == len(cases) else 1


if __name__ == "__main__":
    sys.exit(main(env, sys.argv[1]))
