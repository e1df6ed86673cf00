from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from .pos_payment import WRITER

SERVER_FIELDS = (
    "giftcard_card_id",
    "giftcard_entry_id",
    "giftcard_last4",
    "giftcard_valid_until",
)
SETTLED_FIELDS = {"uuid", "qty", "price_unit", "discount", "tax_ids", "product_id"}
MAX_MESSAGE = 300
MAX_NAME = 80


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    giftcard_recipient = fields.Char("For", copy=False)
    giftcard_sender = fields.Char("From", copy=False)
    giftcard_message = fields.Text("Message", copy=False)
    giftcard_card_id = fields.Many2one(
        "giftcard.card",
        "Gift card",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    giftcard_entry_id = fields.Many2one(
        "giftcard.entry",
        "Gift card entry",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    giftcard_last4 = fields.Char(readonly=True, copy=False)
    giftcard_valid_until = fields.Date(readonly=True, copy=False)

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            *super()._load_pos_data_fields(config),
            "giftcard_recipient",
            "giftcard_sender",
            "giftcard_message",
            "giftcard_last4",
            "giftcard_valid_until",
        ]

    @api.model_create_multi
    def create(self, vals_list):
        # explicit, so that no default of the caller's context fills them in
        unset = dict.fromkeys(SERVER_FIELDS, False)
        return super().create([{**vals, **unset} for vals in vals_list])

    def write(self, vals):
        if self.env.context.get("giftcard_writer") is not WRITER:
            vals = {name: vals[name] for name in vals if name not in SERVER_FIELDS}
            settled = self.sudo().filtered("giftcard_entry_id")
            if settled and SETTLED_FIELDS.intersection(vals):
                raise UserError(
                    self.env._(
                        "This gift card is sold. Refund its bill instead of changing "
                        "it."
                    )
                )
        return super().write(vals)

    def _is_giftcard_sale(self):
        return self.filtered("product_id.giftcard_type_id")

    def _settle_giftcard(self):
        """Make the cards that a paid order sells; take back those it refunds.

        :raises UserError: a sentence to read out; the order is not paid then
        """
        lines = self._is_giftcard_sale().filtered(
            lambda line: line.qty and not line.giftcard_entry_id
        )
        returned = lines.filtered(lambda line: line.qty < 0)
        for card_type, sold in (
            (lines - returned)
            .grouped(lambda line: line.product_id.giftcard_type_id)
            .items()
        ):
            sold._sell_giftcards(card_type)
        for line in returned:
            line._take_back_giftcard()

    def _sell_giftcards(self, card_type):
        order = self.order_id
        for line in self:
            line._check_giftcard_sale(card_type)
        cards = (
            self.env["giftcard.card"]
            .sudo()
            ._issue(
                card_type.sudo(),
                [line._prepare_giftcard() for line in self],
                {**order._prepare_giftcard_document(), "kind": "sale"},
            )
        )
        for line, card in zip(self, cards.sudo(), strict=True):
            line._link_giftcard(card, card.entry_ids)

    def _check_giftcard_sale(self, card_type):
        """Refuse what the sell dialog would never send: the till is not trusted."""
        currency = self.order_id.currency_id
        if float_compare(self.qty, 1, precision_digits=3) or self.refunded_orderline_id:
            raise UserError(
                self.env._(
                    "One line per card: put each gift card on a line of its own."
                )
            )
        paid = self.price_subtotal_incl
        if (
            self.tax_ids
            or self.discount
            or currency.compare_amounts(paid, self.price_unit)
        ):
            raise UserError(
                self.env._(
                    "A gift card is sold at its value, without tax and without "
                    "discount. Remove the line and add the card again."
                )
            )
        card_type.sudo()._check_sellable(paid, self.order_id.company_id, currency)

    def _prepare_giftcard(self):
        return {
            "key": self.uuid,
            "value": self.price_unit,
            "recipient": (self.giftcard_recipient or "")[:MAX_NAME],
            "sender": (self.giftcard_sender or "")[:MAX_NAME],
            "message": (self.giftcard_message or "")[:MAX_MESSAGE],
            "buyer_id": self.order_id.partner_id.id,
        }

    def _take_back_giftcard(self):
        sold = self.refunded_orderline_id.sudo()
        card = sold.giftcard_card_id
        currency = self.order_id.currency_id
        if not card or currency.compare_amounts(-self.price_subtotal_incl, card.price):
            raise UserError(
                self.env._(
                    "To give a gift card back, refund the bill it was sold on, in full."
                )
            )
        if card.state == "blocked":
            raise UserError(card._get_refusal())
        same_day = sold.order_id.session_id == self.order_id.session_id
        entry = card._cancel(
            "cancelled" if same_day else "refunded",
            "cancel" if same_day else "refund_sale",
            self.uuid,
            self.order_id._prepare_giftcard_document(),
        )
        self._link_giftcard(card, entry)

    def _link_giftcard(self, card, entry):
        self.sudo().with_context(giftcard_writer=WRITER).write(
            {
                "giftcard_card_id": card.id,
                "giftcard_entry_id": entry.id,
                "giftcard_last4": card.last4,
                "giftcard_valid_until": card.valid_until,
            }
        )

    def _prepare_base_line_for_taxes_computation(self):
        """Override of `point_of_sale`: no fiscal position moves what is owed."""
        values = super()._prepare_base_line_for_taxes_computation()
        if self._is_giftcard_sale():
            values["account_id"] = self._get_giftcard_account()
        return values

    def _get_giftcard_account(self):
        return self.env["giftcard.accounting"]._get_account(
            self.order_id.company_id, "liability"
        )

    def _prepare_giftcard_tag(self):
        """Return what ties a journal item to the card sold or given back here."""
        entry = self.sudo().giftcard_entry_id
        return self.env["giftcard.accounting"]._prepare_tag(entry) if entry else {}
