# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestClientCards(GiftcardTillCommon):
    """The desk takes a card of the client on the bill, whose code is not at hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = new_test_user(
            cls.env,
            "giftcard_reception",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "giftcard_salon.group_desk",
            company_id=cls.company.id,
        )

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100, partner_id=self.client.id)
        self.desk = self.giftcard.with_user(self.reception)

    def _cards_of(self, partner_id):
        return self.desk.giftcard_cards_of(partner_id, self.session.id)

    def test_cards_of_the_client_that_can_be_used(self):
        used, over = self._sell(self.session, 30, 40, partner_id=self.client.id)
        self._redeem(self.session, used, 30)
        over.sudo().valid_until = "2020-01-31"
        self._sell(self.session, 50)
        # a present is its recipient's
        [gift] = self._sell(self.session, 75, partner_id=self.client.id)
        gift.sudo().recipient = "Emma"
        found = self._cards_of(self.client.id)
        self.assertEqual(
            [(card["id"], card["available"]) for card in found], [(self.card.id, 100)]
        )
        self.assertNotIn(self.card._reveal(), str(found))
        for nobody in (0, False, None, True, "1", 2**40, [self.client.id]):
            self.assertEqual(self._cards_of(nobody), [])

    def test_a_card_that_is_picked_pays_like_one_that_is_scanned(self):
        facts = self.desk.giftcard_pick(self.card.id, self.session.id)
        self.assertEqual((facts["last4"], facts["available"]), (self.card.last4, 100))
        self.assertEqual(facts["code"], self.card._reveal())
        entry = self.card.entry_ids[:1]
        self.assertEqual((entry.kind, entry.user_id), ("show", self.reception))
        self._redeem(self.session, self.card, 48, user=self.reception)
        self.assertCard(self.card, 52)

    def test_a_cashier_learns_no_balance_and_no_code(self):
        till = self.giftcard.with_user(self.cashier)
        for attempt in (
            lambda: till.giftcard_cards_of(self.client.id, self.session.id),
            lambda: till.giftcard_pick(self.card.id, self.session.id),
        ):
            self._refused("gift card desk", attempt, AccessError)
        self.assertEqual(self.card.entry_ids.mapped("kind"), ["sale"])

    def test_a_blocked_card_is_not_picked(self):
        self.card._block("stolen")
        self._commit()
        self._refused(
            "This card is blocked",
            lambda: self.desk.giftcard_pick(self.card.id, self.session.id),
        )
        self.assertEqual(self._cards_of(self.client.id), [])

    def test_a_till_without_employees_has_nobody_to_ask(self):
        self.card._block("stolen")
        self._commit()
        facts = self.desk.giftcard_lookup(self.card._reveal(), self.session.id)
        self.assertFalse(facts["can_ask_manager"])
        self._refused(
            "nothing to approve",
            lambda: self.giftcard.giftcard_rescue(
                self.card._reveal(), self.session.id, self._bill_uuid
            ),
        )
        self.assertEqual(self.card.state, "blocked")

    def test_the_till_tells_where_a_card_is_good_and_who_gave_it_out(self):
        data = self.session.load_data(["giftcard.type", "pos.config"])
        own = [row for row in data["giftcard.type"] if row["id"] == self.card_type.id]
        self.assertEqual(own[0]["where"], self.card.used_in)
        config = data["pos.config"][0]
        self.assertEqual(config["_giftcard_salon"], "Salon of Till A")
        slip = self.desk.giftcard_reprint(self.card.id, self.session.id)
        self.assertFalse(slip["is_single_use"])

    def test_a_client_who_lost_it_hears_of_the_bill_that_holds_it(self):
        self._hold_at(self.session, self.card, 30)
        found = self.desk.giftcard_find("sofia", self.session.id)
        self.assertEqual(
            [(card["available"], card["held"]) for card in found], [(70, 30)]
        )
