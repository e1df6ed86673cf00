# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import re
from pathlib import Path

from odoo.tests import HttpCase, tagged

SUITE = "@giftcard_salon"
UNIT = Path(__file__).parents[2] / "static" / "tests" / "unit"


def _suite_id(name):
    """Return the id that Hoot gives to a suite of this name."""
    number = 0
    for letter in name:
        number = (number * 31 + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install", "giftcard_js")
class TestGiftcardJs(HttpCase):
    """The till's pure helpers: codes, amounts, the list of holds."""

    def test_unit_tests_of_the_till_pass(self):
        with self.assertLogs(self._logger.getChild("browser"), "INFO") as said:
            self.browser_js(
                "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
                f"&id={_suite_id(SUITE)}",
                "",
                "",
                login="admin",
                timeout=300,
                success_signal="[HOOT] Test suite succeeded",
            )
        passed = re.search(r"Passed (\d+) tests", "\n".join(said.output))
        written = sum(
            len(re.findall(r"^ *test\(", path.read_text("utf-8"), re.MULTILINE))
            for path in UNIT.glob("*.test.js")
        )
        self.assertEqual(int(passed[1]), written)
