# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from ....tools.allocation import to_decimal
from ...bonus_common import GiftcardBonusCommon

CARDS = 8
# of the tax engine; asked anew for each order of eight cards it took hours
MOST_WORKED_OUT = 100


@tagged("post_install", "-at_install")
class TestTillBonusMany(GiftcardBonusCommon):
    """Many cards on one bill, and what a manager pays out of such bills."""

    def setUp(self):
        super().setUp()
        self.session = self._open()

    def _redeem_many(self, *cards):
        """A bill that cards pay 10.00 each of, one after the other; its payload."""
        lines, payments = self._basket(), []
        for card in cards:
            payment, bonus = self._redeem_card(self.session, card, 10, lines)
            lines, payments = lines + bonus, [*payments, payment]
        rest = round(80 - 10 * len(cards), 2)
        if rest:
            payments.append(self._payment(self.cash_of(self.session), rest))
        return self._payload(self.session, lines, payments)

    def _cards(self, count):
        return [
            self._make_bonus_card(self.session, 90, 100) for _number in range(count)
        ]

    def _move_a_cent(self, payload):
        """Let the last card's bonus go over the taxes another way; same sum."""
        orders, currency = self.env["pos.order"], self.company.currency_id
        accounting = self.env["giftcard.accounting"]
        two = payload["lines"][-3:-1]
        for (_command, _id, vals), cent in zip(two, (-0.01, 0.01), strict=True):
            discount = accounting._split_gross(
                self.env["account.tax"].browse(vals["tax_ids"][0][2]),
                to_decimal(cent - vals["price_subtotal_incl"], 2),
                currency,
            )
            told = orders._prepare_giftcard_discount_line(
                vals["giftcard_deduction_key"], discount, currency
            )
            vals.update(
                price_unit=told["price_unit"],
                extra_tax_data=told["extra_tax_data"],
                price_subtotal=-told["base"],
                price_subtotal_incl=-told["amount"],
            )

    def test_many_cards_are_used_in_any_order(self):
        cards = self._cards(CARDS)
        payload = self._redeem_many(*cards)
        payload["payment_ids"].reverse()
        order, _answer = self._sync(payload, self.cashier)
        self.assertEqual(order.state, "paid")
        for card in cards:
            self.assertCard(card, 90)
        self.assertTiesOut()

    def test_wrong_bonus_among_many_is_refused_at_once(self):
        payload = self._redeem_many(*self._cards(CARDS))
        self._move_a_cent(payload)
        accounting = self.registry["giftcard.accounting"]
        work_out = accounting._split_discount

        def counted(*arguments, **values):
            self.assertLess(worked_out.call_count, MOST_WORKED_OUT)
            return work_out(*arguments, **values)

        with patch.object(
            accounting, "_split_discount", autospec=True, side_effect=counted
        ) as worked_out:
            self._refused("does not fit", lambda: self._sync(payload, self.cashier))
        self.assertTrue(worked_out.called)

    def test_manager_pays_one_item_out_and_the_rest_goes_back(self):
        card = self._make_bonus_card(self.session, 100, 120)
        order = self._pay(self.session, card, 80)
        self._close(self.session)
        self.session = self._open()
        self.env.user.group_ids += self.env.ref("giftcard_salon.group_manager")
        items = order.lines.filtered(lambda line: line.giftcard_role != "bonus")
        tea = items.filtered(lambda line: line.tax_ids.amount == 10)
        paid_out = self._refund_lines(tea)
        self._sync(
            self._payload(
                self.session,
                paid_out,
                [self._payment(self.cash_of(self.session), -20.01)],
                is_refund=True,
            )
        )
        self.assertTiesOut()
        # the rest to the card: 49.99 of what was paid, though 46.66 is left of it
        payload = self._give_back(order, self.session, items - tea)
        self._refused("3.33 more would be given back", lambda: self._sync(payload))
        # all of the card, less what the client has in cash already
        payload = self._give_back(order, self.session, items - tea, amount=80)
        amounts = [payment[2]["amount"] for payment in payload["payment_ids"]]
        self.assertEqual(amounts, [-66.67, 20.01])
        self._sync(payload)
        self.assertCard(card, 120)
        self.assertEqual(card.available_consideration, 100)
        self.assertTiesOut()
        move = self._close(self.session)
        self.assertPosted(move, liability=-66.67, vat=8.89, revenue=57.78)
        self.assertTiesOut()

    def _refund_lines(self, items):
        return [
            self._line(
                line.product_id,
                line.price_unit,
                qty=-line.qty,
                tax_ids=[Command.set(line.tax_ids.ids)],
                price_subtotal=-line.price_subtotal,
                price_subtotal_incl=-line.price_subtotal_incl,
                refunded_orderline_id=line.id,
            )
            for line in items
        ]
