# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from .....tools.allocation import release_of_redemption, to_decimal


class GiftcardCard(models.Model):
    """Corrections of what is on a card, by hand."""

    _inherit = "giftcard.card"

    def _adjust(self, amount, reason):
        """Put value on the card or take it off, in the caller's transaction.

        What is taken off releases the paid part that a redemption would release (R5);
        what is put on is paid for by the account the caller posts it against. Locks the
        card.

        :param amount: signed value, in the card's currency
        :param str reason: what people gave as the reason
        :return: the ledger entry, to be posted
        :rtype: giftcard.entry
        :raises AccessError: without the manager's right
        :raises UserError: when more would be taken than is available
        """
        self.ensure_one()
        self._check_manager()
        self._check_user_company()
        reason = self._parse_reason(reason)
        # sudo: giftcard.card - the right was checked; only the server writes cards
        card = self.sudo()
        card._lock()
        if refusal := card._get_adjust_refusal(amount):
            raise UserError(refusal)
        face, consideration = card._valuate_adjustment(amount)
        self._move(self.env.cr, card.id, face, consideration)
        card.write(card._prepare_adjusted_terms(face, consideration))
        return (
            self.env["giftcard.entry"]
            .sudo()
            ._append([card._prepare_event("adjust", None, reason, face, consideration)])
        )

    def _valuate_adjustment(self, amount):
        """Return the signed value and paid part of a correction."""
        digits = self.currency_id.decimal_places
        face = to_decimal(amount, digits)
        if face >= 0:
            return face, face
        pool = {
            name: to_decimal(self[name], digits)
            for name in (
                "available",
                "available_consideration",
                "pool_face",
                "pool_consideration",
            )
        }
        return face, -release_of_redemption(-face, pool, "consideration", digits)

    def _prepare_adjusted_terms(self, face, consideration):
        """Return the card's value and, when it was loaded, where its schedule starts.

        A correction changes what the card is worth; it is not a redemption.
        """
        digits = self.currency_id.decimal_places
        values = {
            "value": to_decimal(self.value, digits) + face,
            "price": to_decimal(self.price, digits) + consideration,
        }
        if face > 0:
            values.update(self._prepare_pool())
        return values

    def _get_adjust_refusal(self, amount):
        """Say why the card cannot be corrected so; else an empty text.

        :param amount: signed value, in the card's currency
        :rtype: str
        """
        self.ensure_one()
        if self.state not in ("active", "blocked"):
            return self._get_state_refusal()
        if self.entitlement_ids:
            return self.env._(
                "VAT was counted when card %s was sold, so its value is not corrected "
                "by hand. Give it back at the till and sell a new one.",
                self.name,
            )
        digits = self.currency_id.decimal_places
        face = to_decimal(amount, digits)
        if not face:
            return self.env._("Choose an amount of more than zero.")
        if -face > to_decimal(self.available, digits):
            return self.env._(
                "At most %(amount)s can be taken off card %(card)s: that is what is "
                "left on it and not being used right now.",
                amount=format_amount(self.env, self.available, self.currency_id),
                card=self.name,
            )
        return ""
