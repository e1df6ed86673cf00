from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.short_transaction import short_transaction

WINDOW_MINUTES = 10
MAX_FAILURES = 20
KEEP_DAYS = 7


class GiftcardAttempt(models.Model):
    """A code that nobody knew. Too many of one origin look like guessing."""

    _name = "giftcard.attempt"
    _inherit = "giftcard.server.fields"
    _description = "Gift card code not found"
    _log_access = False

    origin = fields.Char(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)

    _origin_index = models.Index("(origin, date)")

    @api.model
    def _check(self, origin):
        """Refuse another look-up of an origin with too many unknown codes.

        :param str origin: who asks, for example ``user:7``
        :raises UserError: with the time to wait
        """
        since = fields.Datetime.now() - timedelta(minutes=WINDOW_MINUTES)
        # sudo: giftcard.attempt - nobody reads who guessed
        failures = self.sudo().search_count(
            [("origin", "=", origin), ("date", ">", since)], limit=MAX_FAILURES
        )
        if failures >= MAX_FAILURES:
            raise UserError(
                self.env._(
                    "Too many codes were not known. Wait %s minutes, or ask a manager.",
                    WINDOW_MINUTES,
                )
            )

    @api.model
    def _note(self, origin):
        """Remember an unknown code, whatever becomes of the request.

        :param str origin: who asked
        """
        with short_transaction(self.env) as cr:
            cr.execute(
                "INSERT INTO giftcard_attempt (origin, date) VALUES (%s, %s)",
                [origin, fields.Datetime.now()],
            )

    @api.autovacuum
    def _gc_attempts(self):
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.env.cr.execute("DELETE FROM giftcard_attempt WHERE date < %s", [limit])
