# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo import models

from ....tools.origin import Origin


class GiftcardCard(models.Model):
    """What the ledger says of a card: entries, with or without money that moves."""

    _inherit = "giftcard.card"

    def _note_event(self, kind, reason=None, origin=None, name=None):
        """Enter into the ledger what happened to the cards without moving money.

        :param str kind: kind of ledger entry
        :param str reason: what people gave as the reason
        :param Origin origin: where it comes from; by default the back office
        :param str name: what the back office says instead of a document's name
        """
        # sudo: giftcard.entry - only the server appends to the ledger
        self.env["giftcard.entry"].sudo()._append(
            [
                card._prepare_event(
                    kind, origin or card._prepare_origin(name=name), reason
                )
                for card in self.sudo()
            ]
        )

    def _prepare_event(
        self, kind, origin=None, reason=None, face=0, consideration=0, **values
    ):
        """Return what a ledger entry of this card says of itself.

        :param str kind: kind of ledger entry
        :param Origin origin: where it comes from; by default the back office
        :param str reason: what people gave as the reason
        :param face: signed value that moves, in the card's currency
        :param consideration: the part of it that was paid for
        :param values: what else the entry says, as for ``giftcard.entry._append``
        :rtype: dict
        """
        self.ensure_one()
        return {
            "card": self,
            "kind": kind,
            "origin": origin or self._prepare_origin(),
            "face": face,
            "consideration": consideration,
            "reason": reason,
            **values,
            "key": values.get("key") or str(uuid4()),
        }

    def _prepare_origin(self, name=None, other=None):
        """Return the back office as the origin of what is done with this card.

        :param str name: what it says instead of a document's name
        :param other: the card that it is told as, this one when left out
        :rtype: Origin
        """
        self.ensure_one()
        return Origin(
            company=self.company_id,
            location=self.location_id,
            currency=self.currency_id,
            channel="office",
            model=self._name,
            id=(other or self).id,
            name=name,
        )
