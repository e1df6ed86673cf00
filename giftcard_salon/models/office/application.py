from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError


class GiftcardUse(models.Model):
    """One gift card on one document: held, then used when an invoice is posted.

    The redemption is found by ``key``. It is held in a transaction of its own, so
    it is not there yet for the request that holds it; amounts are copied here.
    """

    _name = "giftcard.use"
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
    part_id = fields.Many2one(
        "giftcard.part", "Part of the card", readonly=True, ondelete="restrict"
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
        for use in self:
            state = found.get(use.key, "released")
            use.state = "released" if state == "lapsed" else state

    def _get_redemptions(self):
        """Return the uses of cards behind these.

        :rtype: giftcard.redemption
        """
        redemptions = self.env["giftcard.redemption"].sudo()
        return redemptions.search([("key", "in", self.mapped("key"))])

    def _get_redemption(self):
        self.ensure_one()
        return self._get_redemptions()

    # === HOLD AND RELEASE === #

    @api.model
    def _hold(self, card, amount, document, values, part=None):
        """Reserve ``amount`` on a card for a document that is not final yet.

        :param card: ``giftcard.card`` record
        :param amount: in the card's currency
        :param dict document: as for ``giftcard.redemption._hold``
        :param dict values: which document it is: ``move_id``
        :param part: ``giftcard.part`` that is used, for cards that have parts
        :rtype: giftcard.use
        :raises UserError: a sentence: why not, and what to do
        """
        key = self._draw_key()
        answer = self._hold_key(card, key, amount, document, part)
        redemptions = self.env["giftcard.redemption"].sudo()

        def release():
            redemptions._release(key, answer["revision"])

        self.env.cr.postrollback.add(release)
        return self._note(card, answer, document, values)

    @api.model
    def _hold_key(self, card, key, amount, document, part=None):
        """Set what ``key`` holds, whatever it was told before."""
        redemptions = self.env["giftcard.redemption"].sudo()
        return redemptions.with_company(document["company"])._hold(
            card, key, self._get_next_revision(key), amount, document, part
        )

    @api.model
    def _get_next_revision(self, key):
        redemptions = self.env["giftcard.redemption"].sudo()
        return redemptions.search([("key", "=", key)]).revision + 1

    @api.model
    def _hold_here(self, card, amount, document, values):
        """Reserve ``amount`` in this transaction, which uses it at once.

        :return: as of :meth:`_hold`
        """
        key = self._draw_key()
        answer = self._hold_locked(card, key, amount, document)
        return self._note(card, answer, document, values)

    @api.model
    def _hold_locked(self, card, key, amount, document):
        """Reserve in this transaction: locks the card, then a key that it just drew.

        Nobody else knows that key, so nobody waits for it with the card locked.
        """
        redemptions = self.env["giftcard.redemption"].sudo()
        redemptions = redemptions.with_company(document["company"])
        card.sudo()._lock()
        redemptions.flush_model()
        revision = self._get_next_revision(key)
        request = redemptions._prepare_hold(card, key, revision, amount, document)
        answer = redemptions._hold_locked(self.env.cr, request)
        redemptions.invalidate_model(flush=False)
        return answer

    @api.model
    def _draw_key(self):
        """Return a key that nobody can guess from the document's number."""
        return str(uuid4())

    @api.model
    def _note(self, card, answer, document, values):
        return self.sudo().create(
            {
                "key": answer["key"],
                "document_key": document["key_of_document"],
                "card_id": card.id,
                "company_id": document["company"].id,
                "currency_id": document["currency"].id,
                **self._read_answer(answer),
                **values,
            }
        )

    @api.model
    def _read_answer(self, answer):
        is_part = bool(answer["part_id"])
        return {
            "amount": answer["amount"],
            "paid_amount": 0 if is_part else answer["consideration"],
            "bonus": answer["bonus"],
            "net": answer["net"],
            "part_id": answer["part_id"],
        }

    def _release(self):
        """Give back what is reserved, once this transaction is certain."""
        unused = self.filtered(lambda use: use.state != "captured")
        keys = dict(unused.sudo().mapped(lambda use: (use.key, use.document_key)))
        self.env["giftcard.redemption"]._release_later("office", keys)

    def action_remove(self):
        """Take the card off a document that is not final; it is free at once.

        :raises UserError: when the card has paid already
        """
        self._check_removable()
        self._remove()

    def _check_removable(self):
        self.env["giftcard.card"]._check_care()
        for use in self:
            use._get_document().check_access("write")
            if use.state == "captured":
                raise UserError(
                    self.env._(
                        "Gift card %s has paid this invoice. Make a credit note to "
                        "give the money back to the card.",
                        use.card_name,
                    )
                )

    def _get_document(self):
        """Return the document that the card is on."""
        self.ensure_one()
        return self.move_id

    def _remove(self):
        uses = self.sudo().filtered(lambda use: use.state != "captured")
        uses._release()
        uses._drop_lines()
        uses.unlink()

    def _drop_lines(self):
        """Take off the document what the uses put there; adapters do."""

    # === CAPTURE === #

    def _settle(self, invoice):
        """Use the card for a posted invoice, and post it as a payment.

        :param invoice: posted ``account.move``
        :raises UserError: when nothing is left on the card for it
        """
        self.ensure_one()
        document = self._prepare_document(invoice)
        redemptions = self.env["giftcard.redemption"].sudo()
        redemption = redemptions._capture(self.key, self.amount, document).sudo()
        self._check_answer(redemption._describe_use(redemption))
        entries = redemption.entry_ids.filtered(
            lambda entry: entry.kind in ("redeem", "forfeit")
        )
        if self.part_id:
            # the invoice's own line posts the use
            used = entries.filtered(lambda entry: entry.kind == "redeem")
            invoice._tag_giftcard_line(self, used)
            entries -= used
        discount = invoice._prepare_giftcard_discount(self.paid_amount)
        accounting = self.env["giftcard.accounting"]
        payment = accounting._post_payment(entries, invoice, discount)
        self.write({"move_id": invoice.id, "paying_move_id": payment.id})
        self.invalidate_recordset(["state"])
        invoice._reconcile_giftcard(payment)

    def _is_fixed(self):
        """Tell whether lines of the document say what this use comes to."""
        return bool(self.part_id or self.bonus)

    def _check_answer(self, answer):
        """Refuse another split of the use than the document's lines say.

        :param dict answer: as of a hold
        :raises UserError: with the way out
        """
        self.ensure_one()
        values = self._read_answer({**answer, "part_id": self.part_id.id})
        money = ("amount", "paid_amount", "bonus", "net")
        compare = self.currency_id.compare_amounts
        if self._is_fixed() and any(
            compare(self[name], values[name]) for name in money
        ):
            raise UserError(
                self.env._(
                    "What gift card %s pays here has changed, because it was used "
                    "elsewhere meanwhile. Take it off and use it again.",
                    self.card_name,
                )
            )

    def _lower(self, amount, document):
        """Reserve less: the document is less than what the card was to pay.

        :param amount: what the card shall give now
        :param document: the invoice, or the order that is not invoiced yet
        """
        self.ensure_one()
        document = self._prepare_document(document)
        answer = self._hold_locked(self.card_id, self.key, amount, document)
        self.write(self._read_answer(answer))

    def _prepare_document(self, document):
        return {
            **document._prepare_giftcard_document(),
            "key_of_document": self.document_key,
        }
