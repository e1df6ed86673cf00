# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.exceptions import UserError

from .....tools.allocation import to_decimal
from ..code import CODE
from .replacement import SAME


class GiftcardCard(models.Model):
    """A card for a service that nobody wants any more becomes a card for its amount.

    VAT of what was left is given back (the document's credit note), and the money
    stays with the client on a multi-purpose card (case C38). The code goes on: the
    client keeps the card in hand, so no new code has to be printed.
    """

    _inherit = "giftcard.card"

    changed_to_id = fields.Many2one(
        "giftcard.card",
        "Changed into",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _get_conversion_refusal(self):
        """Say why the card cannot become a card for an amount; else an empty text.

        :rtype: str
        """
        self.ensure_one()
        if self.status not in ("active", "partial", "held") or not self.entitlement_ids:
            return self._get_refusal() or self._get_state_refusal()
        if self.company_id != self.env.company:
            # sudo: res.company - only the name
            return self._get_company_refusal(self.env.company) or self.env._(
                "This card was sold by %s: it can be changed there only. Take another "
                "payment.",
                self.company_id.sudo().name,
            )
        if self.available != self.available_consideration:
            return self.env._(
                "Card %s was sold for less than it is worth, so it stays what it is. "
                "Take another payment, or ask a gift card manager.",
                self.name,
            )
        if self.held:
            return self._get_held_refusal()
        return ""

    def _convert_to_amount(self, key, origin):
        """Close the card, redeemed to the last, and make the one for its amount.

        Locks the old card; the new one is nobody else's yet.

        :param str key: the document line's own key
        :param Origin origin: the document that changes it
        :return: the new card and its ledger entry
        :rtype: tuple
        :raises UserError: when something of the card is left
        """
        self.ensure_one()
        # sudo: giftcard.card - a cashier's bill changes it, only the server writes it
        old = self.sudo()
        old._lock()
        converted = old.entry_ids.filtered(
            lambda entry: entry.kind == "convert_out" and origin.is_of(entry)
        )
        digits = old.currency_id.decimal_places
        value = to_decimal(-sum(converted.mapped("face")), digits)
        price = to_decimal(-sum(converted.mapped("consideration")), digits)
        if old.available or old.held or not value:
            raise UserError(
                self.env._(
                    "Card %s is changed as a whole or not at all. Remove it from the "
                    "bill and scan it again.",
                    old.name,
                )
            )
        kept = {
            name: old._fields[name].convert_to_write(old[name], old) for name in SAME
        }
        code = old._reveal()
        old._set_state("closed", ("active",), "converted")
        old.write({name: False for name in CODE if name != "last4"})
        self.env.flush_all()
        new = old._make(
            [
                {
                    **kept,
                    "vat_mode": "mpv",
                    "value": value,
                    "price": price,
                    "pool_face": value,
                    "pool_consideration": price,
                    "available": value,
                    "available_consideration": price,
                    "state": "active",
                }
            ],
            [code],
        )
        old.changed_to_id = new
        entry = self.env["giftcard.entry"]._append(
            [new._prepare_event("convert_in", origin, None, value, price, key=key)]
        )
        return new, entry
