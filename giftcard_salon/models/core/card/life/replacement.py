# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError

from .....tools.allocation import exact

SAME = (
    "type_id",
    "company_id",
    "company_ids",
    "location_id",
    "currency_id",
    "vat_mode",
    "is_single_use",
    "pays_tips",
    "valid_until",
    "seller_id",
    "sold_at",
    "value",
    "price",
    "pool_face",
    "pool_consideration",
    "recipient",
    "sender",
    "message",
    "buyer_id",
    "holder_id",
)


class GiftcardCard(models.Model):
    """A lost card gets a new code; its money and its terms move to the new card."""

    _inherit = "giftcard.card"

    def _get_current(self):
        """Return the card that holds the money now, if this one was replaced.

        :rtype: giftcard.card
        """
        card = self
        while card.replaced_by_id:
            card = card.replaced_by_id
        return card

    def _get_lost(self):
        """Return the cards whose money this one holds now, itself included.

        :rtype: giftcard.card
        """
        cards = step = self
        while step := self.search([("replaced_by_id", "in", step.ids)]):
            cards |= step
        return cards

    def _replace(self, reason):
        """Close a lost card and give the client a new one with what is left on it.

        The old card's value moves as a whole, so that the new one shows what was
        used of it, and redemptions go on by the same schedule. Locks the old card; the
        new one is nobody else's yet.

        :param str reason: what people gave as the reason
        :return: the new card
        :rtype: giftcard.card
        :raises AccessError: without the desk's right
        :raises UserError: when the card is not usable, or a bill holds money of it
        """
        self.ensure_one()
        self._check_desk()
        self._check_user_company()
        reason = self._parse_reason(reason)
        # sudo: giftcard.card - the right was checked; only the server writes cards
        old = self.sudo()
        old._lock()
        if refusal := old._get_replace_refusal():
            raise UserError(refusal)
        new = old._make(
            [
                {
                    **{
                        name: old._fields[name].convert_to_write(old[name], old)
                        for name in SAME
                    },
                    "state": "active",
                }
            ]
        )
        old._move_remaining_to(new, reason)
        old._set_state("closed", ("active",), "replaced")
        old.write({"replaced_by_id": new.id, "value": 0, "price": 0})
        return new.sudo(False).with_env(self.env)

    def _move_remaining_to(self, new, reason):
        """Move all that remains to ``new``, one by one, by the same schedule.

        The caller has locked this card and made the new one.
        """
        entitlements = self.entitlement_ids.sorted("sequence")
        for entitlement in entitlements:
            entitlement.moved_to_id = entitlement.create(
                {
                    **{
                        name: entitlement._fields[name].convert_to_write(
                            entitlement[name], entitlement
                        )
                        for name in entitlement._get_kept_terms()
                    },
                    "card_id": new.id,
                    "available": 0,
                    "available_consideration": 0,
                    "available_net": 0,
                }
            )
        self.env["giftcard.entitlement"].flush_model()
        out = self._take_remaining("move_out", self._prepare_move(new), reason=reason)
        moved = []
        for entry in out:
            entitlement = entry.entitlement_id.moved_to_id
            money = (-exact(entry.face), -exact(entry.consideration))
            net = -exact(entry.net)
            new._move(self.env.cr, new.id, *money, entitlement.id, net)
            moved.append(
                new._prepare_event(
                    "move_in",
                    self._prepare_move(self),
                    reason,
                    *money,
                    entitlement=entitlement,
                    net=net,
                )
            )
        self.env["giftcard.entry"]._append(moved)

    def _prepare_move(self, other):
        """Return the other card as the origin of what comes or goes, here."""
        return self._prepare_origin(other.name, other)

    def _get_replace_refusal(self):
        """Say why the card cannot get a new code; else an empty text.

        :rtype: str
        """
        self.ensure_one()
        if self.status == "blocked":
            return self.env._(
                "Card %s is blocked. A manager has to unblock it before it can get a "
                "new code.",
                self.name,
            )
        if self.state != "active":
            return self._get_state_refusal()
        if self.held:
            return self._get_held_refusal()
        if not exact(self.available):
            return self.env._(
                "Nothing is left on card %s: there is nothing to move to a new code.",
                self.name,
            )
        return ""
