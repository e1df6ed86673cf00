from odoo import api, fields, models
from odoo.exceptions import UserError

# what only the server may say of a payment or an order line: a value that no RPC
# can carry, to be put into the context by the server's own writes
WRITER = object()


class PosPayment(models.Model):
    _inherit = "pos.payment"

    giftcard_revision = fields.Integer(copy=False)
    giftcard_last4 = fields.Char("Gift card", copy=False)
    giftcard_left = fields.Monetary("Left on the gift card", copy=False)
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
        ondelete="restrict",
    )

    @api.model
    def _drop_giftcard_server_fields(self, vals):
        if self.env.context.get("giftcard_writer") is WRITER:
            return vals
        server_fields = {"giftcard_redemption_id", "giftcard_entry_id"}
        return {name: vals[name] for name in vals if name not in server_fields}

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._drop_giftcard_server_fields(v) for v in vals_list])

    def write(self, vals):
        return super().write(self._drop_giftcard_server_fields(vals))

    def unlink(self):
        """Override of `point_of_sale`: a payment that goes away holds nothing."""
        self._release_giftcards()
        return super().unlink()

    def _is_giftcard(self):
        return self.filtered("payment_method_id.giftcard_is_method")

    def _release_giftcards(self):
        """Give back what payments of bills that will not be paid hold."""
        for payment in self._is_giftcard():
            if payment.amount > 0 and not payment.giftcard_redemption_id:
                self.env["giftcard.redemption"].sudo()._release(
                    payment.uuid, payment.giftcard_revision + 1
                )

    def _settle_giftcard(self):
        """Take the money off the card, or put it back; with the order that is paid.

        :raises UserError: a sentence to read out; the order is not paid then
        """
        for payment in self._is_giftcard().sorted("id"):
            if payment.giftcard_entry_id or not payment.amount:
                continue
            document = payment.pos_order_id._prepare_giftcard_document()
            if payment.amount > 0:
                redemption = payment._capture_giftcard(document)
                entry = redemption.sudo().entry_ids.filtered(
                    lambda entry: entry.kind == "redeem"
                )
            else:
                redemption, entry = payment._refund_giftcard(document)
            card = redemption.sudo().card_id
            payment.sudo().with_context(giftcard_writer=WRITER).write(
                {
                    "giftcard_redemption_id": redemption.id,
                    "giftcard_entry_id": entry.id,
                    "giftcard_last4": card.last4,
                    "giftcard_left": card.available,
                }
            )

    def _capture_giftcard(self, document):
        return (
            self.env["giftcard.redemption"]
            .sudo()
            ._capture(self.uuid, self.amount, document)
        )

    def _refund_giftcard(self, document):
        """Return the use that money goes back to, and the ledger entry of it."""
        redemption = self._find_refunded_giftcard().sudo().giftcard_redemption_id
        return redemption, redemption._refund(-self.amount, self.uuid, document)

    def _find_refunded_giftcard(self):
        """Return the payment of the refunded bill that this one gives back.

        :raises UserError: when the bill was not paid by gift card, or by several
        """
        refunded = self.pos_order_id.lines.refunded_orderline_id.order_id.sudo()
        candidates = refunded.payment_ids.filtered("giftcard_redemption_id")
        candidates = candidates.filtered(lambda payment: payment.amount > 0)
        chosen = self.giftcard_refunded_payment_id.sudo() & candidates
        if chosen or len(candidates) == 1:
            return chosen or candidates
        if candidates:
            refusal = self.env._(
                "Several gift cards paid for this bill. Choose the card that gets the "
                "money back."
            )
        else:
            refusal = self.env._(
                "This bill was not paid by gift card. Give the money back another way."
            )
        raise UserError(refusal)
