# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.tests import tagged

from .currency_common import GiftcardCurrencyCommon


@tagged("post_install", "-at_install", "giftcard_runner")
class TestTrapsCurrency(GiftcardCurrencyCommon):
    """Cash rounding and two currencies: one test per trap."""

    def _round_cash(self, only_cash):
        accounts = {
            "profit_account_id": self.company_data["default_account_revenue"].id,
            "loss_account_id": self.company_data["default_account_expense"].id,
        }
        rounding = self.env["account.cash.rounding"].create(
            {"name": "0.05", "rounding": 0.05, **accounts}
        )
        self.config.write(
            {
                "cash_rounding": True,
                "only_round_cash_method": only_cash,
                "rounding_method": rounding.id,
            }
        )

    def test_cash_rounding__of_the_whole_bill_belongs_to_it(self):
        """Issue "cash rounding": 9.98 is 10.00 at this till, and the card pays it."""
        self._round_cash(only_cash=False)
        session = self._open()
        card = self._sell(session, 100)
        self._bill(session, [self._hold_at(session, card, 10)], 9.98)
        self.assertCard(card, 90)
        self._close(session)
        self.assertTiesOut()

    def test_cash_rounding__of_cash_only_leaves_the_card_alone(self):
        """Issue "cash rounding": the card pays 20.00, the rest of 29.98 is 10.00."""
        self._round_cash(only_cash=True)
        session = self._open()
        card = self._sell(session, 100)
        payments = [self._hold_at(session, card, 20), self._payment(self.cash, 10)]
        self._bill(session, payments, 29.98)
        self.assertCard(card, 80)
        payment = self._hold_at(session, card, 10)
        with (
            self.assertRaisesRegex(UserError, "may pay .*9.98.* not .*10.00"),
            self.env.cr.savepoint(),
        ):
            self._bill(session, [payment], 9.98)
        self._bill(session, [self._hold_at(session, card, 9.98)], 9.98)
        self.assertCard(card, 60.02, held=10)
        self._close(session)
        self.assertTiesOut()

    def test_two_currencies__a_card_pays_in_its_own_only(self):
        """Issue "two currencies": EUR card at a USD till and the other way round."""
        ours = self._open()
        euro = self._make_foreign_till(self.env.ref("base.EUR"))
        dollars = self._sell(ours, 100)
        euros = self._sell_foreign(euro, 100)
        self.assertEqual(euros.currency_id.name, "EUR")
        for card, session, sentence in (
            (dollars, euro, "is in USD, this bill is in EUR. Take another payment."),
            (euros, ours, "is in EUR, this bill is in USD. Take another payment."),
        ):
            facts = self.giftcard.giftcard_lookup(card._reveal(), session.id)
            self.assertRegex(facts["refusal"], sentence)
            self.assertFalse(facts.get("available"))
            with self.assertRaisesRegex(UserError, sentence):
                self._hold_at(session, card, 10)
            self.assertCard(card, 100)

    def test_two_currencies__the_books_are_in_the_companys(self):
        """Issue "two currencies": 100 EUR sold and 60 used are 50.00 and 30.00."""
        session = self._make_foreign_till(self.env.ref("base.EUR"))
        card = self._sell_foreign(session, 100)
        self._bill(session, [self._hold_at(session, card, 60)], 60)
        self.assertCard(card, 40, status="partial")
        move = self._close(session)
        self.assertPosted(move, liability=-20, money=50, vat=-5, revenue=-25)
        items = move.line_ids.filtered(lambda item: item.account_id == self.liability)
        self.assertEqual(sum(items.mapped("amount_currency")), -40)
        self.assertTiesOut()

    def test_two_currencies__without_cents_there_are_none(self):
        """Issue "two currencies": a JPY till has 0 decimals."""
        session = self._make_foreign_till(self.env.ref("base.JPY"))
        card = self._sell_foreign(session, 5000)
        with self.assertRaisesRegex(UserError, "more than zero"):
            self._hold_at(session, card, 0.4)
        self._bill(session, [self._hold_at(session, card, 1499)], 1499)
        self.assertCard(card, 3501)
        self._close(session)
        self.assertTiesOut()

    def test_two_currencies__no_money_is_added_in_another(self):
        """Issue "two currencies": 50 USD never become 50 EUR on a card."""
        ours = self._open()
        euro = self._make_foreign_till(self.env.ref("base.EUR"))
        euros = self._sell_foreign(euro, 100)
        scan = self.giftcard.giftcard_scan_for_sale(
            euros._reveal(), ours.id, self.card_type.id
        )
        self.assertEqual(scan["purpose"], "")
        self.assertIn("is in EUR, this bill is in USD", scan["text"])
        line = self._line(
            self.card_product,
            50,
            giftcard_reference=euros._get_reference(),
            giftcard_is_topup=True,
        )
        payment = self._payment(self.cash_of(ours), 50)
        payload = self._payload(ours, [line], [payment])
        self._refused("is in EUR, this bill is in USD", lambda: self._sync(payload))
        self.assertCard(euros, 100)
