# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import BaseCase

from ...tools.keys import card_code


class TestCode(BaseCase):
    def test_drawn_codes_have_the_shape_and_differ(self):
        codes = {card_code.draw() for _ in range(2000)}
        self.assertEqual(len(codes), 2000)
        for text in codes:
            self.assertEqual(len(text), 18)
            self.assertTrue(text.startswith("GC"))
            self.assertFalse(set(text[2:]) - set(card_code.ALPHABET), text)
        self.assertEqual(len(set(card_code.ALPHABET)), 32)

    def test_input_ignores_case_spaces_dashes_and_look_alikes(self):
        kept = "GC7K4MQX9TRV2H0D31"
        for typed in (
            "GC7K4MQX9TRV2H0D31",
            "gc 7k4m qx9t rv2h 0d31",
            "GC-7K4M-QX9T-RV2H-OD3I",
            " 7k4mqx9trv2hod3l ",
        ):
            self.assertEqual(card_code.normalise(typed), kept, typed)

    def test_number_of_another_system_keeps_its_letters(self):
        self.assertEqual(card_code.normalise("oil-2024 lu"), "OIL2024LU")

    def test_what_cannot_be_a_code_is_empty(self):
        for nonsense in ("", " - ", None, 12, ["GC"], "A" * 2000):
            self.assertEqual(card_code.normalise(nonsense), "", nonsense)

    def test_last_group_is_the_short_name(self):
        text = "GC7K4MQX9TRV2HWD3P"
        self.assertEqual(card_code.grouped(text), "GC 7K4M QX9T RV2H WD3P")
        self.assertEqual(card_code.last_four(text), "WD3P")
