# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.tools import format_amount


class GiftcardRedeem(models.TransientModel):
    """An invoice that is paid in time: its early payment discount is offered."""

    _inherit = "giftcard.redeem"

    def _get_most(self, card):
        """Override: what settles the document in full, where a discount holds."""
        return self._get_discounted(card) or super()._get_most(card)

    def _get_discounted(self, card):
        """Return what pays the document in full with its discount; 0 without one.

        Only one card that is enough for it gets it, and none that changes lines.
        """
        document, compare = self._get_document(), self.currency_id.compare_amounts
        discounted = document._get_giftcard_discounted() if document else 0
        if (
            card.entitlement_ids
            or compare(card.available, card.available_consideration)
            or compare(card.available, discounted) < 0
            or compare(self.to_pay, document.amount_total)
        ):
            return 0
        return discounted

    def _describe_effect(self):
        """Override: say the discount."""
        card, document = self._get_card(), self._get_document()
        discounted = self._get_discounted(card)
        if not discounted or self.currency_id.compare_amounts(self.amount, discounted):
            return super()._describe_effect()
        values = {
            "amount": format_amount(self.env, self.amount, self.currency_id),
            "card": card.name,
            "discount": format_amount(
                self.env, self.to_pay - self.amount, self.currency_id
            ),
            "day": card._format_day(document._get_giftcard_terms().discount_date),
        }
        if document.state == "posted":
            return self.env._(
                "%(amount)s is taken from card %(card)s and pays the invoice in full: "
                "%(discount)s is its discount for early payment.",
                **values,
            )
        return self.env._(
            "%(amount)s is reserved on card %(card)s and pays the invoice in full when "
            "it is posted by %(day)s: %(discount)s is its discount for early payment.",
            **values,
        )
