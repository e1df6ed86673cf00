# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.tools import SQL

from ...tools.keys.keyring import KeyringError

BATCH = 20000
# what a card is after the last entry that changes that
STATES = {
    "activate": "active",
    "unblock": "active",
    "move_in": "active",
    "convert_in": "active",
    "block": "blocked",
    "expire": "closed/expired",
    "escheat": "closed/escheated",
    "cancel": "closed/cancelled",
    "refund_sale": "closed/refunded",
    "move_out": "closed/replaced",
    "convert_out": "closed/converted",
}
# kinds that make a card; it may wait for its payment
MADE = ("sale", "issue")


class GiftcardSeal(models.Model):
    """Money, state, code and redemptions of each card, held against the ledger."""

    _inherit = "giftcard.seal"

    @api.model
    def _verify_cards(self, cr, company_id, keys):
        codes, missing = self._verify_codes(cr, company_id, keys)
        return {
            "unequal": self._find_unequal(cr, company_id),
            "states": self._find_strange_states(cr, company_id),
            "redemptions": self._find_redemptions_without_entry(cr, company_id),
            "codes": codes,
            "missing_card_keys": missing,
        }

    @api.model
    def _find_unequal(self, cr, company_id):
        """Return the cards that have not what the ledger says, in all or in part."""
        cr.execute(
            """
            WITH ledger AS (
                SELECT card_id, entitlement_id, SUM(face) AS face,
                       SUM(consideration) AS consideration, SUM(net) AS net
                  FROM giftcard_entry GROUP BY card_id, entitlement_id
            ), hold AS (
                SELECT card_id, entitlement_id, SUM(amount + forfeited) AS face,
                       SUM(consideration + forfeited_consideration) AS consideration,
                       SUM(net + forfeited_net) AS net
                  FROM giftcard_redemption
                 WHERE state = 'held' GROUP BY card_id, entitlement_id
            ), wanted AS (
                SELECT card_id, SUM(face) AS face, SUM(consideration) AS consideration
                  FROM (SELECT card_id, face, consideration FROM ledger
                        UNION ALL
                        SELECT card_id, -face, -consideration FROM hold) movement
                 GROUP BY card_id
            ), wanted_entitlement AS (
                SELECT entitlement_id, SUM(face) AS face,
                       SUM(consideration) AS consideration, SUM(net) AS net
                  FROM (SELECT entitlement_id, face, consideration, net FROM ledger
                        UNION ALL
                        SELECT entitlement_id, -face, -consideration, -net
                          FROM hold) movement
                 WHERE entitlement_id IS NOT NULL GROUP BY entitlement_id
            )
            SELECT card.id
              FROM giftcard_card card
              LEFT JOIN wanted ON wanted.card_id = card.id
             WHERE card.company_id = %(company)s
               AND (card.available <> COALESCE(wanted.face, 0)
                    OR card.available_consideration
                        <> COALESCE(wanted.consideration, 0))
             UNION
            SELECT card.id
              FROM giftcard_entitlement entitlement
              JOIN giftcard_card card ON card.id = entitlement.card_id
              LEFT JOIN wanted_entitlement wanted
                     ON wanted.entitlement_id = entitlement.id
             WHERE card.company_id = %(company)s
               AND (entitlement.available <> COALESCE(wanted.face, 0)
                    OR entitlement.available_consideration
                        <> COALESCE(wanted.consideration, 0)
                    OR entitlement.available_net <> COALESCE(wanted.net, 0))
             ORDER BY 1""",
            {"company": company_id},
        )
        return [card_id for (card_id,) in cr.fetchall()]

    @api.model
    def _find_strange_states(self, cr, company_id):
        """Return the cards that are not in the state that the ledger left them in."""
        cr.execute(
            SQL(
                """
                WITH last AS (
                    SELECT DISTINCT ON (card_id) card_id, kind, is_pending
                      FROM giftcard_entry
                     WHERE kind IN %(kinds)s ORDER BY card_id, id DESC
                ), blocking AS (
                    SELECT DISTINCT ON (card_id) card_id, kind
                      FROM giftcard_entry
                     WHERE kind IN ('block', 'unblock') ORDER BY card_id, id DESC
                )
                SELECT card.id
                  FROM giftcard_card card
                  LEFT JOIN last ON last.card_id = card.id
                  LEFT JOIN blocking ON blocking.card_id = card.id
                  LEFT JOIN (VALUES %(states)s) told (kind, state)
                         ON told.kind = last.kind
                 WHERE card.company_id = %(company)s
                   AND card.state || COALESCE('/' || card.close_reason, '') <>
                       CASE WHEN last.kind IS NULL THEN 'draft'
                            WHEN last.kind IN %(made)s AND last.is_pending
                                 THEN 'pending'
                            WHEN last.kind IN %(made)s THEN 'active'
                            WHEN last.kind = 'unexpire' AND blocking.kind = 'block'
                                 THEN 'blocked'
                            WHEN last.kind = 'unexpire' THEN 'active'
                            ELSE told.state
                       END
                 ORDER BY card.id""",
                kinds=(*STATES, *MADE, "unexpire"),
                states=SQL(", ").join(SQL("%s", state) for state in STATES.items()),
                company=company_id,
                made=MADE,
            )
        )
        return [card_id for (card_id,) in cr.fetchall()]

    @api.model
    def _find_redemptions_without_entry(self, cr, company_id):
        """Return the captured redemptions of which the ledger knows nothing."""
        cr.execute(
            """SELECT redemption.id
                 FROM giftcard_redemption redemption
                 JOIN giftcard_card card ON card.id = redemption.card_id
                WHERE card.company_id = %s AND redemption.state = 'captured'
                  AND NOT EXISTS (SELECT 1 FROM giftcard_entry entry
                                   WHERE entry.redemption_id = redemption.id
                                     AND entry.key = redemption.key
                                     AND entry.face = -redemption.amount)
                ORDER BY redemption.id""",
            [company_id],
        )
        return [redemption_id for (redemption_id,) in cr.fetchall()]

    @api.model
    def _verify_codes(self, cr, company_id, keys):
        """Return the cards that another code opens than the one they were given.

        The encrypted code can be read for its own card only, and its hash is what the
        card is found by.

        :return: ids of cards, and what keys are missing
        :rtype: tuple
        """
        strange, missing, last = [], set(), 0
        while rows := self._read_codes(cr, company_id, last):
            for row in rows:
                try:
                    sound = self._is_code_of_card(keys, row)
                except KeyringError as error:
                    missing.add(str(error))
                    sound = True
                if not sound:
                    strange.append(row["id"])
            last = rows[-1]["id"]
        return strange, missing

    @api.model
    def _read_codes(self, cr, company_id, last):
        cr.execute(
            """SELECT id, code_hash, code_hash_key, code_cipher, code_cipher_key,
                      close_reason, last4
                 FROM giftcard_card WHERE company_id = %s AND id > %s
                ORDER BY id LIMIT %s""",
            [company_id, last, BATCH],
        )
        return cr.dictfetchall()

    @api.model
    def _is_code_of_card(self, keys, row):
        if not row["code_cipher"]:
            # its code goes on with the card it was changed into
            return not row["code_hash"] and row["close_reason"] == "converted"
        owner = self.env["giftcard.card"].browse(row["id"])._get_owner()
        try:
            code = keys.decrypt(row["code_cipher_key"], row["code_cipher"], owner)
        except ValueError:
            return False
        digest = keys.digest(code, row["code_hash_key"])[1]
        return row["code_hash"] == digest and code.endswith(row["last4"] or "?")
