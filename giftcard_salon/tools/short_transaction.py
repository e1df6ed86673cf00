# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A short transaction of its own, for what must be committed at once."""

from contextlib import contextmanager

from odoo.sql_db import Cursor

LOCK_TIMEOUT_MS = 500


@contextmanager
def short_transaction(env):
    """Open a fresh READ COMMITTED cursor, commit it at the end.

    Odoo's own cursors are REPEATABLE READ: there, whoever waited for a row goes
    on with its old snapshot and fails at its write, and Odoo repeats the request
    after up to seconds. Here the second one waits at most 500 ms, reads what the
    first one left, and goes on.

    Under a test's cursor a change of isolation is neither allowed nor needed.

    :param odoo.api.Environment env: any environment of the same database
    :raises psycopg2.errors.LockNotAvailable: inside, when a row stays locked
    """
    with env.registry.cursor() as cr:
        if isinstance(cr, Cursor):
            cr.execute(
                "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
                "SET LOCAL lock_timeout = %s",
                [LOCK_TIMEOUT_MS],
            )
        yield cr
