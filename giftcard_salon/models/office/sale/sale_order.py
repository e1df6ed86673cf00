# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import replace
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ....tools.server_fields import without

# how long a quotation without an end keeps a card's money
QUOTATION_DAYS = 14


class SaleOrder(models.Model):
    """Sales orders that gift cards pay: reserved here, taken by the invoice.

    A quotation keeps the money until it ends, an order until it is invoiced.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "giftcard.document", "giftcard.fixed.document"]
    _giftcard_application_field = "order_id"
    _giftcard_quantity = "product_uom_qty"
    giftcard_application_ids = fields.One2many(
        "giftcard.application", "order_id", "Gift cards", readonly=True, copy=False
    )
    giftcard_to_pay = fields.Monetary(
        "Left to pay", compute="_compute_giftcard_to_pay", compute_sudo=True
    )
    giftcard_can_apply = fields.Boolean(compute="_compute_giftcard_can_apply")

    @api.depends(
        "amount_total",
        "giftcard_application_ids.paid_amount",
        "order_line.invoice_lines.price_total",
        "order_line.invoice_lines.parent_state",
    )
    def _compute_giftcard_to_pay(self):
        for order in self:
            held = sum(order._get_open_giftcard_applications().mapped("paid_amount"))
            settled = order._get_giftcard_invoiced() + order._get_giftcard_at_tills()
            remaining = order.currency_id.round(order.amount_total - settled - held)
            order.giftcard_to_pay = max(remaining, 0)

    @api.depends("state", "giftcard_to_pay")
    @api.depends_context("uid")
    def _compute_giftcard_can_apply(self):
        allowed = self.env.user.has_group("giftcard_salon.group_desk")
        for order in self:
            order.giftcard_can_apply = (
                allowed
                and order.state in ("draft", "sent", "sale")
                and order.giftcard_to_pay > 0
            )

    def _prepare_giftcard_origin(self):
        return replace(
            super()._prepare_giftcard_origin(),
            name=self.name,
            partner_id=self.partner_invoice_id.commercial_partner_id.id,
            lapses_at=self._get_giftcard_hold_end(),
        )

    def _get_giftcard_hold_end(self):
        if self.state == "sale":
            return None
        if self.validity_date:
            return datetime.combine(self.validity_date, time.max)
        return fields.Datetime.now() + timedelta(days=QUOTATION_DAYS)

    def _action_confirm(self):
        """Override of `sale`: an order keeps the cards' money until its invoice.

        Nothing has moved the amounts that cards fixed.
        """
        self._check_giftcard_fixed_amounts()
        result = super()._action_confirm()
        for order in self.sudo():
            order._keep_giftcards()
        return result

    def _keep_giftcards(self):
        """Hold without end what the order needs, once more when it was let go.

        :raises UserError: when a card does not have it any more
        """
        origin, remaining = self._prepare_giftcard_origin(), self.amount_total
        applications = self._get_open_giftcard_applications()
        for application in applications.filtered(
            lambda application: application._is_fixed()
        ):
            application._check_split(
                application._hold_key(
                    application.card_id,
                    application.key,
                    application.amount,
                    origin,
                    application.entitlement_id,
                )
            )
            remaining -= application.paid_amount
        for application in applications.filtered(
            lambda application: not application._is_fixed()
        ):
            amount = min(application.paid_amount, remaining)
            if self.currency_id.compare_amounts(amount, 0) <= 0:
                application._remove()
                continue
            hold = application._hold_key(
                application.card_id, application.key, amount, origin
            )
            application.write(application._prepare_split_values(hold))
            remaining -= amount

    def _get_giftcard_applications(self):
        """Return the cards that shall pay this order.

        :rtype: giftcard.application
        """
        # sudo: giftcard.application - whoever makes a document reads no applications
        return self.sudo().giftcard_application_ids

    def _get_open_giftcard_applications(self):
        # sudo: giftcard.application - whoever makes a document reads no applications
        return self.sudo().giftcard_application_ids.filtered(
            lambda application: application.state != "captured"
        )

    def _action_cancel(self):
        """Override of `sale`: a cancelled order holds nothing."""
        result = super()._action_cancel()
        self._get_open_giftcard_applications()._release_holds()
        return result

    def unlink(self):
        """Override of `sale`: a deleted quotation holds nothing."""
        self._get_open_giftcard_applications()._remove()
        return super().unlink()

    # === LINES OF GIFT CARDS: BONUS DISCOUNTS AND DEDUCTIONS === #

    def _get_giftcard_items(self):
        return self.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and line.giftcard_role not in ("deduction", "bonus")
            )
        )

    def _get_giftcard_base_lines(self):
        engine = self.env["account.tax"]
        lines = [
            line._prepare_base_line_for_taxes_computation()
            for line in self._get_priced_lines()
        ]
        engine._add_tax_details_in_base_lines(lines, self.company_id)
        engine._round_base_lines_tax_details(lines, self.company_id)
        return lines

    def _add_giftcard_line(self, values, quantity, after):
        lines = self.order_line.sorted()
        index = list(lines).index(after) + 1 if after else len(lines)
        for number, line in enumerate(lines):
            # sudo: sale.order.line, account.move.line - lines are put in order, on a
            # document that the caller may write
            line.sudo().sequence = 2 * number + (1 if number >= index else 0)
        order_line = self._as_giftcard_writer(self.env["sale.order.line"]).create(
            {
                **without(values, ("account_id",)),
                "order_id": self.id,
                "product_uom_qty": quantity,
                "technical_price_unit": values["price_unit"],
                "sequence": 2 * index - 1,
            }
        )
        return order_line.with_env(self.env)

    def _copy_giftcard_line(self, line, values):
        # sudo: sale.order.line, account.move.line - lines are put in order, on a
        # document that the caller may write
        return line.sudo().copy(
            {
                "order_id": self.id,
                "price_unit": line.price_unit,
                "discount": line.discount,
                "tax_ids": [Command.set(line.tax_ids.ids)],
                **values,
            }
        )

    def _apply_giftcard(self, card, amount, entitlement=None, line=None):
        """Override to put the lines of the card on the order."""
        if entitlement:
            return self._apply_giftcard_entitlement(card, entitlement, line, amount)
        self._check_giftcard_payable(card, amount)
        application = super()._apply_giftcard(card, amount)
        if application.bonus:
            self._add_giftcard_bonus(application)
        return application

    def _check_giftcard_fixed_amounts(self):
        """Refuse an order whose lines are not what its gift cards pay any more.

        :raises UserError: with the way out
        """
        for order in self:
            fixed_lines = order.order_line.filtered("giftcard_role")
            stale = fixed_lines.filtered(
                lambda line: (
                    line.tax_ids
                    and not line._prepare_base_line_for_taxes_computation()[
                        "manual_tax_amounts"
                    ]
                )
            )
            paid = sum(
                order.giftcard_application_ids.filtered("bonus").mapped("paid_amount")
            )
            is_less = order.currency_id.compare_amounts(order.amount_total, paid) < 0
            if stale or is_less:
                # sudo: giftcard.application - only the card's name
                raise UserError(
                    self.env._(
                        "%(order)s has changed since gift card %(card)s was used on "
                        "it. Take the gift card off and use it again.",
                        order=order.name,
                        card=fixed_lines[:1].giftcard_application_id.sudo().card_name
                        or "",
                    )
                )

    def _get_update_prices_lines(self):
        """Override of `sale`: a price list does not touch what a card fixed."""
        return (
            super()
            ._get_update_prices_lines()
            .filtered(lambda line: not line.giftcard_role)
        )

    def _get_copiable_order_lines(self):
        """Override of `sale`: a copy has no gift card."""
        return (
            super()
            ._get_copiable_order_lines()
            .filtered(lambda line: line.giftcard_role not in ("deduction", "bonus"))
        )
