# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models

from ....tools.tax_groups import gross_by_tax_group
from ....tools.tax_split import TaxSplit, read_line_gross


class PosOrder(models.Model):
    """The value of a card nobody paid for: a discount per tax group beside the payment.

    Rule (row 13 of docs/rules.rst): of the amount ``a`` a card gives, the payment
    line carries what was paid for it (``t``), discount lines the rest (``d``), split
    over the taxes of what the card may pay but tips, by their totals (R4), VAT by R1.
    """

    _inherit = "pos.order"

    # === AMOUNTS === #

    @api.model
    def _prepare_giftcard_discount_line(self, key, discount, currency, quantity=1):
        """Return what the till needs to make one discount line.

        :param str key: the payment's uuid
        :param TaxSplit discount: positive
        :param int quantity: 1, or -1 on a refund
        :rtype: dict
        """
        accounting = self.env["giftcard.accounting"]
        fixed = accounting._prepare_fixed_line(-discount, key, currency, quantity)
        return {
            "amount": float(discount.gross),
            "base": float(discount.base),
            "vat": float(discount.vat),
            "price_unit": fixed["price_unit"],
            "extra_tax_data": fixed["extra_tax_data"],
        }

    def _get_giftcard_tax_groups(self, lines):
        """Return what ``lines`` of this bill come to, by tax group.

        :return: totals, tax included, by ``account.tax`` records, in the lines' order
        :rtype: dict
        """
        base_lines, sign = self._get_giftcard_base_lines(self.lines)
        digits = self.currency_id.decimal_places
        return gross_by_tax_group(
            (
                (
                    self.env["giftcard.accounting"]._get_tax_group(
                        base_line["tax_ids"]
                    ),
                    *read_line_gross(base_line, digits, sign),
                )
                for base_line in base_lines
                if base_line["record"] in lines
            ),
            digits,
        )

    # === LINES === #

    def _get_giftcard_bonus_lines(self, *keys):
        """Return the discount lines of payments.

        :param str keys: the payments' uuids
        :rtype: pos.order.line
        """
        return self.lines.filtered(
            lambda line: (
                line.giftcard_role == "bonus"
                and line.giftcard_deduction_key in keys
                and keys
            )
        )

    def _sum_giftcard_bonus(self, payment):
        """Return what the discount lines of a payment take off, refunds negative.

        :param payment: ``pos.payment`` of this bill
        :rtype: decimal.Decimal
        """
        keys = {payment.uuid, payment.giftcard_refunded_payment_id.uuid}
        lines = self._get_giftcard_bonus_lines(*filter(None, keys))
        splits = (line._get_giftcard_fixed_amounts() for line in lines)
        return -sum(splits, TaxSplit()).gross
