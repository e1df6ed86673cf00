# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models

from ...tools.allocation import to_decimal
from ...tools.bonus import split_return
from ...tools.fixed_amounts import fixed_tax_data
from ...tools.tax_split import RedemptionSplit, TaxSplit


class GiftcardAccounting(models.AbstractModel):
    """Amounts with tax, as the taxes of the database cut them.

    What they are and what is reckoned with them: ``tools.tax_split``.
    """

    _inherit = "giftcard.accounting"

    @api.model
    def _split_gross(self, taxes, gross, currency, base=None):
        """Cut an amount with tax into base and tax (R1).

        :param taxes: ``account.tax`` records, after the fiscal position
        :param gross: amount, tax included
        :param currency: ``res.currency`` of the amounts
        :param base: amount without tax, where a card's schedule knows it (R5)
        :rtype: TaxSplit
        """
        digits = currency.decimal_places
        gross = to_decimal(gross, digits)
        details = taxes._get_tax_details(
            float(gross),
            1.0,
            precision_rounding=currency.rounding,
            rounding_method="round_globally",
            special_mode="total_included",
        )

        def money(amount):
            # the currency's own rounding: it sees through the noise of floats
            return to_decimal(currency.round(amount), digits)

        found = [
            (
                data["tax"].id,
                money(data["tax_amount"]),
                money(data["base_amount"] - details["total_excluded"]),
            )
            for data in details["taxes_data"]
        ]
        if base is not None:
            base = to_decimal(base, digits)
        return TaxSplit.from_gross(gross, found, digits, base)

    @api.model
    def _split_discount(self, taxes, amount, before, company, currency):
        """Cut a discount on one group of taxes into base and tax (R1, R2).

        Where VAT is rounded per bill, it is rounded once for all discounts: this one
        has what all of them come to, less those before it.

        :param taxes: ``account.tax`` records that discounts lower
        :param decimal.Decimal amount: tax included, from zero up
        :param before: discounts on these taxes before this one: what they come to, tax
            included, or the :class:`TaxSplit` they have
        :param company: ``res.company`` of the document
        :param currency: ``res.currency`` of the amounts
        :return: positive
        :rtype: TaxSplit
        """
        discount = self._split_gross(taxes, amount, currency)
        if not before or company.tax_calculation_rounding_method != "round_globally":
            return discount
        if not isinstance(before, TaxSplit):
            before = self._split_gross(taxes, before, currency)
        together = self._split_gross(taxes, before.gross + amount, currency)
        more = together - before
        return more if more.base > 0 else discount

    @api.model
    def _split_returned_bonus(self, bonus, given, remaining, totals, currency):
        """Return the discounts that go back with a share of a redemption.

        :param decimal.Decimal bonus: what they come to
        :param dict given: positive :class:`TaxSplit` by ``account.tax`` records, of
            the redemption
        :param dict remaining: the same, less what went back before
        :param dict totals: of what goes back, tax included, by the taxes that
            discounts lower
        :param currency: ``res.currency`` of the amounts
        :return: positive, by ``account.tax`` records
        :rtype: dict[account.tax, TaxSplit]
        """
        weights = {
            taxes: totals.get(self._get_tax_group(taxes), 0) for taxes in remaining
        }

        def cut(taxes, share):
            return self._split_gross(taxes, share, currency)

        digits = currency.decimal_places
        return split_return(bonus, given, remaining, weights, digits, cut)

    @api.model
    def _split_redemption(self, entitlement, redemption, taxes):
        """Return what one redemption of a single-purpose card takes off a bill.

        :param entitlement: ``giftcard.entitlement`` record; its taxes were counted at
            its sale
        :param redemption: ``giftcard.redemption``, or what a hold returned: ``amount``,
            ``consideration`` and ``net``
        :param taxes: ``account.tax`` records of the item, after the fiscal position
        :rtype: RedemptionSplit
        """
        currency = entitlement.currency_id
        digits = currency.decimal_places
        amount = to_decimal(redemption["amount"], digits)
        paid = to_decimal(redemption["consideration"], digits)
        bonus = None
        if amount != paid:
            bonus = self._split_gross(taxes, amount - paid, currency)
        return RedemptionSplit(
            self._split_gross(taxes, paid, currency, redemption["net"]), bonus
        )

    @api.model
    def _get_unit_gross(self, taxes, price, currency, product=None):
        """Return what one unit of a price costs, tax included.

        :param taxes: ``account.tax`` records, after the fiscal position
        :param float price: less its discount
        :param currency: ``res.currency`` of the price
        :param product: ``product.product``, for taxes that depend on it
        :rtype: decimal.Decimal
        """
        details = taxes._get_tax_details(
            price,
            1.0,
            precision_rounding=currency.rounding,
            rounding_method="round_per_line",
            product=product,
        )
        return to_decimal(details["total_included"], currency.decimal_places)

    @api.model
    def _get_included_ids(self, split):
        """Return which taxes of a split its price includes.

        :param TaxSplit split:
        :rtype: set[int]
        """
        taxes = self.env["account.tax"].browse(split.taxes)
        return set(taxes.filtered("price_include").ids)

    @api.model
    def _prepare_fixed_line(self, split, key, currency, quantity=1):
        """Return price and fixed amounts of a line.

        :param TaxSplit split: of one unit, signed
        :param str key: what belongs together
        :param currency: ``res.currency`` of the document
        :param int quantity: 1, or -1 on a refund
        :rtype: dict
        """
        included = self._get_included_ids(split)
        return {
            "price_unit": float(split.get_price(included)),
            "discount": 0,
            "extra_tax_data": fixed_tax_data(
                key, split, included, currency.id, quantity
            ),
        }

    @api.model
    def _is_same_vat(self, taxes, others):
        """Tell whether two VATs are the same: by rate and grids, not by record.

        :param taxes: ``account.tax`` records
        :param others: ``account.tax`` records
        :rtype: bool
        """
        return taxes == others or self._get_vat_key(taxes) == self._get_vat_key(others)

    @api.model
    def _get_vat_key(self, taxes):
        """Return what is equal for taxes that declare the same.

        :param taxes: ``account.tax`` records
        :rtype: tuple
        """
        # sudo: account.tax - who sells may not read all of a tax
        return tuple(
            sorted(
                (
                    tax.amount_type,
                    tax.amount,
                    *(
                        tuple(
                            sorted(
                                (
                                    line.repartition_type,
                                    line.factor_percent,
                                    tuple(sorted(line.tag_ids.ids)),
                                )
                                for line in tax[f"{kind}_repartition_line_ids"]
                            )
                        )
                        for kind in ("invoice", "refund")
                    ),
                )
                for tax in taxes.sudo().flatten_taxes_hierarchy()
            )
        )

    @api.model
    def _find_same_vat(self, tax, company):
        """Return the sales taxes of a company that declare the same as ``tax``.

        :param tax: ``account.tax`` record
        :param company: ``res.company`` record
        :rtype: account.tax
        """
        # sudo: account.tax - who sells may not read all of a tax
        found = tax.sudo().search(
            [
                ("company_id", "parent_of", company.id),
                ("type_tax_use", "=", tax.type_tax_use),
                ("amount_type", "=", tax.amount_type),
                ("amount", "=", tax.amount),
            ]
        )
        return tax | found.filtered(lambda other: self._is_same_vat(other, tax))

    @api.model
    def _get_unshared_taxes_message(self, taxes):
        """Say which taxes are no share of a price, so that no card has them; else "".

        :param taxes: ``account.tax`` records of what a single-purpose card pays
        :rtype: str
        """
        # sudo: account.tax - who sells may not read all of a tax
        taxes = taxes.sudo().flatten_taxes_hierarchy()
        if unshared := taxes - self._get_tax_group(taxes):
            return self.env._(
                "%s is a fixed amount and no share of the price, so it cannot be "
                "counted when a card is sold. Leave out what has this tax, or count "
                "VAT when the card is used.",
                ", ".join(unshared.mapped("name")),
            )
        return ""

    @api.model
    def _get_tax_group(self, taxes):
        """Return the taxes that a discount lowers: it leaves fixed ones alone.

        :param taxes: ``account.tax`` records, after the fiscal position
        :rtype: account.tax
        """
        return taxes.flatten_taxes_hierarchy().filtered(
            lambda tax: tax._can_be_discounted()
        )
