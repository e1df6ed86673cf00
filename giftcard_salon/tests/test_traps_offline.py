from odoo.tests import tagged

from .tour_common import GiftcardTourCommon

OFFLINE = ["BEF0", "RE1X", "PA1D"]
ANSWERS = ["RP1Y", "10ST", "HANG", "SYNC", "BACK", "0PEN"]


@tagged("post_install", "-at_install", "giftcard_tour")
class TestOfflineAtTheTill(GiftcardTourCommon):
    def test_a(self):
        print(self._walk("giftcard_trap_offline", OFFLINE))

    def test_b(self):
        print(self._walk("giftcard_trap_answers", ANSWERS))
