"""Tests beside other apps need a database that has them: scripts/suite/job.sh."""

import os

collect_ignore = (
    [] if os.environ.get("GIFTCARD_BESIDE") else ["giftcard_salon/tests/beside"]
)
