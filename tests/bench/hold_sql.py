# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The statements of a hold and of a capture, without Odoo around them.

The peer that our own figures are held against, so it is frozen: as they were when the
bars were set (2026-11-28). What is mended in the add-on does not change them.
"""

import re
import subprocess
import tempfile
from pathlib import Path

CARD = (
    "SELECT id, last4, state, company_id, currency_id, is_single_use, valid_until,"
    " available, available_consideration, pool_face, pool_consideration"
    " FROM giftcard_card WHERE id = {card} FOR NO KEY UPDATE"
)
KNOWN = (
    "SELECT id, key, revision, card_id, state, amount, consideration, forfeited,"
    " forfeited_consideration FROM giftcard_redemption WHERE key = {key} FOR UPDATE"
)
AGAIN = "SELECT 1 FROM giftcard_redemption WHERE key = {key}"
MOVE = (
    "UPDATE giftcard_card SET available = available - 0.01,"
    " available_consideration = available_consideration - 0.01"
    " WHERE id = {card} RETURNING available"
)
STORE = (
    "INSERT INTO giftcard_redemption (key, amount, consideration, net, forfeited,"
    " forfeited_consideration, forfeited_net, revision, card_id, state, company_id,"
    " channel, source_model, source_id, source_name, user_ref, held_at)"
    " SELECT {key}, 0.01, 0.01, 0, 0, 0, 0, 1, id, 'held', company_id, 'till',"
    " 'pos.session', 1, 'bench', 1, now() FROM giftcard_card WHERE id = {card}"
)
MARK = (
    "UPDATE giftcard_redemption SET state = 'captured', ended_at = now(),"
    " source_model = 'pos.order', source_id = 1"
    " WHERE key = {key} AND state = 'held' AND amount = 0.01 RETURNING id"
)
ENTER = (
    "INSERT INTO giftcard_entry (card_id, redemption_id, kind, face, consideration,"
    " net, liability_kind, currency_id, date, day, company_id, channel, source_model,"
    " source_id, source_name, key, revision, user_ref)"
    " SELECT card.id, use.id, 'redeem', -0.01, -0.01, -0.01, 'liability',"
    " card.currency_id, now(), current_date, card.company_id, 'till', 'pos.order', 1,"
    " 'bench', use.key, 1, 1"
    " FROM giftcard_redemption use JOIN giftcard_card card ON card.id = use.card_id"
    " WHERE use.key = {key}"
)
START = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '{}'"
HOLD = (KNOWN, CARD, AGAIN, MOVE, STORE)
CAPTURE = (MARK, ENTER)


def _script(first, count, capture):
    key = "'pg-' || :client_id || '-' || :number"
    lines = [
        f"\\set card {first} + random(0, {count - 1})",
        "\\set number random(1, 9000000000000000)",
        "BEGIN;",
        START.format("10s") + ";",
        *[sql.format(card=":card", key=key) + ";" for sql in HOLD],
        "COMMIT;",
    ]
    if capture:
        lines += [
            "BEGIN ISOLATION LEVEL REPEATABLE READ;",
            *[sql.format(key=key) + ";" for sql in CAPTURE],
            "COMMIT;",
        ]
    return "\n".join(lines) + "\n"


def pgbench(database, cards, clients, seconds, capture=False):
    """Return transactions per second of the bare statements.

    :param list[int] cards: ids without gaps
    """
    with tempfile.TemporaryDirectory(prefix="gc_sys_") as folder:
        script = Path(folder) / "hold.sql"
        script.write_text(_script(cards[0], len(cards), capture), encoding="utf-8")
        command = ["pgbench", "-n", "-f", script, "-c", str(clients)]
        command += ["-j", "2", "-T", str(seconds), database]
        done = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    if done.returncode or not found:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found[1])
