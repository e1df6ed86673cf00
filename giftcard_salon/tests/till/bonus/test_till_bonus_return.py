# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import Form, tagged

from ...bonus_common import GiftcardBonusCommon

ITEMS = ((20, 37.5), (20, 12.5), (10, 12.5), (10, 137.5))


@tagged("post_install", "-at_install")
class TestTillBonusReturn(GiftcardBonusCommon):
    """A part goes back: what is left of each tax, and what its goods weigh."""

    def setUp(self):
        super().setUp()
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        self.session = self._open()
        self.card = self._make_bonus_card(self.session, 80, 100)

    def _items(self, order, *prices):
        return order.lines.filtered(
            lambda line: (line.tax_ids.amount, line.price_unit) in prices
        )

    def test_tax_that_is_full_leaves_the_rest_to_the_others(self):
        """5.00 at 20 % and 15.00 at 10 %; 10.00 back for goods of 3 : 1: 5.00 each."""
        order = self._pay(self.session, self.card, 100, ITEMS)
        self.assertEqual(self._given(order), {20: (4.17, 0.83), 10: (13.64, 1.36)})
        goods = self._items(order, ITEMS[0], ITEMS[2])
        payload = self._give_back(order, self.session, goods)
        refund, _answer = self._sync(payload, self.cashier)
        self.assertEqual(self._given(refund), {20: (-4.17, -0.83), 10: (-4.55, -0.45)})
        self.assertEqual(refund.amount_total, -40)
        self.assertCard(self.card, 50)
        self._close(self.session)
        self.assertTiesOut()

    def test_credit_note_of_its_invoice_says_the_same(self):
        client = {"partner_id": self.client.id, "to_invoice": True}
        order = self._pay(self.session, self.card, 100, ITEMS, **client)
        self._close(self.session)
        invoice = order.account_move
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        with Form(wizard) as form:
            form.journal_id = invoice.journal_id
        form.record.refund_moves()
        note = form.record.new_move_ids
        note.invoice_line_ids.filtered(
            lambda line: (line.tax_ids.amount, line.price_unit) in (ITEMS[1], ITEMS[3])
        ).unlink()
        note.action_fit_giftcard_bonus()
        found = {
            line.tax_ids.amount: (-line.price_total, line.price_subtotal)
            for line in note.invoice_line_ids
            if line.price_total < 0
        }
        self.assertEqual(found, {20: (5, -4.17), 10: (5, -4.55)})
        note.action_post()
        self.assertEqual(note.amount_total, 40)
        self.assertCard(self.card, 50)
        self.assertTiesOut()
