import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.allocation import exact

_logger = logging.getLogger(__name__)
LAPSE_BATCH = 200
LAST_REVISION = 2**31 - 1


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _release(
        self, key, revision=None, state="released", by_staff=False, binding=None
    ):
        """Give back what ``key`` holds; committed when this returns.

        An unknown key leaves a tombstone, so that a hold that comes late is refused.

        :param str key: the document's own key of the use
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
        :param dict keys: by key of a use, its document's own key
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
        known = self._find_locked(cr, key)
        if revision is None:
            revision = LAST_REVISION
            if known:
                revision = min(known["revision"] + 1, LAST_REVISION)
        now = fields.Datetime.now()
        if not known:
            cr.execute(
                """INSERT INTO giftcard_redemption
                          (key, revision, state, amount, consideration, net, forfeited,
                           forfeited_consideration, forfeited_net, ended_at, withdrawn)
                   VALUES (%s, %s, 'released', 0, 0, 0, 0, 0, 0, %s, FALSE)""",
                [key, revision, now],
                log_exceptions=False,
            )
            known = self._find_locked(cr, key)
            return self._describe(cr, known)
        if binding and not self._is_bound_to(known, binding):
            return self._describe(cr, known)
        if known["state"] == "held" and revision >= known["revision"]:
            cr.execute(
                "SELECT id FROM giftcard_card WHERE id = %s FOR NO KEY UPDATE",
                [known["card_id"]],
                log_exceptions=False,
            )
            self.env["giftcard.card"]._move(
                cr,
                known["card_id"],
                exact(known["amount"]) + exact(known["forfeited"]),
                exact(known["consideration"]) + exact(known["forfeited_consideration"]),
                known["part_id"],
                exact(known["net"]) + exact(known["forfeited_net"]),
            )
            known["state"] = state
            self._store_release(cr, known, revision, by_staff, now)
        elif known["state"] in ("released", "lapsed"):
            # what was told last counts, also for a hold that is still on its way
            self._store_release(cr, known, revision, by_staff)
        return self._describe(cr, known)

    @api.model
    def _store_release(self, cr, known, revision, by_staff, ended_at=None):
        known["revision"] = max(known["revision"], revision)
        cr.execute(
            """UPDATE giftcard_redemption
                  SET state = %s, revision = %s, ended_at = COALESCE(%s, ended_at),
                      withdrawn = COALESCE(withdrawn, FALSE) OR %s
                WHERE id = %s""",
            [
                known["state"],
                known["revision"],
                ended_at,
                by_staff,
                known["id"],
            ],
        )

    @api.model
    def _lapse_expired(self):
        """Give back holds whose time has run out. Called by the scheduler."""
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
