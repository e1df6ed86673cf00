from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL, format_amount

from ....tools.allocation import to_decimal
from ....tools.short_transaction import short_transaction


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _capture(self, key, amount, origin, kind="redeem"):
        """Use what ``key`` holds, in the transaction of the document it pays.

        The redemption and its ledger entry exist with the document or not at all.
        The card's row is left alone: the hold took the money from it.

        :param str key: the document's own key of the use
        :param amount: what the document says it pays, in its currency
        :param Origin origin: as for :meth:`_hold`; its ``id`` is known now
        :param str kind: kind of ledger entry, when the use is no ordinary one
        :return: the redemption
        :rtype: giftcard.redemption
        :raises UserError: when nothing can be taken, or another amount is held
        :raises ConcurrencyError: when the hold had to be placed again; Odoo then
            runs the request once more and finds it
        """
        amount = to_decimal(amount, origin.currency.decimal_places)
        # sudo: giftcard.redemption - the document has the key, its user no right
        known = self.sudo().search([("key", "=", key)])
        if known.state == "captured":
            return self._answer_captured(known, amount, origin)
        elsewhere = known.company_id and known.company_id != origin.company
        if elsewhere or (known and not self._is_bound_to(known, origin.binding)):
            raise UserError(self._dropped(known.card_id, amount, origin))
        redemption = self._mark_captured(key, amount, origin)
        if not redemption:
            if known.state == "held":
                raise UserError(self._mismatch(known, origin))
            self._hold_again(known, key, amount, origin)
            redemption = self._mark_captured(key, amount, origin)
        if not redemption:
            raise ConcurrencyError("The hold was placed in a newer snapshot")
        redemption._enter_capture(origin, kind)
        return redemption

    @api.model
    def _answer_captured(self, known, amount, origin):
        """Answer the same document as before; another one gets nothing."""
        if not origin.is_of(known):
            raise UserError(self._dropped(known.card_id, amount, origin))
        if to_decimal(known.amount, origin.currency.decimal_places) != amount:
            raise UserError(self._mismatch(known, origin))
        return known

    @api.model
    def _mark_captured(self, key, amount, origin):
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """UPDATE giftcard_redemption
                      SET state = 'captured', ended_at = %s, company_id = %s,
                          location_id = %s, source_model = %s, source_id = %s,
                          source_name = %s, partner_ref = %s
                    WHERE key = %s AND state = 'held' AND amount = %s
                RETURNING id""",
                fields.Datetime.now(),
                origin.company.id,
                origin.location.id,
                origin.model,
                origin.id,
                origin.name,
                # whose document it is now, whoever it was at the hold
                origin.partner_id or None,
                key,
                amount,
            )
        )
        self.invalidate_model(flush=False)
        return self.browse(rows[0][0]) if rows else self.browse()

    def _enter_capture(self, origin, kind="redeem"):
        # sudo: giftcard.redemption - the document has the key, its user no right
        redemption = self.sudo()
        self._check_currency(redemption.card_id, origin.currency)
        use = {
            "card": redemption.card_id,
            "redemption": redemption,
            "part": redemption.part_id,
            "key": redemption.key,
            "revision": redemption.revision,
            "origin": origin,
            "partner_ref": redemption._get_ledger_partner_ref(redemption.partner_ref),
        }
        entries = [
            {
                **use,
                "kind": kind,
                "face": -redemption.amount,
                "consideration": -redemption.consideration,
                "net": -redemption.net,
            }
        ]
        if redemption.forfeited:
            entries.append(
                {
                    **use,
                    "kind": "forfeit",
                    "face": -redemption.forfeited,
                    "consideration": -redemption.forfeited_consideration,
                    "net": -redemption.forfeited_net,
                }
            )
        self.env["giftcard.entry"]._append(entries)

    @api.model
    def _hold_again(self, known, key, amount, origin):
        """Hold once more what was released or has lapsed, if the card still has it."""
        if not known and self._is_held_elsewhere(key):
            raise ConcurrencyError("The hold was placed after this snapshot")
        if not known or not known._is_revivable(amount):
            raise UserError(self._dropped(known.card_id, amount, origin))
        card, revision = known.card_id, known.revision + 1
        try:
            if self._is_touched(card):
                # this transaction holds the card's row: a short one would wait for it
                request = self._prepare_hold(
                    card, key, revision, amount, origin, known.part_id
                )
                self._hold_locked(self.env.cr, request)
            else:
                self._hold(card, key, revision, amount, origin, known.part_id)
        except UserError as error:
            raise UserError(self._dropped(known.card_id, amount, origin)) from error

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
    def _dropped(self, card, amount, origin):
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
    def _mismatch(self, known, origin):
        return self.env._(
            "%(held)s is reserved on card %(card)s, the bill says something else. "
            "Remove the gift card from the bill and use it again.",
            held=format_amount(self.env, known.amount, origin.currency),
            card=known.card_id.name,
        )
