# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""System tests: a running server with several workers, driven from outside."""

import pytest
from lib.salon import Salon


@pytest.fixture(scope="module")
def salon(request, tmp_path_factory):
    """The demo chain on a server of its own, for the tests of one file."""
    label = request.module.__name__.removeprefix("test_")
    log = tmp_path_factory.mktemp("server") / f"{label}.log"
    with Salon(label, log, **getattr(request.module, "SALON", {})) as running:
        yield running


@pytest.fixture(scope="module")
def tills(salon):
    """One open till in each of the two salons in Lyon."""
    return salon.till(0), salon.till(1)
