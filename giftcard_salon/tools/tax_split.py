# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""An amount with tax, cut into base and tax so that they add up to the cent.

Pure Python on :class:`decimal.Decimal`; rule R1 of docs/rules.rst. The base lines of
the tax engine are read here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .allocation import exact, split_by_weight, to_decimal

# the engine's floats carry noise far behind the cents
ENGINE_DIGITS = 8
ZERO = Decimal(0)


@dataclass(frozen=True)
class TaxAmount:
    """One tax of an amount: what it comes to, and what it was reckoned on."""

    vat: Decimal = ZERO
    base: Decimal = ZERO

    def __add__(self, other):
        return TaxAmount(self.vat + other.vat, self.base + other.base)

    def __neg__(self):
        return TaxAmount(-self.vat, -self.base)


@dataclass(frozen=True)
class TaxSplit:
    """An amount without tax, and each tax on it by the tax's id."""

    base: Decimal = ZERO
    taxes: Mapping[int, TaxAmount] = field(default_factory=dict)

    # === WHERE IT COMES FROM === #

    @classmethod
    def from_gross(cls, gross, found, digits, base=None):
        """Cut an amount with tax (R1).

        :param decimal.Decimal gross: tax included
        :param list[tuple] found: per tax its id, its VAT by R1, and how much its own
            base is more than that of the amount; all rounded. A tax may be there twice
        :param int digits: decimal places of the currency
        :param decimal.Decimal base: amount without tax, where a card's schedule knows
            it (R5): the rest goes over the taxes by their VAT (R4)
        """
        merged = _merge_taxes(
            (tax_id, TaxAmount(vat, more)) for tax_id, vat, more in found
        )
        vats = [tax.vat for tax in merged.values()]
        if base is None or not found:
            base = gross - sum(vats)
        else:
            weights = [abs(vat) for vat in vats]
            if not any(weights):
                weights = [Decimal(1) for _vat in vats]
            # what is withheld is no share of the rest: it stays, but for the difference
            kept = vats if min(vats) < 0 < max(vats) else [ZERO for _vat in vats]
            shares = split_by_weight(gross - base - sum(kept), weights, digits)
            vats = [vat + share for vat, share in zip(kept, shares, strict=True)]
        return cls(
            base,
            {
                tax_id: TaxAmount(vat, base + tax.base)
                for (tax_id, tax), vat in zip(merged.items(), vats, strict=True)
            },
        )

    @classmethod
    def from_base_line(cls, base_line, digits, sign=1, suffix="_currency"):
        """Read a base line of the tax engine, with its details rounded.

        :param dict base_line: with the cents that the engine moved to it
        :param int digits: decimal places of the currency
        :param int sign: -1 where the engine turned the document around
        :param str suffix: "" for the company's currency, else the document's
        """

        def money(amount):
            return _to_money(sign * amount, digits)

        details = base_line["tax_details"]
        return cls(
            money(
                details[f"total_excluded{suffix}"]
                + details[f"delta_total_excluded{suffix}"]
            ),
            _merge_taxes(
                (
                    data["tax"].id,
                    TaxAmount(
                        money(data[f"tax_amount{suffix}"]),
                        money(data[f"base_amount{suffix}"]),
                    ),
                )
                for data in details["taxes_data"]
            ),
        )

    @classmethod
    def from_fixed_amounts(cls, base_line, digits, sign=1):
        """Read the amounts that `extra_tax_data` fixed on a base line.

        :param dict base_line: of the tax engine, of a line with taxes
        :param int digits: decimal places of the document's currency
        :param int sign: -1 where the line is turned around
        :return: None when the engine does not take them
        """
        manual = base_line["manual_tax_amounts"]
        base = base_line["manual_total_excluded_currency"]
        if not manual or base is None:
            return None

        def money(amounts, name):
            return to_decimal(sign * amounts.get(name, 0), digits)

        return cls(
            to_decimal(sign * base, digits),
            {
                int(tax_id): TaxAmount(
                    money(amounts, "tax_amount_currency"),
                    money(amounts, "base_amount_currency"),
                )
                for tax_id, amounts in manual.items()
            },
        )

    # === WHAT IT COMES TO === #

    @property
    def vat(self):
        """All taxes together."""
        return sum((tax.vat for tax in self.taxes.values()), ZERO)

    @property
    def gross(self):
        """The amount, tax included."""
        return self.base + self.vat

    @property
    def is_zero(self):
        """Whether neither a base nor a tax is left."""
        return not self.base and not any(tax.vat for tax in self.taxes.values())

    # === ARITHMETIC === #

    def __add__(self, other):
        taxes = dict(self.taxes)
        for tax_id, tax in other.taxes.items():
            taxes[tax_id] = taxes.get(tax_id, TaxAmount()) + tax
        return TaxSplit(self.base + other.base, taxes)

    def __neg__(self):
        return TaxSplit(
            -self.base, {tax_id: -tax for tax_id, tax in self.taxes.items()}
        )

    def __sub__(self, other):
        return self + -other

    def get_share(self, gross, digits):
        """Return the share of it that comes to ``gross``, tax included.

        :param decimal.Decimal gross: up to that of this split, which is not zero
        :param int digits: decimal places of the currency
        :rtype: TaxSplit
        """
        share = gross / self.gross
        taxes = {
            tax_id: TaxAmount(
                to_decimal(tax.vat * share, digits),
                to_decimal(tax.base * share, digits),
            )
            for tax_id, tax in self.taxes.items()
        }
        base = gross - sum((tax.vat for tax in taxes.values()), ZERO)
        if len(taxes) == 1:
            taxes = {tax_id: TaxAmount(tax.vat, base) for tax_id, tax in taxes.items()}
        return TaxSplit(base, taxes)

    def split_by_weight(self, weights, digits):
        """Split it in proportion to ``weights``, base and each tax by itself (R4).

        :param list[decimal.Decimal] weights: from zero up, not all zero
        :param int digits: decimal places of the currency
        :return: one per weight; they add up exactly
        :rtype: list[TaxSplit]
        """

        def split(amount):
            return split_by_weight(amount, weights, digits)

        taxes = {
            tax_id: list(map(TaxAmount, split(tax.vat), split(tax.base)))
            for tax_id, tax in self.taxes.items()
        }
        return [
            TaxSplit(base, {tax_id: shares[index] for tax_id, shares in taxes.items()})
            for index, base in enumerate(split(self.base))
        ]

    # === LINES WITH FIXED AMOUNTS === #

    def get_price(self, included_ids):
        """Return the unit price that belongs to these amounts.

        :param included_ids: ids of the taxes that prices include
        :rtype: decimal.Decimal
        """
        return self.base + sum(
            tax.vat for tax_id, tax in self.taxes.items() if tax_id in included_ids
        )

    def as_fixed_amounts(self, included_ids):
        """Return the amounts of a line that has them to the cent.

        :param included_ids: ids of the taxes that prices include
        :return: ``gross``, ``base``, ``price_unit`` and ``taxes``, a list of dicts of
            ``id``, ``base``, ``vat`` and ``is_included``; plain numbers, for JSON
        :rtype: dict
        """
        return {
            "gross": float(self.gross),
            "base": float(self.base),
            "price_unit": float(self.get_price(included_ids)),
            "taxes": [
                {
                    "id": tax_id,
                    "base": float(tax.base),
                    "vat": float(tax.vat),
                    "is_included": tax_id in included_ids,
                }
                for tax_id, tax in self.taxes.items()
            ],
        }


