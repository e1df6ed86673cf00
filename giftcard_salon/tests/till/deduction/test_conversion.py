# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.tests import tagged

from ...deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestConversion(GiftcardDeductionCommon):
    """A card for a service becomes a gift card on the bill that it pays (C37, C38)."""

    def setUp(self):
        super().setUp()
        self.card = self._sell_entitlements(self._make_package((self.massage, 1, 100)))
        self._close_and_open()

    def _hold_conversion(self, card, **values):
        request = {
            "session_id": self.session.id,
            "code": card._reveal(),
            "order_uuid": self._bill_uuid,
            "order_name": "Bill",
            "keys": [str(uuid4()) for _part in card.entitlement_ids],
            **values,
        }
        self.env.flush_all()
        return self.giftcard.with_user(self.cashier).giftcard_hold_conversion(request)

    def _conversion_lines(self, hold, payment):
        lines = [
            self._fixed_amounts(
                row["key"],
                self.deduction,
                row["amounts"],
                row["tax_ids"],
                -1,
                uuid=row["key"],
                giftcard_role="conversion_out",
                giftcard_deduction_key=payment,
            )
            for row in hold["lines"]
        ]
        money = hold["amount"]
        amounts = {"base": money, "gross": money, "price_unit": money, "taxes": []}
        return [
            *lines,
            self._fixed_amounts(
                payment,
                self.deduction,
                amounts,
                [],
                giftcard_role="conversion_in",
                giftcard_deduction_key=payment,
            ),
        ]

    def _convert_and_redeem(self, card, amount, price=None, **values):
        price = amount if price is None else price
        hold = self._hold_conversion(card)
        payment = self._payment(self.giftcard, amount)
        lines = self._conversion_lines(hold, payment[2]["uuid"])
        item = self._line(self.services[5.5], price)
        payments = [payment]
        if price != amount:
            payments.append(self._payment(self.cash_of(self.session), price - amount))
        return self._bill([item, *lines], payments, **values)

    def test_tip_that_is_all_that_is_left_is_changed(self):
        """At a till that takes no tips: 5.00 of tips become a card, 5.00 are used."""
        card = self._sell_entitlements(
            self._make_package((self.massage, 1, 100), (None, 1, 5))
        )
        self._redeem_entitlement(card.entitlement_ids[0], 100)
        self._close_and_open()
        order = self._convert_and_redeem(card, 5, 10.55)
        self.assertEqual((order.amount_total, order.state), (10.55, "paid"))
        self.assertCard(card, 0, status="converted")
        self.assertCard(card.changed_to_id, 0, status="used")
        self.assertBooked(
            self._close_and_open(), tips=5, money=5.55, revenue=-10, vat=-0.55
        )

    def test_other_tax_is_refused(self):
        """C37."""
        part = self.card.entitlement_ids
        self._refused(
            "VAT was counted when it was sold",
            lambda: self._redeem_entitlement(part, 100, product=self.services[5.5]),
        )
        self.assertEntitlement(part, 100, 83.33, 1)

    def test_changed_and_used_on_one_bill(self):
        """C38: credit note of 83.33 + 16.67, a card of 100.00, 94.79 + 5.21 sold."""
        code = self.card._reveal()
        order = self._convert_and_redeem(self.card, 100)
        self.assertEqual((order.amount_total, order.state), (100, "paid"))
        self.assertCard(self.card, 0, status="converted")
        new = self.card.changed_to_id
        self.assertEqual((new.vat_mode, new.value, new.price), ("mpv", 100, 100))
        self.assertCard(new, 0, status="used")
        self.assertEqual(new._reveal(), code)
        move = self._close_and_open()
        self.assertBooked(move, deferred=83.33, vat=16.67 - 5.21, revenue=-94.79)
        self.assertReturn(
            move,
            refund_base_2=83.33,
            refund_tax_2=16.67,
            invoice_base_5_5=-94.79,
            invoice_tax_5_5=-5.21,
        )
        self.assertEqual(
            sorted(move.line_ids.filtered("giftcard_entry_id").mapped("balance")),
            [-100, 83.33, 100],
        )
        self.assertEqual(
            (self.card + new).entry_ids.sorted("id").mapped("kind"),
            ["sale", "convert_out", "convert_in", "redeem"],
        )

    def test_changed_on_an_invoiced_bill(self):
        """Both lines are on the accounts of cards, not on the sales of a product."""
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        bill = {"partner_id": self.client.id}
        order = self._convert_and_redeem(self.card, 100, to_invoice=True, **bill)
        self.assertBooked(
            order.account_move,
            deferred=83.33,
            liability=-100,
            vat=16.67 - 5.21,
            revenue=-94.79,
            money=100,
        )
        self._close_and_open()
        card = self._sell_entitlements(self._make_package((self.massage, 1, 60)))
        later = self._convert_and_redeem(card, 60, **bill)
        self._close_and_open()
        later.action_pos_order_invoice()
        self.assertTiesOut()

    def test_rest_stays_under_the_same_code(self):
        code = self.card._reveal()
        self._convert_and_redeem(self.card, 32)
        new = self.env["giftcard.card"]._find_by_code(code)
        self.assertEqual(new, self.card.changed_to_id)
        self.assertCard(new, 68, status="partial")
        self.assertEqual(new.valid_until, self.card.valid_until)
        facts = self.giftcard.giftcard_lookup(code, self.session.id)
        self.assertEqual((facts["settles"], facts["available"]), ("tender", 68))
        self._redeem(self.session, new, 68, rate=10)
        self.assertCard(new, 0, status="used")
        self._close_and_open()

    def test_bill_that_goes_away_leaves_the_card_as_it_was(self):
        hold = self._hold_conversion(self.card)
        self.assertCard(self.card, 0, held=100)
        for row in hold["lines"]:
            self.giftcard.giftcard_release(row["key"], 2, self.session.id)
        self.assertCard(self.card, 100, status="active")
        self._redeem_entitlement(self.card.entitlement_ids, 100)

    def test_same_request_again_gets_the_same_answer(self):
        """The till asks once more when the answer was lost."""
        keys = [str(uuid4())]
        first = self._hold_conversion(self.card, keys=keys)
        again = self._hold_conversion(self.card, keys=keys)
        self.assertEqual(again, first)
        self.assertEqual([row["key"] for row in again["lines"]], keys)
        self.assertCard(self.card, 0, held=100)
        self._refused("is being used", lambda: self._hold_conversion(self.card))
        self.giftcard.giftcard_release(keys[0], 2, self.session.id)
        self.assertCard(self.card, 100, status="active")

    def test_rest_after_a_use_is_changed(self):
        card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        self._redeem_entitlement(card.entitlement_ids, 33.33)
        self._close_and_open()
        self._convert_and_redeem(card, 10, price=20)
        self.assertBooked(
            self._close_and_open(),
            money=10,
            deferred=55.56,
            liability=-56.67,
            vat=11.11 - 1.04,
            revenue=-18.96,
        )

    def test_forged_changes_are_refused(self):
        def bill(change):
            hold = self._hold_conversion(self.card)
            payment = self._payment(self.giftcard, 100)
            lines = self._conversion_lines(hold, payment[2]["uuid"])
            change(lines, payment)
            item = self._line(self.services[5.5], 100)
            try:
                self._refused(
                    "fit|not on this bill|reserved",
                    lambda: self._bill([item, *lines], [payment]),
                )
            finally:
                self._commit()
                for row in hold["lines"]:
                    self.giftcard.giftcard_release(row["key"], 2, self.session.id)

        def more_money(lines, _payment):
            lines[1][2].update(
                price_unit=120, price_subtotal=120, price_subtotal_incl=120
            )
            lines.append(self._line(self.services[10], -20))

        def without_credit(lines, _payment):
            del lines[0]
            lines.append(self._line(self.services[10], -100))

        def other_payment(_lines, payment):
            payment[2]["uuid"] = str(uuid4())

        def other_tax(lines, _payment):
            lines[0][2]["tax_ids"] = [(6, 0, self.taxes[10].ids)]

        for change in (more_money, without_credit, other_payment, other_tax):
            with self.subTest(change.__name__):
                bill(change)
                self.assertCard(self.card, 100, status="active")

    def test_card_with_a_bonus_is_not_changed_past_the_till(self):
        """The hold of a change refuses it; so does a bill made of other holds."""
        bonus = self._make_type(
            name="Bonus", vat_mode="spv", amount_ids=False, bonus_rate=10
        )
        card = self._sell_entitlements(bonus, 100)
        self._refused("less than it is worth", lambda: self._hold_conversion(card))
        part = card.entitlement_ids
        hold = self._hold_entitlements(card, (part, 110, (self.massage, 110)))[
            "redemptions"
        ][0]
        taxes = self.massage.taxes_id
        sold = self.env["giftcard.accounting"]._split_redemption(part, hold, taxes)
        row = {
            "key": hold["key"],
            "amounts": self.giftcard._tell_giftcard_amounts(sold.deduction),
            "tax_ids": taxes.ids,
        }
        key = str(uuid4())
        lines = self._conversion_lines({"lines": [row], "amount": 100}, key)
        lines[-1][2]["uuid"] = key
        item = self._line(self.services[5.5], 100)
        self._refused("fit|not on this bill", lambda: self._bill([item, *lines]))
        self.assertCard(card, 0, held=110)

    def test_bill_is_refunded_to_the_new_card_only(self):
        order = self._convert_and_redeem(self.card, 100)
        self._close_and_open()
        item = order.lines.filtered(lambda line: not line.giftcard_role)
        self._refused(
            "stays one",
            lambda: self._give_back(
                order, payments=[self._payment(self.giftcard, -100)]
            ),
        )
        self._give_back(
            order, lines=item, payments=[self._payment(self.giftcard, -100)]
        )
        self.assertCard(self.card.changed_to_id, 100)
        self.assertBooked(
            self._close_and_open(), liability=-100, revenue=94.79, vat=5.21
        )
