# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models

from ...tools.tax_split import TaxSplit


class ReportPointOfSaleReportSaledetails(models.AbstractModel):
    """Sales Details: what was supplied; gift cards stand in a block of their own.

    The taxes are those of the VAT return: a card that is sold with VAT has it on the
    day of the sale, what it pays for later has none.
    """

    _inherit = "report.point_of_sale.report_saledetails"

    @api.model
    def get_sale_details(
        self,
        date_start=False,
        date_stop=False,
        config_ids=False,
        session_ids=False,
        **kwargs,
    ):
        """Override of `point_of_sale` to add ``giftcards``: the block's rows."""
        asked = (date_start, date_stop, config_ids, session_ids)
        data = super().get_sale_details(*asked, **kwargs)
        orders = self.env["pos.order"].search(self._get_domain(*asked, **kwargs))
        data["giftcards"] = self._prepare_giftcard_rows(
            orders, data["currency"]["total_paid"]
        )
        return data

    def _prepare_giftcard_rows(self, orders, bills):
        """Return the rows between what was supplied and the total of the bills.

        :param orders: paid ``pos.order`` records
        :param bills: what they come to
        :return: ``name, count, amount`` and whether it ``is_total``; none when no
            gift card was sold or used
        :rtype: list[dict]
        """
        money = orders.lines._filter_giftcard_money()
        sales = money._filter_giftcard_sale()
        sold = sales.filtered(lambda line: line.qty > 0 and not line.giftcard_is_topup)
        added = sales.filtered(lambda line: line.qty > 0 and line.giftcard_is_topup)
        returned = sales.filtered(lambda line: line.qty < 0)
        used = money.filtered(lambda line: line.giftcard_role == "deduction")
        bonus = orders.lines.filtered(lambda line: line.giftcard_role == "bonus")
        paid = orders.payment_ids._filter_giftcard()
        if not (money or bonus or paid):
            return []
        payments = paid.filtered(lambda payment: payment.amount > 0)
        vat = sum(sales.mapped("price_subtotal_incl")) - sum(
            sales.mapped("price_subtotal")
        )
        rows = [
            self._sum_giftcards(
                self.env._("Gift cards sold"), sold, len(sold.giftcard_card_id)
            ),
            self._sum_giftcards(self.env._("Added to gift cards"), added),
            self._sum_giftcards(
                self.env._("Gift cards given back"),
                returned,
                len(returned.giftcard_card_id),
            ),
            self._sum_giftcards(
                self.env._("Paid by cards sold with VAT"),
                used,
                len(used.filtered(lambda line: line.qty > 0)),
            ),
        ]
        of_which = [
            self._prepare_giftcard_row(
                self.env._("of which paid by gift cards"),
                len(payments),
                sum(paid.mapped("amount")),
            ),
            self._prepare_giftcard_row(
                self.env._("VAT in gift cards sold, part of the taxes"), 0, vat
            ),
            self._prepare_giftcard_row(
                self.env._("Bonus given, taken off the sales"),
                len(bonus.filtered(lambda line: line.qty > 0).order_id),
                -sum(bonus.mapped("price_subtotal_incl")),
            ),
        ]
        turnover = bills - self._get_giftcard_money_of(orders)
        first = self._prepare_giftcard_row(
            self.env._("Sales and refunds, taxes included"), 0, turnover, True
        )
        last = self._prepare_giftcard_row(
            self.env._("Total of the bills"), len(orders), bills, True
        )
        shown = [row for row in rows if row["count"] or row["amount"]]
        notes = [row for row in of_which if row["count"] or row["amount"]]
        return [first, *shown, last, *notes]

    def _get_giftcard_money_of(self, orders):
        return sum(order._get_giftcard_money() for order in orders)

    def _sum_giftcards(self, name, lines, count=None):
        count = len(lines) if count is None else count
        return self._prepare_giftcard_row(
            name, count, sum(lines.mapped("price_subtotal_incl"))
        )

    def _prepare_giftcard_row(self, name, count, amount, is_total=False):
        amount = self.env.company.currency_id.round(amount)
        return {"name": name, "count": count, "amount": amount, "is_total": is_total}

    def _get_products_and_taxes_dict(self, line, products, taxes, currency):
        """Override of `point_of_sale`: lines of gift cards, as they were posted."""
        if line._filter_giftcard_money():
            self._add_giftcard_taxes(line, taxes)
            return products, taxes
        if not line.giftcard_role or not line.tax_ids_after_fiscal_position:
            return super()._get_products_and_taxes_dict(line, products, taxes, currency)
        # core counts the taxes of the price; these lines have amounts of their own
        aside = {"base_amount": 0.0, "taxes": {}}
        products, aside = super()._get_products_and_taxes_dict(
            line, products, aside, currency
        )
        self._add_giftcard_taxes(line, taxes)
        return products, taxes

    def _get_total_and_qty_per_category(self, categories):
        """Override of `point_of_sale`: a bonus is no thing sold, it is not counted."""
        categories, info = super()._get_total_and_qty_per_category(categories)
        bonus = self.env["ir.model.data"]._xmlid_to_res_id(
            "giftcard_salon.product_bonus"
        )
        for category in categories:
            count = sum(
                product["quantity"]
                for product in category["products"]
                if product["product_id"] == bonus
            )
            category["qty"] -= count
            info["qty"] -= count
        return categories, info

    def _add_giftcard_taxes(self, line, taxes):
        """Add the taxes of a line to ``taxes``, with the amounts that are posted."""
        if not line.tax_ids_after_fiscal_position:
            return
        order = line.order_id
        base_line = line._prepare_base_line_for_taxes_computation()
        engine = self.env["account.tax"]
        engine._add_tax_details_in_base_line(base_line, order.company_id)
        engine._round_base_lines_tax_details([base_line], order.company_id)
        sign = -1 if order.amount_total < 0 else 1
        digits = order.currency_id.decimal_places
        split = TaxSplit.from_base_line(base_line, digits, sign)
        for tax in engine.browse(split.taxes):
            row = taxes["taxes"].setdefault(
                tax.id, {"name": tax.name, "tax_amount": 0.0, "base_amount": 0.0}
            )
            row["tax_amount"] += float(split.taxes[tax.id].vat)
            row["base_amount"] += float(split.taxes[tax.id].base)
        refund_sign = -1 if order.is_refund else 1
        taxes["base_amount"] += refund_sign * line.price_subtotal
