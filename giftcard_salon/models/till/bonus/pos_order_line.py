# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models

from ....tools.allocation import split_by_weight, to_decimal


class PosOrderLine(models.Model):
    """A bonus lowers the income of every item it is given on, each on its account."""

    _inherit = "pos.order.line"

    def _prepare_tax_base_line_values(self):
        """Override of `point_of_sale`: one base line per income account of a bonus.

        That of a single-purpose card is given on its item alone, on its account.
        """
        shared = self.order_id._get_giftcard_tender_bonus()
        base_lines = []
        for base_line in super()._prepare_tax_base_line_values():
            line = base_line["record"]
            base_lines += (
                line._split_giftcard_by_account(base_line)
                if line in shared
                else [base_line]
            )
        return base_lines

    def _get_giftcard_tax_group(self):
        """Return the taxes of the line that a discount lowers.

        :rtype: account.tax
        """
        return self.env["giftcard.accounting"]._get_tax_group(
            self.tax_ids_after_fiscal_position
        )

    def _get_giftcard_incomes(self):
        """Return what the items of this line's taxes come to, by income account.

        :rtype: dict
        """
        self.ensure_one()
        tax_group = self._get_giftcard_tax_group()
        incomes = {}
        order = self.order_id
        supplies = order.lines - order._get_giftcard_tips()
        for line in supplies - order.lines._filter_giftcard_sale():
            is_item = line.giftcard_role not in ("bonus", "deduction")
            if is_item and line._get_giftcard_tax_group() == tax_group:
                account = line._prepare_base_line_for_taxes_computation()["account_id"]
                price = abs(line.qty * line.price_unit * (1 - line.discount / 100))
                incomes[account] = incomes.get(account, 0) + price
        digits = order.currency_id.decimal_places
        found = {account: to_decimal(sum_, digits) for account, sum_ in incomes.items()}
        return {account: sum_ for account, sum_ in found.items() if sum_}

    def _split_giftcard_by_account(self, base_line):
        incomes = self._get_giftcard_incomes()
        if len(incomes) < 2:
            return [
                {
                    **base_line,
                    "account_id": next(iter(incomes), base_line["account_id"]),
                }
            ]
        weights = list(incomes.values())
        order = self.order_id
        digits = order.currency_id.decimal_places
        company_digits = order.company_id.currency_id.decimal_places

        def split(total, decimals):
            shares = split_by_weight(to_decimal(total, decimals), weights, decimals)
            return [float(share) for share in shares]

        def split_amounts(amounts):
            by_name = {
                name: split(
                    total, digits if name.endswith("_currency") else company_digits
                )
                for name, total in amounts.items()
            }
            return [
                {name: by_name[name][index] for name in amounts}
                for index in range(len(weights))
            ]

        manual = base_line["manual_tax_amounts"] or {}
        taxes = {tax_id: split_amounts(amounts) for tax_id, amounts in manual.items()}
        names = ("manual_total_excluded_currency", "manual_total_excluded")
        totals = split_amounts({name: base_line[name] or 0 for name in names})
        prices = split(base_line["price_unit"], digits)
        return [
            {
                **base_line,
                **(totals[index] if manual else {}),
                "account_id": account,
                "price_unit": prices[index],
                "manual_tax_amounts": manual
                and {tax_id: shares[index] for tax_id, shares in taxes.items()},
            }
            for index, account in enumerate(incomes)
        ]
