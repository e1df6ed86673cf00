# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date
from odoo.tests import Form
from odoo.tools import mute_logger

from ..common import GiftcardCommon


class TestCard(GiftcardCommon):
    def test_issued_card_holds_its_value_and_is_found_by_its_code(self):
        card = self._issue(100)
        self.assertCard(card, 100, status="active")
        self.assertEqual((card.value, card.price), (100, 100))
        self.assertEqual(card.name, f"••{card.last4}")
        found = self.env["giftcard.card"]._find_by_code(card._reveal().lower())
        self.assertEqual(found, card)

    def test_database_refuses_a_card_below_zero(self):
        card = self._issue(100)
        for column in ("available", "available_consideration"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    f"UPDATE giftcard_card SET {column} = -0.01 WHERE id = %s",
                    [card.id],
                )

    def test_status_follows_use_and_time_by_itself(self):
        card = self._issue(100)
        self._hold(card, 100, key="status-key")
        self.assertCard(card, 0, held=100, status="held")
        self.env["giftcard.redemption"]._release("status-key", 2)
        self._hold(card, 40, key="status-key-2")
        self._capture("status-key-2", 40)
        self.assertCard(card, 60, status="partial")
        self.env.cr.execute(
            "UPDATE giftcard_card SET valid_until = %s WHERE id = %s",
            [Date.today() - timedelta(days=2), card.id],
        )
        self.assertCard(card, 60, status="expired")
        self.assertIn(card, card.search([("status", "=", "expired")]))
        self.assertNotIn(card, card.search([("status", "in", ["active", "partial"])]))

    def test_used_up_card_is_fully_redeemed_and_stays_in_sight(self):
        card = self._issue(50)
        self._hold(card, 50, key="used-up-key")
        self._capture("used-up-key", 50)
        self.assertCard(card, 0, status="used")
        self.assertIn("Nothing is left on this card", card._get_refusal())
        self.assertIn(card, card.search([("status", "=", "used")]))

    def test_validity_in_its_three_forms(self):
        sold_on = Date.to_date("2026-01-31")
        forms = (
            ({"validity_mode": "unlimited"}, False),
            ({"validity_mode": "date", "validity_date": "2026-12-24"}, "2026-12-24"),
            (
                {
                    "validity_mode": "period",
                    "validity_count": 1,
                    "validity_unit": "month",
                },
                "2026-02-28",
            ),
            (
                {
                    "validity_mode": "period",
                    "validity_count": 2,
                    "validity_unit": "week",
                },
                "2026-02-14",
            ),
            (
                {
                    "validity_mode": "period",
                    "validity_count": 5,
                    "validity_unit": "year",
                },
                "2031-01-31",
            ),
            (
                {
                    "validity_mode": "period",
                    "validity_count": 10,
                    "validity_unit": "day",
                },
                "2026-02-10",
            ),
        )
        for values, expected in forms:
            card_type = self._make_type(**values)
            self.assertEqual(
                card_type._get_valid_until(sold_on) or False,
                expected and Date.to_date(expected),
                values,
            )

    def test_last_day_counts_in_the_time_zone_of_the_company(self):
        card = self._issue(50)
        company = self.env.company
        moment = self.env.cr.now().replace(hour=23, minute=30)
        company.giftcard_tz = "Europe/Paris"
        self.assertEqual(card._to_day(moment, company), moment.date() + timedelta(1))
        company.giftcard_tz = "America/New_York"
        self.assertEqual(card._to_day(moment, company), moment.date())

    def test_card_keeps_its_terms_when_the_type_changes(self):
        card = self._issue(100)
        before = card.valid_until
        self.card_type.write(
            {"validity_mode": "unlimited", "is_single_use": True, "active": False}
        )
        card.invalidate_recordset()
        self.assertEqual((card.valid_until, card.is_single_use), (before, False))
        self._hold(card, 30, key="kept-terms")
        self.assertCard(card, 70, held=30)

    def test_only_an_unused_card_is_cancelled(self):
        card = self._issue(100)
        self._hold(card, 10, key="cancel-key")
        with self.assertRaisesRegex(UserError, "is being used right now"):
            card._cancel("cancelled", "cancel", "k1", self._origin())
        self.env["giftcard.redemption"]._release("cancel-key", 2)
        card._cancel("cancelled", "cancel", "k1", self._origin())
        self.assertCard(card, 0, status="cancelled")
        with self.assertRaisesRegex(UserError, "given back already"):
            card._cancel("cancelled", "cancel", "k2", self._origin())

    def test_cards_are_never_deleted(self):
        with self.assertRaisesRegex(UserError, "Block or cancel the card"):
            self._issue(50).unlink()

    def test_type_says_which_amounts_it_offers(self):
        card_type = self._make_type(amount_min=20, amount_max=500)
        company = self.env.company
        for amount in (19.99, 500.01, 0, -50):
            with self.assertRaisesRegex(UserError, "Choose an amount from"):
                card_type._check_sellable(amount, company, company.currency_id)
        card_type.is_free_amount = False
        with self.assertRaisesRegex(UserError, "one of the amounts on offer"):
            card_type._check_sellable(60, company, company.currency_id)
        card_type._check_sellable(50, company, company.currency_id)

    def test_type_without_any_amount_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "at least one amount"):
            self._make_type(is_free_amount=False, amount_ids=False)

    def test_type_form_can_be_filled_in_by_a_manager(self):
        with Form(self.env["giftcard.type"]) as form:
            form.name = "Spa card"
            form.validity_mode = "date"
            form.validity_date = "2030-01-01"
            with form.amount_ids.new() as amount:
                amount.amount = 80
        card_type = form.save()
        self.assertEqual(card_type.amount_ids.mapped("amount"), [80])
        self.assertEqual(card_type.product_ids.name, "Spa card")
        self.assertFalse(card_type.product_ids.taxes_id)
        card_type.name = "Spa and sauna card"
        self.assertEqual(card_type.product_ids.name, "Spa and sauna card")
