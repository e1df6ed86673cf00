from odoo import models
from odoo.exceptions import UserError

from ...tools.split import to_decimal

CHANGES = ("change_out", "change_in")


class PosOrder(models.Model):
    """A single-purpose card becomes a gift card on the bill that it pays (case C38).

    Per part a credit line with the VAT of its sale, then a line for the new card
    without VAT: together 0.00. The new card pays the bill like any other, or nothing
    on it: then the line of the new card names the change, not a payment.
    """

    _inherit = "pos.order"

    def _check_giftcard_changes(self):
        """Refuse a paid bill whose change of a card is not what the ledger says.

        :raises UserError: a sentence to read out
        """
        self.ensure_one()
        lines = self.lines.filtered(lambda line: line.giftcard_role in CHANGES)
        if not lines:
            return
        if lines.refunded_orderline_id or self.is_refund:
            raise UserError(
                self.env._(
                    "A card that was changed into a gift card stays one. Give back "
                    "what it paid for; the money goes on the gift card."
                )
            )
        splits = self._get_giftcard_splits()
        for key, changed in lines.grouped("giftcard_pair").items():
            gone = changed.filtered(lambda line: line.giftcard_role == "change_out")
            made = changed - gone
            named = {made[:1].uuid, *self.payment_ids._is_giftcard().mapped("uuid")}
            if not (
                len(made) == 1
                and gone
                and key in named
                and self._is_giftcard_change_exact(gone, made, splits)
            ):
                raise UserError(self._get_giftcard_pair_refusal(gone[:1]))

    def _is_giftcard_change_exact(self, gone, made, splits):
        accounting = self.env["giftcard.accounting"]
        uses = gone.sudo().giftcard_redemption_id
        digits = self.currency_id.decimal_places
        for line in gone:
            use = line.sudo().giftcard_redemption_id
            taxes = line.tax_ids_after_fiscal_position
            sold = accounting._prepare_pair(use.part_id, use, taxes)["deduction"]
            if (
                line.qty != -1
                or taxes != use.part_id._get_taxes(self.company_id)
                or splits[line] != accounting._reverse_split(sold)
            ):
                return False
        price = to_decimal(sum(uses.mapped("consideration")), digits)
        return (
            len(uses) == len(gone)
            and len(uses.card_id) == 1
            # what the till is not told to change is not changed past it
            and uses.card_id.company_id == self.company_id
            and not any(uses.mapped("bonus"))
            and made.qty == 1
            and not made.tax_ids
            and splits[made]["gross"] == price
        )


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _settle_giftcard_changes(self):
        """Take the parts of changed cards and make the cards for their amounts.

        :raises UserError: a sentence to read out; the order is not paid then
        """
        redemptions = self.env["giftcard.redemption"].sudo()
        changes = self.filtered(
            lambda line: (
                line.giftcard_role in CHANGES
                and not line.refunded_orderline_id
                and not line.sudo().giftcard_entry_id
            )
        )
        for lines in changes.grouped("giftcard_pair").values():
            document = lines.order_id._prepare_giftcard_document()
            made = lines.filtered(lambda line: line.giftcard_role == "change_in")
            uses = redemptions
            for line in lines - made:
                held = redemptions.search([("key", "=", line.uuid)])
                use = redemptions._capture(
                    line.uuid, held.amount, {**document, "entry_kind": "convert_out"}
                )
                entry = use.entry_ids.filtered(lambda own: own.kind == "convert_out")
                line._link_giftcard_use(use, entry)
                uses |= use
            if len(made) != 1 or len(uses.card_id) != 1:
                raise UserError(lines.order_id._get_giftcard_pair_refusal())
            card, entry = uses.card_id._change_to_amount(made.uuid, document)
            made._link_giftcard(card, entry)


class PosPayment(models.Model):
    _inherit = "pos.payment"

    def _capture_giftcard(self, value, document):
        """Override: a card that is made by this very bill pays it at once."""
        made = self.pos_order_id.lines.filtered(
            lambda line: (
                line.giftcard_role == "change_in" and line.giftcard_pair == self.uuid
            )
        )
        redemptions = self.env["giftcard.redemption"].sudo()
        if made and not redemptions.search_count([("key", "=", self.uuid)], limit=1):
            self.env.flush_all()
            card = made.sudo().giftcard_card_id
            redemptions._hold_locked(
                self.env.cr,
                redemptions._prepare_hold(card, self.uuid, 1, value, document),
            )
            redemptions.invalidate_model(flush=False)
        return super()._capture_giftcard(value, document)
