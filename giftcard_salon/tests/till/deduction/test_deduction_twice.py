# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon

GONE = "could not be used any more"
NOTHING = "Nothing is on hold here any more"
TOGETHER = "goes back together"


@tagged("post_install", "-at_install")
class TestDeductionTwice(GiftcardDeductionCommon):
    """What a part of a card is held for pays one line, and comes back to the card."""

    def setUp(self):
        super().setUp()
        self.card = self._sell_entitlements(self.amount_type, 100)
        self.part = self.card.entitlement_ids
        self.goods = self._make_service("Gel manicure", 60)

    def _deduction(self, amount=60):
        hold = self._hold_entitlements(
            self.card, (self.part, amount, (self.massage, amount))
        )
        return hold["redemptions"][0]["key"], self._deduction_lines(
            self.massage, hold["redemptions"][0]
        )

    def _refuses(self, lines, payments, sentence=GONE):
        self._refused(sentence, lambda: self._bill(lines, payments, user=self.cashier))

    # === ONE HOLD, ONE ROW === #

    def test_hold_of_a_line_pays_no_payment_beside_it(self):
        key, lines = self._deduction()
        bill = self._bill_uuid
        self._refuses(
            [*lines, self._line(self.goods, 60)],
            [self._payment(self.giftcard, 60, uuid=key)],
        )
        self.assertCard(self.card, 40, held=60)
        self._bill_uuid = bill
        self.assertEqual(self._bill(lines, []).state, "paid")
        self.assertCard(self.card, 40)

    def test_hold_of_a_part_pays_no_payment(self):
        key, _lines = self._deduction()
        self._refuses(
            [self._line(self.goods, 60)], [self._payment(self.giftcard, 60, uuid=key)]
        )
        self.assertCard(self.card, 40, held=60)

    def test_hold_of_an_amount_pays_no_line(self):
        money = self._sell(self.session, 100)
        _key, lines = self._deduction()
        payment = self._hold_at(self.session, money, 60)
        for line in lines:
            line[2]["giftcard_deduction_key"] = payment[2]["uuid"]
        lines[1][2]["uuid"] = payment[2]["uuid"]
        self._refuses(lines, [])
        lines[1][2]["giftcard_role"] = "conversion_out"
        self._refuses(lines, [])
        self.assertCard(money, 40, held=60)

    def test_hold_that_a_bill_used_is_taken_by_no_other_row_of_it(self):
        """The row that used it names another key by now."""
        money = self._sell(self.session, 100)
        payment = self._hold_at(self.session, money, 60)
        order = self._bill([self._line(self.goods, 60)], [payment])
        self.env.cr.execute(
            "UPDATE pos_payment SET uuid = %s WHERE id = %s",
            [str(uuid4()), order.payment_ids.id],
        )
        self.env.invalidate_all()
        origin = order._prepare_giftcard_origin()
        paid = order.payment_ids
        uses = self.env["giftcard.redemption"].sudo()
        self._refused(
            GONE,
            lambda: uses._capture_for_row(payment[2]["uuid"], 60, origin),
        )
        self.assertEqual(paid.giftcard_entry_id.face, -60)

    # === BACK TO THE CARD === #

    def _plain_back(self, line):
        """The line that gives ``line`` back, without what makes it one of a pair."""
        command = self._refund_line(line, {})
        return Command.create(
            {
                **command[2],
                "giftcard_role": False,
                "giftcard_deduction_key": False,
                "extra_tax_data": False,
            }
        )

    def test_item_of_a_pair_brings_no_cash(self):
        order = self._redeem_entitlement(self.part, 60)
        item = order.lines.filtered(lambda line: line.giftcard_role == "item")
        self._refused(
            TOGETHER,
            lambda: self._bill(
                [self._plain_back(item)],
                [self._payment(self.cash, -60)],
                user=self.cashier,
                is_refund=True,
            ),
        )
        self.assertCard(self.card, 40)
        self._give_back(order)
        self.assertCard(self.card, 100)

    def test_item_of_a_pair_is_not_exchanged_for_what_brings_cash(self):
        order = self._redeem_entitlement(self.part, 60)
        item = order.lines.filtered(lambda line: line.giftcard_role == "item")
        for values in ({}, {"giftcard_role": "bonus"}, {"giftcard_role": "item"}):
            back = self._plain_back(item)
            back[2].update(values)
            self._refused(
                f"{TOGETHER}|not on this bill|fit",
                lambda back=back: self._bill(
                    [back, self._line(self.goods, 60)],
                    [],
                    user=self.cashier,
                    is_refund=True,
                ),
            )
        self.assertCard(self.card, 40)

    def test_plain_line_is_not_given_back_as_one_of_a_pair(self):
        money = self._sell(self.session, 100)
        order = self._redeem(self.session, money, 60)
        back = self._refund_line(order.lines, {})
        back[2].update(giftcard_role="sale")
        self._refused(
            f"{TOGETHER}|fit",
            lambda: self._bill([back], [self._payment(self.cash, -60)], is_refund=True),
        )

    def test_money_beside_a_pair_goes_back_with_it(self):
        """45.00 of the 60.00 by card, 15.00 in cash; and 30.00 for something else."""
        order = self._redeem_entitlement(
            self.part, 45, price=60, lines=[self._line(self.goods, 30)]
        )
        other = order.lines.filtered(lambda line: not line.giftcard_role)
        self._give_back(order, lines=other)
        self._give_back(order, lines=order.lines - other)
        self.assertCard(self.card, 100)
        self._close_and_open()

    # === HOLDS TOGETHER === #

    def _holds_not(self, sentence, attempt):
        """``attempt`` is refused; what it committed apart stays, as at a till."""
        with self.assertRaisesRegex(UserError, sentence):
            attempt()

    def _redeem_card(self, key, amount, revision=1):
        return {
            "key": key,
            "revision": revision,
            "entitlement_id": self.part.id,
            "amount": amount,
            "item": {
                "price_unit": amount,
                "discount": 0,
                "tax_ids": self.massage.taxes_id.ids,
                "product_id": self.massage.id,
            },
        }

    def test_refused_holds_leave_what_the_bill_held_before(self):
        first, second = str(uuid4()), str(uuid4())
        self._hold_entitlements(self.card, redemptions=[self._redeem_card(first, 30)])
        wanted = [
            self._redeem_card(first, 30),
            self._redeem_card(second, 20),
            self._redeem_card(str(uuid4()), 90),
        ]
        self._holds_not(
            "At most", lambda: self._hold_entitlements(self.card, redemptions=wanted)
        )
        self._commit()
        self.assertCard(self.card, 70, held=30)
        states = self.giftcard.giftcard_status([first, second], self.session.id)
        self.assertEqual(
            {key: state["state"] for key, state in states.items()},
            {first: "held", second: "released"},
        )

    def test_hold_that_was_given_back_is_not_told_as_held(self):
        kept, gone = str(uuid4()), str(uuid4())
        self.giftcard.giftcard_release(gone, 5, self.session.id)
        wanted = [self._redeem_card(kept, 30), self._redeem_card(gone, 20)]
        self._holds_not(
            NOTHING, lambda: self._hold_entitlements(self.card, redemptions=wanted)
        )
        self._commit()
        self.assertCard(self.card, 100)

    def test_change_of_a_card_holds_all_or_nothing(self):
        """The keys come again after one of them was given back."""
        card = self._sell_entitlements(
            self._make_package((self.massage, 1, 100), (None, 1, 5))
        )
        keys = [str(uuid4()), str(uuid4())]
        self.giftcard.giftcard_release(keys[1], 5, self.session.id)
        request = {
            "session_id": self.session.id,
            "code": card._reveal(),
            "order_uuid": self._bill_uuid,
            "order_name": "Bill",
            "keys": keys,
        }
        self.env.flush_all()
        till = self.giftcard.with_user(self.cashier)
        self._holds_not(NOTHING, lambda: till.giftcard_hold_conversion(request))
        self._commit()
        self.assertCard(card, 105)

    # === WHAT THE NIGHT FINDS === #

    def _unbacked(self):
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        rows = report.unbacked_ids.mapped(lambda row: (row.source_id, row.amount))
        return report.is_equal, report.difference, rows

    def test_entry_that_two_rows_name_is_found(self):
        order = self._redeem_entitlement(
            self.part, 60, lines=[self._line(self.goods, 60)]
        )
        self.assertEqual(self._unbacked(), (True, 0, []))
        used = order.lines.giftcard_entry_id
        self.env.cr.execute(
            "UPDATE pos_payment SET giftcard_entry_id = %s WHERE pos_order_id = %s",
            [used.id, order.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._unbacked(), (False, 60, [(order.id, -60)]))

    def test_part_of_a_pair_given_back_apart_is_found(self):
        other = self._bill([self._line(self.goods, 60)])
        order = self._redeem_entitlement(self.part, 60)
        refund = self._give_back(other)
        self.assertEqual(self._unbacked(), (True, 0, []))
        item = order.lines.filtered(lambda line: line.giftcard_role == "item")
        self.env.cr.execute(
            "UPDATE pos_order_line SET refunded_orderline_id = %s WHERE order_id = %s",
            [item.id, refund.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._unbacked(), (False, 60, [(refund.id, -60)]))
