# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...tools import ledger_text
from ...tools.keys.keyring import KeyringError
from ...tools.short_transaction import short_transaction
from .seal import FIRST

BATCH = 20000
# what has to be empty when nothing was changed
TROUBLES = (
    "broken",
    "strange",
    "cut",
    "unequal",
    "states",
    "codes",
    "redemptions",
    "missing_keys",
)


class GiftcardSeal(models.Model):
    """Is the ledger what was posted, and are the cards what the ledger says?"""

    _inherit = "giftcard.seal"

    @api.model
    def _verify(self, company):
        """Check the ledger of ``company``, its seals and its cards.

        Reads only, in a transaction of its own.

        :param company: ``res.company`` record
        :return: ``sealed`` and ``hash`` (number and signature of the last seal),
            ``pending`` (number of entries not sealed yet), and what is wrong:
            ``broken`` (numbers of seals that do not match), ``strange`` (ids of entries
            that the add-on did not post), ``cut`` (numbers of daily seals that are gone
            or others), ``unequal`` (ids of cards that have not what the ledger says, as
            a whole or in an entitlement), ``states`` (ids of cards that are not as
            the ledger left them), ``codes`` (ids of cards whose code was exchanged),
            ``redemptions`` (ids of those without their entry), ``missing_keys`` (ids of
            seal keys and codes' keys that the server lacks, so that not all could be
            checked)
        :rtype: dict
        """
        keys = self.env["giftcard.card"]._load_keys()
        with short_transaction(self.env) as cr:
            found = {
                **self._verify_chain(cr, company.id, keys),
                **self._verify_cards(cr, company.id, keys),
            }
            found["pending"], loose = self._verify_unsealed(cr, company.id, keys)
            found["strange"] += loose
            found["cut"] = self._verify_heads(cr, company.id, keys)
        found["missing_keys"] = sorted(
            {*found["missing_keys"], *found.pop("missing_card_keys")}
        )
        return found

    @api.model
    def _is_sound(self, found):
        """Tell whether nothing is wrong in what :meth:`_verify` found."""
        return not any(found[name] for name in TROUBLES)

    @api.model
    def _verify_chain(self, cr, company_id, keys):
        balances = defaultdict(lambda: [Decimal(0), Decimal(0)])
        previous, last, broken, strange = FIRST, 0, [], []
        missing = set()
        while rows := self._read_chain(cr, company_id, last):
            for row in rows:
                after = balances[row["card_id"]]
                after[0] += Decimal(row["face"] or "0")
                after[1] += Decimal(row["consideration"] or "0")
                try:
                    sound = self._is_sealed(keys, previous, last + 1, row, after)
                    signed = self._is_posted(keys, row)
                except KeyringError as error:
                    missing.add(str(error))
                    sound = signed = True
                if not sound:
                    broken.append(row["number"])
                if not signed and row["id"]:
                    strange.append(int(row["id"]))
                previous, last = row["hash"], row["number"]
        return {
            "sealed": last,
            "hash": previous,
            "broken": broken,
            "strange": strange,
            "missing_keys": missing,
        }

    @api.model
    def _is_sealed(self, keys, previous, number, row, after):
        """Tell whether this is the seal of this entry at this place of the chain."""
        text = self._get_sealed_text(
            row["seal_format"], previous, number, row["sealed_at"], row, after
        )
        return (
            row["number"] == number
            and row["previous_hash"] == previous
            and Decimal(row["face_after"]) == after[0]
            and Decimal(row["consideration_after"]) == after[1]
            and keys.is_signed(row["hash"], "seal", text)
        )

    @api.model
    def _is_posted(self, keys, row):
        """Tell whether the add-on posted this entry, as it is."""
        names = self.env["giftcard.entry"]._get_signed(int(row["format"] or 0))
        text = ledger_text.write(self._get_values(row, names))
        return keys.is_signed(row["mac"], "entry", text)

    @api.model
    def _read_chain(self, cr, company_id, last):
        """Read the next seals, each with its entry as it is now."""
        cr.execute(
            SQL(
                """SELECT seal.number, seal.previous_hash, seal.hash,
                          seal.sealed_at::text, seal.face_after::text,
                          seal.consideration_after::text,
                          seal.format AS seal_format, entry.*
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
    def _verify_unsealed(self, cr, company_id, keys):
        """Return how many entries wait for their seal, and who waits in vain.

        :return: number of entries, and the ids of those that were not posted by the
            add-on or that the sealer will never find
        :rtype: tuple
        """
        cr.execute(
            self._read_query(
                SQL(
                    """WHERE entry.company_id = %s
                         AND NOT EXISTS (SELECT 1 FROM giftcard_seal seal
                                          WHERE seal.entry_id = entry.id)""",
                    company_id,
                )
            )
        )
        rows = cr.dictfetchall()
        cr.execute(
            "SELECT entry_id::text FROM giftcard_seal_queue WHERE company_id = %s",
            [company_id],
        )
        queued = {entry_id for (entry_id,) in cr.fetchall()}
        strange = []
        for row in rows:
            try:
                sound = row["id"] in queued and self._is_posted(keys, row)
            except KeyringError:
                sound = False
            if not sound:
                strange.append(int(row["id"]))
        return len(rows) - len(strange), strange

    @api.model
    def _verify_heads(self, cr, company_id, keys):
        """Return the daily seals that the chain does not have (any more)."""
        cr.execute(
            """SELECT head.company_id, head.day, head.number, head.hash, head.mac,
                      seal.hash AS now
                 FROM giftcard_head head
                 LEFT JOIN giftcard_seal seal ON seal.company_id = head.company_id
                                             AND seal.number = head.number
                WHERE head.company_id = %s ORDER BY head.number""",
            [company_id],
        )
        cut = []
        for row in cr.dictfetchall():
            text = self.env["giftcard.head"]._get_signed_text(row)
            try:
                sound = keys.is_signed(row["mac"], "head", text)
            except KeyringError:
                sound = True
            if not sound or row["hash"] != row["now"]:
                cut.append(row["number"])
        return cut
