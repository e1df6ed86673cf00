# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon

NO_CARD = "no card is used with it"


@tagged("post_install", "-at_install")
class TestDeductionCopied(GiftcardDeductionCommon):
    """Lines of a card that come without it: copied by another app, or by hand."""

    def _pay(self, *lines, paid):
        payments = [self._payment(self.cash_of(self.session), paid)] if paid else []
        return self._sync(
            self._payload(self.session, list(lines), payments), self.cashier
        )[0]

    def test_no_bill_is_lowered_by_the_lines_of_a_card_alone(self):
        item = self._line(self.massage, 60)
        taxes = {"tax_ids": item[2]["tax_ids"]}
        half = {"price_subtotal": -50, "price_subtotal_incl": -60, **taxes}
        for product, values in (
            (self.deduction, {}),
            (self.deduction, {"giftcard_role": "item"}),
            (self.bonus, {}),
            (self.bonus, {"giftcard_role": "sale"}),
        ):
            with self.subTest(product=product.name, **values):
                line = self._line(product, -60, **half, **values)
                self._refused(NO_CARD, lambda sent=line: self._pay(item, sent, paid=0))
        # parked it may be: nothing is given yet
        line = self._line(self.deduction, -60, **half)
        parked = self._payload(self.session, [item, line], [], state="draft")
        order, _answer = self._sync(parked, self.cashier)
        self.assertEqual(order.state, "draft")
        again = {"lines": [], "state": "paid", "access_token": order.access_token}
        self._refused(NO_CARD, lambda: self._sync({**parked, **again}, self.cashier))

    def test_duplicate_of_a_tills_invoice_has_no_card(self):
        card = self._sell_entitlements(self.amount_type, 60)
        self._close_and_open()
        hold = self._hold_entitlements(
            card, (card.entitlement_ids, 60, (self.massage, 60))
        )["redemptions"][0]
        order = self._bill(
            self._deduction_lines(self.massage, hold),
            [],
            to_invoice=True,
            partner_id=self.client.id,
        )
        invoice = order.account_move
        self.assertEqual((invoice.amount_total, len(invoice.invoice_line_ids)), (0, 2))
        copy = invoice.copy()
        self.assertEqual(copy.invoice_line_ids.product_id, self.massage)
        self.assertEqual(copy.amount_total, 60)
        self.assertFalse(any(copy.invoice_line_ids.mapped("extra_tax_data")))
        copy.action_post()
        self.assertEqual((copy.amount_tax, copy.amount_residual), (10, 60))
        self._close_and_open()
