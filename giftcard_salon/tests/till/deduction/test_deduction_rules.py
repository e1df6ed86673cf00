# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestDeductionRules(GiftcardDeductionCommon):
    """Pairs beside other things, and pairs a till made up."""

    def setUp(self):
        super().setUp()
        self.card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        self.part = self.card.entitlement_ids
        self._close_and_open()

    def _deduction(self, amount=33.33, price=None, product=None):
        product = product or self.massage
        item = (product, price or amount)
        hold = self._hold_entitlements(self.card, (self.part, amount, item))[
            "redemptions"
        ][0]
        return self._deduction_lines(product, hold)

    def test_pair_beside_ordinary_lines_and_another_card(self):
        """The basket of ODOO19_FORCED A.2 (three of 10.05), half of it by card."""
        for method, vat in (("round_globally", 5.03), ("round_per_line", 5.04)):
            with self.subTest(method):
                self.company.tax_calculation_rounding_method = method
                money = self._sell(self.session, 50)
                card = self._sell_entitlements(
                    self._make_package((self.massage, 3, 100))
                )
                self._close_and_open()
                hold = self._hold_entitlements(
                    card, (card.entitlement_ids, 33.33, (self.massage, 33.33))
                )["redemptions"][0]
                lines = [self._line(self.massage, 10.05) for _number in range(3)]
                order = self._bill(
                    [*lines, *self._deduction_lines(self.massage, hold)],
                    [
                        self._hold_at(self.session, money, 20),
                        self._payment(self.cash_of(self.session), 10.15),
                    ],
                )
                self.assertEqual(order.amount_total, 30.15)
                self.assertBooked(
                    self._close_and_open(),
                    money=10.15,
                    liability=20,
                    deferred=27.77,
                    revenue=-(27.77 + 30.15 - vat),
                    vat=-vat,
                )

    def test_named_service_is_taken_also_when_its_tax_changed(self):
        """C54."""
        self.massage.taxes_id = self.taxes[10]
        order = self._redeem_entitlement(self.part, 33.33, price=40)
        self.assertEqual(order.amount_total, 0)
        self.assertEqual(order.lines.tax_ids, self.taxes[20])
        move = self._close_and_open()
        self.assertBooked(move, deferred=27.77, revenue=-27.77)
        self.assertReturn(move)

    def test_card_worth_more_than_it_cost(self):
        """C58: 100.00 for 110.00; 33.33 are 30.30 paid, 25.25 of it net, 3.03 bonus."""
        bonus = self._make_bonus_type()
        card = self._sell_entitlements(bonus, 100)
        part = card.entitlement_ids
        self.assertEqual((part.value, part.price, part.net), (110, 100, 83.33))
        self._close_and_open()
        total, nets = 0, []
        for amount in (33.33, 33.33, 33.33, 10.01):
            order = self._redeem_entitlement(part, amount)
            self.assertEqual((order.amount_total, order.amount_tax), (0, 0))
            self.assertEqual(len(order.lines), 3)
            move = self._close_and_open()
            released = -sum(
                line.balance
                for line in move.line_ids
                if line.account_id == self.company_data["default_account_revenue"]
            )
            nets.append(round(released, 2))
            total += released
            self.assertBooked(move, deferred=nets[-1], revenue=-nets[-1])
        self.assertEqual(nets[0], 25.25)
        self.assertAlmostEqual(total, 83.33, 2)
        self.assertEntitlement(part, 0, 0)

    def test_bonus_of_a_pair_is_given_back(self):
        bonus = self._make_bonus_type()
        card = self._sell_entitlements(bonus, 100)
        order = self._redeem_entitlement(card.entitlement_ids, 33.33, price=40)
        self.assertEqual((order.amount_total, order.amount_tax), (6.67, 1.11))
        self._close_and_open()
        refund = self._give_back(order)
        self.assertEqual((refund.amount_total, refund.amount_tax), (-6.67, -1.11))
        self.assertBooked(
            self._close_and_open(),
            money=-6.67,
            deferred=-25.25,
            revenue=30.81,
            vat=1.11,
        )
        self.assertEntitlement(card.entitlement_ids, 110, 83.33)

    def test_money_is_added_with_its_vat(self):
        card = self._sell_entitlements(self.amount_type, 100)
        self._redeem_entitlement(card.entitlement_ids, 33.33)
        self._close_and_open()
        lines = self._quote_lines(
            self.amount_type,
            50,
            giftcard_is_topup=True,
            giftcard_reference=card._get_reference(),
        )
        order = self._bill(lines)
        self.assertCard(card, 116.67)
        self.assertBooked(self._close_and_open(), money=50, deferred=-41.67, vat=-8.33)
        self._give_back(order)
        self.assertBooked(self._close_and_open(), money=-50, deferred=41.67, vat=8.33)
        self.assertEntitlement(card.entitlement_ids, 66.67, 55.56)

    def test_card_for_one_use_loses_its_rest_without_vat(self):
        single = self._make_type(name="Once", vat_mode="spv", is_single_use=True)
        card = self._sell_entitlements(single, 100)
        self._close_and_open()
        order = self._redeem_entitlement(card.entitlement_ids, 54)
        self.assertCard(card, 0, status="used")
        self.assertBooked(
            self._close_and_open(), deferred=83.33, revenue=-45, income=-38.33
        )
        self._give_back(order)
        self.assertEntitlement(card.entitlement_ids, 100, 83.33)
        self.assertBooked(
            self._close_and_open(), deferred=-83.33, revenue=45, income=38.33
        )

    def test_forged_pairs_are_refused(self):
        for forge in (
            self._forge_price,
            self._forge_base,
            self._forge_deduction,
            self._forge_item_away,
            self._forge_two_items,
            self._forge_tax,
            self._forge_key,
            self._forge_role,
        ):
            with self.subTest(forge.__name__):
                lines = self._deduction()
                forge(lines)
                self._refused(
                    "fit|not on this bill|reserved|fully paid",
                    lambda lines=lines: self._bill(lines),
                )
                self._commit()
                held = self.card.redemption_ids.filtered(
                    lambda use: use.state == "held"
                )
                self.giftcard.giftcard_release(held.key, 9, self.session.id)
        self.assertEntitlement(self.part, 100, 83.33, 3)

    def _forge_price(self, lines):
        for line in lines:
            line[2]["price_unit"] *= 2
            line[2]["extra_tax_data"]["price_unit"] *= 2

    def _forge_base(self, lines):
        for line, sign in zip(lines, (1, -1), strict=True):
            data = line[2]["extra_tax_data"]
            data["manual_total_excluded"] += sign
            data["manual_total_excluded_currency"] += sign
            for amounts in data["manual_tax_amounts"].values():
                amounts["tax_amount"] -= sign
                amounts["tax_amount_currency"] -= sign

    def _forge_deduction(self, lines):
        lines[1][2].update(price_unit=-43.33, price_subtotal_incl=-43.33)
        data = lines[1][2]["extra_tax_data"]
        data["price_unit"] = -43.33
        data["manual_total_excluded"] -= 10
        data["manual_total_excluded_currency"] -= 10
        lines.append(self._line(self._other(), 10))

    def _forge_item_away(self, lines):
        lines[0] = self._line(self._other(), 33.33)

    def _forge_two_items(self, lines):
        lines.append(Command.create({**lines[0][2], "uuid": str(uuid4())}))

    def _forge_tax(self, lines):
        for line in lines:
            line[2]["tax_ids"] = [Command.set(self.taxes[10].ids)]

    def _forge_key(self, lines):
        for line in lines:
            line[2]["giftcard_deduction_key"] = "somebody-else"
        lines[1][2]["uuid"] = "somebody-else"

    def _forge_role(self, lines):
        lines[0][2]["giftcard_role"] = False

    def test_hold_is_refused_for_what_the_part_cannot_pay(self):
        tip = self.env.ref("point_of_sale.product_product_tip")
        self.session.config_id.sudo().tip_product_id = tip
        self._refused(
            "VAT was counted",
            lambda: self._hold_entitlements(self.card, (self.part, 5, (tip, 5))),
        )
        other = self._sell_entitlements(self.amount_type, 50).entitlement_ids
        self._refused(
            "damaged",
            lambda: self._hold_entitlements(self.card, (other, 5, (self.massage, 5))),
        )
        self._refused(
            "At most",
            lambda: self._hold_entitlements(
                self.card, (self.part, 130, (self.massage, 140))
            ),
        )

    def test_nothing_is_held_when_one_of_several_is_refused(self):
        # no savepoint here: it would give the first hold back by itself
        with self.assertRaisesRegex(UserError, "At most"):
            self._hold_entitlements(
                self.card,
                (self.part, 33.33, (self.massage, 40)),
                (self.part, 90, (self.massage, 90)),
            )
        self._commit()
        self.assertCard(self.card, 100)

    def test_line_or_bill_that_goes_away_frees_the_card(self):
        lines = self._deduction()
        order = self._bill(lines, [], state="draft")
        self.assertCard(self.card, 66.67, held=33.33)
        order.lines.filtered(lambda line: line.giftcard_role == "deduction").unlink()
        self._commit()
        self.assertCard(self.card, 100)
        order = self._bill(self._deduction(), [], state="draft")
        self.assertCard(self.card, 66.67, held=33.33)
        order.action_pos_order_cancel()
        self._commit()
        self.assertCard(self.card, 100)

    def test_held_pair_is_named_when_the_till_closes(self):
        self._deduction()
        holds = self.session.get_closing_control_data()["giftcard_holds"]
        self.assertEqual(
            [(hold["last4"], hold["amount"]) for hold in holds],
            [(self.card.last4, 33.33)],
        )

    def test_half_a_pair_is_not_given_back(self):
        order = self._redeem_entitlement(self.part, 33.33)
        for role in ("item", "deduction"):
            half = order.lines.filtered(
                lambda line, role=role: line.giftcard_role == role
            )
            self._refused(
                "not on this bill|fit",
                lambda half=half: self._give_back(order, lines=half),
            )
        self._commit()
        self._give_back(order)
        self._refused("refunded|go back", lambda: self._give_back(order))
        self.assertEntitlement(self.part, 100, 83.33, 3)

    def test_undone_from_the_list_of_bills(self):
        order = self._redeem_entitlement(
            self.part, 33.33, price=45, product=self._other()
        )
        care = self.env.user
        care.group_ids += self.env.ref("giftcard_salon.group_desk")
        preview = self.giftcard.giftcard_undo_preview(order.id, self.session.id)
        self.assertEqual(preview["refusal"], "")
        self.assertIn("33.33", preview["text"])
        self.giftcard.giftcard_undo(order.id, self.session.id)
        self.assertEntitlement(self.part, 100, 83.33, 3)
        self.assertBooked(self._close_and_open())

    def _make_bonus_type(self):
        return self._make_type(
            name="Bonus", vat_mode="spv", amount_ids=False, bonus_rate=10
        )

    def _other(self):
        return self._make_service("Gel manicure", 45)
