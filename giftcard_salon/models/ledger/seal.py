# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging
from collections import defaultdict
from decimal import Decimal

from psycopg2.errors import LockNotAvailable

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import ledger_text
from ...tools.short_transaction import short_transaction
from ..core import locks
from .entry import CARRIED, STORED

_logger = logging.getLogger(__name__)
BATCH = 5000
FIRST = "0" * 64
# how a seal's text is made; another way gets another number
FORMAT = 1
MONEY = ("face", "consideration", "net", CARRIED)


class GiftcardSeal(models.Model):
    """A gap-free chain over the ledger, per company, appended to and never changed.

    A seal holds its entry's number, the card's balances after it, the hash of the
    seal before and its own: a signature with the server's seal key, so that the chain
    cannot be made anew with the database alone. The sealer finds new entries through a
    queue that a trigger fills: entries become visible in another order than their ids,
    so a mark of the last id would lose some.
    """

    _name = "giftcard.seal"
    _inherit = "giftcard.server.fields"
    _description = "Gift card ledger seal"
    _order = "company_id, number desc"
    _rec_name = "number"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True)
    entry_id = fields.Many2one(
        "giftcard.entry", required=True, readonly=True, ondelete="restrict"
    )
    card_id = fields.Many2one(
        "giftcard.card", required=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="entry_id.currency_id")
    face_after = fields.Monetary("Value after", required=True, readonly=True)
    consideration_after = fields.Monetary(
        "Paid part after", required=True, readonly=True
    )
    previous_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    sealed_at = fields.Datetime(required=True, readonly=True)
    format = fields.Integer(required=True, readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE(company_id, number)", "This number is sealed already."
    )
    _entry_unique = models.Constraint(
        "UNIQUE(entry_id)", "This entry is sealed already."
    )
    _only_grows = models.Constraint(
        "CHECK(true)", "Seals are never changed and never deleted."
    )
    _card_index = models.Index("(card_id, number DESC)")

    def init(self):
        """Guard the table against changes, as the ledger's own."""
        self.env.cr.execute(
            """
            DROP TRIGGER IF EXISTS giftcard_seal_only_grows ON giftcard_seal;
            CREATE TRIGGER giftcard_seal_only_grows
                BEFORE DELETE OR UPDATE OF company_id, number, entry_id, card_id,
                       face_after, consideration_after, previous_hash, hash, sealed_at,
                       format
                ON giftcard_seal
                FOR EACH ROW EXECUTE FUNCTION giftcard_refuse_change();
            DROP TRIGGER IF EXISTS giftcard_seal_no_truncate ON giftcard_seal;
            CREATE TRIGGER giftcard_seal_no_truncate
                BEFORE TRUNCATE ON giftcard_seal
                FOR EACH STATEMENT EXECUTE FUNCTION giftcard_refuse_change();
            """
        )

    @api.model
    def _seal_pending(self, companies=None):
        """Seal what is committed and not sealed yet; commits batch by batch.

        One sealer per company at a time, by a lock on its chain; whoever comes second
        leaves the work to the first.

        :param companies: ``res.company`` records; all of them when left out
        :return: number of entries sealed
        :rtype: int
        """
        company_ids = companies.ids if companies else self._get_company_ids()
        sealed = 0
        for company_id in company_ids:
            while True:
                try:
                    with short_transaction(self.env) as cr:
                        count = self._seal_batch(cr, company_id)
                except LockNotAvailable:
                    _logger.info("A card is locked for long: sealed at the next run")
                    break
                sealed += count
                if count < BATCH:
                    break
        self.invalidate_model(flush=False)
        return sealed

    @api.model
    def _get_company_ids(self):
        self.env.cr.execute("SELECT DISTINCT company_id FROM giftcard_seal_queue")
        return [company_id for (company_id,) in self.env.cr.fetchall()]

    @api.model
    def _seal_batch(self, cr, company_id):
        """Seal the oldest entries of a company that are not sealed yet.

        Takes the lock of the company's chain and no other; the caller commits.

        :param cr: cursor of a short transaction
        :param int company_id: whose ledger
        :return: number of entries sealed, at most ``BATCH``; 0 while another one seals
        :rtype: int
        """
        if not locks.try_lock_chain(cr, company_id):
            return 0
        cr.execute(
            """DELETE FROM giftcard_seal_queue
                WHERE entry_id IN (SELECT entry_id FROM giftcard_seal_queue
                                    WHERE company_id = %s ORDER BY entry_id LIMIT %s)
            RETURNING entry_id""",
            [company_id, BATCH],
        )
        entry_ids = sorted(row[0] for row in cr.fetchall())
        if not entry_ids:
            return 0
        cr.execute(
            """SELECT number, hash FROM giftcard_seal WHERE company_id = %s
                ORDER BY number DESC LIMIT 1""",
            [company_id],
        )
        number, previous = cr.fetchone() or (0, FIRST)
        keys = self.env["giftcard.card"]._load_keys()
        cr.execute(self._read_query(SQL("WHERE entry.id IN %s", tuple(entry_ids))))
        entries = cr.dictfetchall()
        balances = self._read_balances(
            cr, company_id, {entry["card_id"] for entry in entries}
        )
        now, rows = fields.Datetime.now(), []
        for entry in entries:
            number += 1
            after = balances[entry["card_id"]]
            after[0] += Decimal(entry["face"])
            after[1] += Decimal(entry["consideration"])
            digest = keys.sign(
                "seal",
                self._get_sealed_text(FORMAT, previous, number, now, entry, after),
            )
            rows.append(
                SQL(
                    "%s",
                    (
                        company_id,
                        number,
                        entry["id"],
                        entry["card_id"],
                        after[0],
                        after[1],
                        previous,
                        digest,
                        now,
                        FORMAT,
                    ),
                )
            )
            previous = digest
        cr.execute(
            SQL(
                """INSERT INTO giftcard_seal
                          (company_id, number, entry_id, card_id, face_after,
                           consideration_after, previous_hash, hash, sealed_at, format)
                   VALUES %s""",
                SQL(", ").join(rows),
            )
        )
        return len(rows)

    @api.model
    def _read_query(self, where):
        """Read entries as text: the same bytes whatever the client's types are."""
        columns = SQL(", ").join(
            SQL("entry.%s::text AS %s", SQL.identifier(name), SQL.identifier(name))
            for name in ("id", *STORED)
        )
        return SQL(
            "SELECT %s FROM giftcard_entry entry %s ORDER BY entry.id", columns, where
        )

    @api.model
    def _read_balances(self, cr, company_id, card_ids):
        balances = defaultdict(lambda: [Decimal(0), Decimal(0)])
        cr.execute(
            """SELECT DISTINCT ON (card_id) card_id::text, face_after::text,
                      consideration_after::text
                 FROM giftcard_seal WHERE card_id IN %s AND company_id = %s
                ORDER BY card_id, number DESC""",
            [tuple(int(card_id) for card_id in card_ids), company_id],
        )
        for card_id, face, consideration in cr.fetchall():
            balances[card_id] = [Decimal(face), Decimal(consideration)]
        return balances

    @api.model
    def _get_sealed_text(self, layout, previous, number, sealed_at, entry, after):
        names = self.env["giftcard.entry"]._get_signed(int(entry["format"] or 0))
        values = self._get_values(entry, ("id", *names, "mac"))
        return ledger_text.write([layout, previous, number, sealed_at, *values, *after])

    @api.model
    def _get_values(self, entry, columns):
        """Return what was signed of an entry that :meth:`_read_query` read."""
        return [
            ledger_text.write_money(entry[name])
            if name in MONEY and entry[name] is not None
            else entry[name]
            for name in columns
        ]
