# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The only file that locks rows, and the order in which everybody locks them.

1. **document**: what is decided or posted once (:func:`lock_document`);
2. **redemption key** (:func:`lock_redemption`);
3. **card** (:func:`lock_card`, :func:`lock_cards`; several in the order of their ids);
4. **entry**: the ledger is appended to, so nobody locks an entry. Its number in the
   chain of seals is given under the company's own lock (:func:`try_lock_chain`), which
   nobody waits for.

Whoever holds a later one does not ask for an earlier one, with one exception: a
document that wrote its card in the same transaction locks keys of its own afterwards.
Who else has such a key waits for the card 500 ms at most, in a short transaction, and
gives up.

Cards are locked FOR NO KEY UPDATE, so that entries and redemptions that refer to them
go in meanwhile. A capture locks no card, since the hold took the money from it, unless
that was given back meanwhile: then it is placed anew, which locks key and card.
"""

from odoo.tools import SQL

SEALS = 0x67633139
REDEMPTION = SQL(
    "id, key, revision, card_id, entitlement_id, state, amount, consideration, net,"
    " forfeited, forfeited_consideration, forfeited_net, channel, document_key"
)
CARD = SQL(
    "id, last4, state, company_id, currency_id, vat_mode, is_single_use, valid_until,"
    " available, available_consideration, pool_face, pool_consideration"
)


def lock_document(record):
    """Lock one document in its own transaction: a second one waits and then looks.

    :param record: a record whose state decides; the caller reads it anew afterwards
    """
    record.env.cr.execute(
        SQL(
            "SELECT 1 FROM %s WHERE id = %s FOR NO KEY UPDATE",
            SQL.identifier(record._table),
            record.id,
        )
    )


def lock_redemption(cr, key):
    """Lock what a key was told; before the card, see above.

    :param cr: cursor of the transaction that goes on with it
    :param str key: the document's own key of the redemption
    :return: the row, or None when the key was never told anything: then whoever
        inserts it second fails on the unique key
    :rtype: dict
    :raises psycopg2.errors.LockNotAvailable: in a short transaction, after 500 ms
    """
    cr.execute(
        SQL(
            "SELECT %s FROM giftcard_redemption WHERE key = %s FOR UPDATE",
            REDEMPTION,
            key,
        ),
        log_exceptions=False,
    )
    return cr.dictfetchone()


def lock_card(cr, card_id):
    """Lock one card; after the key, see above.

    :param cr: cursor of the transaction that moves its money
    :param int card_id: the card
    :return: the row as the one before left it, or None without such a card
    :rtype: dict
    :raises psycopg2.errors.LockNotAvailable: in a short transaction, after 500 ms
    """
    cr.execute(
        SQL(
            "SELECT %s FROM giftcard_card WHERE id = %s FOR NO KEY UPDATE",
            CARD,
            card_id,
        ),
        log_exceptions=False,
    )
    return cr.dictfetchone()


def lock_cards(cr, card_ids):
    """Lock several cards in the order of their ids, see above.

    :param cr: cursor of the transaction that changes them
    :param card_ids: their ids, at least one
    """
    cr.execute(
        SQL(
            "SELECT id FROM giftcard_card WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
            tuple(card_ids),
        )
    )


def try_lock_chain(cr, company_id):
    """Tell whether this transaction may append to a company's chain of seals.

    :param cr: cursor of the transaction that seals
    :param int company_id: whose chain
    :return: False when another one is at it
    :rtype: bool
    """
    cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", SEALS, company_id))
    return cr.fetchone()[0]
