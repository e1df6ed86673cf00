# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.short_transaction import short_transaction

WINDOW_MINUTES = 10
MAX_FAILURES = 20
KEEP_DAYS = 7


class GiftcardAttempt(models.Model):
    """A code that nobody knew. Too many of one guesser look like guessing."""

    _name = "giftcard.attempt"
    _inherit = "giftcard.server.fields"
    _description = "Gift card code not found"
    _log_access = False

    origin = fields.Char(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)

    _origin_index = models.Index("(origin, date)")

    @api.model
    def _check(self, guesser):
        """Refuse another look-up of somebody with too many unknown codes.

        :param str guesser: who asks, for example ``user:7``
        :raises UserError: with the time to wait
        """
        since = fields.Datetime.now() - timedelta(minutes=WINDOW_MINUTES)
        # plain SQL: each scan asks for it, and a client waits
        self.flush_model()
        failures = self.env.execute_query(
            SQL(
                """SELECT 1 FROM giftcard_attempt WHERE origin = %s AND date > %s
                    LIMIT %s""",
                guesser,
                since,
                MAX_FAILURES,
            )
        )
        if len(failures) >= MAX_FAILURES:
            raise UserError(
                self.env._(
                    "Too many codes were not known. Wait %s minutes, or ask a manager.",
                    WINDOW_MINUTES,
                )
            )

    @api.model
    def _note(self, guesser):
        """Remember an unknown code, whatever becomes of the request.

        :param str guesser: who asked
        """
        with short_transaction(self.env) as cr:
            cr.execute(
                "INSERT INTO giftcard_attempt (origin, date) VALUES (%s, %s)",
                [guesser, fields.Datetime.now()],
            )

    @api.autovacuum
    def _gc_attempts(self):
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.env.cr.execute("DELETE FROM giftcard_attempt WHERE date < %s", [limit])
