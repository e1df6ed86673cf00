"""Left to the job that has a database with those apps: scripts/test_beside.sh."""

import os

collect_ignore_glob = [] if os.environ.get("GIFTCARD_BESIDE") else ["test_*.py"]
