import logging

from psycopg2.errors import CheckViolation, LockNotAvailable, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.allocation import exact, to_decimal
from ....tools.short_transaction import short_transaction
from ..card.card import TOUCHED
from .hold_request import HoldRequest

_logger = logging.getLogger(__name__)

CARD_COLUMNS = (
    "id, last4, state, company_id, currency_id, vat_mode, is_single_use, valid_until,"
    " available, available_consideration, pool_face, pool_consideration"
)
CARD_MONEY = (
    "available",
    "available_consideration",
    "pool_face",
    "pool_consideration",
)
PART_MONEY = (*CARD_MONEY, "available_net", "pool_net")


class ToldMeanwhile(Exception):
    """A key that was unknown has become known while its card was locked."""


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _hold(self, card, key, revision, amount, origin, part=None, is_shown=True):
        """Reserve ``amount`` on a card; committed when this returns.

        Runs in a short transaction of its own. Holding again under a higher
        revision sets the absolute amount.

        :param card: ``giftcard.card`` record
        :param str key: the document's own key of this use
        :param int revision: order of what this key was told, from 1
        :param amount: value to reserve, in the card's currency, tax included
        :param Origin origin: the document that asks
        :param part: ``giftcard.part`` of the card that is used; for a card whose VAT
            was counted at its sale
        :param bool is_shown: whether the card's code came with this request, or the
            server itself decides; without it a hold is kept or lowered, no more
        :return: ``state, key, revision, amount, available, last4, again``, and what
            the use means for the books: ``consideration``, the part of the amount that
            was paid for, ``bonus``, the rest of it, ``net``, the consideration without
            VAT of a part, and ``part_id``
        :rtype: dict
        :raises UserError: a sentence: why not, and what to do
        """
        if self._is_touched(card):
            raise RuntimeError(
                "This transaction wrote the card it wants to hold; hold it first."
            )
        request = self._prepare_hold(
            card, key, revision, amount, origin, part, is_shown
        )
        return self._in_short_transaction(self._hold_locked, request)

    @api.model
    def _is_touched(self, card):
        return card.id in self.env.cr.postcommit.data.get(TOUCHED, ())

    @api.model
    def _prepare_hold(
        self, card, key, revision, amount, origin, part=None, is_shown=True
    ):
        # sudo: giftcard.card - who holds may see no card
        card = card.sudo()
        digits = card.currency_id.decimal_places
        self._check_currency(card, origin.currency)
        return HoldRequest(
            card_id=card.id,
            part_id=part.id if part else None,
            key=key,
            revision=revision,
            amount=self._read_amount(amount, digits),
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
                    answer = step(cr, *args)
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
            """SELECT id, key, revision, card_id, part_id, state, amount, consideration,
                      net, forfeited, forfeited_consideration, forfeited_net,
                      channel, document_key
                 FROM giftcard_redemption WHERE key = %s FOR UPDATE""",
            [key],
            log_exceptions=False,
        )
        return cr.dictfetchone()

    @api.model
    def _lock_card(self, cr, request):
        """Lock the card and read what it has, or what its part has."""
        card_id, digits = request.card_id, request.digits
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
        card["part_id"] = request.part_id
        money = CARD_MONEY
        if request.part_id:
            money = PART_MONEY
            cr.execute(
                f"SELECT {', '.join(money)} FROM giftcard_part"
                " WHERE id = %s AND card_id = %s",
                [request.part_id, card_id],
            )
            card.update(cr.dictfetchone() or {})
        is_whole = not request.part_id or "available_net" in card
        if (card["vat_mode"] == "spv") != bool(request.part_id) or not is_whole:
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
        known = self._find_locked(cr, request.key)
        if refusal := self._get_unbound_refusal(known, request):
            raise UserError(refusal)
        if known and (old := self._answer_known(cr, known, request)):
            return old
        card = self._lock_card(cr, request)
        back = self._measure_return(card, known, request)
        card["available"] += back["face"]
        card["available_consideration"] += back["consideration"]
        if card["part_id"]:
            card["available_net"] += back["net"]
        if refusal := self._get_hold_refusal(cr, card, request):
            if not known and self._find_locked(cr, request.key):
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
            card["part_id"],
            back["net"] - use["net"] - use["forfeited_net"],
        )
        self._store_hold(cr, known, use, request)
        return {
            "state": "held",
            "key": request.key,
            "revision": request.revision,
            "available": float(available),
            "last4": card["last4"],
            "again": False,
            **self._describe_use({**use, "part_id": card["part_id"]}),
        }

    @api.model
    def _describe_use(self, use):
        """Return what a use takes of its card, as told to whoever asked for it."""
        return {
            "amount": float(use["amount"]),
            "consideration": float(use["consideration"]),
            "bonus": float(exact(use["amount"]) - exact(use["consideration"])),
            "net": float(use["net"]),
            "part_id": use["part_id"] or False,
        }

    @api.model
    def _answer_known(self, cr, known, request):
        """Answer a key that was told this or something newer; else None."""
        if known["state"] != "captured" and request.revision > known["revision"]:
            return None
        amount = to_decimal(known["amount"], request.digits)
        if (
            known["state"] == "held"
            and request.revision == known["revision"]
            and (known["card_id"], known["part_id"], amount)
            != (request.card_id, request.part_id, request.amount)
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
            "available": float(available),
            "last4": last4,
            "again": True,
            **self._describe_use(known),
        }

    @api.model
    def _store_hold(self, cr, known, use, request):
        origin = request.origin
        values = {
            **use,
            **origin.get_columns(),
            "revision": request.revision,
            "card_id": request.card_id,
            "part_id": request.part_id,
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
        if known:
            assignments = ", ".join(f"{column} = %s" for column in values)
            cr.execute(
                f"UPDATE giftcard_redemption SET {assignments} WHERE id = %s",
                [*values.values(), known["id"]],
            )
            return
        values["key"] = request.key
        cr.execute(
            f"INSERT INTO giftcard_redemption ({', '.join(values)})"
            f" VALUES ({', '.join(['%s'] * len(values))})",
            list(values.values()),
            log_exceptions=False,
        )
