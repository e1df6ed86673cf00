# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models


class AccountTax(models.Model):
    _inherit = "account.tax"

    @api.model
    def _prepare_discountable_base_lines(
        self, base_lines, company, exclude_function=None
    ):
        """Override of `account`: a discount on all of a document spares gift cards.

        Neither the cards that are sold nor the lines that a card fixed.
        """
        free = [line for line in base_lines if not self._is_giftcard_base_line(line)]
        return super()._prepare_discountable_base_lines(free, company, exclude_function)

    @api.model
    def _is_giftcard_base_line(self, base_line):
        record = base_line["record"]
        is_fixed = (
            isinstance(record, models.BaseModel)
            and "giftcard_role" in record._fields
            and record.giftcard_role
        )
        return bool(is_fixed or base_line["product_id"].giftcard_type_id)
