# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError

from ....tools.server_fields import without_writer


class SaleOrder(models.Model):
    """An order's invoice gets the lines of its cards, with what those pay."""

    _inherit = "sale.order"

    def _get_invoiceable_lines(self, final=False):
        """Override of `sale`: a card's lines come with what the card pays."""
        lines = super()._get_invoiceable_lines(final)
        deductions = self.order_line.filtered(
            lambda line: line.giftcard_role in ("deduction", "bonus")
        )
        if not deductions:
            return lines
        others = lines - deductions
        for application, lines_of_application in deductions.grouped(
            "giftcard_application_id"
        ).items():
            due = lines_of_application.filtered("qty_to_invoice")
            items = self.order_line.filtered(
                lambda line, application=application: (
                    line.giftcard_role == "item"
                    and line.giftcard_application_id == application
                )
            )
            if due and (
                items <= others if items else self._is_whole(others, application)
            ):
                others |= due
        ordinary = others.filtered(lambda line: not line.is_downpayment)
        return ordinary.sorted() | others

    def _is_whole(self, lines, application):
        """Tell whether ``lines`` invoice all of the order.

        :raises UserError: when they invoice a part of what a bonus was given on
        """
        if all(line.display_type or line.is_downpayment for line in lines):
            return False
        remaining = self._get_giftcard_items().filtered(
            lambda line: (
                line.product_uom_qty != line.qty_to_invoice or line not in lines
            )
        )
        if remaining.filtered("product_uom_qty"):
            # sudo: giftcard.application - only the card's name
            raise UserError(
                self.env._(
                    "Gift card %(card)s gives a bonus on the whole of %(order)s, so it "
                    "is invoiced at once. Deliver the rest first, or take the card "
                    "off.",
                    card=application.sudo().card_name,
                    order=self.name,
                )
            )
        return True

    def _create_account_invoices(self, invoice_vals_list, final):
        """Override of `sale`: the lines of cards are the server's own."""
        orders = self._as_giftcard_writer(self)
        moves = super(SaleOrder, orders)._create_account_invoices(
            invoice_vals_list, final
        )
        return without_writer(moves)
