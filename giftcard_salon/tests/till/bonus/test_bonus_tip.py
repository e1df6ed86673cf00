# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ...bonus_common import GiftcardBonusCommon


@tagged("post_install", "-at_install")
class TestBonusTip(GiftcardBonusCommon):
    """A tip is no supply: no bonus lowers it; whoever gets it gets it in full."""

    def setUp(self):
        super().setUp()
        self.tip = self.env.ref("point_of_sale.product_product_tip")
        self.tip_account = self.company_data["default_account_revenue"].copy(
            {"name": "Tips"}
        )
        self.tip.sudo().write(
            {
                "taxes_id": [Command.clear()],
                "property_account_income_id": self.tip_account.id,
            }
        )
        self.config.write({"iface_tipproduct": True, "tip_product_id": self.tip.id})
        self.session = self._open()

    def _redeem_card(self, session, card, amount, lines, **request):
        """As the till asks: its supplies by taxes, and the tip apart."""
        tips = [line[2]["price_subtotal_incl"] for line in self._split(lines)[1]]
        return super()._redeem_card(
            session, card, amount, lines, **{"tips": sum(tips), **request}
        )

    def _tax_groups(self, lines):
        return super()._tax_groups(self._split(lines)[0])

    def _split(self, lines):
        tips = [line for line in lines if line[2]["product_id"] == self.tip.id]
        return [line for line in lines if line not in tips], tips

    def _tipped(self, tip, *items):
        return [*self._basket(*items), self._line(self.tip, tip)]

    def _untaxed(self):
        return self.env["product.product"].create(
            {
                "name": "Untaxed",
                "type": "service",
                "available_in_pos": True,
                "taxes_id": [Command.clear()],
            }
        )

    def _balance(self, move, account):
        lines = move.line_ids.filtered(lambda line: line.account_id == account)
        return round(sum(lines.mapped("balance")), 2)

    def test_bonus_is_given_on_supplies_only(self):
        """100.00 for 110.00, on 60.00 and a tip of 6.00: 6.00, 45.00 and 9.00."""
        card = self._make_bonus_card(self.session, 100, 110, pays_tips=True)
        self._close(self.session)
        session = self._open()
        lines = self._tipped(6, (20, 60))
        payment, bonus = self._redeem_card(session, card, 66, lines)
        self.assertEqual((payment[2]["amount"], len(bonus)), (60, 1))
        self.assertEqual(bonus[0][2]["price_unit"], -6)
        order, _answer = self._sync(
            self._payload(session, lines + bonus, [payment]), self.cashier
        )
        self.assertEqual((order.amount_total, order.amount_tax), (60, 9))
        move = self._close(session)
        self.assertPosted(move, liability=60, vat=-9, revenue=-45, money=-6)
        self.assertEqual(self._balance(move, self.tip_account), -6)
        self.assertTiesOut()

    def test_tip_of_the_same_vat_as_a_supply(self):
        """Untaxed services beside an untaxed tip: the tip's account stays whole."""
        card = self._make_bonus_card(self.session, 100, 110, pays_tips=True)
        self._close(self.session)
        session = self._open()
        free = self._untaxed()
        lines = [self._line(free, 60), self._line(self.tip, 6)]
        payment, bonus = self._redeem_card(session, card, 66, lines)
        order, _answer = self._sync(
            self._payload(session, lines + bonus, [payment]), self.cashier
        )
        self.assertEqual((order.amount_total, order.amount_tax), (60, 0))
        move = self._close(session)
        self.assertPosted(move, liability=60, revenue=-54, money=-6)
        self.assertEqual(self._balance(move, self.tip_account), -6)

    def test_tip_after_the_payment(self):
        """A restaurant's tip comes to a paid bill: the bonus stays where it was."""
        card = self._make_bonus_card(self.session, 100, 110)
        self._close(self.session)
        session = self._open()
        free = self._untaxed()
        lines = [self._line(free, 60)]
        payment, bonus = self._redeem_card(session, card, 55, lines)
        cash = self._payment(self.cash_of(session), 5)
        payload = self._payload(session, lines + bonus, [payment, cash])
        order, _answer = self._sync(payload, self.cashier)
        values = self._line(self.tip, 6)[2]
        order.lines.with_user(self.cashier).create([{**values, "order_id": order.id}])
        order.with_user(self.cashier).write({"is_tipped": True, "tip_amount": 6})
        paid = order.payment_ids.filtered(lambda own: own.amount == 5)
        paid.sudo().amount = 11
        self._commit()
        move = self._close(session)
        self.assertEqual(self._balance(move, self.tip_account), -6)
        self.assertEqual(
            self._balance(move, self.company_data["default_account_revenue"]), -55
        )

    def test_bonus_above_the_supplies_lowers_the_amount(self):
        """Most of the card is a gift: 10.00 of it fit a service of 10.00."""
        card = self._make_bonus_card(self.session, 10, 110, pays_tips=True)
        lines = self._tipped(60, (20, 10))
        self._refused(
            "At most .*11.00.*never a tip",
            lambda: self._redeem_card(self.session, card, 70, lines),
        )
        payment, bonus = self._redeem_card(self.session, card, 11, lines)
        self.assertEqual((payment[2]["amount"], bonus[0][2]["price_unit"]), (1, -10))
        cash = self._payment(self.cash_of(self.session), 59)
        payload = self._payload(self.session, lines + bonus, [payment, cash])
        order, _answer = self._sync(payload, self.cashier)
        self.assertEqual((order.amount_total, order.amount_tax), (60, 0))

    def test_free_card_pays_no_tip(self):
        """26.00 for nothing, on 20.00 and a tip of 6.00: 20.00 at most."""
        card = self._make_free_card(26)
        card.sudo().pays_tips = True
        self.env.flush_all()
        self._commit()
        lines = self._tipped(6, (20, 20))
        self._refused(
            "At most .*20.00", lambda: self._redeem_card(self.session, card, 26, lines)
        )
        payment, bonus = self._redeem_card(self.session, card, 20, lines)
        cash = self._payment(self.cash_of(self.session), 6)
        order, _answer = self._sync(
            self._payload(self.session, lines + bonus, [payment, cash]), self.cashier
        )
        self.assertEqual((order.amount_total, order.amount_tax), (6, 0))
        # a bill of a tip alone has nothing that it could lower
        self._refused(
            "never a tip",
            lambda: self._redeem_card(self.session, card, 6, [self._line(self.tip, 6)]),
        )

    def test_bill_that_gives_a_bonus_on_its_tip(self):
        card = self._make_bonus_card(self.session, 100, 110, pays_tips=True)
        lines = self._tipped(6, (20, 60))
        self.patch(type(self), "_split", lambda _self, all_lines: (all_lines, []))
        payment, bonus = self._redeem_card(self.session, card, 66, lines)
        self.assertEqual(len(bonus), 2)
        payload = self._payload(self.session, lines + bonus, [payment])
        self._refused("does not fit this bill", lambda: self._sync(payload))

    def test_goods_that_are_said_to_go_with_the_tip_are_no_tip(self):
        """A line that names the tip's pair takes its VAT rate's share of the bonus."""
        card = self._make_bonus_card(self.session, 100, 110, pays_tips=True)
        lines = self._tipped(6, (20, 60), (5.5, 60))
        dear, cheap, tip = lines
        self.patch(type(self), "_split", lambda _self, _all: ([cheap], [dear, tip]))
        payment, bonus = self._redeem_card(self.session, card, 55, lines)
        self.assertEqual([line[2]["price_unit"] for line in bonus], [-5])
        cash = self._payment(self.cash_of(self.session), 71)
        for line in (dear, tip):
            line[2]["giftcard_deduction_key"] = "forged"
        payload = self._payload(self.session, lines + bonus, [payment, cash])
        self._refused("does not fit this bill", lambda: self._sync(payload))

    def test_tip_goes_back_whole(self):
        """The tip of 6.00 goes back in full: 3.00 of the bonus with 30.00."""
        card = self._make_bonus_card(self.session, 100, 110, pays_tips=True)
        self._close(self.session)
        self.session = session = self._open()
        lines = self._tipped(6, (20, 30), (20, 30))
        payment, bonus = self._redeem_card(session, card, 66, lines)
        order, _answer = self._sync(
            self._payload(session, lines + bonus, [payment]), self.cashier
        )
        items = order.lines.filtered(lambda line: not line.giftcard_role)
        for back, left in ((items[0], 74), (items[1:], 110)):
            payload = self._give_back(order, session, back)
            self._sync(payload, self.cashier)
            self.assertCard(card, left)
        move = self._close(session)
        self.assertEqual(self._balance(move, self.tip_account), 0)
        self.assertTiesOut()
