# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError


class GiftcardRedemption(models.Model):
    """One card redeemed in one document: held, then captured, released or lapsed.

    A hold is a READ COMMITTED transaction of its own, which was measured to be never
    oversold and fast (docs/architecture.rst, *Locks*). It locks the redemption's key
    first, then the card (``core/locks.py``). A capture writes the redemption and
    inserts an entry; it leaves the card's row alone.

    ``key`` is the document's own (a payment's uuid); ``revision`` orders what one
    key was told: lower is old news, equal is the same request again, higher sets
    the absolute amount. The answer to a key that was released before it was held
    is a tombstone, a released row without a card.
    """

    _name = "giftcard.redemption"
    _inherit = "giftcard.server.fields"
    _description = "Gift card redemption"
    _order = "id desc"
    _rec_name = "key"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    revision = fields.Integer(required=True, readonly=True, default=1)
    card_id = fields.Many2one(
        "giftcard.card", index=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("held", "On hold"),
            ("captured", "Used"),
            ("released", "Released"),
            ("lapsed", "Lapsed"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    currency_id = fields.Many2one(related="card_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True, default=0)
    consideration = fields.Monetary(
        "Paid part", required=True, readonly=True, default=0
    )
    bonus = fields.Monetary(compute="_compute_bonus")
    entitlement_id = fields.Many2one(
        "giftcard.entitlement",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    net = fields.Monetary(
        "Paid part without VAT",
        required=True,
        readonly=True,
        default=0,
        help="What the use releases of a card whose VAT was counted at its sale.",
    )
    forfeited = fields.Monetary(
        "Lost with its one use",
        required=True,
        readonly=True,
        default=0,
        help="What a card for one use loses with this use.",
    )
    forfeited_consideration = fields.Monetary(
        "Paid part lost", required=True, readonly=True, default=0
    )
    forfeited_net = fields.Monetary(
        "Paid part lost, without VAT", required=True, readonly=True, default=0
    )
    refunded = fields.Monetary("Back on the card", compute="_compute_refunded")
    company_id = fields.Many2one("res.company", index=True, readonly=True)
    location_id = fields.Many2one("giftcard.location", "Used at", readonly=True)
    channel = fields.Char(readonly=True)
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True)
    source_name = fields.Char("Document", readonly=True, index="trigram")
    document_key = fields.Char(
        readonly=True, help="The document's own key: no other may use this hold."
    )
    user_ref = fields.Integer(readonly=True)
    partner_ref = fields.Integer(readonly=True)
    held_at = fields.Datetime("Held since", readonly=True)
    expires_at = fields.Datetime("Held until", readonly=True)
    ended_at = fields.Datetime("Ended", readonly=True)
    entry_ids = fields.One2many("giftcard.entry", "redemption_id")

    _key_unique = models.Constraint(
        "UNIQUE(key)", "This use of a gift card is known already."
    )
    _amount_not_negative = models.Constraint(
        "CHECK(amount >= 0 AND forfeited >= 0)", "A use of a card is not negative."
    )
    _consideration_within = models.Constraint(
        "CHECK(consideration BETWEEN 0 AND amount"
        " AND forfeited_consideration BETWEEN 0 AND forfeited"
        " AND net BETWEEN 0 AND amount AND forfeited_net BETWEEN 0 AND forfeited)",
        "The paid part of a use is between zero and the use.",
    )
    _card_required = models.Constraint(
        "CHECK(card_id IS NOT NULL OR state = 'released')",
        "Only a release may come before its hold.",
    )
    _held_index = models.Index("(card_id) WHERE state = 'held'")
    _lapse_index = models.Index("(expires_at) WHERE state = 'held'")

    @api.depends("amount", "consideration")
    def _compute_bonus(self):
        for redemption in self:
            redemption.bonus = redemption.amount - redemption.consideration

    @api.depends("entry_ids.face")
    def _compute_refunded(self):
        # the ledger is of the company that sold the card, the redemption may be of
        # another
        for redemption in self.sudo():
            redemption.refunded = sum(
                redemption.entry_ids.filtered(lambda e: e.kind == "refund").mapped(
                    "face"
                )
            )

    def action_release(self):
        """Give back what is held, for a bill that will not come any more.

        :raises AccessError: without the manager's right
        :raises UserError: when a redemption is not on hold
        """
        self.env["giftcard.card"]._check_manager()
        for redemption in self:
            if redemption.state != "held":
                raise UserError(
                    self.env._("Nothing is on hold here any more. Reload the page.")
                )
            self._release(redemption.key, by_staff=True)
