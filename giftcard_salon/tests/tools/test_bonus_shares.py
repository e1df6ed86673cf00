# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import random
from decimal import Decimal

from odoo.tests import BaseCase

from ...tools.bonus import share_bonus, share_within, split_return
from ...tools.tax_split import TaxAmount, TaxSplit


def money(text):
    return Decimal(text)


def amounts(**by_group):
    return {group: money(text) for group, text in by_group.items()}


def cut(group, gross):
    """A split at 20 or 10 %, as R1 cuts it."""
    rate = {"a": 20, "b": 10}[group]
    vat = round(gross * rate / (100 + rate), 2)
    return TaxSplit(gross - vat, {rate: TaxAmount(vat, gross - vat)})


class TestBonusShares(BaseCase):
    """One engine for tills and the office: over tax groups, and back."""

    def test_bonus_goes_over_what_is_sold(self):
        """C23: 13.33 over 49.99, 20.01 and 10.00."""
        self.assertEqual(
            share_bonus(money("13.33"), amounts(a="49.99", b="20.01", c="10.00"), 2),
            amounts(a="8.33", b="3.33", c="1.67"),
        )
        self.assertEqual(
            share_bonus(money("0.01"), amounts(a="10.00", b="10.00"), 2),
            amounts(a="0.01"),
        )
        self.assertEqual(share_bonus(money("0"), {}, 2), {})

    def test_group_that_is_full_leaves_the_rest_to_the_others(self):
        """5.00 and 15.00 are left, 10.00 goes back for goods of 3 : 1: not 7.50."""
        left = amounts(a="5.00", b="15.00")
        for weights, expected in (
            (amounts(a="30.00", b="10.00"), amounts(a="5.00", b="5.00")),
            (amounts(a="10.00", b="30.00"), amounts(a="2.50", b="7.50")),
            (amounts(a="40.00"), amounts(a="5.00", b="5.00")),
            (amounts(b="40.00"), amounts(b="10.00")),
            # goods of neither: over what is left
            ({}, amounts(a="2.50", b="7.50")),
            (amounts(c="40.00", a="-1.00"), amounts(a="2.50", b="7.50")),
        ):
            with self.subTest(weights=weights):
                self.assertEqual(
                    share_within(money("10.00"), left, weights, 2), expected
                )
        self.assertEqual(share_within(money("0"), left, amounts(a="1"), 2), {})
        self.assertEqual(
            share_within(money("1"), amounts(a="0"), amounts(a="1"), 2), {}
        )

    def test_shares_add_up_and_no_group_takes_more_than_it_has(self):
        dice = random.Random(20261129)

        def draw():
            return {name: Decimal(dice.randint(0, 2000)) / 100 for name in "abc"}

        for _time in range(500):
            left, weights = draw(), draw()
            most = int(sum(left.values()) * 100)
            bonus = Decimal(dice.randint(0, most)) / 100
            shares = share_within(bonus, left, weights, 2)
            self.assertEqual(sum(shares.values()), bonus)
            for group, share in shares.items():
                self.assertGreater(share, 0)
                self.assertLessEqual(share, left[group])

    def test_many_parts_are_a_cent_off_at_most(self):
        """20 times 0.50 of 10.00 at 20 %: VAT of 0.08 or 0.09, 1.67 in all."""
        given = {"a": cut("a", money("10.00"))}
        left, vats = dict(given), []
        for _time in range(20):
            found = split_return(money("0.50"), given, left, {}, 2, cut)
            vats.append(found["a"].vat)
            left = {"a": left["a"] - found["a"]}
        self.assertEqual(set(vats), {money("0.08"), money("0.09")})
        self.assertEqual(vats[-1], money("0.09"))
        self.assertEqual(sum(vats), money("1.67"))
        self.assertTrue(left["a"].is_zero)
        # 1.66 was given: a bill's VAT was rounded once; the last part is not negative
        given = {
            "a": TaxSplit(money("8.34"), {20: TaxAmount(money("1.66"), money("8.34"))})
        }
        left, vats = dict(given), []
        for amount in [money("9.99"), money("0.01")]:
            found = split_return(amount, given, left, {}, 2, cut)
            vats.append(found["a"].vat)
            left = {"a": left["a"] - found["a"]}
        self.assertEqual((sum(vats), min(vats)), (money("1.66"), money("0.00")))

    def test_who_takes_all_of_a_group_takes_its_vat(self):
        """5.00 left with VAT 0.84, a cent more than R1 says: nothing remains."""
        left = {
            "a": TaxSplit(money("4.16"), {20: TaxAmount(money("0.84"), money("4.16"))}),
            "b": cut("b", money("15.00")),
        }
        weights = amounts(a="30.00", b="10.00")
        found = split_return(money("10.00"), left, left, weights, 2, cut)
        self.assertEqual(found["a"], left["a"])
        self.assertEqual(found["b"], cut("b", money("5.00")))
        self.assertTrue((left["a"] - found["a"]).is_zero)
