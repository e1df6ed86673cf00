# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import random
from decimal import Decimal

from odoo.tests import BaseCase

from ...tools.allocation import (
    is_split_by_weight,
    most_with_bonus,
    release_between,
    release_of_redemption,
    split_by_weight,
    to_decimal,
)


def money(text):
    return Decimal(text)


class TestMostWithBonus(BaseCase):
    """A bonus goes on what is sold: above it the card gives less."""

    def _most(self, most, room, price, value):
        price, value = money(price), money(value)
        pool = {
            "available": value,
            "available_consideration": price,
            "pool_face": value,
            "pool_consideration": price,
        }
        return most_with_bonus(money(most), money(room), pool, 2)

    def test_anchor_figures(self):
        for most, room, price, value, expected in (
            ("66", "60", "100", "110", "66"),
            ("70", "10", "10", "110", "11.00"),
            ("26", "20", "0", "26", "20.00"),
            ("6", "0", "0", "26", "0"),
            ("6", "0", "100", "110", "0"),
            ("6", "0", "50", "50", "6"),
        ):
            found = self._most(most, room, price, value)
            self.assertEqual(found, money(expected), (most, room, price, value))

    def test_one_cent_more_would_be_too_much(self):
        draw = random.Random(8)
        for _case in range(200):
            value = money(draw.randint(1, 30000)) / 100
            price = money(draw.randint(0, int(value * 100))) / 100
            room = money(draw.randint(1, 10000)) / 100
            pool = {
                "available": value,
                "available_consideration": price,
                "pool_face": value,
                "pool_consideration": price,
            }
            most = most_with_bonus(value, room, pool, 2)
            paid = release_of_redemption(most, pool, "consideration", 2)
            self.assertLessEqual(most - paid, room)
            if most < value:
                more = most + money("0.01")
                paid = release_of_redemption(more, pool, "consideration", 2)
                self.assertGreater(more - paid, room)


