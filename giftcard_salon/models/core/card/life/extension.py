# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError


class GiftcardCard(models.Model):
    """A card may be used for longer, also after it has expired."""

    _inherit = "giftcard.card"

    def _extend(self, valid_until, reason):
        """Let the card be used for longer, also after it has expired.

        What its expiry took as income is owed to the client again. Locks the card.

        :param datetime.date valid_until: the new last day
        :param str reason: what people gave as the reason
        :raises AccessError: without the desk's right
        :raises UserError: without a reason, or when this would shorten its life
        """
        self.ensure_one()
        self._check_desk()
        self._check_user_company()
        reason = self._parse_reason(reason)
        # sudo: giftcard.card - the right was checked; only the server writes cards
        card = self.sudo()
        card._lock()
        if refusal := card._get_extend_refusal(valid_until):
            raise UserError(refusal)
        if card._is_expiry_posted():
            card._unexpire(reason)
        sold_until = card.sold_until or card.valid_until
        card.write({"valid_until": valid_until, "sold_until": sold_until})
        card._note_event("extend", reason, name=valid_until.isoformat())

    def _get_extend_refusal(self, valid_until=None):
        """Say why the card's life cannot be made longer; else an empty text.

        :param datetime.date valid_until: the new last day, when one is chosen
        :rtype: str
        """
        self.ensure_one()
        is_back = self._is_expiry_posted()
        if self.state not in ("pending", "active", "blocked") and not is_back:
            return self._get_state_refusal()
        if is_back and valid_until and valid_until < self._today(self.company_id):
            return self.env._(
                "%(day)s is over. Choose today or a later day, so that the client can "
                "use card %(card)s again.",
                card=self.name,
                day=self._format_day(valid_until),
            )
        if not self.valid_until:
            return self.env._("Card %s has no end date. Nothing to extend.", self.name)
        if valid_until and valid_until <= self.valid_until:
            return self.env._(
                "Card %(card)s is valid until %(day)s already. Choose a later day: a "
                "card's life is never made shorter.",
                card=self.name,
                day=self._format_day(self.valid_until),
            )
        return ""
