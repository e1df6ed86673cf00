# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS

from .. import locks

TOUCHED = "giftcard_salon.touched_cards"


class GiftcardCard(models.Model):
    """One code with one balance.

    ``available`` is what may still be taken: the ledger's balance less what is
    held. It changes in :meth:`_move` only, under the lock of :meth:`_lock` or of a
    hold's own transaction. A capture takes nothing from it (the hold did), so
    captures of one card never wait for each other.
    """

    _name = "giftcard.card"
    _description = "Gift card"
    _inherit = ["giftcard.server.fields", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "name"

    name = fields.Char("Card", compute="_compute_name", store=True)
    last4 = fields.Char("Last four", size=4, readonly=True)
    code_hash = fields.Char(groups=NO_ACCESS, copy=False)
    code_hash_key = fields.Char(groups=NO_ACCESS, copy=False)
    code_cipher = fields.Char(groups=NO_ACCESS, copy=False)
    code_cipher_key = fields.Char(groups=NO_ACCESS, copy=False)

    type_id = fields.Many2one(
        "giftcard.type", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    location_id = fields.Many2one(
        "giftcard.location", "Sold at", index=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "Pending"),
            ("active", "Active"),
            ("blocked", "Blocked"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
    close_reason = fields.Selection(
        [
            ("cancelled", "Cancelled"),
            ("refunded", "Refunded"),
            ("replaced", "Replaced"),
            ("expired", "Expired"),
            ("converted", "Changed into a gift card"),
            ("escheated", "Handed over to the State"),
        ],
        readonly=True,
    )
    vat_mode = fields.Char(
        readonly=True,
        default="mpv",
        required=True,
        help='"mpv": taxed when it is used; "spv": taxed when it is sold.',
    )
    is_single_use = fields.Boolean("Once only", readonly=True)
    pays_tips = fields.Boolean("Pays tips", readonly=True)
    valid_until = fields.Date("Valid until", readonly=True, index=True)
    sold_until = fields.Date(
        "Sold until", readonly=True, help="The last day before it was extended."
    )
    seller_id = fields.Many2one("res.users", readonly=True, index=True)
    sold_at = fields.Datetime("Sold on", readonly=True, index=True)

    value = fields.Monetary(readonly=True, required=True, default=0)
    price = fields.Monetary("Price paid", readonly=True, required=True, default=0)
    available = fields.Monetary("Left", readonly=True, required=True, default=0)
    available_consideration = fields.Monetary(
        "Left of what was paid", readonly=True, required=True, default=0
    )
    pool_face = fields.Monetary(
        "Value of the last load", readonly=True, required=True, default=0
    )
    pool_consideration = fields.Monetary(
        "Paid for the last load", readonly=True, required=True, default=0
    )

    recipient = fields.Char("For", readonly=True)
    sender = fields.Char("From", readonly=True)
    message = fields.Text(readonly=True)
    buyer_id = fields.Many2one(
        "res.partner", "Bought by", readonly=True, index="btree_not_null"
    )
    holder_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")

    replaced_by_id = fields.Many2one(
        "giftcard.card",
        "Replaced by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    entitlement_ids = fields.One2many(
        "giftcard.entitlement", "card_id", string="Stands for"
    )
    entry_ids = fields.One2many("giftcard.entry", "card_id", string="History")
    redemption_ids = fields.One2many(
        "giftcard.redemption", "card_id", string="Redemptions"
    )

    _code_unique = models.Constraint(
        "UNIQUE(code_hash)", "A card with this code exists already."
    )
    _available_not_negative = models.Constraint(
        "CHECK(available >= 0)", "A card cannot go below zero."
    )
    _consideration_within = models.Constraint(
        "CHECK(available_consideration >= 0 AND available_consideration <= available)",
        "What was paid for a card's rest is between zero and that rest.",
    )
    _price_within_value = models.Constraint(
        "CHECK(price >= 0 AND price <= value)",
        "The client would pay more than the card is worth.",
    )
    _closed_has_reason = models.Constraint(
        "CHECK((state = 'closed') = (close_reason IS NOT NULL))",
        "A closed card says why it was closed.",
    )

    @api.depends("last4")
    def _compute_name(self):
        for card in self:
            card.name = self._get_short_name(card.last4)

    @api.model
    def _get_short_name(self, last4):
        """Return how people call a card.

        :param str last4: the last four of its code, if it has one
        :return: the name, or False
        """
        return f"••{last4}" if last4 else False

    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        cards._remember_touched()
        return cards

    def write(self, vals):
        self._remember_touched()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Cards are kept. Block or cancel the card instead."))

    def _remember_touched(self):
        """Note the cards this transaction wrote: it cannot hold them any more.

        A hold runs in a transaction of its own and would wait for this one.
        """
        touched = self.env.cr.postcommit.data.setdefault(TOUCHED, set())
        touched.update(self.ids)

    def _lock(self):
        """Lock the cards' rows in id order until this transaction ends.

        For the changes that belong to a document's own transaction (refund to the
        card, cancellation). Ledger entries that refer to the card go in meanwhile.
        The order of all locks: ``core/locks.py``.
        """
        self.flush_recordset()
        self._remember_touched()
        locks.lock_cards(self.env.cr, self.ids)
        self.invalidate_recordset()

    @api.model
    def _move(self, cr, card_id, face, consideration, entitlement_id=None, net=0):
        """Add to what is available on a card: the only place that does.

        The caller has locked the row.

        :param cr: cursor of the transaction that holds the lock
        :param int card_id: the card
        :param decimal.Decimal face: signed value, in the card's currency
        :param decimal.Decimal consideration: signed part of it that was paid for
        :param int entitlement_id: what of the card it is about, if it has entitlements
        :param decimal.Decimal net: signed consideration without VAT, of that part
        :return: what is available now on the card
        :rtype: decimal.Decimal
        :raises psycopg2.errors.CheckViolation: when less than nothing would be left of
            the card or entitlement, or more would be paid for than there is
        """
        cr.execute(
            """UPDATE giftcard_card
                  SET available = available + %s,
                      available_consideration = available_consideration + %s
                WHERE id = %s
            RETURNING available""",
            [face, consideration, card_id],
        )
        available = cr.fetchone()[0]
        self.browse(card_id).invalidate_recordset(
            ["available", "available_consideration"], flush=False
        )
        if entitlement_id:
            cr.execute(
                """UPDATE giftcard_entitlement
                      SET available = available + %s,
                          available_consideration = available_consideration + %s,
                          available_net = available_net + %s
                    WHERE id = %s AND card_id = %s""",
                [face, consideration, net, entitlement_id, card_id],
            )
            self.env["giftcard.entitlement"].browse(
                entitlement_id
            ).invalidate_recordset(
                [
                    "available",
                    "available_consideration",
                    "available_net",
                    "units_remaining",
                    "next_unit_price",
                ],
                flush=False,
            )
        return available

    def _set_state(self, target, allowed, close_reason=False):
        """Move to ``target`` what may; the one door of the state.

        :param str target: new state
        :param tuple allowed: states it may be reached from
        :param close_reason: set with ``closed`` only
        :raises UserError: when a card is in none of the allowed states
        """
        for card in self:
            if card.state not in allowed:
                raise UserError(card._get_state_refusal())
        # sudo: giftcard.card - only the server writes cards; the caller checked the
        # right
        self.sudo().write({"state": target, "close_reason": close_reason})

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group("giftcard_salon.group_manager")):
            raise AccessError(self.env._("Only a gift card manager may do this."))

    def _check_desk(self):
        if not (self.env.su or self.env.user.has_group("giftcard_salon.group_desk")):
            raise AccessError(
                self.env._("You may not do this. Ask somebody of the gift card desk.")
            )
