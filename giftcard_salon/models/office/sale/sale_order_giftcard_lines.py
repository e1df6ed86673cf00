from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

LOCKED = frozenset(
    {
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "extra_tax_data",
    }
)


class SaleOrder(models.Model):
    """Orders with lines of gift cards: bonus discounts and pairs."""

    _name = "sale.order"
    _inherit = ["sale.order", "giftcard.forced.document"]
    _giftcard_quantity = "product_uom_qty"

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
        place = list(lines).index(after) + 1 if after else len(lines)
        for number, line in enumerate(lines):
            line.sudo().sequence = 2 * number + (1 if number >= place else 0)
        return self._as_giftcard_writer(self.env["sale.order.line"]).create(
            {
                **values,
                "order_id": self.id,
                "product_uom_qty": quantity,
                "technical_price_unit": values["price_unit"],
                "sequence": 2 * place - 1,
            }
        )

    def _copy_giftcard_line(self, line, values):
        return line.sudo().copy(
            {
                "order_id": self.id,
                "price_unit": line.price_unit,
                "discount": line.discount,
                "tax_ids": [Command.set(line.tax_ids.ids)],
                **values,
            }
        )

    def _use_giftcard(self, card, amount, part=None, line=None):
        """Override to put the lines of the card on the order."""
        if part:
            return self._use_giftcard_part(card, part, line, amount)
        self._check_giftcard_room(card, amount)
        use = super()._use_giftcard(card, amount)
        if use.bonus:
            self._add_giftcard_bonus(use)
        return use

    def _action_confirm(self):
        """Override of `sale`: nothing has moved the amounts that cards fixed."""
        self._check_giftcard_forced()
        return super()._action_confirm()

    def _check_giftcard_forced(self):
        """Refuse an order whose lines are not what its gift cards pay any more.

        :raises UserError: with the way out
        """
        for order in self:
            forced = order.order_line.filtered("giftcard_role")
            stale = forced.filtered(
                lambda line: (
                    line.tax_ids
                    and not line._prepare_base_line_for_taxes_computation()[
                        "manual_tax_amounts"
                    ]
                )
            )
            paid = sum(order.giftcard_use_ids.filtered("bonus").mapped("paid_amount"))
            is_less = order.currency_id.compare_amounts(order.amount_total, paid) < 0
            if stale or is_less:
                raise UserError(
                    self.env._(
                        "%(order)s has changed since gift card %(card)s was used on "
                        "it. Take the gift card off and use it again.",
                        order=order.name,
                        card=forced[:1].giftcard_use_id.sudo().card_name or "",
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

    # === INVOICES === #

    def _get_invoiceable_lines(self, final=False):
        """Override of `sale`: a card's lines come with what the card pays."""
        lines = super()._get_invoiceable_lines(final)
        own = self.order_line.filtered(
            lambda line: line.giftcard_role in ("deduction", "bonus")
        )
        if not own:
            return lines
        others = lines - own
        for use, of_use in own.grouped("giftcard_use_id").items():
            due = of_use.filtered("qty_to_invoice")
            items = self.order_line.filtered(
                lambda line, use=use: (
                    line.giftcard_role == "item" and line.giftcard_use_id == use
                )
            )
            if due and (items <= others if items else self._is_whole(others, use)):
                others |= due
        ordinary = others.filtered(lambda line: not line.is_downpayment)
        return ordinary.sorted() | others

    def _is_whole(self, lines, use):
        """Tell whether ``lines`` invoice all of the order.

        :raises UserError: when they invoice a part of what a bonus was given on
        """
        if all(line.display_type or line.is_downpayment for line in lines):
            return False
        rest = self._get_giftcard_items().filtered(
            lambda line: (
                line.product_uom_qty != line.qty_to_invoice or line not in lines
            )
        )
        if rest.filtered("product_uom_qty"):
            raise UserError(
                self.env._(
                    "Gift card %(card)s gives a bonus on the whole of %(order)s, so it "
                    "is invoiced at once. Deliver the rest first, or take the card "
                    "off.",
                    card=use.sudo().card_name,
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
        return moves.with_context(giftcard_writer=False)


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "giftcard.forced.line"]
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
        """Override of `sale`: what a card fixed keeps its discount."""
        free = self.filtered(lambda line: not line.giftcard_role)
        return super(SaleOrderLine, free)._compute_discount()

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
        if not self.env.context.get("giftcard_writer"):
            uses = self.sudo().giftcard_use_id
            if uses:
                uses._check_removable()
                own = uses.order_line_ids.filtered(
                    lambda line: line.giftcard_role != "item"
                )
                uses._remove()
                return super(SaleOrderLine, self - own.with_env(self.env)).unlink()
        return super().unlink()

    def copy_data(self, default=None):
        """Override of `sale`: a copy has the item's own price and no card."""
        vals_list = super().copy_data(default)
        for line, vals in zip(self, vals_list, strict=True):
            if line.giftcard_role:
                use = line.giftcard_use_id.sudo()
                vals["extra_tax_data"] = False
                if use.item_price:
                    vals.update(price_unit=use.item_price, discount=use.item_discount)
        return vals_list

    def _prepare_invoice_line(self, **optional_values):
        """Override of `sale`: the invoice has the card's lines as they are here."""
        values = super()._prepare_invoice_line(**optional_values)
        if self.giftcard_role:
            values.update(
                giftcard_role=self.giftcard_role,
                giftcard_use_id=self.giftcard_use_id.id,
            )
            if account := self._get_giftcard_account():
                values["account_id"] = account.id
        return values

    def _get_giftcard_account(self):
        """Return where a deduction or a bonus is posted; else none.

        :rtype: account.account
        """
        order = self.order_id
        items = order._get_giftcard_items()
        if self.giftcard_role == "deduction":
            use = self.giftcard_use_id.sudo()
            pair = items.filtered(
                lambda line: line.giftcard_use_id == self.giftcard_use_id
            )
            return self.env["giftcard.accounting"]._get_deduction_account(
                order.company_id, use.card_id, use.part_id, pair._get_giftcard_income()
            )
        if self.giftcard_role != "bonus":
            return self.env["account.account"]
        items = items.filtered(
            lambda line: line._get_giftcard_rate() == self._get_giftcard_rate()
        )
        item = items.sorted(lambda line: (-line.price_subtotal, line.id))[:1]
        return item._get_giftcard_income()

    def _get_giftcard_income(self):
        order = self.order_id
        template = self.product_id.product_tmpl_id.with_company(order.company_id)
        accounts = template.get_product_accounts(fiscal_pos=order.fiscal_position_id)
        return accounts["income"]

    def _get_giftcard_rate(self):
        return self.env["pos.order"]._get_giftcard_rate(self.tax_ids)
