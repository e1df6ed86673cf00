# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount


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
