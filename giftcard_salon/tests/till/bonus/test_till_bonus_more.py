# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal

from odoo.tests import tagged

from ...bonus_common import GiftcardBonusCommon


@tagged("post_install", "-at_install")
class TestTillBonusMore(GiftcardBonusCommon):
    """Free cards, several cards, tips, invoices, bills that lie."""

    def setUp(self):
        super().setUp()
        self.session = self._open()

    def test_below_face_in_full(self):
        """C22: 90.00 for 100.00, all of it at 10 %."""
        card = self._make_bonus_card(self.session, 90, 100)
        self._close(self.session)
        session = self._open()
        self._pay(session, card, 100, ((10, 100),))
        move = self._close(session)
        self.assertPosted(move, liability=90, vat=-8.18, revenue=-81.82)
        self.assertCard(card, 0)
        self.assertTiesOut()

    def test_rest_of_the_bill_does_not_change(self):
        """C24: the card pays 30.00 of 80.00, cash stays at 50.00."""
        card = self._make_bonus_card(self.session, 100, 120)
        self._close(self.session)
        session = self._open()
        order = self._pay(session, card, 30)
        self.assertEqual(order.amount_total, 75)
        self.assertEqual(sorted(order.payment_ids.mapped("amount")), [25, 50])
        self.assertEqual(
            {rate: sum(parts) for rate, parts in self._given(order).items()},
            {20: 3.12, 10: 1.25, 5.5: 0.63},
        )
        move = self._close(session)
        self.assertPosted(move, liability=25, money=50, vat=-10.01, revenue=-64.99)
        self.assertTiesOut()

    def test_free_card_is_a_discount(self):
        """C28: a free card of 20.00 on a service of 80.00."""
        card = self._make_free_card(20)
        order = self._pay(self.session, card, 20, ((20, 80),))
        payment = order.payment_ids._get_giftcard_payments()
        self.assertEqual(
            (payment.amount, payment.giftcard_bonus, payment.giftcard_remaining),
            (0, 20, 0),
        )
        self.assertCard(card, 0, status="used")
        move = self._close(self.session)
        self.assertPosted(move, money=60, vat=-10, revenue=-50)
        self.assertTiesOut()

    def test_free_card_covers_the_bill(self):
        """C29: nothing to pay, nothing to post."""
        card = self._make_free_card(20)
        order = self._pay(self.session, card, 15.5, ((20, 10.5), (5.5, 5)))
        self.assertEqual((order.amount_total, order.amount_tax), (0, 0))
        self.assertCard(card, 4.5, status="partial")
        move = self._close(self.session)
        self.assertPosted(move)
        self.assertTiesOut()

    def test_invoiced_at_once_and_later(self):
        self.config.invoice_journal_id = self.company_data["default_journal_sale"]
        card = self._make_bonus_card(self.session, 100, 120)
        values = {"partner_id": self.client.id}
        order = self._pay(self.session, card, 80, to_invoice=True, **values)
        later = self._pay(self.session, card, 30, **values)
        self._close(self.session)
        later.action_pos_order_invoice()
        for bill, total, tax in ((order, 66.67, 8.89), (later, 75.0, 10.01)):
            invoice = bill.account_move
            self.assertEqual((invoice.amount_total, invoice.amount_tax), (total, tax))
            self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertTiesOut()

    def test_two_cards_on_one_bill(self):
        first = self._make_bonus_card(self.session, 100, 120)
        free = self._make_free_card(20)
        lines = self._basket()
        payment, bonus = self._redeem_card(self.session, first, 60, lines)
        other, more = self._redeem_card(self.session, free, 20, lines + bonus)
        payload = self._payload(self.session, lines + bonus + more, [payment, other])
        order, _answer = self._sync(payload, self.cashier)
        self.assertEqual(order.amount_total, 50)
        self.assertCard(first, 60)
        self.assertCard(free, 0)
        self.assertTiesOut()
        self._close(self.session)
        self.assertTiesOut()

    def test_discounts_of_two_cards_are_rounded_once(self):
        """R2: 10.00 and 10.00 off a bill take 1.67 off its VAT at 20 %, not 1.66."""
        for method, vat in (("round_globally", 9.67), ("round_per_line", 9.70)):
            self.company.tax_calculation_rounding_method = method
            bonus_card = self._make_bonus_card(self.session, 50, 60)
            self._close(self.session)
            self.session = self._open()
            lines = self._basket((20, 50), (10, 30), (5.5, 20))
            free = self._make_free_card(10)
            payment, bonus = self._redeem_card(self.session, free, 10, lines)
            other, more = self._redeem_card(self.session, bonus_card, 60, lines + bonus)
            cash = self._payment(self.cash, 30)
            order, _answer = self._sync(
                self._payload(
                    self.session, lines + bonus + more, [payment, other, cash]
                ),
                self.cashier,
            )
            self.assertEqual(order.amount_tax, vat)
            self.assertTiesOut()
            # all of it goes back as it came
            self._close(self.session)
            self.assertTiesOut()
            self.session = self._open()

    def test_discount_stays_fit_when_the_card_before_leaves_the_bill(self):
        bonus_card = self._make_bonus_card(self.session, 50, 60)
        free = self._make_free_card(10)
        lines = self._basket((20, 60))
        _payment, bonus = self._redeem_card(self.session, free, 5, lines)
        other, more = self._redeem_card(self.session, bonus_card, 30, lines + bonus)
        cash = self._payment(self.cash, 30)
        payload = self._payload(self.session, lines + more, [other, cash])
        self._refused("does not fit this bill", lambda: self._sync(payload))
        self._bill_uuid = payload["uuid"]
        again, more = self._redeem_card(
            self.session, bonus_card, 30, lines, key=other[2]["uuid"], revision=2
        )
        self._sync(self._payload(self.session, lines + more, [again, cash]))
        self.assertCard(bonus_card, 30)

    def test_discount_rounded_apart_from_another_is_refused(self):
        """R2: 1.67 twice is a cent too much off the VAT of a bill rounded once."""
        self.company.tax_calculation_rounding_method = "round_globally"
        first, other = self._make_free_card(10), self._make_free_card(10)
        lines = self._basket((20, 60))
        payment, bonus = self._redeem_card(self.session, first, 10, lines)
        # a till that forgot the first one
        more, apart = self._redeem_card(self.session, other, 10, lines)
        cash = self._payment(self.cash, 40)
        payload = self._payload(
            self.session, lines + bonus + apart, [payment, more, cash]
        )
        self._refused("does not fit this bill", lambda: self._sync(payload))
        self._bill_uuid = payload["uuid"]
        more, fit = self._redeem_card(
            self.session, other, 10, lines + bonus, key=more[2]["uuid"], revision=2
        )
        order, _answer = self._sync(
            self._payload(self.session, lines + bonus + fit, [payment, more, cash])
        )
        self.assertEqual((order.amount_total, order.amount_tax), (40, 6.67))

    def test_income_accounts_of_the_items(self):
        """C23 with the massage of 20 % in two parts, on two accounts."""
        usual = self.company_data["default_account_revenue"]
        other = usual.copy()
        second = self.services[20].create(
            {
                "name": "Second massage",
                "type": "service",
                "taxes_id": self.taxes[20].ids,
                "property_account_income_id": other.id,
            }
        )
        self.services[10].property_account_income_id = other
        card = self._make_bonus_card(self.session, 100, 120)
        self._close(self.session)
        session = self._open()
        lines = self._basket((20, 39.99), (10, 20.01), (5.5, 10))
        lines.append(self._line(second, 10))
        payment, bonus = self._redeem_card(session, card, 80, lines)
        self._sync(self._payload(session, lines + bonus, [payment]))
        move = self._close(session)
        self.assertPosted(move, liability=66.67, vat=-8.89, revenue=-35.68, money=-22.1)
        income = {
            account: round(
                sum(
                    move.line_ids.filtered(
                        lambda line, own=account: line.account_id == own
                    ).mapped("balance")
                ),
                2,
            )
            for account in (other, usual)
        }
        # 8.33 - 1.39 on the second massage, 15.16 on the tea
        self.assertEqual(income, {other: -22.1, usual: -35.68})

    def test_bonus_is_not_given_on_a_tip(self):
        self.config.iface_tipproduct = True
        self.config.tip_product_id = self.env.ref("point_of_sale.product_product_tip")
        card = self._make_bonus_card(self.session, 100, 120)
        lines = self._basket((20, 60))
        tip = self._line(self.config.tip_product_id, 10)
        payment, bonus = self._redeem_card(self.session, card, 60, lines)
        cash = self._payment(self.cash, 10)
        payload = self._payload(self.session, [*lines, tip, *bonus], [payment, cash])
        order, _answer = self._sync(payload, self.cashier)
        self.assertEqual(order.amount_total, 60)
        # the discount of another card goes over the tip as well: not of this one
        payment, bonus = self._redeem_card(self.session, card, 60, [*lines, tip])
        for line in lines:
            line[2]["uuid"] = self._new_key()
        tip[2]["uuid"] = self._new_key()
        payload = self._payload(
            self.session, [*lines, tip, *bonus], [payment, self._payment(self.cash, 10)]
        )
        self._refused("does not fit this bill", lambda: self._sync(payload))

    def test_bills_that_lie(self):
        """The till is not trusted: each of these would change money or VAT."""
        card = self._make_bonus_card(self.session, 100, 120)

        def attempt(sentence, change):
            lines = self._basket()
            payment, bonus = self._redeem_card(self.session, card, 80, lines)
            payload = change(lines, payment, bonus)
            self._refused(sentence, lambda: self._sync(payload))
            self.giftcard.giftcard_release(payment[2]["uuid"], 2, self.session.id)
            self._bill_uuid = self._new_key()

        def payload(lines, *payments):
            return self._payload(self.session, lines, list(payments))

        def without_discount(lines, payment, bonus):
            payment[2]["amount"] = 80
            return payload(lines, payment)

        def less_paid(lines, payment, bonus):
            bonus[0][2].update(price_unit=-18.33, price_subtotal_incl=-18.33)
            bonus[0][2]["extra_tax_data"].update(
                price_unit=-18.33,
                manual_total_excluded_currency=-16.94,
                manual_total_excluded=-16.94,
            )
            payment[2]["amount"] = 56.67
            return payload(lines + bonus, payment)

        def all_at_the_lowest_rate(lines, payment, bonus):
            tax, orders = self.taxes[5.5], self.env["pos.order"]
            currency = self.company.currency_id
            discount = self.env["giftcard.accounting"]._split_gross(
                tax, Decimal("13.33"), currency
            )
            key = payment[2]["uuid"]
            line = orders._prepare_giftcard_discount_line(key, discount, currency)
            return payload([*lines, self._bonus_line(line, key, tax.ids)], payment)

        def other_vat(lines, payment, bonus):
            data = bonus[0][2]["extra_tax_data"]
            tax = data["manual_tax_amounts"][str(self.taxes[20].id)]
            tax["tax_amount_currency"] = tax["tax_amount"] = -8.33
            data["manual_total_excluded_currency"] = 0.0
            data["manual_total_excluded"] = 0.0
            return payload(lines + bonus, payment)

        def other_rates(lines, payment, bonus):
            lines[2] = self._line(self.services[20], 10)
            return payload(lines + bonus, payment)

        def discount_of_nobody(lines, payment, bonus):
            for line in bonus:
                line[2]["giftcard_deduction_key"] = self._new_key()
            cash = self._payment(self.cash, 66.67)
            return payload(lines + bonus, cash)

        attempt("Of what card .* gives, .*66.67 was paid for", without_discount)
        attempt("Of what card .* gives, .*66.67 was paid for", less_paid)
        attempt("does not fit this bill", all_at_the_lowest_rate)
        attempt("does not fit this bill", other_vat)
        attempt("does not fit this bill", other_rates)
        attempt("does not fit this bill", discount_of_nobody)
        self.assertCard(card, 120)

    def test_card_is_sold_at_the_price_its_type_offers(self):
        card = self._make_bonus_card(self.session, 100, 110)
        self.assertEqual((card.price, card.value), (100, 110))
        product = card.type_id.product_ids.product_variant_ids
        for price, value in ((100, 120), (100, 0), (90, 110), (110, 100)):
            line = self._line(product, price, giftcard_value=value)
            payload = self._payload(
                self.session, [line], [self._payment(self.cash, price)]
            )
            self._refused("worth|on offer", lambda sent=payload: self._sync(sent))

    def test_unused_card_worth_more_is_given_back_at_its_price(self):
        card = self._make_bonus_card(self.session, 100, 110)
        sold = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        payload = self._refund_payload(sold.order_id, self.session, method=self.cash)
        self._sync(payload)
        self.assertCard(card, 0, status="cancelled")
        self.assertTiesOut()

    def test_money_added_to_a_card_is_worth_what_its_type_says(self):
        """100.00 for 110.00 on a card with 50.00 left that cost 45.45."""
        card = self._make_bonus_card(self.session, 100, 110)
        self._pay(self.session, card, 60, ((20, 60),))
        product = card.type_id.product_ids.product_variant_ids
        line = self._line(
            product,
            100,
            giftcard_value=110,
            giftcard_is_topup=True,
            giftcard_reference=card._get_reference(),
        )
        payload = self._payload(self.session, [line], [self._payment(self.bank, 100)])
        order, _answer = self._sync(payload, self.cashier)
        self.assertCard(card, 160)
        self.assertEqual(card.available_consideration, 145.45)
        refund = self._refund_payload(order, self.session, method=self.cash)
        self._sync(refund, self.cashier)
        self.assertCard(card, 50)
        self.assertEqual(card.available_consideration, 45.45)
        self._close(self.session)
        self.assertTiesOut()
