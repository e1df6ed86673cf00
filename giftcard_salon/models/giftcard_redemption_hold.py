import logging

from psycopg2.errors import CheckViolation, LockNotAvailable, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.short_transaction import short_transaction
from ..tools.split import to_decimal
from .giftcard_card import TOUCHED

_logger = logging.getLogger(__name__)

CARD_COLUMNS = (
    "id, last4, state, company_id, currency_id, is_single_use, valid_until,"
    " available, available_consideration, pool_face, pool_consideration"
)
CARD_MONEY = (
    "available",
    "available_consideration",
    "pool_face",
    "pool_consideration",
)


class ToldMeanwhile(Exception):
    """A key that was unknown has become known while its card was locked."""


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _hold(self, card, key, revision, amount, document):
        """Reserve ``amount`` on a card; committed when this returns.

        Runs in a short transaction of its own. Holding again under a higher
        revision sets the absolute amount.

        :param card: ``giftcard.card`` record
        :param str key: the document's own key of this use
        :param int revision: order of what this key was told, from 1
        :param amount: value to reserve, in the card's currency, tax included
        :param dict document: ``company``, ``location``, ``currency`` records,
            ``channel``, ``model``, ``id``, ``name``, and optionally
            ``key_of_document``, ``partner_ref`` and ``expires_at``
        :return: ``state, key, revision, amount, available, last4, again``
        :rtype: dict
        :raises UserError: a sentence: why not, and what to do
        """
        if self._is_touched(card):
            raise RuntimeError(
                "This transaction wrote the card it wants to hold; hold it first."
            )
        request = self._prepare_hold(card, key, revision, amount, document)
        return self._in_short_transaction(self._hold_locked, request)

    @api.model
    def _is_touched(self, card):
        return card.id in self.env.cr.postcommit.data.get(TOUCHED, ())

    @api.model
    def _prepare_hold(self, card, key, revision, amount, document):
        digits = card.sudo().currency_id.decimal_places
        self._check_currency(card.sudo(), document["currency"])
        return {
            "card_id": card.id,
            "key": key,
            "revision": revision,
            "amount": self._read_amount(amount, digits),
            "digits": digits,
            "today": card._today(card.sudo().company_id),
            **document,
        }

    @api.model
    def _in_short_transaction(self, step, request):
        for last_try in (False, True):
            try:
                with short_transaction(self.env) as cr:
                    answer = step(cr, request)
                break
            except LockNotAvailable as error:
                raise UserError(
                    self.env._("This card is being used right now. Try again.")
                ) from error
            except (UniqueViolation, ToldMeanwhile):
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
        return answer

    @api.model
    def _find_locked(self, cr, key):
        cr.execute(
            """SELECT id, key, revision, card_id, state, amount, consideration,
                      forfeited, forfeited_consideration
                 FROM giftcard_redemption WHERE key = %s FOR UPDATE""",
            [key],
            log_exceptions=False,
        )
        return cr.dictfetchone()

    @api.model
    def _lock_card(self, cr, card_id, digits):
        cr.execute(
            f"SELECT {CARD_COLUMNS} FROM giftcard_card WHERE id = %s FOR NO KEY UPDATE",
            [card_id],
            log_exceptions=False,
        )
        card = cr.dictfetchone()
        if not card:
            raise UserError(
                self.env._("We do not know this code. Check it with the client.")
            )
        for column in CARD_MONEY:
            card[column] = to_decimal(card[column], digits)
        return card

    @api.model
    def _hold_locked(self, cr, request):
        digits = request["digits"]
        known = self._find_locked(cr, request["key"])
        if known and (old := self._answer_known(cr, known, request)):
            return old
        card = self._lock_card(cr, request["card_id"], digits)
        back = self._measure_return(card, known, digits)
        card["available"] += back["face"]
        card["available_consideration"] += back["consideration"]
        if refusal := self._get_hold_refusal(cr, card, request):
            if not known and self._find_locked(cr, request["key"]):
                # the same request was served while this one waited for the card
                raise ToldMeanwhile
            raise UserError(refusal)
        use = self._measure_use(card, request)
        available = self.env["giftcard.card"]._move(
            cr,
            card["id"],
            back["face"] - use["amount"] - use["forfeited"],
            back["consideration"]
            - use["consideration"]
            - use["forfeited_consideration"],
        )
        self._store_hold(cr, known, use, request)
        return {
            "state": "held",
            "key": request["key"],
            "revision": request["revision"],
            "amount": float(use["amount"]),
            "available": float(available),
            "last4": card["last4"],
            "again": False,
        }

    @api.model
    def _answer_known(self, cr, known, request):
        """Answer a key that was told this or something newer; else None."""
        if known["state"] != "captured" and request["revision"] > known["revision"]:
            return None
        amount = to_decimal(known["amount"], request["digits"])
        if (
            known["state"] == "held"
            and request["revision"] == known["revision"]
            and (known["card_id"], amount) != (request["card_id"], request["amount"])
        ):
            raise UserError(
                self.env._(
                    "This bill line already uses a gift card in another way. "
                    "Remove the line and scan the card again."
                )
            )
        return self._describe(cr, known)

    @api.model
    def _describe(self, cr, known):
        cr.execute(
            "SELECT last4, available FROM giftcard_card WHERE id = %s",
            [known["card_id"]],
        )
        last4, available = cr.fetchone() or (False, 0)
        return {
            "state": known["state"],
            "key": known["key"],
            "revision": known["revision"],
            "amount": float(known["amount"]),
            "available": float(available),
            "last4": last4,
            "again": True,
        }

    @api.model
    def _store_hold(self, cr, known, use, request):
        model, record_id, name = request["model"], request["id"], request["name"]
        values = {
            **use,
            "revision": request["revision"],
            "card_id": request["card_id"],
            "state": "held",
            "company_id": request["company"].id,
            "location_id": request["location"].id,
            "channel": request["channel"],
            "source_model": model,
            "source_id": record_id,
            "source_name": name,
            "document_key": request.get("key_of_document") or None,
            "user_ref": self.env.uid,
            "partner_ref": request.get("partner_ref") or None,
            "held_at": fields.Datetime.now(),
            "expires_at": request.get("expires_at") or None,
            "ended_at": None,
        }
        if known:
            assignments = ", ".join(f"{column} = %s" for column in values)
            cr.execute(
                f"UPDATE giftcard_redemption SET {assignments} WHERE id = %s",
                [*values.values(), known["id"]],
            )
            return
        values["key"] = request["key"]
        cr.execute(
            f"INSERT INTO giftcard_redemption ({', '.join(values)})"
            f" VALUES ({', '.join(['%s'] * len(values))})",
            list(values.values()),
            log_exceptions=False,
        )
