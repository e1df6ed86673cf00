# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestParkedCard(GiftcardTillCommon):
    """A card whose money is on another bill of the same till: which one."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self.code = self.card._reveal()
        self.till = self.giftcard.with_user(self.cashier)

    def _park(self, amount, name="262-1-001244"):
        self._hold_at(self.session, self.card, amount, self.cashier, order_name=name)
        return {"bill": self._bill_uuid, "name": name, "amount": amount}

    def test_the_bill_of_this_till_is_named(self):
        parked = self._park(100)
        sentence = "100.00 of this card is on bill 262-1-001244 of this till. Open it"
        for ask in (self.till.giftcard_lookup, self.till.giftcard_balance):
            facts = ask(self.code, self.session.id)
            self.assertEqual(facts["parked"], [parked])
            self.assertRegex(facts["refusal"], sentence)

    def test_two_bills_are_named(self):
        self._park(60)
        self._bill_uuid = self._bill_uuid[::-1]
        self._park(40, "262-1-001245")
        facts = self.till.giftcard_lookup(self.code, self.session.id)
        self.assertEqual([bill["amount"] for bill in facts["parked"]], [60, 40])
        self.assertRegex(
            facts["refusal"],
            "100.00 of this card is on the bills 262-1-001244, 262-1-001245 of this",
        )

    def test_what_is_left_can_be_used_and_the_bill_is_told(self):
        parked = self._park(48)
        facts = self.till.giftcard_lookup(self.code, self.session.id)
        self.assertEqual((facts["available"], facts["refusal"]), (52, ""))
        self.assertEqual(facts["parked"], [parked])

    def test_another_till_learns_no_bill(self):
        self._park(100)
        other = self._open(self._make_till("Till B"))
        facts = self.till.giftcard_lookup(self.code, other.id)
        self.assertEqual(facts["parked"], [])
        self.assertRegex(facts["refusal"], "is being used at another till")
        self.assertNotIn("001244", str(facts))

    def test_card_without_holds_tells_nothing(self):
        facts = self.till.giftcard_lookup(self.code, self.session.id)
        self.assertNotIn("parked", facts)

    def test_days_of_the_sentences_are_written_as_the_facts_are(self):
        self.card.sudo().valid_until = "2020-01-31"
        self._commit()
        facts = self.till.giftcard_lookup(self.code, self.session.id)
        self.assertRegex(facts["refusal"], "This card expired on Jan 31, 2020. ")
