# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Write random lives of cards as cases: make_lives.py LIVES SEED FILE.

The figures come from the independent model; ``make cases FILE=…`` replays them.
"""

import json
import random
import sys
from pathlib import Path

sys.path[0:0] = [str(Path(__file__).resolve().parent.parent)]

from lib.lives import random_case  # noqa: E402

TOGETHER = 10


def make(lives, seed):
    """Return cases of so many lives, some of which go on side by side."""
    choice = random.Random(seed)
    return [
        random_case(choice, f"R{number + 1}", min(TOGETHER, lives - number))
        for number in range(0, lives, TOGETHER)
    ]


if __name__ == "__main__":
    cases = make(int(sys.argv[1]), sys.argv[2])
    Path(sys.argv[3]).write_text(json.dumps({"cases": cases}), "utf-8")
