from odoo import api, models

from ....tools.allocation import to_decimal
from ....tools.fixed_amounts import forced_price, forced_tax_data
from ....tools.tax_groups import ENGINE_DIGITS, gross_by_rate, line_gross


class PosOrder(models.Model):
    """The part of a card nobody paid for: a discount per tax beside the payment.

    Rule (row 13 of docs/rules.rst): of the amount ``a`` a card gives, the payment
    line carries what was paid for it (``t``), discount lines the rest (``d``), split
    over the taxes of what the card may pay but tips, by their totals (R4), VAT by R1.
    """

    _inherit = "pos.order"

    # === AMOUNTS === #

    @api.model
    def _prepare_giftcard_discount(self, company, currency, taxes, amount, taken=0):
        """Return what a discount of ``amount`` on one group of taxes consists of.

        Where VAT is rounded per bill, it is rounded once for all discounts (R2): this
        one has what all of them come to, less those before it.

        :param company: ``res.company`` of the bill
        :param currency: ``res.currency`` of the bill
        :param taxes: ``account.tax`` after the fiscal position, those that discounts
            lower
        :param decimal.Decimal amount: tax included, from zero up
        :param decimal.Decimal taken: discounts on these taxes before this one
        :return: ``base`` and ``taxes`` as for :func:`forced_tax_data`, positive
        :rtype: dict
        """
        discount = self._split_giftcard_discount(company, currency, taxes, amount)
        if not taken or company.tax_calculation_rounding_method != "round_globally":
            return discount
        before = self._split_giftcard_discount(company, currency, taxes, taken)
        after = self._split_giftcard_discount(company, currency, taxes, taken + amount)
        rest = {
            "base": after["base"] - before["base"],
            "taxes": [
                {
                    **tax,
                    "vat": tax["vat"] - known["vat"],
                    "base": tax["base"] - known["base"],
                }
                for tax, known in zip(after["taxes"], before["taxes"], strict=True)
            ],
        }
        return rest if rest["base"] > 0 else discount

    @api.model
    def _split_giftcard_discount(self, company, currency, taxes, amount):
        """Return base and VAT of a discount that stands alone (R1)."""
        digits = currency.decimal_places
        engine = self.env["account.tax"]
        line = engine._prepare_base_line_for_taxes_computation(
            {},
            price_unit=float(amount),
            quantity=1,
            tax_ids=taxes,
            currency_id=currency,
            special_mode="total_included",
        )
        engine._add_tax_details_in_base_line(line, company)
        split = [
            {
                "id": data["tax"].id,
                "vat": self._round_giftcard(data["raw_tax_amount_currency"], digits),
                "base": self._round_giftcard(data["raw_base_amount_currency"], digits),
                "is_included": data["tax"].price_include,
            }
            for data in line["tax_details"]["taxes_data"]
        ]
        base = amount - sum(tax["vat"] for tax in split)
        if len(split) == 1:
            split[0]["base"] = base
        return {"base": base, "taxes": split}

    @api.model
    def _round_giftcard(self, raw, digits):
        return to_decimal(round(raw, ENGINE_DIGITS), digits)

    @api.model
    def _prepare_giftcard_discount_line(self, key, discount, currency, quantity=1):
        """Return what the till needs to make one discount line.

        :param str key: the payment's uuid
        :param dict discount: of :meth:`_prepare_giftcard_discount`
        :param int quantity: 1, or -1 on a refund
        :rtype: dict
        """
        vat = sum(tax["vat"] for tax in discount["taxes"])
        signed = [
            {**tax, "base": -tax["base"], "vat": -tax["vat"]}
            for tax in discount["taxes"]
        ]
        base = -discount["base"]
        return {
            "amount": float(discount["base"] + vat),
            "base": float(discount["base"]),
            "vat": float(vat),
            "price_unit": float(forced_price(base, signed)),
            "extra_tax_data": forced_tax_data(key, base, signed, currency.id, quantity),
        }

    def _get_giftcard_rates(self, lines):
        """Return what ``lines`` of this bill come to, by taxes.

        :return: totals, tax included, by ``account.tax`` records, in the lines' order
        :rtype: dict
        """
        engine = self.env["account.tax"]
        base_lines = self.lines._prepare_tax_base_line_values()
        engine._add_tax_details_in_base_lines(base_lines, self.company_id)
        engine._round_base_lines_tax_details(base_lines, self.company_id)
        sign = -1 if self.amount_total < 0 else 1
        return gross_by_rate(
            (
                (
                    self.env["giftcard.accounting"]._get_rate(base_line["tax_ids"]),
                    *(sign * gross for gross in line_gross(base_line)),
                )
                for base_line in base_lines
                if base_line["record"] in lines
            ),
            self.currency_id.decimal_places,
        )

    # === LINES === #

    def _get_giftcard_bonus_lines(self, *keys):
        """Return the discount lines of payments.

        :param str keys: the payments' uuids
        :rtype: pos.order.line
        """
        return self.lines.filtered(
            lambda line: (
                line.giftcard_role == "bonus" and line.giftcard_pair in keys and keys
            )
        )

    def _sum_giftcard_bonus(self, payment):
        """Return what the discount lines of a payment take off, refunds negative.

        :param payment: ``pos.payment`` of this bill
        :rtype: decimal.Decimal
        """
        keys = {payment.uuid, payment.giftcard_refunded_payment_id.uuid}
        total = to_decimal(0, self.currency_id.decimal_places)
        for line in self._get_giftcard_bonus_lines(*filter(None, keys)):
            amounts = line._get_giftcard_forced_amounts()
            total -= amounts["base"] + sum(amounts["vat"].values())
        return total

    def _get_giftcard_payable_lines(self, with_tip):
        """Return the lines gift cards may pay: no card, a tip by some cards only.

        Nor cards and wallets of Odoo's own programs: they are money as well.

        :param bool with_tip: for cards that pay tips
        :rtype: pos.order.line
        """
        stored = self.lines.product_id._get_giftcard_stored_value()
        lines = self.lines.filtered(lambda line: line.product_id not in stored)
        lines -= self._get_giftcard_tender_bonus()
        return lines if with_tip else lines - self._get_giftcard_tips()

    def _get_giftcard_tips(self):
        """Return the lines of the tip, and what cards for tips took off it again.

        Also of a tip that came to a paid bill, as in a restaurant.

        :rtype: pos.order.line
        """
        tip = self.config_id.tip_product_id
        tips = self.lines.filtered(lambda line: tip and line.product_id == tip)
        items = tips.filtered(lambda line: line.giftcard_role == "item")
        pairs = set(filter(None, items.mapped("giftcard_pair")))
        return tips | self.lines.filtered(
            lambda line: (
                line.giftcard_role in ("deduction", "bonus")
                and line.giftcard_pair in pairs
            )
        )

    def _get_giftcard_tender_bonus(self):
        """Return the discount lines beside payments, not those of pairs of lines.

        :rtype: pos.order.line
        """
        pairs = self.lines.filtered(lambda line: line.giftcard_role == "deduction")
        keys = {line._get_giftcard_pair_key() for line in pairs}
        return self.lines.filtered(
            lambda line: (
                line.giftcard_role == "bonus" and line.giftcard_pair not in keys
            )
        )
