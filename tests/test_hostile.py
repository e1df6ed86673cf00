# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A hostile cashier, a hostile desk and a visitor gain nothing over a real server.

After each attempt of ``hostile/attempts.py`` cards, ledger, holds, documents and
settings are what they were, and no answer has told a code.
"""

import pytest
from hostile.attempts import ADDRESSES, ATTEMPTS, CONTEXT, COURSES
from hostile.world import World
from lib import invariants

SALON = {"workers": 2}


@pytest.fixture(scope="module")
def world(salon, tills):
    return World(salon, tills)


@pytest.fixture(autouse=True)
def kept(world):
    """Compare once more with all that there is, after the attempts of one person."""
    before, sums = world.look(), _sum(world)
    yield
    assert world.look() == before
    assert _sum(world) == sums
    assert invariants.violations(world.salon.query) == []


def _sum(world):
    return world.salon.query(
        """SELECT SUM(available) AS available, SUM(value) AS value, COUNT(*) AS cards,
                  (SELECT SUM(face) FROM giftcard_entry) AS ledger,
                  (SELECT SUM(amount) FROM giftcard_redemption WHERE state = 'held')
                      AS held,
                  (SELECT SUM(amount_total) FROM pos_order) AS billed
             FROM giftcard_card"""
    )[0]


def _try(world, who, steps):
    """Return what an attempt gained, as lines of text."""
    gained, before = [], world.look()
    for context in ({}, CONTEXT):
        answers = world.try_course(who, steps, context)
        after = world.look()
        how = "with context" if context else "plainly"
        gained += [
            f"{who} {how}: {steps} changed {name}"
            for name in before
            if before[name] != after[name]
        ]
        before = after
        told = str(answers)
        if any(secret in told for secret in world.secrets):
            gained.append(f"{who} {how}: {steps} told a code")
        if "is no refusal" in told:
            gained.append(f"{who} {how}: {steps} answered {told[:300]}")
    return gained


@pytest.mark.parametrize("who", ATTEMPTS)
def test_hostile_people_gain_nothing(world, who):
    courses = [*([attempt] for attempt in ATTEMPTS[who]), *COURSES[who]]
    assert len(courses) > 50
    gained = [line for steps in courses for line in _try(world, who, steps)]
    assert not gained, "\n".join(gained)


def test_addresses_tell_a_visitor_nothing(world):
    for address in ADDRESSES:
        text = world.visit(address)
        assert not any(secret in text for secret in world.secrets), address
        assert "refused with 500" not in text, address
