# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class PosOrder(models.Model):
    """Bills with lines whose amounts a gift card fixes to the cent."""

    _inherit = "pos.order"

    def write(self, vals):
        """Override of `point_of_sale`: other taxes would undo the fixed amounts."""
        if "fiscal_position_id" in vals:
            for order in self.filtered(
                lambda order: order.state not in ("draft", "cancel")
            ):
                is_same = order.fiscal_position_id.id == vals["fiscal_position_id"]
                if not is_same and order.lines._filter_giftcard_fixed():
                    raise UserError(
                        self.env._(
                            "A gift card was used on this bill, so its taxes stay as "
                            "they are. Refund the bill instead."
                        )
                    )
        return super().write(vals)

    def _check_giftcard_fixed_amounts(self):
        """Refuse fixed amounts that would not be posted as the till reckoned.

        Otherwise its session could not be closed. Called while the total is still
        the till's.

        :raises UserError: a sentence to read out
        """
        fixed_lines = self.lines._filter_giftcard_fixed()
        if not fixed_lines:
            return
        reckoned = self._compute_giftcard_total(self.lines)
        is_accepted = all(
            line._find_giftcard_fixed_amounts() is not None for line in fixed_lines
        )
        if is_accepted and not self.currency_id.compare_amounts(
            reckoned, self.amount_total
        ):
            return
        raise UserError(
            self.env._(
                "What a gift card takes off this bill does not fit any more: it comes "
                "to %(told)s at the till and to %(reckoned)s here. Nothing was taken. "
                "Remove the gift card from the bill and use it again.",
                told=format_amount(self.env, self.amount_total, self.currency_id),
                reckoned=format_amount(self.env, reckoned, self.currency_id),
            )
        )

    @api.model
    def _get_invoice_lines_values(self, line_values, pos_line, move_type):
        """Override of `point_of_sale`: fixed amounts follow their line's direction.

        Core turns the lines of a refund around by the sign of its total, which says
        nothing of a refund of 0.00: its credit note would repeat the bill.
        """
        values = super()._get_invoice_lines_values(line_values, pos_line, move_type)
        order = pos_line.order_id
        if "price_unit" not in values or not order.lines._filter_giftcard_fixed():
            return values
        is_nil = order.currency_id.is_zero(order.amount_total)
        if move_type == "out_refund" and order.is_refund and is_nil:
            values["quantity"] *= -1
        data = values["extra_tax_data"]
        if data and data.get("quantity", 0) * values["quantity"] < 0:
            taxes = self.env["account.tax"]
            values["extra_tax_data"] = taxes._reverse_quantity_base_line_extra_tax_data(
                data
            )
        if pos_line.giftcard_role not in (False, "item"):
            values["account_id"] = line_values["account_id"].id
            values["name"] = pos_line._get_giftcard_line_name() or values["name"]
        return values
