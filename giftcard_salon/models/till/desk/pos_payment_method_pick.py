# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.fields import Domain

MOST_OF_CLIENT = 10


class PosPaymentMethod(models.Model):
    """Cards that pay without their code at hand: the desk finds them, and says so."""

    _inherit = "pos.payment.method"

    def giftcard_cards_of(self, partner_id, session_id):
        """Return what the client on a bill can still use, without any code.

        :param int partner_id: the client
        :param int session_id: the open till session
        :return: up to ten cards as of :meth:`giftcard_find`, what ends first at first
        :rtype: list[dict]
        :raises AccessError: without the right of the desk
        """
        session = self._get_giftcard_desk_session(session_id)
        holder = self._parse_giftcard_id(partner_id)
        if not holder:
            return []
        cards = self.env["giftcard.card"].sudo().with_company(session.company_id)
        domain = self._get_giftcard_desk_domain(session) & Domain(
            [
                ("holder_id", "=", holder),
                ("state", "=", "active"),
                ("available", ">", 0),
            ]
        )
        found = cards.search(domain, order="valid_until, id").filtered(
            # what was bought for somebody else is that person's
            lambda card: (
                card.status != "expired"
                and (not card.recipient or card.holder_id != card.buyer_id)
            )
        )
        return [self._describe_found_giftcard(card) for card in found[:MOST_OF_CLIENT]]

    def giftcard_pick(self, card_id, session_id):
        """Return what a card is and its code, so that it can pay at once. Recorded.

        :param int card_id: a card that :meth:`giftcard_find` or
            :meth:`giftcard_cards_of` returned
        :param int session_id: the open till session
        :return: as of :meth:`giftcard_lookup`, and ``code``
        :rtype: dict
        :raises AccessError: without the right of the desk
        :raises UserError: when the card cannot be used any more
        """
        card, session = self._get_giftcard_for_desk(card_id, session_id)
        card._note_event("show", origin=session._prepare_giftcard_origin())
        return {**self._describe_giftcard(card, session), "code": card._reveal()}

    @api.model
    def _get_giftcard_desk_domain(self, session):
        """Return the cards that the desk of a till may see: its entity's, its money's.

        :param session: ``pos.session`` that asks
        :rtype: Domain
        """
        return Domain(
            [
                ("company_id", "in", session.company_id._get_giftcard_entity().ids),
                ("currency_id", "=", session.currency_id.id),
                ("state", "!=", "draft"),
            ]
        )
