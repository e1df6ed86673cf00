import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

_logger = logging.getLogger(__name__)


class PosOrder(models.Model):
    _inherit = "pos.order"

    def action_pos_order_paid(self):
        """Override of `point_of_sale`: cards are sold and used with the paid order."""
        result = super().action_pos_order_paid()
        if self.lines._is_giftcard_sale() or self.payment_ids._is_giftcard():
            self._check_giftcard_payments()
            self.lines._settle_giftcard()
            self.payment_ids._settle_giftcard()
        return result

    def action_pos_order_cancel(self):
        """Override of `point_of_sale`: a cancelled bill holds nothing."""
        drafts = self.filtered(lambda order: order.state == "draft")
        result = super().action_pos_order_cancel()
        drafts.payment_ids._release_giftcards()
        return result

    def _get_giftcard_payable(self):
        """Return what gift cards may pay of this bill, tax included.

        A card pays neither for another card nor for the tip.

        :rtype: float
        """
        tip = self.config_id.tip_product_id
        lines = self.lines - self.lines._is_giftcard_sale()
        lines = lines.filtered(lambda line: not tip or line.product_id != tip)
        return self.currency_id.round(sum(lines.mapped("price_subtotal_incl")))

    def _check_giftcard_payments(self):
        """Refuse gift card payments above what they may pay.

        :raises UserError: with the amount that is possible
        """
        payments = self.payment_ids._is_giftcard().filtered(lambda p: p.amount > 0)
        paid = sum(payments.mapped("amount"))
        payable = max(self._get_giftcard_payable(), 0)
        if paid and self.currency_id.compare_amounts(paid, payable) > 0:
            raise UserError(
                self.env._(
                    "Gift cards may pay %(payable)s of this bill, not %(paid)s: "
                    "they pay neither for other gift cards nor for tips, and give "
                    "no change. "
                    "Lower the amount.",
                    payable=format_amount(self.env, payable, self.currency_id),
                    paid=format_amount(self.env, paid, self.currency_id),
                )
            )

    def _prepare_giftcard_document(self):
        """Return the document that gift card entries of this order refer to."""
        self.ensure_one()
        return {
            **self.session_id._prepare_giftcard_document(),
            "model": self._name,
            "id": self.id,
            "name": self.pos_reference or self.name,
            "partner_ref": self.partner_id.id,
        }

    @api.model
    def sync_from_ui(self, orders):
        """Override of `point_of_sale`: the till that sold cards gets their codes."""
        sent = {order.get("uuid") for order in orders}
        answer = super().sync_from_ui(orders)
        self._reveal_giftcards(answer.get("pos.order.line", []), sent)
        return answer

    @api.model
    def _reveal_giftcards(self, rows, sent):
        """Add codes to order lines, for the cashier who sold them at an open till."""
        lines = self.env["pos.order.line"].browse([row["id"] for row in rows])
        sold = lines.sudo().filtered(
            lambda line: (
                line.giftcard_card_id
                and line.qty > 0
                and line.order_id.uuid in sent
                and line.order_id.session_id.state == "opened"
                and self.env.user
                in line.order_id.user_id | line.order_id.session_id.user_id
            )
        )
        if not sold:
            return
        _logger.info(
            "Codes of gift cards %s go to the till of %s",
            sold.giftcard_card_id.mapped("name"),
            self.env.user.login,
        )
        codes = {line.id: line.giftcard_card_id._reveal() for line in sold}
        for row in rows:
            if row["id"] in codes:
                row["giftcard_code"] = codes[row["id"]]

    @api.model
    def _get_invoice_lines_values(self, line_values, pos_line, move_type):
        values = super()._get_invoice_lines_values(line_values, pos_line, move_type)
        return {**values, **pos_line._prepare_giftcard_tag()}

    def _prepare_product_aml_dict(
        self, base_line_vals, update_base_line_vals, rate, sign
    ):
        values = super()._prepare_product_aml_dict(
            base_line_vals, update_base_line_vals, rate, sign
        )
        return {**values, **base_line_vals["record"]._prepare_giftcard_tag()}
