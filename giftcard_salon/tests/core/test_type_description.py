# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form

from ..common import GiftcardCommon


class TestTypeDescription(GiftcardCommon):
    """A card type explains itself while it is being filled in."""

    def _plain(self, card_type):
        return card_type.sentence.replace("\xa0", "").replace("$", "")

    def test_sentence_follows_what_is_typed(self):
        with Form(self.env["giftcard.type"]) as form:
            form.name = "Spa card"
            self.assertIn("any amount from", form.sentence)
            self.assertIn("for 12 months after the sale", form.sentence)
            form.validity_count = 1
            self.assertIn("for 1 month after the sale", form.sentence)
            form.validity_mode = "unlimited"
            form.is_single_use = True
            form.pays_tips = True
            self.assertIn("uses it once", form.sentence)
            self.assertIn("what remains then is lost", form.sentence)
            self.assertIn("It also pays tips.", form.sentence)
        card_type = form.save()
        card_type.write(
            {
                "is_free_amount": False,
                "amount_ids": [Command.create({"amount": a}) for a in (50, 100)],
                "is_single_use": False,
                "pays_tips": False,
            }
        )
        self.assertEqual(
            self._plain(card_type),
            "The client pays 50.00, 100.00. Whoever has the code uses it in parts, for "
            "all services and products, in all salons, without end date. VAT is "
            "counted when the card is used.",
        )

    def test_half_filled_in_form_is_no_error(self):
        form = Form(self.env["giftcard.type"])
        form.validity_count = 0
        form.validity_mode = "date"
        self.assertIn("without end date", form.sentence)
        form.is_free_amount = False
        self.assertIn("at least one amount", form.amount_warning)

    @freeze_time("2026-11-22")
    def test_short_life_is_warned_of_by_country(self):
        company = self.env.company
        company.country_id = self.env.ref("base.ie")
        card_type = self._make_type()
        sentence = "In Ireland a gift card must be valid for at least 5 years."
        self.assertEqual(card_type.validity_warning, sentence)
        for values, warns in (
            ({"validity_mode": "period", "validity_count": 59}, True),
            ({"validity_mode": "period", "validity_count": 60}, False),
            ({"validity_mode": "date", "validity_date": "2031-11-21"}, True),
            ({"validity_mode": "date", "validity_date": "2031-11-22"}, False),
            ({"validity_mode": "unlimited"}, False),
        ):
            card_type.write(values)
            self.assertEqual(bool(card_type.validity_warning), warns, values)
        company.country_id = self.env.ref("base.fr")
        card_type.write({"validity_mode": "period", "validity_count": 1})
        card_type.invalidate_recordset()
        self.assertFalse(card_type.validity_warning)

    def test_what_is_still_owed_counts_holds_and_not_the_stock(self):
        card = self._issue(100)
        self._issue(50)
        self._hold(card, 40, key="owed-held")
        self._hold(card, 10, key="owed-used")
        self._capture("owed-used", 10)
        self.card_type.invalidate_recordset()
        self.assertEqual(
            (self.card_type.liability, self.card_type.sold_count), (140, 2)
        )

    def test_bonus_is_said(self):
        card_type = self._make_type(
            is_free_amount=True,
            amount_min=20,
            amount_max=500,
            bonus_rate=12.5,
            amount_ids=[Command.create({"amount": 100, "value": 110})],
        )
        self.assertIn("100.00 (worth 110.00), or any amount", self._plain(card_type))
        self.assertIn("Own amounts get 12.5 % on top.", card_type.sentence)
        self.assertEqual(float(card_type._get_value(100)), 110)
        self.assertEqual(float(card_type._get_value(33.33)), 37.50)