class TestSplit(BaseCase):
    """R5 of docs/rules.rst, with its anchor figures."""

    def _redeem_card(self, pool, amount):
        paid = release_of_redemption(amount, pool, "consideration", 2)
        pool["available"] -= amount
        pool["available_consideration"] -= paid
        return paid

    def test_uses_of_a_bonus_card_pay_what_was_paid_for_it(self):
        """C21: pay 100, get 110; 33.33 x 3 + 10.01."""
        pool = {
            "available": money("110.00"),
            "available_consideration": money("100.00"),
            "pool_face": money("110.00"),
            "pool_consideration": money("100.00"),
        }
        uses = [
            self._redeem_card(pool, money(a))
            for a in ("33.33", "33.33", "33.33", "10.01")
        ]
        self.assertEqual(uses, [money("30.30")] * 3 + [money("9.10")])
        self.assertEqual(pool["available_consideration"], 0)

    def test_card_sold_at_its_value_is_paid_for_in_full(self):
        pool = {
            "available": money("100.00"),
            "available_consideration": money("100.00"),
            "pool_face": money("100.00"),
            "pool_consideration": money("100.00"),
        }
        for amount in ("33.33", "0.01", "66.66"):
            self.assertEqual(self._redeem_card(pool, money(amount)), money(amount))

    def test_any_order_of_uses_clears_to_zero(self):
        generator = random.Random(20261121)
        for _ in range(300):
            face = money(generator.randint(1, 50000)) / 100
            paid = min(face, money(generator.randint(0, 50000)) / 100)
            pool = {
                "available": face,
                "available_consideration": paid,
                "pool_face": face,
                "pool_consideration": paid,
            }
            while pool["available"]:
                cents = int(pool["available"] * 100)
                used = self._redeem_card(pool, money(generator.randint(1, cents)) / 100)
                self.assertGreaterEqual(used, 0)
                self.assertGreaterEqual(pool["available_consideration"], 0)
            self.assertEqual(pool["available_consideration"], 0)

    def test_parts_of_a_release_add_up(self):
        """C33: 47.38 over seven uses of 49.99."""
        total, capacity = money("47.38"), money("49.99")
        marks = [money("7.14") * n for n in range(7)] + [capacity]
        parts = [
            release_between(total, before, after, capacity, 2)
            for before, after in zip(marks, marks[1:], strict=False)
        ]
        self.assertEqual(sum(parts), total)
        back = release_between(total, marks[3], marks[1], capacity, 2)
        self.assertEqual(back, -parts[1] - parts[2])
        self.assertEqual(release_between(total, marks[0], marks[1], money("0"), 2), 0)

    def test_what_is_no_money_is_refused(self):
        for nonsense in ("NaN", "Infinity", "", None, "12,5", "1e400", [1]):
            with self.assertRaises(ValueError, msg=nonsense):
                to_decimal(nonsense, 2)
        self.assertEqual(to_decimal(0.125, 2), money("0.13"))

    def test_parts_add_up_and_the_largest_remainder_gets_the_cent(self):
        """R4; the discount of C23 over three rates, and the bulk price of C27."""
        gross = [money("49.99"), money("20.01"), money("10.00")]
        self.assertEqual(
            split_by_weight(money("13.33"), gross, 2),
            [money("8.33"), money("3.33"), money("1.67")],
        )
        self.assertEqual(
            split_by_weight(money("100.00"), [money("1")] * 3, 2),
            [money("33.34"), money("33.33"), money("33.33")],
        )
        self.assertEqual(split_by_weight(money("7"), [money("2")] * 2, 0), [4, 3])
        self.assertEqual(split_by_weight(money("0"), [money("0")], 2), [0])
        with self.assertRaises(ValueError):
            split_by_weight(money("1"), [money("0")], 2)

    def test_shares_that_lose_the_same_are_equal_whatever_their_size(self):
        """Of 1.333 and 0.333 the first gets the cent, as of any other equal shares."""
        for cents in (["4", "1", "1"], ["1", "4", "1"]):
            weights = [money(text) for text in cents]
            first = [2, 0, 0] if cents[0] == "4" else [1, 1, 0]
            self.assertEqual(split_by_weight(money("2"), weights, 0), first)
        weights = [money("40.00"), money("10.00"), money("40.00")]
        parts = [money("28.39"), money("7.10"), money("28.38")]
        total = money("63.87")
        self.assertEqual(split_by_weight(total, weights, 2), parts)
        for others in (parts, [parts[2], parts[1], parts[0]]):
            self.assertTrue(is_split_by_weight(others, total, weights, 2))

    def test_a_split_is_known_whatever_the_order_of_equal_remainders(self):
        """Every split is one; a cent moved, or another total, is none (R4)."""
        dice = random.Random(7)
        unit = money("0.01")
        for _time in range(500):
            weights = [Decimal(dice.randint(1, 9999)) / 100 for _rate in range(4)]
            total = Decimal(dice.randint(0, int(sum(weights) * 100))) / 100
            parts = split_by_weight(total, weights, 2)
            turned = parts[::-1]
            self.assertTrue(is_split_by_weight(parts, total, weights, 2))
            self.assertTrue(is_split_by_weight(turned, total, weights[::-1], 2))
            self.assertFalse(is_split_by_weight(parts, total + unit, weights, 2))
            parts[0] += 2 * unit
            parts[1] -= 2 * unit
            self.assertFalse(is_split_by_weight(parts, total, weights, 2))
        even = [money("1.00")] * 3
        for first in range(3):
            parts = [money("0.00")] * 3
            parts[first] = unit
            self.assertTrue(is_split_by_weight(parts, unit, even, 2))
        self.assertFalse(is_split_by_weight([unit], unit, [money("0")], 2))

    def test_net_of_a_single_purpose_card_clears_to_zero(self):
        """C32: 100.00 at 20 % in three units; C33: 49.99 at 5.5 % in seven."""
        for value, net, uses, released in (
            (
                "100.00",
                "83.33",
                ["33.33", "33.34", "33.33"],
                ["27.77", "27.79", "27.77"],
            ),
            (
                "49.99",
                "47.38",
                ["7.14"] * 5 + ["7.15", "7.14"],
                ["6.77", "6.76", "6.77", "6.77", "6.77", "6.77", "6.77"],
            ),
        ):
            pool = {
                "available": money(value),
                "available_net": money(net),
                "pool_face": money(value),
                "pool_net": money(net),
            }
            for amount, expected in zip(map(money, uses), released, strict=True):
                share = release_of_redemption(amount, pool, "net", 2)
                pool["available"] -= amount
                pool["available_net"] -= share
                self.assertEqual(share, money(expected))
            self.assertEqual((pool["available"], pool["available_net"]), (0, 0))
