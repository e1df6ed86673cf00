# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.exceptions import UserError


class GiftcardApplication(models.Model):
    _inherit = "giftcard.application"
    order_line_ids = fields.One2many("sale.order.line", "giftcard_application_id")
    move_line_ids = fields.One2many("account.move.line", "giftcard_application_id")
    # what the item said before a unit of the card priced it
    item_price = fields.Float(readonly=True, digits="Product Price")
    item_discount = fields.Float(readonly=True, digits="Discount")

    def _drop_lines(self):
        result = super()._drop_lines()
        applications = self.sudo()
        applications.order_line_ids._drop_giftcard()
        applications.move_line_ids.filtered(
            lambda line: line.parent_state == "draft"
        )._drop_giftcard()
        return result

    def _check_removable(self):
        """Override: an invoice that was made of the order has the lines, too."""
        result = super()._check_removable()
        for application in self.filtered("order_id"):
            if application._is_invoiced():
                raise UserError(
                    self.env._(
                        "%(order)s was invoiced with gift card %(card)s. Delete the "
                        "draft invoice first, or make a credit note.",
                        order=application.order_id.name,
                        card=application.card_name,
                    )
                )
        return result

    def _is_invoiced(self):
        """Tell whether the application's lines of an order are on a valid invoice."""
        invoiced = self.order_line_ids.invoice_lines
        return bool(invoiced.filtered(lambda line: line.parent_state != "cancel"))

    def _get_lines_on(self, invoice):
        """Return the application's lines on an invoice; None when some are missing.

        :rtype: account.move.line
        """
        lines = invoice.invoice_line_ids.filtered(
            lambda line: line.giftcard_application_id == self
        )
        roles = sorted(lines.mapped("giftcard_role"))
        count = len(self.order_line_ids) if self.order_id else len(lines)
        has_item_and_deduction = (
            roles[-2:] == ["deduction", "item"] and roles.count("item") == 1
        )
        is_bare = self.bonus and "bonus" not in roles
        if (
            len(lines) != count
            or is_bare
            or (self.entitlement_id and not has_item_and_deduction)
        ):
            return None
        return lines
