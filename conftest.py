# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Tests beside other apps need a database that has them: scripts/suite/job.sh."""

import os

collect_ignore = (
    [] if os.environ.get("GIFTCARD_BESIDE") else ["giftcard_salon/tests/beside"]
)
