# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.allocation import exact
from .. import locks

_logger = logging.getLogger(__name__)
LAPSE_BATCH = 200
# longer than any request is on its way
TOMBSTONE_KEPT = timedelta(days=30)
LAST_REVISION = 2**31 - 1


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _release(
        self, key, revision=None, state="released", by_staff=False, binding=None
    ):
        """Give back what ``key`` holds; committed when this returns.

        An unknown key leaves a tombstone, so that a hold that comes late is refused.

        :param str key: the document's own key of the redemption
        :param int revision: order of what this key was told; None: after everything
        :param str state: 'released', or 'lapsed' when its time ran out
        :param bool by_staff: somebody decided it: the document does not get it back
        :param tuple binding: of the document that asks (``Origin.binding``); what
            another one holds stays held. None: the server itself decides
        :return: as of :meth:`_hold`; state 'captured' when it was used already
        :rtype: dict
        :raises UserError: when the card is locked for long
        """
        return self._in_short_transaction(
            self._release_locked, key, revision, state, by_staff, binding
        )

    @api.model
    def _release_later(self, channel, keys):
        """Give back what documents hold, once this transaction is certain.

        Nobody waits for it: a card that is locked for long then is logged, and its hold
        stays, as of a document that never came back.

        :param str channel: of the documents
        :param dict keys: by key of a redemption, its document's own key
        """

        def release():
            for key, document_key in keys.items():
                try:
                    # sudo: giftcard.redemption - after the commit nobody is there to
                    # ask
                    self.sudo()._release(key, binding=(channel, document_key or None))
                except UserError:
                    _logger.warning("What %s holds could not be released", key)

        if keys:
            self.env.cr.postcommit.add(release)

    @api.model
    def _release_locked(self, cr, key, revision, state, by_staff, binding):
        """Give back what a key holds, in the transaction of ``cr``.

        Locks the key of the redemption, then its card. The caller commits at once.

        :param cr: cursor of a short transaction
        :param tuple binding: of the document that asks; the rest as of :meth:`_release`
        :return: as of :meth:`_hold`
        :rtype: dict
        :raises psycopg2.errors.UniqueViolation: when an unknown key was told something
            meanwhile; the caller asks again in a new transaction
        """
        redemption = locks.lock_redemption(cr, key)
        if revision is None:
            revision = LAST_REVISION
            if redemption:
                revision = min(redemption["revision"] + 1, LAST_REVISION)
        now = fields.Datetime.now()
        if not redemption:
            cr.execute(
                """INSERT INTO giftcard_redemption
                          (key, revision, state, amount, consideration, net, forfeited,
                           forfeited_consideration, forfeited_net, ended_at, withdrawn)
                   VALUES (%s, %s, 'released', 0, 0, 0, 0, 0, 0, %s, FALSE)""",
                [key, revision, now],
                log_exceptions=False,
            )
            redemption = locks.lock_redemption(cr, key)
            return self._describe(cr, redemption)
        if binding and not self._is_bound_to(redemption, binding):
            return self._describe(cr, redemption)
        if redemption["state"] == "held" and revision >= redemption["revision"]:
            locks.lock_card(cr, redemption["card_id"])
            self.env["giftcard.card"]._move(
                cr,
                redemption["card_id"],
                exact(redemption["amount"]) + exact(redemption["forfeited"]),
                exact(redemption["consideration"])
                + exact(redemption["forfeited_consideration"]),
                redemption["entitlement_id"],
                exact(redemption["net"]) + exact(redemption["forfeited_net"]),
            )
            redemption["state"] = state
            self._store_release(cr, redemption, revision, by_staff, now)
        elif redemption["state"] in ("released", "lapsed"):
            # what was told last counts, also for a hold that is still on its way
            self._store_release(cr, redemption, revision, by_staff)
        return self._describe(cr, redemption)

    @api.model
    def _store_release(self, cr, redemption, revision, by_staff, ended_at=None):
        """Write how a key ended; the caller holds its lock and moved the money.

        :param cr: cursor of the transaction that holds the lock
        :param dict redemption: the locked row with its new state; its revision is
            changed
        :param int revision: what the key was told
        :param bool by_staff: somebody decided it
        :param datetime.datetime ended_at: now, when it ends now
        """
        redemption["revision"] = max(redemption["revision"], revision)
        cr.execute(
            """UPDATE giftcard_redemption
                  SET state = %s, revision = %s, ended_at = COALESCE(%s, ended_at),
                      withdrawn = COALESCE(withdrawn, FALSE) OR %s
                WHERE id = %s""",
            [
                redemption["state"],
                redemption["revision"],
                ended_at,
                by_staff,
                redemption["id"],
            ],
        )

    @api.autovacuum
    def _gc_tombstones(self):
        """Forget keys that were given back before anything was held under them."""
        last_day = fields.Datetime.now() - TOMBSTONE_KEPT
        self.env.cr.execute(
            """DELETE FROM giftcard_redemption
                WHERE card_id IS NULL AND state = 'released' AND ended_at < %s""",
            [last_day],
        )

    @api.model
    def _lapse_expired(self):
        """Give back holds whose time is over. Called by the scheduler.

        Only quotations and cards just presented at a till have one
        (``Origin.lapses_at``). A hold that its bill line has goes back when line or
        bill goes, when the till is loaded again, or by a manager.
        Locks each key, then its card, in a short transaction of its own.
        """
        expired = self.sudo().search(
            [("state", "=", "held"), ("expires_at", "<", fields.Datetime.now())],
            order="expires_at, id",
            limit=LAPSE_BATCH,
        )
        for key, revision in expired.mapped(lambda hold: (hold.key, hold.revision)):
            # told something newer meanwhile: then it is not this hold that lapses
            try:
                self._release(key, revision, state="lapsed")
            except UserError:
                _logger.info("A card is locked for long: its hold lapses next time")
        if len(expired) == LAPSE_BATCH:
            self.env.ref("giftcard_salon.ir_cron_lapse_holds")._trigger()
