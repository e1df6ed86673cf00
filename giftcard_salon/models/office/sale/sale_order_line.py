# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import ValidationError

from ....tools.allocation import to_decimal
from ....tools.server_fields import is_writer
from ....tools.tax_split import TaxSplit

LOCKED = frozenset(
    {
        "order_id",
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "extra_tax_data",
    }
)


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "giftcard.fixed.line"]
    _giftcard_locked = LOCKED

    @api.depends("extra_tax_data")
    def _compute_amount(self):
        """Override of `sale`: fixed amounts are amounts."""
        return super()._compute_amount()

    def _compute_price_unit(self):
        """Override of `sale`: what a card fixed keeps its price."""
        free = self.filtered(lambda line: not line.giftcard_role)
        return super(SaleOrderLine, free)._compute_price_unit()

    def _compute_discount(self):
        """Override of `sale`: what a card fixed keeps its discount; a card has none."""
        free = self - self._get_giftcard_undiscounted()
        return super(SaleOrderLine, free)._compute_discount()

    def _get_giftcard_undiscounted(self):
        """Return the lines that no discount touches: cards, and what cards fixed."""
        return self.filtered(
            lambda line: line.giftcard_role or line.product_id.giftcard_type_id
        )

    @api.constrains("product_id", "giftcard_role")
    def _check_giftcard_copied(self):
        """Refuse lines that take off what a card pays, with no card behind them."""
        products = self.env["product.product"]._get_giftcard_line_products()
        if self.filtered(
            lambda line: line.product_id in products and not line.giftcard_role
        ):
            raise ValidationError(self._get_giftcard_copied_message())

    @api.constrains("product_id", "discount")
    def _check_giftcard_discount(self):
        """Refuse to sell a card for less than it is worth."""
        cards = self.filtered(lambda line: line.product_id.giftcard_type_id)
        if cards.filtered("discount"):
            raise ValidationError(
                self.env._("A gift card is sold at its value, without discount.")
            )

    def _is_reorder_allowed(self):
        """Override of `website_sale`: what a card took off is not ordered again."""
        is_card = self.giftcard_role in ("deduction", "bonus")
        return not is_card and super()._is_reorder_allowed()

    def _compute_qty_to_invoice(self):
        """Override of `sale`: a card's own lines are delivered when ordered."""
        result = super()._compute_qty_to_invoice()
        for line in self:
            if line.giftcard_role in ("deduction", "bonus") and line.state == "sale":
                line.qty_to_invoice = line.product_uom_qty - line.qty_invoiced
        return result

    def _check_line_unlink(self):
        """Override of `sale`: a card may leave an order that is confirmed."""
        return (
            super()
            ._check_line_unlink()
            .filtered(
                lambda line: (
                    line.giftcard_role not in ("deduction", "bonus")
                    or line.invoice_lines
                )
            )
        )

    def unlink(self):
        """Override of `sale`: a card's lines leave together, and let it go."""
        if not is_writer(self.env):
            applications = self.sudo().giftcard_application_id
            if applications:
                applications._check_removable()
                deductions = applications.order_line_ids.filtered(
                    lambda line: line.giftcard_role != "item"
                )
                applications._remove()
                return super(
                    SaleOrderLine, self - deductions.with_env(self.env)
                ).unlink()
        return super().unlink()

    def copy_data(self, default=None):
        """Override of `sale`: a copy has the item's own price and no card."""
        vals_list = super().copy_data(default)
        for line, vals in zip(self, vals_list, strict=True):
            if line.giftcard_role:
                application = line.giftcard_application_id.sudo()
                vals["extra_tax_data"] = False
                if application.item_price:
                    vals.update(
                        price_unit=application.item_price,
                        discount=application.item_discount,
                    )
        return vals_list

    def _prepare_invoice_line(self, **optional_values):
        """Override of `sale`: the invoice has the card's lines as they are here."""
        values = super()._prepare_invoice_line(**optional_values)
        if self.giftcard_role:
            values.update(
                giftcard_role=self.giftcard_role,
                giftcard_application_id=self.giftcard_application_id.id,
            )
            if account := self._get_giftcard_account():
                values["account_id"] = account.id
        return values

    def _get_giftcard_account(self):
        """Return where a deduction or a bonus is posted; else none.

        :rtype: account.account
        """
        order = self.order_id
        paid_item = order._get_giftcard_items().filtered(
            lambda line: line.giftcard_application_id == self.giftcard_application_id
        )
        if self.giftcard_role == "deduction":
            # sudo: giftcard.application - an accountant or seller reads no applications
            application = self.giftcard_application_id.sudo()
            return self.env["giftcard.accounting"]._get_deduction_account(
                order.company_id,
                application.card_id,
                application.entitlement_id,
                paid_item._get_giftcard_income(),
            )
        if self.giftcard_role != "bonus":
            return self.env["account.account"]
        if paid_item:
            return paid_item._get_giftcard_income()
        return self._get_giftcard_bonus_account()

    def _get_giftcard_bonus_account(self):
        """Return which of its items' accounts this discount was split off for."""
        lines = self.order_id.order_line.filtered(
            lambda line: (
                line.giftcard_role == "bonus"
                and line.giftcard_application_id == self.giftcard_application_id
                and line.tax_ids == self.tax_ids
            )
        ).sorted("id")
        digits = self.currency_id.decimal_places
        # all of them together, as they were before they were split
        whole = TaxSplit(to_decimal(-sum(lines.mapped("price_total")), digits))
        split = self.order_id._split_giftcard_by_account(self.tax_ids, whole)
        accounts = [account for account, _share in split]
        return accounts[min(list(lines).index(self), len(accounts) - 1)]

    def _get_giftcard_income(self):
        """Return on which account the line will be income.

        :rtype: account.account
        """
        order = self.order_id
        template = self.product_id.product_tmpl_id.with_company(order.company_id)
        accounts = template.get_product_accounts(fiscal_pos=order.fiscal_position_id)
        return accounts["income"]
