# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.allocation import exact, to_decimal
from ....tools.server_fields import as_writer, is_writer, with_unset, without

# what only the server may say of a payment
SERVER_FIELDS = (
    "giftcard_redemption_id",
    "giftcard_entry_id",
    "giftcard_on_account_item_id",
)
SETTLED_FIELDS = {"uuid", "amount", "payment_method_id", "pos_order_id"}
# what the till says of a card until it has paid; the server's word stands then
RESPONSE_FIELDS = {
    "giftcard_revision",
    "giftcard_last4",
    "giftcard_bonus",
    "giftcard_remaining",
    "giftcard_pays_tips",
    "giftcard_refunded_payment_id",
}


class PosPayment(models.Model):
    _inherit = "pos.payment"

    giftcard_revision = fields.Integer(copy=False)
    giftcard_last4 = fields.Char("Gift card", copy=False)
    giftcard_bonus = fields.Monetary(
        "Bonus of the gift card",
        copy=False,
        help="What the card gives beside the payment: a discount nobody paid for.",
    )
    giftcard_remaining = fields.Monetary("Left on the gift card", copy=False)
    giftcard_lost = fields.Monetary(
        "Lost with its one use",
        compute="_compute_giftcard_lost",
        help="What a card for one use loses with this payment.",
    )
    giftcard_pays_tips = fields.Boolean(
        copy=False, help="What the till was told of the card; the server asks the card."
    )
    giftcard_refunded_payment_id = fields.Many2one(
        "pos.payment", "Gives back", copy=False, index="btree_not_null"
    )
    giftcard_redemption_id = fields.Many2one(
        "giftcard.redemption",
        "Gift card use",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    giftcard_entry_id = fields.Many2one(
        "giftcard.entry",
        "Gift card entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.depends("giftcard_entry_id")
    def _compute_giftcard_lost(self):
        for payment in self:
            is_redemption = payment.sudo().giftcard_entry_id.kind == "redeem"
            redemption = payment.sudo().giftcard_redemption_id
            payment.giftcard_lost = redemption.forfeited if is_redemption else 0

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(with_unset(vals_list, SERVER_FIELDS))
        payments._keep_giftcard_holds()
        payments.pos_order_id._check_giftcards_still_paid()
        return payments

    def write(self, vals):
        if not is_writer(self.env):
            vals = without(vals, SERVER_FIELDS)
            self._check_giftcard_settled(vals)
        result = super().write(vals)
        if SETTLED_FIELDS.intersection(vals):
            self.pos_order_id._check_giftcards_still_paid()
        return result

    def unlink(self):
        """Override of `point_of_sale`: a payment that goes away holds nothing."""
        self._check_giftcard_settled({"amount": 0})
        self._release_giftcards()
        return super().unlink()

    def _check_giftcard_settled(self, vals):
        """Refuse changes to what a card has paid or got back.

        :param dict vals: what is to be written
        :raises UserError: with the way out
        """
        changed = (SETTLED_FIELDS | RESPONSE_FIELDS).intersection(vals)
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        if changed and self.sudo().filtered("giftcard_entry_id"):
            raise UserError(
                self.env._(
                    "A gift card paid this bill and its ledger stays as it is. Refund "
                    "the bill at the till instead."
                )
            )
        if "payment_method_id" in changed:
            method = self.env["pos.payment.method"].browse(vals["payment_method_id"])
            paid = self.pos_order_id.filtered(lambda order: order.state != "draft")
            if method.giftcard_is_method and paid:
                raise UserError(
                    self.env._(
                        "Gift cards are used at the till: refund the bill there and "
                        "let the client pay again."
                    )
                )

    def _keep_giftcard_holds(self):
        """What a card that was presented holds has its line: it lapses no more.

        Writes the redemptions of these keys, and locks them so; no card.
        """
        # sudo: giftcard.redemption - bound to these bills; a cashier has no right on it
        presented = (
            self.env["giftcard.redemption"]
            .sudo()
            .search(
                [
                    ("key", "in", self._filter_giftcard().mapped("uuid")),
                    ("document_key", "in", self.pos_order_id.mapped("uuid")),
                    ("state", "=", "held"),
                    ("expires_at", "!=", False),
                ]
            )
        )
        as_writer(presented).expires_at = False

    def _filter_giftcard(self):
        """Return the payments by gift card, settled or not.

        :rtype: pos.payment
        """
        return self.filtered("payment_method_id.giftcard_is_method")

    def _get_giftcard_payments(self):
        """Return the payments for which a card was used, not given money back."""
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        return self.filtered(
            lambda payment: payment.sudo().giftcard_entry_id.kind == "redeem"
        )

    def _release_giftcards(self):
        """Give back what payments of bills that will not be paid hold.

        Once it is certain: when this transaction has been committed.
        """
        # sudo: giftcard.redemption - a paid bill captures, a cashier does not
        unused = (
            self._filter_giftcard().sudo().filtered(lambda p: not p.giftcard_entry_id)
        )
        keys = dict(unused.mapped(lambda paid: (paid.uuid, paid.pos_order_id.uuid)))
        self.env["giftcard.redemption"]._release_later("till", keys)

    def _settle_giftcard(self):
        """Take the money off the card, or put it back; with the order that is paid.

        :raises UserError: a sentence to read out; the order is not paid then
        """
        for payment in self._filter_giftcard().sorted("id"):
            # sudo: pos.payment, giftcard.entry - a cashier reads no ledger, and what it
            # says of a payment only the server writes
            payment_sudo = payment.sudo()
            if payment_sudo.giftcard_entry_id:
                continue
            order = payment.pos_order_id
            value = payment._get_giftcard_value()
            if not value:
                payment._release_giftcards()
                continue
            origin = order._prepare_giftcard_origin()
            if value > 0:
                redemption = payment._capture_giftcard(value, origin)
                entry = redemption.entry_ids.filtered(
                    lambda entry: entry.kind == "redeem"
                )
            else:
                redemption, entry = payment._refund_giftcard(-value, origin)
            order._check_giftcard_paid_share(payment, entry)
            card = entry.card_id
            as_writer(payment_sudo).write(
                {
                    "giftcard_redemption_id": redemption.id,
                    "giftcard_entry_id": entry.id,
                    "giftcard_last4": card.last4,
                    "giftcard_remaining": card.available,
                    "giftcard_bonus": float(value) - payment.amount,
                }
            )

    def _get_giftcard_value(self):
        """Return what the card gives: what was paid for it and its bonus.

        :return: as the bill says, negative for what goes back on the card
        :rtype: decimal.Decimal
        """
        order = self.pos_order_id
        discount = order._sum_giftcard_bonus(self)
        return to_decimal(self.amount, order.currency_id.decimal_places) + discount

    def _capture_giftcard(self, value, origin):
        # sudo: giftcard.redemption - a paid bill captures, a cashier does not
        redemptions = self.env["giftcard.redemption"].sudo()
        return redemptions._capture_for_row(self.uuid, value, origin)

    def _refund_giftcard(self, value, origin):
        """Return the redemption that money goes back to, and the ledger entry of it."""
        # sudo: giftcard.entry - a cashier reads no ledger
        redemption = self._find_refunded_giftcard().sudo().giftcard_redemption_id
        return redemption, redemption._refund(value, self.uuid, origin)

    def _get_giftcard_refundable(self):
        """Return how much of this redemption can still go back on its card.

        :rtype: decimal.Decimal
        """
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        redemption = self.sudo().giftcard_redemption_id
        return exact(redemption.amount) - exact(redemption.refunded)

    def _find_refunded_giftcard(self):
        """Return the payment of the refunded bill that this one gives back.

        :raises UserError: when the bill was not paid by gift card, or by several
        """
        refunded = self.pos_order_id._get_giftcard_refunded_orders()
        candidates = refunded.payment_ids._get_giftcard_payments()
        # sudo: giftcard.entry - a cashier reads no ledger
        if settled := self.sudo().giftcard_redemption_id:
            return candidates.filtered(
                lambda payment: payment.giftcard_redemption_id == settled
            )
        chosen = self.giftcard_refunded_payment_id.sudo() & candidates
        if chosen or len(candidates) == 1:
            return chosen or candidates
        still = candidates.filtered(
            lambda payment: payment._get_giftcard_refundable() > 0
        )
        if len(still) == 1:
            return still
        if candidates:
            raise UserError(
                self.env._(
                    "Several gift cards paid for this bill. Choose the card that gets "
                    "the money back."
                )
            )
        raise UserError(
            self.env._(
                "This bill was not paid by gift card. Give the money back another way."
            )
        )
