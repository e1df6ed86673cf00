from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...tools.short_transaction import short_transaction
from .seal import FIRST

BATCH = 20000


class GiftcardSeal(models.Model):
    _inherit = "giftcard.seal"

    @api.model
    def _verify(self, company):
        """Recompute the chain of ``company`` from the ledger.

        :param company: ``res.company`` record
        :return: ``sealed`` (number of seals), ``pending`` (entries not sealed yet),
            ``broken`` (numbers of seals that no longer match), ``strange`` (number of
            entries that came in past the ledger's own way), ``unequal`` (number of
            cards whose balance is not what the ledger says)
        :rtype: dict
        """
        with short_transaction(self.env) as cr:
            sealed, broken = self._verify_chain(cr, company.id)
            pending, strange = self._count_unsealed(cr, company.id)
            unequal = self._count_unequal(cr, company.id)
        return {
            "sealed": sealed,
            "pending": pending,
            "broken": broken,
            "strange": strange,
            "unequal": unequal,
        }

    @api.model
    def _verify_chain(self, cr, company_id):
        balances = defaultdict(lambda: [Decimal(0), Decimal(0)])
        previous, last, broken = FIRST, 0, []
        while rows := self._read_chain(cr, company_id, last):
            for row in rows:
                after = balances[row["card_id"]]
                after[0] += Decimal(row["face"] or "0")
                after[1] += Decimal(row["consideration"] or "0")
                sound = (
                    row["number"] == last + 1
                    and row["previous_hash"] == previous
                    and row["hash"] == self._digest(previous, row["number"], row, after)
                    and Decimal(row["face_after"]) == after[0]
                    and Decimal(row["consideration_after"]) == after[1]
                )
                if not sound:
                    broken.append(row["number"])
                previous, last = row["hash"], row["number"]
        return last, broken

    @api.model
    def _read_chain(self, cr, company_id, last):
        """Read the next seals, each with its entry as it is now."""
        cr.execute(
            SQL(
                """SELECT seal.number, seal.previous_hash, seal.hash,
                          seal.face_after::text, seal.consideration_after::text, entry.*
                     FROM (SELECT * FROM giftcard_seal
                            WHERE company_id = %(company)s AND number > %(last)s
                            ORDER BY number LIMIT %(batch)s) seal
                     LEFT JOIN LATERAL (%(entry)s) entry ON TRUE
                    ORDER BY seal.number""",
                company=company_id,
                last=last,
                batch=BATCH,
                entry=self._read_query(SQL("WHERE entry.id = seal.entry_id")),
            )
        )
        return cr.dictfetchall()

    @api.model
    def _count_unsealed(self, cr, company_id):
        cr.execute(
            """SELECT count(queue.entry_id), count(*) - count(queue.entry_id)
                 FROM giftcard_entry entry
                 LEFT JOIN giftcard_seal_queue queue ON queue.entry_id = entry.id
                WHERE entry.company_id = %s
                  AND NOT EXISTS (SELECT 1 FROM giftcard_seal seal
                                   WHERE seal.entry_id = entry.id)""",
            [company_id],
        )
        return cr.fetchone()

    @api.model
    def _count_unequal(self, cr, company_id):
        cr.execute(
            """SELECT count(*)
                 FROM giftcard_card card
                 LEFT JOIN (SELECT card_id, SUM(face) AS face,
                                   SUM(consideration) AS consideration
                              FROM giftcard_entry GROUP BY card_id) ledger
                        ON ledger.card_id = card.id
                 LEFT JOIN (SELECT card_id, SUM(amount + forfeited) AS face,
                                   SUM(consideration + forfeited_consideration)
                                       AS consideration
                              FROM giftcard_redemption
                             WHERE state = 'held' GROUP BY card_id) hold
                        ON hold.card_id = card.id
                WHERE card.company_id = %s
                  AND (card.available + COALESCE(hold.face, 0)
                           <> COALESCE(ledger.face, 0)
                       OR card.available_consideration + COALESCE(hold.consideration, 0)
                           <> COALESCE(ledger.consideration, 0))""",
            [company_id],
        )
        return cr.fetchone()[0]
