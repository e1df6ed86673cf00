from datetime import datetime, time, timedelta

from odoo import api, fields, models

# how long a quotation without an end keeps a card's money
QUOTATION_DAYS = 14


class GiftcardUse(models.Model):
    _inherit = "giftcard.use"

    order_id = fields.Many2one(
        "sale.order", "Sales order", readonly=True, index=True, ondelete="restrict"
    )

    def _get_document(self):
        return self.order_id or super()._get_document()


class SaleOrder(models.Model):
    """Sales orders that gift cards pay: reserved here, taken by the invoice.

    A quotation keeps the money until it ends, an order until it is invoiced.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "giftcard.document"]
    _giftcard_use_field = "order_id"

    giftcard_use_ids = fields.One2many(
        "giftcard.use", "order_id", "Gift cards", readonly=True, copy=False
    )
    giftcard_to_pay = fields.Monetary(
        "Left to pay", compute="_compute_giftcard_to_pay", compute_sudo=True
    )
    giftcard_can_use = fields.Boolean(compute="_compute_giftcard_can_use")

    @api.depends("amount_total", "giftcard_use_ids.paid_amount")
    def _compute_giftcard_to_pay(self):
        for order in self:
            paid = sum(order.giftcard_use_ids.mapped("paid_amount"))
            rest = order.currency_id.round(order.amount_total - paid)
            order.giftcard_to_pay = max(rest, 0)

    @api.depends("state", "invoice_ids.state", "giftcard_to_pay")
    @api.depends_context("uid")
    def _compute_giftcard_can_use(self):
        allowed = self.env.user.has_group("giftcard_salon.group_care")
        for order in self:
            order.giftcard_can_use = (
                allowed
                and order.state in ("draft", "sent", "sale")
                and order.giftcard_to_pay > 0
                and not order._is_giftcard_invoiced()
            )

    def _is_giftcard_invoiced(self):
        """Tell whether an invoice of the order stands, draft or posted."""
        return bool(self.invoice_ids.filtered(lambda move: move.state != "cancel"))

    def _prepare_giftcard_document(self):
        return {
            **super()._prepare_giftcard_document(),
            "name": self.name,
            "partner_ref": self.partner_invoice_id.commercial_partner_id.id,
            "expires_at": self._get_giftcard_hold_end(),
        }

    def _get_giftcard_hold_end(self):
        if self.state == "sale":
            return None
        if self.validity_date:
            return datetime.combine(self.validity_date, time.max)
        return fields.Datetime.now() + timedelta(days=QUOTATION_DAYS)

    def _action_confirm(self):
        """Override of `sale`: an order keeps the cards' money until its invoice."""
        result = super()._action_confirm()
        for order in self.sudo():
            order._keep_giftcards()
        return result

    def _keep_giftcards(self):
        """Hold without end what the order needs, once more when it was let go.

        :raises UserError: when a card does not have it any more
        """
        document, left = self._prepare_giftcard_document(), self.amount_total
        uses = self._get_open_giftcard_uses()
        for use in uses.filtered(lambda use: use._is_fixed()):
            use._check_answer(
                use._hold_key(use.card_id, use.key, use.amount, document, use.part_id)
            )
            left -= use.paid_amount
        for use in uses.filtered(lambda use: not use._is_fixed()):
            amount = min(use.paid_amount, left)
            if self.currency_id.compare_amounts(amount, 0) <= 0:
                use._remove()
                continue
            answer = use._hold_key(use.card_id, use.key, amount, document)
            use.write(use._read_answer(answer))
            left -= amount

    def _get_open_giftcard_uses(self):
        return self.sudo().giftcard_use_ids.filtered(
            lambda use: use.state != "captured"
        )

    def _action_cancel(self):
        """Override of `sale`: a cancelled order holds nothing."""
        result = super()._action_cancel()
        self._get_open_giftcard_uses()._release()
        return result

    def unlink(self):
        """Override of `sale`: a deleted quotation holds nothing."""
        self._get_open_giftcard_uses()._remove()
        return super().unlink()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_giftcard_uses(self):
        """Override: the cards on the orders that this invoice bills."""
        uses = super()._get_giftcard_uses()
        if self.move_type != "out_invoice":
            return uses
        orders = self.sudo().line_ids.sale_line_ids.order_id
        standing = orders.filtered(lambda order: order.state != "cancel")
        held = standing._get_open_giftcard_uses()
        # the lines of a card come with what it pays, on one invoice
        here = self.sudo().line_ids.giftcard_use_id
        return uses | held.filtered(lambda use: use in here or not use._is_fixed())

    def _get_giftcard_due(self, use):
        """Override: a card on an order pays the lines of that order."""
        due = super()._get_giftcard_due(use)
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        own = lines.filtered(lambda line: use.order_id in line.sale_line_ids.order_id)
        if not use.order_id or own == lines:
            return due
        paid = self.giftcard_use_ids.filtered(
            lambda other: other.order_id == use.order_id and other.state == "captured"
        )
        share = sum(own.mapped("price_total")) - sum(paid.mapped("paid_amount"))
        return min(due, self.currency_id.round(share))

    def _keep_giftcard_rest(self, use, rest):
        """Override: what is left serves the next invoice of the order."""
        super()._keep_giftcard_rest(use, rest)
        order = use.order_id
        if not order:
            return
        posted = order.invoice_ids.filtered(lambda move: move.state == "posted")
        open_amount = order.amount_total - sum(posted.mapped("amount_total_signed"))
        amount = order.currency_id.round(min(rest, open_amount))
        if order.currency_id.compare_amounts(amount, 0) > 0:
            use._hold_here(
                use.card_id,
                amount,
                order._prepare_giftcard_document(),
                {"order_id": order.id},
            )
