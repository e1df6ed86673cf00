# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models


class GiftcardApplication(models.Model):
    _inherit = "giftcard.application"
    order_id = fields.Many2one(
        "sale.order", "Sales order", readonly=True, index=True, ondelete="restrict"
    )

    def _get_document(self):
        return self.order_id or super()._get_document()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_giftcard_applications(self):
        """Override: the cards on the orders that this invoice bills."""
        applications = super()._get_giftcard_applications()
        if self.move_type != "out_invoice":
            return applications
        orders = self.sudo().line_ids.sale_line_ids.order_id
        standing = orders.filtered(lambda order: order.state != "cancel")
        held = standing._get_open_giftcard_applications()
        # the lines of a card come with what it pays, on one invoice
        here = self.sudo().line_ids.giftcard_application_id
        return applications | held.filtered(
            lambda application: application in here or not application._is_fixed()
        )

    def _get_giftcard_due(self, application):
        """Override: a card on an order pays the lines of that order."""
        due = super()._get_giftcard_due(application)
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        lines_of_order = lines.filtered(
            lambda line: application.order_id in line.sale_line_ids.order_id
        )
        if not application.order_id or lines_of_order == lines:
            return due
        paid = self.giftcard_application_ids.filtered(
            lambda other: (
                other.order_id == application.order_id and other.state == "captured"
            )
        )
        share = sum(lines_of_order.mapped("price_total")) - sum(
            paid.mapped("paid_amount")
        )
        return min(due, self.currency_id.round(share))

    def _settle_giftcard_remaining(self, application, remaining):
        """Override: what is left serves the next invoice of the order."""
        super()._settle_giftcard_remaining(application, remaining)
        order = application.order_id
        if not order:
            return
        posted = order.invoice_ids.filtered(lambda move: move.state == "posted")
        billed = sum(posted.mapped("amount_total_in_currency_signed"))
        open_amount = order.amount_total - billed
        amount = order.currency_id.round(min(remaining, open_amount))
        if order.currency_id.compare_amounts(amount, 0) > 0:
            application._hold_here(
                application.card_id,
                amount,
                order._prepare_giftcard_origin(),
                {"order_id": order.id},
            )
