# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

from ....tools.server_fields import as_writer, is_writer

PAID = ("paid", "done")
# the server's own write: the bill as a whole is looked at. Odoo writes the payments
# that come with a bill one by one, and hands them nothing but the context
EDITING = "giftcard_editing"


class PosOrder(models.Model):
    """One way to "paid": a bill that gift cards are part of is settled, or a draft.

    Core creates what a till sends as paid before anything of it is settled, and takes
    "paid" and "posted" from any cashier's write. Here
    :meth:`action_pos_order_paid` does it, after all of it is settled or not at all.
    That takes the lines first (cards that are topped up or taken back are locked, what
    is held is captured under its key), then the payments (captured, or the card of a
    refund locked). Nothing here locks: it refuses what would go round that.
    """

    _inherit = "pos.order"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: a bill with gift cards begins as a draft."""
        orders = super().create([self._as_giftcard_draft(vals) for vals in vals_list])
        orders.filtered(lambda order: order.state in PAID)._refuse_giftcard_bills()
        return orders

    def write(self, vals):
        """Override of `point_of_sale`: nobody says of such a bill that it is paid.

        Payments may be put in other words, cash and bank instead of cash: not less.
        """
        if is_writer(self.env) or not {"state", "payment_ids"}.intersection(vals):
            return super().write(vals)
        is_paid = vals.get("state") in PAID
        unpaid = self.filtered(lambda order: is_paid and order.state not in PAID)
        before = {
            order: order._sum_giftcard_other_money()
            for order in self
            if "payment_ids" in vals and order.state in PAID and order._has_giftcards()
        }
        orders = as_writer(self, EDITING) if before else self
        result = super(PosOrder, orders).write(vals)
        unpaid._refuse_giftcard_bills()
        for order, money in before.items():
            if (
                order.currency_id.compare_amounts(
                    order._sum_giftcard_other_money(), money
                )
                < 0
            ):
                raise UserError(order.payment_ids._get_giftcard_kept_refusal())
        return result

    def _sum_giftcard_other_money(self):
        others = self.payment_ids - self.payment_ids._filter_giftcard()
        return sum(others.mapped("amount"))

    def _generate_pos_order_invoice(self):
        """Override of `point_of_sale`: an invoice makes no bill paid."""
        unpaid = self.filtered(lambda order: order.state not in PAID)
        unpaid._refuse_giftcard_bills()
        return super()._generate_pos_order_invoice()

    def _refuse_giftcard_bills(self):
        """Refuse to take these bills as paid: they were not settled.

        :raises UserError: with the way to pay them
        """
        for order in self:
            if order._has_giftcards():
                raise UserError(
                    self.env._(
                        "Gift cards are part of this bill: it is paid on the till's "
                        "payment screen and no other way. Open it at the till and "
                        "take its payment there."
                    )
                )

    @api.model
    def _as_giftcard_draft(self, vals):
        """Return values for a new bill: a draft, when gift cards are part of it."""
        if vals.get("state") in PAID and self._is_giftcard_named(vals):
            return {**vals, "state": "draft"}
        return vals

    @api.model
    def _is_giftcard_named(self, vals):
        """Tell whether gift cards are part of the bill that ``vals`` would make."""
        lines = self._get_giftcard_commands(vals, "lines")
        payments = self._get_giftcard_commands(vals, "payment_ids")
        # sudo: pos.payment.method, product.product - only whether cards are part of
        # what a till sent
        return bool(
            self._browse_named("pos.payment.method", payments, "payment_method_id")
            .sudo()
            .filtered("giftcard_is_method")
            or any(line.get("giftcard_role") for line in lines)
            or self._browse_named("product.product", lines, "product_id")
            .sudo()
            .filtered("giftcard_type_id")
            or self._browse_named("pos.order.line", lines, "refunded_orderline_id")
            .sudo()
            .order_id.filtered(lambda order: order._has_giftcards())
        )

    @api.model
    def _get_giftcard_commands(self, vals, name):
        commands = vals.get(name)
        return [
            command[2]
            for command in (commands if isinstance(commands, list | tuple) else [])
            if isinstance(command, list | tuple)
            and len(command) > 2
            and isinstance(command[2], dict)
        ]

    @api.model
    def _browse_named(self, model, rows, name):
        """Return the records that values of new records name by id."""
        ids = {row.get(name) for row in rows if type(row.get(name)) is int}
        return self.env[model].browse(ids)

    def _has_giftcards(self):
        """Tell whether this bill sells or uses cards, or gives back what they paid.

        Also when exchanges lie between: the cards paid for the first bill then.
        """
        self.ensure_one()
        # sudo: pos.order - bills of other tills that this one gives back
        return any(
            order.lines._filter_giftcard_sale()
            or order.lines._filter_giftcard_fixed()
            or order.payment_ids._filter_giftcard()
            for order in self.sudo() | self.sudo()._get_giftcard_origins()
        )
