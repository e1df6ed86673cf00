# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from psycopg2.errors import CheckViolation, LockNotAvailable, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.allocation import exact, to_decimal
from ....tools.short_transaction import short_transaction
from .. import locks
from ..card.card import TOUCHED
from ..card.code import SCANNED
from .hold_request import HoldRequest

_logger = logging.getLogger(__name__)

CARD_MONEY = (
    "available",
    "available_consideration",
    "pool_face",
    "pool_consideration",
)
ENTITLEMENT_MONEY = (*CARD_MONEY, "available_net", "pool_net")


class HeldMeanwhile(Exception):
    """A key that was unknown has become known while its card was locked."""


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _hold(
        self, card, key, revision, amount, origin, entitlement=None, is_shown=True
    ):
        """Reserve ``amount`` on a card; committed when this returns.

        Runs in a short transaction of its own. Holding again under a higher
        revision sets the absolute amount.

        :param card: ``giftcard.card`` record
        :param str key: the document's own key of this redemption
        :param int revision: order of what this key was told, from 1
        :param amount: value to reserve, in the card's currency, tax included
        :param Origin origin: the document that asks
        :param entitlement: ``giftcard.entitlement`` that pays, for a card whose VAT was
            counted at its sale
        :param bool is_shown: whether the card's code came with this request, or the
            server itself decides; without it a hold is kept or lowered, no more
        :return: ``state, key, revision, amount, available, last4, again``, and what
            the redemption means for the accounts: ``consideration``, the part of the
            amount paid for, ``bonus``, the rest, ``net``, that without VAT of an
            ``entitlement_id``; money as floats in the card's currency
        :rtype: dict
        :raises UserError: a sentence; RuntimeError: this transaction wrote the card
        """
        if self._is_touched(card):
            raise RuntimeError(
                "This transaction wrote the card it wants to hold; hold it first."
            )
        request = self._prepare_hold(
            card, key, revision, amount, origin, entitlement, is_shown
        )
        return self._in_short_transaction(self._hold_locked, request)

    @api.model
    def _is_touched(self, card):
        return card.id in self.env.cr.postcommit.data.get(TOUCHED, ())

    @api.model
    def _prepare_hold(
        self, card, key, revision, amount, origin, entitlement=None, is_shown=True
    ):
        # sudo: giftcard.card - who holds may see no card
        card = card.sudo()
        card.fetch(SCANNED)
        digits = card.currency_id.decimal_places
        self._check_currency(card, origin.currency)
        return HoldRequest(
            card_id=card.id,
            entitlement_id=entitlement.id if entitlement else None,
            key=key,
            revision=revision,
            amount=self._parse_amount(amount, digits),
            digits=digits,
            today=card._today(card.company_id),
            is_shown=is_shown,
            origin=origin,
        )

    @api.model
    def _in_short_transaction(self, step, *args):
        for last_try in (False, True):
            try:
                with short_transaction(self.env) as cr:
                    response = step(cr, *args)
                break
            except LockNotAvailable as error:
                raise UserError(
                    self.env._("This card is being used right now. Try again.")
                ) from error
            except (UniqueViolation, HeldMeanwhile):
                # another worker told this key something a moment ago: look again
                if last_try:
                    raise
            except CheckViolation as error:
                _logger.exception("A hold would have broken a constraint")
                raise UserError(
                    self.env._("Nothing was taken. Scan the card again.")
                ) from error
        self.env["giftcard.card"].invalidate_model(
            ["available", "available_consideration", "status", "held", "balance"],
            flush=False,
        )
        self.invalidate_model(flush=False)
        return response

    @api.model
    def _lock_card(self, cr, request):
        """Lock the card and read what it has, or what its entitlement has.

        The second lock of a hold: the key of the redemption comes first. An entitlement
        has no lock of its own; whoever changes it holds its card.

        :param cr: cursor of the transaction that goes on with it
        :param HoldRequest request: of :meth:`_prepare_hold`
        :return: columns of the card, its entitlement's for money, as decimals
        :rtype: dict
        :raises UserError: without such a card, or the entitlement that it needs
        """
        card_id, digits = request.card_id, request.digits
        card = locks.lock_card(cr, card_id)
        if not card:
            raise UserError(
                self.env._("We do not know this code. Check it with the client.")
            )
        card["entitlement_id"] = request.entitlement_id
        money = CARD_MONEY
        if request.entitlement_id:
            money = ENTITLEMENT_MONEY
            cr.execute(
                f"SELECT {', '.join(money)} FROM giftcard_entitlement"
                " WHERE id = %s AND card_id = %s",
                [request.entitlement_id, card_id],
            )
            card.update(cr.dictfetchone() or {})
        is_whole = not request.entitlement_id or "available_net" in card
        if (card["vat_mode"] == "spv") != bool(request.entitlement_id) or not is_whole:
            raise UserError(
                self.env._(
                    "Choose what card ••%s pays for on this bill, then try again.",
                    card["last4"],
                )
            )
        for column in money:
            card[column] = to_decimal(card[column], digits)
        return card

    @api.model
    def _hold_locked(self, cr, request):
        """Reserve what a request asks for, in the transaction of ``cr``.

        Locks the key of the redemption, then the card. The caller commits at once, or
        is a bill that wrote the card itself and commits with it.

        :param cr: cursor of that transaction, READ COMMITTED unless it wrote the card
        :param HoldRequest request: of :meth:`_prepare_hold`
        :return: as of :meth:`_hold`
        :rtype: dict
        :raises UserError: a sentence: why not, and what to do
        :raises HeldMeanwhile: when the same request was served while this one waited
            for the card; the caller asks again in a new transaction
        """
        redemption = locks.lock_redemption(cr, request.key)
        if refusal := self._get_unbound_refusal(redemption, request):
            raise UserError(refusal)
        if redemption and (old := self._respond_again(cr, redemption, request)):
            return old
        card = self._lock_card(cr, request)
        back = self._valuate_held(card, redemption, request)
        card["available"] += back["face"]
        card["available_consideration"] += back["consideration"]
        if card["entitlement_id"]:
            card["available_net"] += back["net"]
        if refusal := self._get_hold_refusal(cr, card, request):
            if not redemption and locks.lock_redemption(cr, request.key):
                # the same request was served while this one waited for the card
                raise HeldMeanwhile
            raise UserError(refusal)
        valuation = self._valuate_redemption(card, request)
        available = self.env["giftcard.card"]._move(
            cr,
            card["id"],
            back["face"] - valuation["amount"] - valuation["forfeited"],
            back["consideration"]
            - valuation["consideration"]
            - valuation["forfeited_consideration"],
            card["entitlement_id"],
            back["net"] - valuation["net"] - valuation["forfeited_net"],
        )
        self._store_hold(cr, redemption, valuation, request)
        return {
            "state": "held",
            "key": request.key,
            "revision": request.revision,
            "available": float(available),
            "last4": card["last4"],
            "again": False,
            **self._describe_redemption(
                {**valuation, "entitlement_id": card["entitlement_id"]}
            ),
        }

    @api.model
    def _describe_redemption(self, redemption):
        """Return what a redemption takes of its card, for whoever asked for it."""
        return {
            "amount": float(redemption["amount"]),
            "consideration": float(redemption["consideration"]),
            "bonus": float(
                exact(redemption["amount"]) - exact(redemption["consideration"])
            ),
            "net": float(redemption["net"]),
            "entitlement_id": redemption["entitlement_id"] or False,
        }

    @api.model
    def _respond_again(self, cr, redemption, request):
        """Answer a key that was told this or something newer; else None."""
        if (
            redemption["state"] != "captured"
            and request.revision > redemption["revision"]
        ):
            return None
        amount = to_decimal(redemption["amount"], request.digits)
        if (
            redemption["state"] == "held"
            and request.revision == redemption["revision"]
            and (redemption["card_id"], redemption["entitlement_id"], amount)
            != (request.card_id, request.entitlement_id, request.amount)
        ):
            raise UserError(
                self.env._(
                    "This bill line already uses a gift card in another way. "
                    "Remove the line and scan the card again."
                )
            )
        return self._describe(cr, redemption)

    @api.model
    def _describe(self, cr, redemption):
        cr.execute(
            "SELECT last4, available FROM giftcard_card WHERE id = %s",
            [redemption["card_id"]],
        )
        last4, available = cr.fetchone() or (False, 0)
        return {
            "state": redemption["state"],
            "key": redemption["key"],
            "revision": redemption["revision"],
            "available": float(available),
            "last4": last4,
            "again": True,
            **self._describe_redemption(redemption),
        }

    @api.model
    def _store_hold(self, cr, redemption, valuation, request):
        origin = request.origin
        values = {
            **valuation,
            **origin.get_columns(),
            "revision": request.revision,
            "card_id": request.card_id,
            "entitlement_id": request.entitlement_id,
            "state": "held",
            "company_id": origin.company.id,
            "document_key": origin.key or None,
            "user_ref": self.env.uid,
            "partner_ref": origin.partner_id or None,
            "held_at": fields.Datetime.now(),
            "expires_at": origin.lapses_at or None,
            "ended_at": None,
            "withdrawn": False,
        }
        if redemption:
            assignments = ", ".join(f"{column} = %s" for column in values)
            cr.execute(
                f"UPDATE giftcard_redemption SET {assignments} WHERE id = %s",
                [*values.values(), redemption["id"]],
            )
            return
        values["key"] = request.key
        cr.execute(
            f"INSERT INTO giftcard_redemption ({', '.join(values)})"
            f" VALUES ({', '.join(['%s'] * len(values))})",
            list(values.values()),
            log_exceptions=False,
        )
