# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestPostingsSession(GiftcardTillCommon):
    """What a closed till posts: one line per card, and the cards tie out."""

    def setUp(self):
        super().setUp()
        self.session = self._open()

    def _items(self, move):
        return move.line_ids.filtered(lambda line: line.account_id == self.liability)

    def test_sale_is_a_liability_without_tax(self):
        """C01."""
        cards = self._sell(self.session, 100, 50)
        report = self.assertTiesOut()
        self.assertEqual(report.line_ids.mapped("amount"), [150])
        self.assertEqual(report.line_ids.name, self.session.name)
        move = self._close(self.session)
        self.assertPosted(move, liability=-150, money=150)
        items = self._items(move)
        self.assertEqual(items.giftcard_card_id, cards)
        self.assertEqual(sorted(items.mapped("balance")), [-100, -50])
        self.assertFalse(move.line_ids.tax_ids | move.line_ids.tax_line_id)
        self.assertFalse(items.tax_tag_ids)
        self.assertTiesOut()

    def test_use_takes_the_liability_and_the_tax_in_full(self):
        """C02 with the rest in cash."""
        card = self._sell(self.session, 100)
        self._close(self.session)
        session = self._open()
        self._redeem(session, card, 50, price=70)
        self.assertTiesOut()
        move = self._close(session)
        self.assertPosted(move, liability=50, money=20, vat=-11.67, revenue=-58.33)
        self.assertEqual(self._items(move).giftcard_card_id, card)
        self.assertIn(card.name, self._items(move).name)
        self.assertTiesOut()

    def test_three_uses_are_three_lines(self):
        card = self._sell(self.session, 100)
        for amount in (10, 20, 30):
            self._redeem(self.session, card, amount)
        move = self._close(self.session)
        self.assertEqual(
            sorted(self._items(move).mapped("balance")), [-100, 10, 20, 30]
        )
        self.assertTiesOut()

    def test_day_with_a_refund_only_credits_the_liability_once(self):
        """Core's own bank method posts this twice on the same account."""
        card = self._sell(self.session, 120)
        order = self._redeem(self.session, card, 50)
        self._close(self.session)
        session = self._open()
        self._sync(self._refund_payload(order, session))
        move = self._close(session)
        self.assertPosted(move, liability=-50, vat=8.33, revenue=41.67)
        receivable = session._get_receivable_account(self.giftcard)
        open_items = self.env["account.move.line"].search(
            [("account_id", "=", receivable.id), ("move_id", "=", move.id)]
        )
        self.assertFalse(open_items)
        self.assertCard(card, 120)
        self.assertTiesOut()

    def test_use_and_refund_on_one_day_leave_their_trace(self):
        card = self._sell(self.session, 100)
        order = self._redeem(self.session, card, 60)
        self._sync(self._refund_payload(order, self.session))
        move = self._close(self.session)
        self.assertEqual(sorted(self._items(move).mapped("balance")), [-100, -60, 60])
        self.assertTiesOut()

    def test_card_given_back_takes_the_liability_away(self):
        """C12 and C14."""
        card = self._sell(self.session, 100)
        sold = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        self._close(self.session)
        session = self._open()
        payload = self._refund_payload(
            sold.order_id, session, method=self.cash_of(session)
        )
        self._sync(payload)
        self.assertPosted(self._close(session), liability=100, money=-100)
        self.assertTiesOut()

    def test_rest_of_a_card_for_one_use_becomes_income(self):
        single = self._make_type(is_single_use=True)
        product = single.product_ids.product_variant_ids
        payload = self._payload(
            self.session, [self._line(product, 100)], [self._payment(self.cash, 100)]
        )
        card = self._sync(payload)[0].lines.giftcard_card_id
        self._redeem(self.session, card, 54)
        self.assertTiesOut()
        move = self._close(self.session)
        self.assertPosted(move, money=100, vat=-9, revenue=-45, lost=-46)
        self.assertTiesOut()

    def test_closing_difference_of_another_method_leaves_the_liability_alone(self):
        card = self._sell(self.session, 120)
        self._redeem(self.session, card, 50)
        session = self.session
        data = session.get_closing_control_data()
        counted = {method["id"] for method in data["non_cash_payment_methods"]}
        self.assertNotIn(self.giftcard.id, counted)
        session.post_closing_cash_details(session.cash_register_balance_end - 5)
        session.close_session_from_ui([(self.giftcard.id, -5.0)])
        self.assertEqual(session.state, "closed")
        balance = sum(self._items(session.move_id).mapped("balance"))
        self.assertEqual(balance, -70)
        self.assertTiesOut()

    def test_mixed_rates_and_two_tenders(self):
        """C06: 60 at 20 %, 30 at 10 %, 9.99 at 5.5 %; card 50.00, bank 49.99."""
        card = self._sell(self.session, 50)
        self._close(self.session)
        session = self._open()
        lines = [
            self._line(self.services[20], 60),
            self._line(self.services[10], 30),
            self._line(self.services[5.5], 9.99),
        ]
        payments = [
            self._hold_at(session, card, 50),
            self._payment(self.bank, 49.99),
        ]
        self._sync(self._payload(session, lines, payments))
        move = self._close(session)
        self.assertPosted(move, liability=50, money=49.99, vat=-13.25, revenue=-86.74)
        self.assertTiesOut()

    def test_rounding_cent_of_services_never_lands_on_a_card(self):
        """31.89 at 20 % is 26.575 and 5.315: Odoo takes a cent off the largest line."""
        self.company.tax_calculation_rounding_method = "round_globally"
        lines = [
            self._line(self.card_product, 100),
            self._line(self.services[20], 31.89),
            self._line(self.services[10], 20.05),
        ]
        self._sync(
            self._payload(self.session, lines, [self._payment(self.cash, 151.94)])
        )
        move = self._close(self.session)
        self.assertPosted(move, liability=-100, money=151.94, vat=-7.14, revenue=-44.80)
        self.assertTiesOut()

    def test_posting_by_hand_shows_as_a_difference(self):
        self.company.giftcard_account_protection = "show"
        self._sell(self.session, 100)
        self._close(self.session)
        other = self.company_data["default_account_revenue"]
        move = self.env["account.move"].create(
            {
                "line_ids": [
                    (0, 0, {"account_id": self.liability.id, "debit": 12}),
                    (0, 0, {"account_id": other.id, "credit": 12}),
                ]
            }
        )
        move.action_post()
        report = self.env["giftcard.tie.out"].create({"company_id": self.company.id})
        self.assertEqual(report.difference, -12)
        self.assertFalse(report.is_equal)

    def test_sealed_up_to_the_closing(self):
        self._sell(self.session, 100)
        self._close(self.session)
        found = self.env["giftcard.seal"]._verify(self.company)
        self.assertEqual((found["pending"], found["broken"]), (0, []))
        self.assertEqual(found["sealed"], 1)

    def test_session_of_another_currency_takes_no_card_of_this_one(self):
        card = self._sell(self.session, 100)
        other = self.setup_other_currency("CHF")
        journals = {
            kind: self.company_data[f"default_journal_{kind}"].copy(
                {"currency_id": other.id}
            )
            for kind in ("sale", "cash")
        }
        pricelist = self.env["product.pricelist"].create(
            {"name": "CHF", "currency_id": other.id}
        )
        method = self.env["pos.payment.method"].create(
            {"name": "Cash CHF", "journal_id": journals["cash"].id}
        )
        config = self.env["pos.config"].create(
            {
                "name": "Till CHF",
                "journal_id": journals["sale"].id,
                "invoice_journal_id": journals["sale"].id,
                "use_pricelist": True,
                "available_pricelist_ids": [(6, 0, pricelist.ids)],
                "pricelist_id": pricelist.id,
                "payment_method_ids": [(6, 0, method.ids)],
            }
        )
        config.giftcard_enabled = True
        session = self._open(config)
        with self.assertRaisesRegex(Exception, "this bill is in CHF"):
            self._hold_at(session, card, 10)
        self.assertCard(card, 100)
        loaded = session.load_data(["giftcard.type"])["giftcard.type"]
        self.assertNotIn(self.card_type.id, [row["id"] for row in loaded])
