# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...bonus_common import GiftcardBonusCommon


@tagged("post_install", "-at_install")
class TestTillBonusForged(GiftcardBonusCommon):
    """What a till fixes is what is posted: amounts that it does not show count too."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._make_bonus_card(self.session, 100, 120)

    def _forge(self, change):
        """Pay 60.00 at 20 % by card; its discount of 10.00 is base 8.33, VAT 1.67."""
        lines = self._basket((20, 60))
        payment, bonus = self._redeem_card(self.session, self.card, 60, lines)
        data = bonus[0][2]["extra_tax_data"]
        change(data, data["manual_tax_amounts"][str(self.taxes[20].id)])
        payload = self._payload(self.session, lines + bonus, [payment])
        self._refused("does not fit", lambda: self._sync(payload, self.cashier))
        self.assertCard(self.card, 60, held=60)

    def test_amounts_in_the_currency_of_the_books(self):
        """Shown: VAT 1.67; in the books it would be 9.00."""

        def books(data, tax):
            self.assertEqual((tax["tax_amount"], tax["base_amount"]), (-1.67, -8.33))
            data["manual_total_excluded"], tax["tax_amount"] = -1.0, -9.0

        self._forge(books)

    def test_base_of_a_tax(self):
        """The VAT return would say that 1.67 are reckoned on 800.00."""

        def base(data, tax):
            tax["base_amount_currency"] = tax["base_amount"] = -800.0

        self._forge(base)

    def test_rate_of_the_books(self):
        self._forge(lambda data, tax: data.update(rate=5.0))

    def test_amount_of_a_line_without_tax(self):
        """Shown: 10.00; without taxes the engine would post the 50.00 told beside."""
        product = self.services[20]
        product.taxes_id = False
        lines = [self._line(product, 60)]
        payment, bonus = self._redeem_card(self.session, self.card, 60, lines)
        self.assertEqual(bonus[0][2]["price_subtotal_incl"], -10)
        bonus[0][2]["extra_tax_data"].update(
            {
                "manual_tax_amounts": {"1": {}},
                "manual_total_excluded": -50,
                "manual_total_excluded_currency": -50,
                "currency_id": self.session.currency_id.id,
                "price_unit": -10,
                "discount": 0,
                "quantity": 1,
                "rate": 1.0,
            }
        )
        payload = self._payload(self.session, lines + bonus, [payment])
        self._refused("does not fit", lambda: self._sync(payload, self.cashier))

    def test_tax_that_the_line_does_not_have(self):
        def other(data, tax):
            more = {str(self.taxes[10].id): {**tax, "tax_amount_currency": 0.0}}
            data["manual_tax_amounts"].update(more)

        self._forge(other)
