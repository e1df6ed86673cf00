# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError


class GiftcardApplication(models.Model):
    """One gift card on one document: held, then used when an invoice is posted.

    The redemption is found by ``key``. It is held in a transaction of its own, so
    it is not there yet for the request that holds it; amounts are copied here.
    """

    _name = "giftcard.application"
    _inherit = "giftcard.server.fields"
    _description = "Gift card on a document"
    _order = "id"
    _rec_name = "card_name"

    key = fields.Char(required=True, readonly=True)
    document_key = fields.Char(required=True, readonly=True)
    card_id = fields.Many2one(
        "giftcard.card", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # read by people who have no right on cards
    card_name = fields.Char("Gift card", related="card_id.name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary("Used", required=True, readonly=True)
    paid_amount = fields.Monetary(
        "Pays", required=True, readonly=True, help="What counts as a payment."
    )
    entitlement_id = fields.Many2one(
        "giftcard.entitlement", "Part of the card", readonly=True, ondelete="restrict"
    )
    bonus = fields.Monetary(readonly=True, help="What nobody paid for: a discount.")
    net = fields.Monetary("Without VAT", readonly=True)
    move_id = fields.Many2one(
        "account.move", "Invoice", readonly=True, index=True, ondelete="restrict"
    )
    paying_move_id = fields.Many2one(
        "account.move", "Payment entry", readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("held", "Reserved"),
            ("captured", "Used"),
            ("released", "Not reserved any more"),
        ],
        compute="_compute_state",
        compute_sudo=True,
    )

    _key_unique = models.Constraint(
        "UNIQUE(key)", "This use of a gift card is on a document already."
    )

    def _compute_state(self):
        found = {
            redemption.key: redemption.state for redemption in self._get_redemptions()
        }
        for application in self:
            state = found.get(application.key, "released")
            application.state = "released" if state == "lapsed" else state

    def _get_redemptions(self):
        """Return the applications of cards behind these.

        :rtype: giftcard.redemption
        """
        # sudo: giftcard.redemption - whoever reads a document reads no redemptions
        redemptions = self.env["giftcard.redemption"].sudo()
        return redemptions.search([("key", "in", self.mapped("key"))])

    def _get_redemption(self):
        self.ensure_one()
        return self._get_redemptions()

    # === HOLD AND RELEASE === #

    @api.model
    def _hold(self, card, amount, origin, values, entitlement=None):
        """Reserve ``amount`` on a card for a document that is not final yet.

        The card was not written in this transaction: the hold is placed in a short one
        of its own (key, then card), committed when this returns, and given back should
        this one fail.

        :param card: ``giftcard.card`` record
        :param amount: in the card's currency
        :param Origin origin: that document
        :param dict values: which document it is: ``move_id``
        :param entitlement: ``giftcard.entitlement`` that pays, for cards that have some
        :rtype: giftcard.application
        :raises UserError: a sentence: why not, and what to do
        """
        key = self._draw_key()
        hold = self._hold_key(card, key, amount, origin, entitlement)
        redemptions = self.env["giftcard.redemption"]

        def release():
            redemptions._release(key, hold["revision"])

        self.env.cr.postrollback.add(release)
        return self._note(card, hold, origin, values)

    @api.model
    def _hold_key(self, card, key, amount, origin, entitlement=None):
        """Set what ``key`` holds, whatever it was told before.

        In a short transaction (key, then card), so this one has not written the card.

        :param card: ``giftcard.card`` record
        :param str key: the application's own key
        :param amount: what it holds from now on, in the card's currency
        :param Origin origin: the document
        :param entitlement: ``giftcard.entitlement`` that is used, for cards that have
            some
        :return: as of ``giftcard.redemption._hold``
        :rtype: dict
        :raises UserError: a sentence: why not, and what to do
        """
        redemptions = self.env["giftcard.redemption"]
        return redemptions.with_company(origin.company)._hold(
            card, key, self._get_next_revision(key), amount, origin, entitlement
        )

    @api.model
    def _get_next_revision(self, key):
        redemptions = self.env["giftcard.redemption"]
        return redemptions.search([("key", "=", key)]).revision + 1

    @api.model
    def _hold_here(self, card, amount, origin, values):
        """Reserve ``amount`` in this transaction, which uses it at once.

        For a document that is posted, or is being posted. The card stays locked until
        the end of the transaction, with it a key that is drawn here.

        :return: as of :meth:`_hold`
        """
        key = self._draw_key()
        hold = self._hold_locked(card, key, amount, origin)
        return self._note(card, hold, origin, values)

    @api.model
    def _hold_locked(self, card, key, amount, origin):
        """Reserve in this transaction: locks the card, then a key that it just drew.

        Nobody else knows that key, so nobody waits for it with the card locked.
        """
        redemptions = self.env["giftcard.redemption"]
        redemptions = redemptions.with_company(origin.company)
        card._lock()
        redemptions.flush_model()
        revision = self._get_next_revision(key)
        request = redemptions._prepare_hold(card, key, revision, amount, origin)
        hold = redemptions._hold_locked(self.env.cr, request)
        redemptions.invalidate_model(flush=False)
        return hold

    @api.model
    def _draw_key(self):
        """Return a key that nobody can guess from the document's number."""
        return str(uuid4())

    @api.model
    def _note(self, card, hold, origin, values):
        return self.create(
            {
                "key": hold["key"],
                "document_key": origin.key,
                "card_id": card.id,
                "company_id": origin.company.id,
                "currency_id": origin.currency.id,
                **self._prepare_split_values(hold),
                **values,
            }
        )

    @api.model
    def _prepare_split_values(self, hold):
        has_entitlement = bool(hold["entitlement_id"])
        return {
            "amount": hold["amount"],
            "paid_amount": 0 if has_entitlement else hold["consideration"],
            "bonus": hold["bonus"],
            "net": hold["net"],
            "entitlement_id": hold["entitlement_id"],
        }

    def _release_holds(self):
        """Give back what is reserved, once this transaction is certain.

        Locks nothing now: key, then card, one by one after the commit.
        """
        unused = self.filtered(lambda application: application.state != "captured")
        # sudo: giftcard.application - only the server frees it; the caller checked the
        # document
        keys = dict(
            unused.sudo().mapped(
                lambda application: (application.key, application.document_key)
            )
        )
        self.env["giftcard.redemption"]._release_later("office", keys)

    def action_remove(self):
        """Take the card off a document that is not final; it is free at once.

        :raises UserError: when the card has paid already
        """
        self._check_removable()
        self._remove()

    def _check_removable(self):
        self.env["giftcard.card"]._check_desk()
        for application in self:
            application._get_document().check_access("write")
            if application.state == "captured":
                raise UserError(
                    self.env._(
                        "Gift card %s has paid this invoice. Make a credit note to "
                        "give the money back to the card.",
                        application.card_name,
                    )
                )

    def _get_document(self):
        """Return the document that the card is on."""
        self.ensure_one()
        return self.move_id

    def _remove(self):
        """Take these off their documents; what is captured stays. Locks nothing now."""
        # sudo: giftcard.application - only the server frees it; the caller checked the
        # document
        applications = self.sudo().filtered(
            lambda application: application.state != "captured"
        )
        with_bonus = applications.filtered(
            lambda application: application._is_tender_bonus()
        )
        documents = {application._get_document() for application in with_bonus}
        applications._release_holds()
        applications._drop_lines()
        applications.unlink()
        for document in documents:
            document._renew_giftcard_bonus()

    def _is_tender_bonus(self):
        """Tell whether it gives a discount beside its payment, on all that is sold."""
        return bool(self.bonus and not self.entitlement_id)

    def _drop_lines(self):
        """Take off the document what the applications put there; adapters do."""
