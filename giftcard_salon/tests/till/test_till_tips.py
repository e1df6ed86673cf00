# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestTips(GiftcardTillCommon):
    """C44: tips are paid from a card whose type says so, and from no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tip = cls.env["product.product"].create(
            {
                "name": "Tip",
                "type": "service",
                "available_in_pos": True,
                "taxes_id": [Command.clear()],
            }
        )
        cls.config.write({"iface_tipproduct": True, "tip_product_id": cls.tip.id})

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.plain = self._sell(self.session, 100)
        tipping = self._make_type(name="Pays tips", pays_tips=True)
        self.tipping = self._issue(100, tipping)

    def _pay(self, *uses, cash=0):
        lines = [self._line(self.services[20], 60), self._line(self.tip, 6)]
        payments = [self._hold_at(self.session, card, amount) for card, amount in uses]
        if cash:
            payments.append(self._payment(self.cash, cash))
        return self._sync(self._payload(self.session, lines, payments))[0]

    def test_card_that_pays_tips_pays_all_of_it(self):
        self._pay((self.tipping, 66))
        self.assertCard(self.tipping, 34)

    def test_other_card_leaves_the_tip(self):
        self._refused(
            r"may pay .*60\.00 of this bill", lambda: self._pay((self.plain, 66))
        )
        self._pay((self.plain, 60), cash=6)
        self.assertCard(self.plain, 40)

    def test_order_of_the_cards_does_not_matter(self):
        self._pay((self.plain, 60), (self.tipping, 6))
        self._pay((self.tipping, 6), (self.plain, 40), cash=20)
        self.assertCard(self.plain, 0)
        self.assertCard(self.tipping, 88)

    def test_terms_of_the_sale_stay(self):
        self.tipping.type_id.pays_tips = False
        self.card_type.pays_tips = True
        self._pay((self.tipping, 66))
        self.assertCard(self.tipping, 34)
        self._refused("for tips only where", lambda: self._pay((self.plain, 66)))
