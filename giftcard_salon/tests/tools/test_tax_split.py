# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import FrozenInstanceError
from decimal import Decimal

from odoo.tests import BaseCase

from ...tools.tax_split import RedemptionSplit, TaxAmount, TaxSplit, read_line_gross

ZERO = Decimal(0)


def money(text):
    return Decimal(text)


def split_of(base, **taxes):
    """``t20="16.67"``: VAT of tax 20 on the whole base."""
    base = money(base)
    return TaxSplit(
        base,
        {int(name[1:]): TaxAmount(money(vat), base) for name, vat in taxes.items()},
    )


def base_line(base, vat, raw, delta="0", manual=None):
    """A base line of the tax engine, as far as it is read; floats with their noise."""

    class Tax:
        id = 20

    return {
        "manual_tax_amounts": manual,
        "manual_total_excluded_currency": manual and float(base),
        "tax_details": {
            "raw_total_included_currency": raw,
            "total_excluded_currency": float(base),
            "delta_total_excluded_currency": float(delta),
            "taxes_data": [
                {
                    "tax": Tax,
                    "tax_amount_currency": float(vat),
                    "base_amount_currency": float(base) + float(delta),
                }
            ],
        },
    }


class TestTaxSplit(BaseCase):
    """An amount with tax is one value: base and taxes add up to the cent."""

    def test_gross_is_cut_by_r1(self):
        """33.33 at 20 %: VAT 5.56, base 27.77."""
        split = TaxSplit.from_gross(money("33.33"), [(20, money("5.56"), ZERO)], 2)
        self.assertEqual(split, split_of("27.77", t20="5.56"))
        self.assertEqual((split.gross, split.vat), (money("33.33"), money("5.56")))
        self.assertEqual(TaxSplit.from_gross(money("5"), [], 2), TaxSplit(money("5")))

    def test_known_base_leaves_the_rest_to_the_taxes(self):
        """47.38 of 49.99 by a schedule; two taxes share the rest by their VAT (R4)."""
        found = [(5, money("2.61"), ZERO)]
        split = TaxSplit.from_gross(money("7.14"), found, 2, money("6.76"))
        self.assertEqual(split, split_of("6.76", t5="0.38"))
        found = [(1, money("1.00"), ZERO), (2, money("2.00"), money("1.00"))]
        split = TaxSplit.from_gross(money("12.10"), found, 2, money("9.00"))
        self.assertEqual(
            split.taxes,
            {
                1: TaxAmount(money("1.03"), money("9.00")),
                2: TaxAmount(money("2.07"), money("10.00")),
            },
        )
        back = TaxSplit.from_gross(money("-12.10"), found, 2, money("-9.00"))
        self.assertEqual(
            [tax.vat for tax in back.taxes.values()],
            [-v for v in (money("1.03"), money("2.07"))],
        )
        # no VAT to weigh by: each tax is as good as the other
        found = [(1, ZERO, ZERO), (2, ZERO, ZERO)]
        split = TaxSplit.from_gross(money("1.00"), found, 2, money("0.97"))
        self.assertEqual(
            [tax.vat for tax in split.taxes.values()], [money("0.02"), money("0.01")]
        )
        # what has no tax is all base, whatever a schedule says
        split = TaxSplit.from_gross(money("5.00"), [], 2, money("4.00"))
        self.assertEqual((split.base, split.gross), (money("5.00"), money("5.00")))

    def test_a_tax_that_is_listed_twice_counts_once(self):
        """Reverse charge of 22 % on 100.00: +22.00 and -22.00, one base of 100.00."""
        line = base_line("100.00", "22.00", 100.0)
        due = line["tax_details"]["taxes_data"]
        due.append({**due[0], "tax_amount_currency": -22.0})
        self.assertEqual(read_line_gross(line, 2), (money("100.00"), money("100.00")))
        expected = split_of("100.00", t20="0.00")
        self.assertEqual(TaxSplit.from_base_line(line, 2), expected)
        self.assertEqual(TaxSplit.from_base_line(line, 2, -1), -expected)
        found = [(20, money("22.00"), ZERO), (20, money("-22.00"), ZERO)]
        self.assertEqual(TaxSplit.from_gross(money("100.00"), found, 2), expected)
        # half of a split payment is due: 22.00 less 11.00, whatever base is known
        found = [(20, money("22.00"), ZERO), (20, money("-11.00"), ZERO)]
        for base in (None, money("100.00")):
            self.assertEqual(
                TaxSplit.from_gross(money("111.00"), found, 2, base),
                split_of("100.00", t20="11.00"),
            )

    def test_taxes_of_opposite_sign_share_a_difference_only(self):
        """VAT of 21.00 less 15.00 withheld; a schedule knows a base of 99.64."""
        found = [(21, money("21.00"), ZERO), (15, money("-15.00"), ZERO)]
        for base, vat, withheld in (
            ("100.00", "21.00", "-15.00"),
            ("99.64", "21.21", "-14.85"),
            ("100.36", "20.79", "-15.15"),
        ):
            with self.subTest(base=base):
                split = TaxSplit.from_gross(money("106.00"), found, 2, money(base))
                self.assertEqual(split, split_of(base, t21=vat, t15=withheld))

    def test_splits_are_added_and_turned_around(self):
        """66.67 paid and 13.33 of bonus are the item of 80.00, and nothing is left."""
        paid, bonus = split_of("55.56", t20="11.11"), split_of("11.11", t20="2.22")
        item = paid + bonus
        self.assertEqual(item, split_of("66.67", t20="13.33"))
        self.assertEqual(item.gross, money("80.00"))
        self.assertEqual(item - bonus, paid)
        self.assertEqual(-paid, split_of("-55.56", t20="-11.11"))
        self.assertTrue((item - paid - bonus).is_zero)
        self.assertFalse(item.is_zero)
        # what one has no tax for counts as nothing of it
        both = paid + split_of("10.00", t10="1.00") + TaxSplit(money("5.00"))
        self.assertEqual(both.gross, money("82.67"))
        self.assertEqual(set(both.taxes), {10, 20})
        self.assertEqual(sum([paid, bonus], TaxSplit()), item)

    def test_cents_that_cancel_out_are_something(self):
        split = TaxSplit(
            ZERO, {1: TaxAmount(money("0.01")), 2: TaxAmount(-money("0.01"))}
        )
        self.assertEqual(split.gross, 0)
        self.assertFalse(split.is_zero)

    def test_a_split_does_not_change(self):
        split = split_of("27.77", t20="5.56")
        with self.assertRaises(FrozenInstanceError):
            split.base = ZERO

    def test_item_is_what_the_card_gives_and_what_is_paid_on_top(self):
        """A unit of 33.33 pays an item of 45.00: 11.67 more, 9.72 and VAT 1.95."""
        redemption = RedemptionSplit(split_of("27.77", t20="5.56"))
        item = redemption.as_item(split_of("9.72", t20="1.95"))
        self.assertEqual(item, split_of("37.49", t20="7.51"))
        redemption = RedemptionSplit(
            split_of("27.77", t20="5.56"), split_of("2.53", t20="0.50")
        )
        self.assertEqual(redemption.as_item(TaxSplit()).gross, money("36.36"))

    def test_base_line_is_read_with_the_cents_moved_to_it(self):
        """0.1 + 0.2 is read as 0.30; a refund's line as the bill says it."""
        line = base_line("16.66", "3.33", 19.99, delta="0.01")
        self.assertEqual(
            TaxSplit.from_base_line(line, 2), split_of("16.67", t20="3.33")
        )
        self.assertEqual(
            TaxSplit.from_base_line(line, 2, -1), split_of("-16.67", t20="-3.33")
        )
        noisy = base_line("0.1", "0.02", 0.12, delta="0.2")
        self.assertEqual(TaxSplit.from_base_line(noisy, 2).base, money("0.30"))
        self.assertEqual(read_line_gross(line, 2), (money("19.99"), money("20.00")))
        self.assertEqual(
            read_line_gross(line, 2, -1), (money("-19.99"), money("-20.00"))
        )

    def test_fixed_amounts_are_read_as_they_were_fixed(self):
        manual = {"20": {"tax_amount_currency": -1.39, "base_amount_currency": -6.94}}
        line = base_line("-6.94", "-1.39", -8.40, manual=manual)
        self.assertEqual(
            TaxSplit.from_fixed_amounts(line, 2), split_of("-6.94", t20="-1.39")
        )
        self.assertEqual(
            TaxSplit.from_fixed_amounts(line, 2, -1), split_of("6.94", t20="1.39")
        )
        # the price says -8.40: what is fixed counts
        self.assertEqual(read_line_gross(line, 2), (money("-8.33"), money("-8.33")))
        self.assertIsNone(TaxSplit.from_fixed_amounts(base_line("5", "1", 6.0), 2))

    def test_line_with_fixed_amounts(self):
        split = split_of("100.00", t20="20.00", t10="10.00")
        self.assertEqual(split.get_price({20}), money("120.00"))
        self.assertEqual(
            split.as_fixed_amounts({20}),
            {
                "gross": 130.0,
                "base": 100.0,
                "price_unit": 120.0,
                "taxes": [
                    {"id": 20, "base": 100.0, "vat": 20.0, "is_included": True},
                    {"id": 10, "base": 100.0, "vat": 10.0, "is_included": False},
                ],
            },
        )

    def test_share_of_a_split(self):
        """40.00 of 80.00 with VAT 13.33: 33.33 and 6.67; all of it is all of it."""
        whole = split_of("66.67", t20="13.33")
        share = whole.get_share(money("40.00"), 2)
        self.assertEqual(share, split_of("33.33", t20="6.67"))
        self.assertEqual(whole.get_share(money("80.00"), 2), whole)
