# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL, format_amount

from ....tools.allocation import to_decimal
from ....tools.short_transaction import short_transaction
from ..card.code import SCANNED
from ..rows import fill_cache

# what a capture takes over from the hold
RECOGNISED = (
    "key",
    "revision",
    "card_id",
    "entitlement_id",
    "amount",
    "consideration",
    "net",
    "forfeited",
    "forfeited_consideration",
    "forfeited_net",
)
CAPTURE_FIELDS = (
    *RECOGNISED,
    "state",
    "company_id",
    "channel",
    "document_key",
    "source_model",
    "source_id",
)


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _capture(self, key, amount, origin, kind="redeem", existing=None):
        """Use what ``key`` holds, in the transaction of the document it pays.

        The redemption and its ledger entry exist with the document or not at all.
        The card's row is left alone: the hold took the money from it.

        Locks the redemption, by writing it. No card, unless the hold was given back
        meanwhile: then :meth:`_hold_again` places it anew and locks key and card.

        :param str key: the document's own key of the redemption
        :param amount: what the document says it pays, in its currency
        :param Origin origin: as for :meth:`_hold`; its ``id`` is known now
        :param str kind: kind of ledger entry, when the redemption is no ordinary one
        :param existing: what :meth:`_find_by_key` found, when the caller has asked it
        :return: the redemption
        :rtype: giftcard.redemption
        :raises UserError: when nothing can be taken, or another amount is held
        :raises ConcurrencyError: when the hold had to be placed again; Odoo then
            runs the request once more and finds it
        """
        amount = to_decimal(amount, origin.currency.decimal_places)
        existing = self._find_by_key(key) if existing is None else existing
        if existing.state == "captured":
            return self._respond_captured(existing, amount, origin)
        elsewhere = existing.company_id and existing.company_id != origin.company
        if elsewhere or (existing and not self._is_bound_to(existing, origin.binding)):
            raise UserError(self._get_dropped_message(existing.card_id, amount, origin))
        redemption = self._mark_captured(key, amount, origin)
        if not redemption:
            if existing.state == "held":
                raise UserError(self._get_mismatch_message(existing, origin))
            self._hold_again(existing, key, amount, origin)
            redemption = self._mark_captured(key, amount, origin)
        if not redemption:
            raise ConcurrencyError("The hold was placed in a newer snapshot")
        redemption._enter_capture(origin, kind)
        return redemption

    @api.model
    def _find_by_key(self, key):
        """Return what a key was told, with what a capture needs of it and its card.

        :param str key: the document's own key of the redemption
        :rtype: giftcard.redemption
        """
        # sudo: giftcard.redemption - the document has the key, its user no right
        redemption = self.sudo().search_fetch([("key", "=", key)], CAPTURE_FIELDS)
        redemption.card_id.fetch([*SCANNED, "location_id"])
        return redemption

    @api.model
    def _respond_captured(self, redemption, amount, origin):
        """Answer the same document as before; another one gets nothing."""
        if not origin.is_of(redemption):
            raise UserError(
                self._get_dropped_message(redemption.card_id, amount, origin)
            )
        if to_decimal(redemption.amount, origin.currency.decimal_places) != amount:
            raise UserError(self._get_mismatch_message(redemption, origin))
        return redemption

    @api.model
    def _mark_captured(self, key, amount, origin):
        """Make a held redemption the document's, if it holds just this amount.

        Locks the redemption by writing it, until the document's transaction ends.

        :param str key: the document's own key of the redemption
        :param decimal.Decimal amount: what has to be held
        :param Origin origin: as for :meth:`_capture`
        :return: the redemption, or none
        :rtype: giftcard.redemption
        """
        self.flush_model()
        values = {
            "state": "captured",
            "ended_at": fields.Datetime.now(),
            "company_id": origin.company.id,
            "location_id": origin.location.id,
            "source_model": origin.model,
            "source_id": origin.id,
            "source_name": origin.name,
            # whose document it is now, whoever it was at the hold
            "partner_ref": origin.partner_id or None,
        }
        rows = self.env.execute_query(
            SQL(
                """UPDATE giftcard_redemption SET %s
                    WHERE key = %s AND state = 'held' AND amount = %s
                RETURNING id, %s""",
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in values.items()
                ),
                key,
                amount,
                SQL(", ").join(map(SQL.identifier, RECOGNISED)),
            )
        )
        if not rows:
            self.invalidate_model(flush=False)
            return self.browse()
        # sudo: giftcard.redemption - the document has the key, its user no right
        redemption = self.sudo().browse(rows[0][0])
        redemption.invalidate_recordset(flush=False)
        values.update(zip(RECOGNISED, rows[0][1:], strict=True))
        fill_cache(redemption, {name: [value] for name, value in values.items()})
        return redemption.with_env(self.env)

    def _enter_capture(self, origin, kind="redeem"):
        """Enter into the ledger what the redemption took, and what was lost with it.

        This transaction marked it as captured, so that nobody else enters it. Locks
        nothing more.

        :param Origin origin: as for :meth:`_capture`
        :param str kind: kind of ledger entry
        :raises UserError: when the document is in another currency
        """
        # sudo: giftcard.redemption - the document has the key, its user no right
        redemption = self.sudo()
        self._check_currency(redemption.card_id, origin.currency)
        entry_values = {
            "card": redemption.card_id,
            "redemption": redemption,
            "entitlement": redemption.entitlement_id,
            "key": redemption.key,
            "revision": redemption.revision,
            "origin": origin,
            "partner_ref": redemption._get_ledger_partner_ref(redemption.partner_ref),
        }
        entries = [
            {
                **entry_values,
                "kind": kind,
                "face": -redemption.amount,
                "consideration": -redemption.consideration,
                "net": -redemption.net,
            }
        ]
        if redemption.forfeited:
            entries.append(
                {
                    **entry_values,
                    "kind": "forfeit",
                    "face": -redemption.forfeited,
                    "consideration": -redemption.forfeited_consideration,
                    "net": -redemption.forfeited_net,
                }
            )
        lines = self.env["giftcard.entry"]._append(entries)
        # a redemption that was held has no other entries; the newest comes first
        self._fields["entry_ids"]._update_cache(redemption, lines._ids[::-1])

    @api.model
    def _hold_again(self, redemption, key, amount, origin):
        """Hold once more what was released or has lapsed, if the card still has it.

        Locks key and card in a short transaction. Where this one wrote the card, it
        holds that lock already and goes on with the key, see ``core/locks.py``.

        :param redemption: ``giftcard.redemption`` of the key, or none
        :param str key: the document's own key of the redemption
        :param decimal.Decimal amount: what the document says it pays
        :param Origin origin: as for :meth:`_capture`
        :raises UserError: when it cannot be held any more
        """
        if not redemption and self._is_held_elsewhere(key):
            raise ConcurrencyError("The hold was placed after this snapshot")
        if not redemption or not redemption._is_revivable(amount):
            raise UserError(
                self._get_dropped_message(redemption.card_id, amount, origin)
            )
        card, revision = redemption.card_id, redemption.revision + 1
        try:
            if self._is_touched(card):
                # this transaction holds the card's row: a short one would wait for it
                request = self._prepare_hold(
                    card, key, revision, amount, origin, redemption.entitlement_id
                )
                self._hold_locked(self.env.cr, request)
            else:
                self._hold(
                    card, key, revision, amount, origin, redemption.entitlement_id
                )
        except UserError as error:
            raise UserError(
                self._get_dropped_message(redemption.card_id, amount, origin)
            ) from error

    @api.model
    def _is_held_elsewhere(self, key):
        """Tell whether a transaction after our snapshot committed this hold."""
        with short_transaction(self.env) as cr:
            cr.execute(
                "SELECT 1 FROM giftcard_redemption WHERE key = %s AND state = 'held'",
                [key],
            )
            return bool(cr.fetchone())

    @api.model
    def _get_dropped_message(self, card, amount, origin):
        money = format_amount(self.env, float(amount), origin.currency)
        if not card:
            return self.env._(
                "No gift card is reserved for this payment. Nothing was taken. "
                "Remove it from the bill and scan the card again, or choose another "
                "payment for %s.",
                money,
            )
        return self.env._(
            "Card %(card)s could not be used any more. Nothing was taken. "
            "Choose another payment for %(amount)s.",
            card=card.name,
            amount=money,
        )

    @api.model
    def _get_mismatch_message(self, redemption, origin):
        return self.env._(
            "%(held)s is reserved on card %(card)s, the bill says something else. "
            "Remove the gift card from the bill and use it again.",
            held=format_amount(self.env, redemption.amount, origin.currency),
            card=redemption.card_id.name,
        )
