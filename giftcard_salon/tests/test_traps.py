from odoo.tests import tagged

from .tour_common import GiftcardTourCommon

LINES = ["FRCE", "ZER0", "AVT0", "EXC0", "RTRY"]
BILLS = ["DWNE", "VAST", "N0NE", "REXD", "GNE1"]


@tagged("post_install", "-at_install", "giftcard_tour")
class TestTrapsAtTheTill(GiftcardTourCommon):
    """ODOO19_POS.md 1.9, the rows that a browser decides: one test per row."""

    def setUp(self):
        super().setUp()
        self.no_cash_config = self.main_pos_config.copy(
            {
                "name": "No cash",
                "payment_method_ids": [(6, 0, self.bank_payment_method.ids)],
            }
        )
        self.no_cash_config.giftcard_enabled = True

    def _lines(self, last4):
        return self._walk("giftcard_trap_lines", LINES, self.no_cash_config)[last4]

    def _bills(self, last4):
        return self._walk("giftcard_trap_bill", BILLS)[last4]

    def test_force_done(self):
        """1.9 Force done button while call runs."""
        print(self._walk("giftcard_trap_lines", LINES, self.no_cash_config))

    def test_lowered(self):
        """1.9 Force done button while call runs."""
        print(self._walk("giftcard_trap_bill", BILLS))
