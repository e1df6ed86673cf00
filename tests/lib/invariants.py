# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What must be true of the cards whatever happened, read by SQL from outside."""

CARDS = """
    SELECT card.id, card.last4, card.value, card.available,
           card.available_consideration,
           COALESCE(ledger.face, 0) AS ledger_face,
           COALESCE(ledger.consideration, 0) AS ledger_consideration,
           COALESCE(held.face, 0) AS held_face,
           COALESCE(held.consideration, 0) AS held_consideration
      FROM giftcard_card card
      LEFT JOIN (SELECT card_id, SUM(face) AS face,
                        SUM(consideration) AS consideration
                   FROM giftcard_entry GROUP BY card_id) ledger
             ON ledger.card_id = card.id
      LEFT JOIN (SELECT card_id, SUM(amount + forfeited) AS face,
                        SUM(consideration + forfeited_consideration) AS consideration
                   FROM giftcard_redemption
                  WHERE state = 'held' GROUP BY card_id) held
             ON held.card_id = card.id
"""
# title -> query whose rows must not exist
NEVER = {
    "available is not the ledger less what is held": f"""
        SELECT id, available, ledger_face, held_face FROM ({CARDS}) card
         WHERE available <> ledger_face - held_face
            OR available_consideration <> ledger_consideration - held_consideration
    """,
    "available outside zero and the card's value": """
        SELECT id, available, value FROM giftcard_card
         WHERE available < 0 OR available > value
            OR available_consideration NOT BETWEEN 0 AND available
    """,
    "captured without its entry, or with another amount": """
        SELECT use.id, use.amount, entry.face FROM giftcard_redemption use
          LEFT JOIN giftcard_entry entry
                 ON entry.redemption_id = use.id AND entry.kind = 'redeem'
         WHERE use.state = 'captured'
           AND (entry.id IS NULL OR entry.face <> -use.amount
                OR entry.consideration <> -use.consideration)
    """,
    "an entry of a use that is not captured": """
        SELECT entry.id, use.state FROM giftcard_entry entry
          JOIN giftcard_redemption use ON use.id = entry.redemption_id
         WHERE use.state <> 'captured'
    """,
    "captured without a paid bill of the same amount": """
        SELECT use.key, use.amount, payment.amount AS paid
          FROM giftcard_redemption use
          LEFT JOIN pos_payment payment ON payment.uuid = use.key
          LEFT JOIN pos_order bill ON bill.id = payment.pos_order_id
                AND bill.state IN ('paid', 'done', 'invoiced')
         WHERE use.state = 'captured' AND use.source_model = 'pos.order'
           AND (bill.id IS NULL OR payment.amount <> use.amount)
    """,
    "a gift card payment of a paid bill without its entry": """
        SELECT payment.id, payment.uuid FROM pos_payment payment
          JOIN pos_payment_method method ON method.id = payment.payment_method_id
          JOIN pos_order bill ON bill.id = payment.pos_order_id
          LEFT JOIN giftcard_entry entry ON entry.key = payment.uuid
         WHERE method.use_payment_terminal = 'giftcard'
           AND bill.state IN ('paid', 'done', 'invoiced') AND payment.amount <> 0
           AND (entry.id IS NULL OR entry.face <> -payment.amount)
    """,
    "one key twice in the ledger": """
        SELECT key, kind, count(*) FROM giftcard_entry
         GROUP BY key, kind HAVING count(*) > 1
    """,
    "more given back than was used": """
        SELECT redemption_id, SUM(face) FROM giftcard_entry
         WHERE redemption_id IS NOT NULL GROUP BY 1 HAVING SUM(face) > 0
    """,
    "neither sealed nor waiting for it, or both": """
        SELECT entry.id FROM giftcard_entry entry
          LEFT JOIN giftcard_seal seal ON seal.entry_id = entry.id
          LEFT JOIN giftcard_seal_queue queue ON queue.entry_id = entry.id
         WHERE (seal.id IS NULL) = (queue.entry_id IS NULL)
    """,
    "a seal that is not the ledger's sum so far": """
        SELECT id FROM (
            SELECT seal.id, seal.face_after,
                   SUM(entry.face) OVER (PARTITION BY seal.company_id, entry.card_id
                                         ORDER BY seal.number) AS face
              FROM giftcard_seal seal
              JOIN giftcard_entry entry ON entry.id = seal.entry_id) chain
         WHERE face <> face_after
    """,
}


def violations(query):
    """Return what is wrong, as lines of text; none when all is well.

    :param query: function that runs SQL and returns rows as dicts
    """
    found = []
    for title, sql in NEVER.items():
        rows = query(sql)
        found += [f"{title}: {dict(row)}" for row in rows[:5]]
    return found


def cards(query):
    """Return every card's figures, by id."""
    return {row["id"]: row for row in query(CARDS)}
