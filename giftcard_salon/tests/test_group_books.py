from odoo.tests import tagged

from .group_common import GiftcardGroupCommon


@tagged("post_install", "-at_install")
class TestGroupBooks(GiftcardGroupCommon):
    """A card of company A pays at company B: both books, to the cent."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self._close(self.session)
        self.session = self._open_other()

    def test_use_elsewhere_is_posted_on_both_sides(self):
        """C46, steps 1 to 3."""
        self.assertBooks(self.company, liability=-100)
        self._use_at_other(self.session, self.card, 60, user=self.other_cashier)
        self.assertCard(self.card, 40, status="partial")
        row = self._rows()
        self.assertEqual(
            (row.company_id, row.redeemer_id, row.consideration, row.vat_by, row.state),
            (self.company, self.other, 60, "redeemer", "queued"),
        )
        report = self.assertBothTieOut()
        self.assertEqual(report.line_ids.mapped("amount"), [-60])
        self._run_queue()
        self.assertEqual(row.state, "posted")
        self.assertBooks(self.company, liability=-40, payable=-60)
        self.assertBothTieOut()
        move = self._close_other(self.session)
        self.assertBooks(self.other, receivable=60, revenue=-50, vat=-10, liability=0)
        item = move.line_ids.filtered("giftcard_settlement_id")
        self.assertEqual(item.partner_id, self.company.partner_id)
        self.assertFalse(move.line_ids.giftcard_entry_id)
        self.assertBothTieOut()
