# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import replace

from odoo import models
from odoo.exceptions import UserError


class GiftcardApplication(models.Model):
    """What is held for a document is used by its invoice, or lowered to what it is."""

    _inherit = "giftcard.application"

    def _settle(self, invoice):
        """Use the card for a posted invoice, and post it as a payment.

        The amount is held under this key, by :meth:`_hold` or :meth:`_hold_here`, and
        the lines that the application has on the invoice are on it. Marks the key's
        redemption as captured, which locks its row and not the card's; then entry, then
        payment. With the invoice or not at all.

        :param invoice: posted ``account.move``
        :raises UserError: when nothing is left on the card for it
        """
        self.ensure_one()
        origin = self._prepare_origin(invoice)
        redemptions = self.env["giftcard.redemption"]
        redemption = redemptions._capture(self.key, self.amount, origin)
        self._check_split(redemption._describe_redemption(redemption))
        entries = redemption.entry_ids.filtered(
            lambda entry: entry.kind in ("redeem", "forfeit")
        )
        if self.entitlement_id:
            # the invoice's own line posts the application
            used = entries.filtered(lambda entry: entry.kind == "redeem")
            invoice._tag_giftcard_line(self, used)
            entries -= used
        discount = invoice._prepare_giftcard_discount(self.paid_amount)
        accounting = self.env["giftcard.accounting"]
        payment = accounting._post_payment(entries, invoice, discount)
        self.write({"move_id": invoice.id, "paying_move_id": payment.id})
        self.invalidate_recordset(["state"])
        invoice._reconcile_giftcard(payment)

    def _is_fixed(self):
        """Tell whether lines of the document say what this application comes to."""
        return bool(self.entitlement_id or self.bonus)

    def _check_split(self, response):
        """Refuse another split of the application than the document's lines say.

        :param dict response: as of a hold
        :raises UserError: with the way out
        """
        self.ensure_one()
        values = self._prepare_split_values(
            {**response, "entitlement_id": self.entitlement_id.id}
        )
        money = ("amount", "paid_amount", "bonus", "net")
        compare = self.currency_id.compare_amounts
        if self._is_fixed() and any(
            compare(self[name], values[name]) for name in money
        ):
            raise UserError(
                self.env._(
                    "What gift card %s pays here has changed, because it was used "
                    "elsewhere meanwhile. Take it off and use it again.",
                    self.card_name,
                )
            )

    def _lower(self, amount, document):
        """Reserve less: the document is less than what the card was to pay.

        In this transaction, which uses it at once: locks the card, then this key.

        :param amount: what the card shall give now
        :param document: the invoice, or the order that is not invoiced yet
        """
        self.ensure_one()
        origin = self._prepare_origin(document)
        response = self._hold_locked(self.card_id, self.key, amount, origin)
        self.write(self._prepare_split_values(response))

    def _prepare_origin(self, document):
        """Return ``document`` as the origin; what is held stays bound to the first."""
        return replace(document._prepare_giftcard_origin(), key=self.document_key)
