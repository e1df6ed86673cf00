# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models


class PosOrder(models.Model):
    """What cards may pay of a bill: tips are kept apart, by some cards only.

    A tip is no supply, so no bonus lowers it; ``office/fixed_document_tips.py`` says
    the same of orders and invoices.
    """

    _inherit = "pos.order"

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
        keys = set(filter(None, items.mapped("giftcard_deduction_key")))
        return tips | self.lines.filtered(
            lambda line: (
                line.giftcard_role in ("deduction", "bonus")
                and line.giftcard_deduction_key in keys
            )
        )

    def _get_giftcard_tender_bonus(self):
        """Return the discount lines beside payments, not those of deductions.

        :rtype: pos.order.line
        """
        deductions = self.lines.filtered(lambda line: line.giftcard_role == "deduction")
        keys = {line._get_giftcard_deduction_key() for line in deductions}
        return self.lines.filtered(
            lambda line: (
                line.giftcard_role == "bonus"
                and line.giftcard_deduction_key not in keys
            )
        )
