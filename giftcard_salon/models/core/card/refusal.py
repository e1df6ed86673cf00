# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.tools import format_amount


class GiftcardCard(models.Model):
    """Why a card cannot pay, as a sentence to read out."""

    _inherit = "giftcard.card"

    def _get_refusal(self):
        """Return why the card cannot pay, as a sentence to read out; else "".

        :rtype: str
        """
        self.ensure_one()
        if self.status == "expired":
            return self._get_over_message()
        if refusal := self._get_company_refusal(self.env.company):
            return refusal
        if self.state == "active":
            return "" if self.available else self._get_empty_refusal()
        sentences = {
            "draft": self.env._("This card has not been sold yet."),
            "pending": self.env._(
                "This card is not paid yet. It can be used once it is paid."
            ),
            "blocked": self.env._("This card is blocked. Ask a manager."),
            "cancelled": self.env._("This card was cancelled. Take another payment."),
            "refunded": self.env._(
                "This card was given back and paid out. Take another payment."
            ),
            "replaced": self.env._(
                "This card was replaced by another one. Ask the client for the new one."
            ),
            "converted": self.env._(
                "This card was changed into a gift card. Ask the client for that one."
            ),
            "escheated": self.env._(
                "What was left on this card went to the State. Ask a manager."
            ),
        }
        return sentences.get(self.status, "")

    def _get_over_message(self):
        return self.env._(
            "This card expired on %s. Take another payment, or ask a manager.",
            self._format_day(self.valid_until),
        )

    def _get_empty_refusal(self):
        if self.held:
            return self.env._(
                "Not enough is left on this card: %s of it is being used at another "
                "till or in the shop. Try again in a moment.",
                format_amount(self.env, self.held, self.currency_id),
            )
        last = self.entry_ids.filtered(lambda entry: entry.kind == "redeem")[:1]
        if not last:
            return self.env._("Nothing is left on this card.")
        # sudo: giftcard.location, res.company - only the name
        return self.env._(
            "Nothing is left on this card. It was last used on %(day)s at %(salon)s.",
            day=self._format_day(last.day),
            salon=last.location_id.sudo().name or last.company_id.sudo().name,
        )