@dataclass(frozen=True)
class RedemptionSplit:
    """What one redemption of a single-purpose card takes off a bill, positive."""

    # what was paid for it
    deduction: TaxSplit
    # what nobody paid for; None when there is none
    bonus: TaxSplit | None = None

    def as_item(self, top_up):
        """Return the item that it pays: what the card gives and what is paid on top.

        :param TaxSplit top_up: what the card does not pay, zero or more
        :rtype: TaxSplit
        """
        return self.deduction + (self.bonus or TaxSplit()) + top_up


def read_line_gross(base_line, digits, sign=1):
    """Return what a rounded base line comes to, tax included.

    :param dict base_line: of the tax engine, with its details rounded
    :param int digits: decimal places of the document's currency
    :param int sign: as for :meth:`TaxSplit.from_base_line`
    :return: as its price says, unrounded, and with the cents moved to it
    :rtype: tuple[decimal.Decimal, decimal.Decimal]
    """
    rounded = TaxSplit.from_base_line(base_line, digits, sign).gross
    if base_line["manual_tax_amounts"]:
        return rounded, rounded
    plain = sign * base_line["tax_details"]["raw_total_included_currency"]
    return exact(round(plain, ENGINE_DIGITS)), rounded


def _merge_taxes(found):
    """Add up the amounts of each tax; its base is one.

    The engine lists a tax with a negative factor twice: what is due, and what is taken
    off again (reverse charge, split payment).

    :param found: tuples of a tax's id and its ``TaxAmount``
    :rtype: dict[int, TaxAmount]
    """
    taxes = {}
    for tax_id, tax in found:
        before = taxes.get(tax_id)
        taxes[tax_id] = TaxAmount(before.vat + tax.vat, before.base) if before else tax
    return taxes


def _to_money(amount, digits):
    return to_decimal(round(amount, ENGINE_DIGITS), digits)
