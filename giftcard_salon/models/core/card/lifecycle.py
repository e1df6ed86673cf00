# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.origin import Origin


class GiftcardCard(models.Model):
    """What people do to a card that is sold, without moving money.

    Every step is a line of the ledger: who did it, when, and why.
    """

    _inherit = "giftcard.card"

    def _block(self, reason):
        """Block the card, so that nobody can use it until it is unblocked.

        A bill that holds money of the card just now can still be paid with it: the
        client stands at the till, and the hold was right when it was placed.

        :param str reason: what people gave as the reason
        :raises AccessError: without the manager's right
        :raises UserError: without a reason, or when the card is not active
        """
        self.ensure_one()
        self._check_manager()
        self._check_user_company()
        reason = self._parse_reason(reason)
        self._lock()
        self._set_state("blocked", ("active",))
        self._note_event("block", reason)

    def action_unblock(self):
        """Let blocked cards be used again.

        :raises AccessError: without the manager's right
        :raises UserError: when a card is not blocked
        """
        self._unblock()

    def _unblock(self, reason=None):
        """As of :meth:`action_unblock`; the ledger keeps why.

        :param str reason: what people gave as the reason
        """
        self._check_manager()
        self._check_user_company()
        self._lock()
        self._set_state("active", ("blocked",))
        self._note_event("unblock", reason)

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

    def _get_held_refusal(self):
        """Say that something on the card is reserved.

        :rtype: str
        """
        return self.env._(
            "%(amount)s of card %(card)s is being used right now. "
            "Release it first, then try again.",
            amount=format_amount(self.env, self.held, self.currency_id),
            card=self.name,
        )

    def _get_state_refusal(self):
        return self.env._(
            "Card %(card)s is %(status)s. Nothing was changed.",
            card=self.name,
            status=self.status_label,
        )

    def _parse_reason(self, reason):
        """Return the reason that people gave.

        :raises UserError: when there is none
        """
        text = " ".join((reason or "").split())
        if not text:
            raise UserError(self.env._("Say why: it is kept in the card's history."))
        return text

    # === PAID LATER === #

    def _make_usable(self, origin=None):
        """Let pending cards be used: what they cost has been paid. Locks them.

        :param Origin origin: the document that says so; by default the back office
        """
        self._lock()
        self._set_state("active", ("pending",))
        self._note_event("activate", origin=origin)

    def action_mark_paid(self):
        """Let a card be used whose payment no document of Odoo shows.

        :raises AccessError: without the manager's right
        :return: an action to show, or None
        :raises UserError: when a card is not waiting for its payment
        """
        self._check_manager()
        self._check_user_company()
        action = None
        for company, cards in self.grouped("company_id").items():
            action = cards._mark_paid_in(company) or action
        return action

    def _mark_paid_in(self, company):
        """Let cards of one company be used; other layers may ask somebody else first.

        :param company: ``res.company`` record
        :return: an action to show, or None
        """
        self._mark_paid()

    def _mark_paid(self):
        """Let the cards be used, on a manager's word."""
        self._check_waits_for_payment()
        self._make_usable()

    def _check_waits_for_payment(self):
        # sudo: giftcard.card - the state of a card that the caller may not read in full
        for card in self.sudo().filtered(lambda card: card.state != "pending"):
            raise UserError(card._get_state_refusal())

    # === WHAT THE LEDGER SAYS === #

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
