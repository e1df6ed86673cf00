from odoo import api, models

from ...tools.allocation import split_by_weight, to_decimal
from ...tools.fixed_amounts import forced_price


class GiftcardAccounting(models.AbstractModel):
    """Amounts with tax, cut into base and tax so that they add up to the cent.

    A split is a dict of ``gross``, ``base`` and ``taxes``: per tax id its ``amount``
    and its own ``base``. All are decimals.
    """

    _inherit = "giftcard.accounting"

    @api.model
    def _split_gross(self, taxes, gross, currency):
        """Cut an amount with tax into base and tax: rule R1.

        :param taxes: ``account.tax`` records, after the fiscal position
        :param gross: amount, tax included
        :param currency: ``res.currency`` of the amount
        :rtype: dict
        """
        return self._split_known(taxes, gross, None, currency)

    @api.model
    def _split_known(self, taxes, gross, base, currency):
        """Cut an amount with tax whose base is known, from a card's schedule (R5).

        :param taxes: ``account.tax`` records, after the fiscal position
        :param gross: amount, tax included
        :param base: amount without tax; None: as rule R1 says
        :param currency: ``res.currency`` of the amounts
        :rtype: dict
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
        found = details["taxes_data"]
        # the currency's own rounding: it sees through the noise of floats
        amounts = [
            to_decimal(currency.round(data["tax_amount"]), digits) for data in found
        ]
        if base is None:
            base = gross - sum(amounts)
        else:
            base = to_decimal(base, digits)
            weights = [abs(amount) for amount in amounts]
            if not sum(weights):
                weights = [to_decimal(1, digits) for _data in found]
            sign = -1 if gross < base else 1
            amounts = (
                [
                    sign * part
                    for part in split_by_weight(abs(gross - base), weights, digits)
                ]
                if found
                else []
            )
        return {
            "gross": gross,
            "base": base,
            "taxes": {
                data["tax"].id: {
                    "amount": amount,
                    "base": base
                    + to_decimal(
                        currency.round(data["base_amount"] - details["total_excluded"]),
                        digits,
                    ),
                }
                for data, amount in zip(found, amounts, strict=True)
            },
        }

    @api.model
    def _add_splits(self, splits):
        """Add splits of the same taxes.

        :param list[dict] splits: at least one
        :rtype: dict
        """
        return {
            "gross": sum(split["gross"] for split in splits),
            "base": sum(split["base"] for split in splits),
            "taxes": {
                tax_id: {
                    name: sum(split["taxes"][tax_id][name] for split in splits)
                    for name in ("amount", "base")
                }
                for tax_id in splits[0]["taxes"]
            },
        }

    @api.model
    def _reverse_split(self, split):
        """Return a split with the opposite sign.

        :rtype: dict
        """
        return {
            "gross": -split["gross"],
            "base": -split["base"],
            "taxes": {
                tax_id: {name: -amount for name, amount in amounts.items()}
                for tax_id, amounts in split["taxes"].items()
            },
        }

    @api.model
    def _prepare_pair(self, part, use, taxes):
        """Return what one use of a card's part takes off a bill.

        :param part: ``giftcard.part`` record; its taxes were counted at its sale
        :param use: redemption, or the dict of a hold's answer: ``amount``,
            ``consideration`` and ``net``
        :param taxes: ``account.tax`` records of the item, after the fiscal position
        :return: positive splits: ``deduction`` (what was paid for it) and ``bonus``
            (what nobody paid for; None when there is none)
        :rtype: dict
        """
        currency = part.currency_id
        digits = currency.decimal_places
        amount = to_decimal(use["amount"], digits)
        paid = to_decimal(use["consideration"], digits)
        net = to_decimal(use["net"], digits)
        return {
            "deduction": self._split_known(taxes, paid, net, currency),
            "bonus": self._split_gross(taxes, amount - paid, currency)
            if amount != paid
            else None,
        }

    @api.model
    def _prepare_covered(self, pair, top_up):
        """Return the item of a pair: what the card pays and what is paid on top.

        :param dict pair: as of :meth:`_prepare_pair`
        :param dict top_up: split of what the card does not pay, zero or more
        :rtype: dict
        """
        parts = [pair["deduction"], pair["bonus"], top_up]
        return self._add_splits([split for split in parts if split])

    @api.model
    def _prepare_forced(self, split):
        """Return a split as the values of lines with fixed amounts (see
        ``tools.fixed_amounts``).

        :param dict split: as of :meth:`_split_gross`
        :return: ``gross``, ``base``, ``price_unit`` and ``taxes``, a list of dicts of
            ``id``, ``base``, ``vat`` and ``is_included``
        :rtype: dict
        """
        included = self.env["account.tax"].browse(split["taxes"])
        included = included.filtered("price_include")
        taxes = [
            {
                "id": tax_id,
                "base": amounts["base"],
                "vat": amounts["amount"],
                "is_included": tax_id in included.ids,
            }
            for tax_id, amounts in split["taxes"].items()
        ]
        return {
            "gross": split["gross"],
            "base": split["base"],
            "price_unit": forced_price(split["base"], taxes),
            "taxes": taxes,
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
        return tax | found.filtered(lambda own: self._is_same_vat(own, tax))

    @api.model
    def _get_rate(self, taxes):
        """Return the taxes that a discount lowers: it leaves fixed ones alone.

        :param taxes: ``account.tax`` records, after the fiscal position
        :rtype: account.tax
        """
        return taxes.flatten_taxes_hierarchy().filtered(
            lambda tax: tax._can_be_discounted()
        )
