# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, format_amount

from ....tools.server_fields import as_writer, is_writer, with_unset, without

SERVER_FIELDS = (
    "giftcard_card_id",
    "giftcard_entry_id",
    "giftcard_redemption_id",
    "giftcard_last4",
    "giftcard_valid_until",
    "giftcard_balance_after",
    "giftcard_is_code_shown",
)
MAX_MESSAGE = 300
MAX_NAME = 80


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    giftcard_recipient = fields.Char("For", copy=False)
    giftcard_sender = fields.Char("From", copy=False)
    giftcard_message = fields.Text("Message", copy=False)
    giftcard_reference = fields.Char(
        "Scanned card", copy=False, help="What names a printed or a topped-up card."
    )
    giftcard_is_topup = fields.Boolean("Adds to a card", copy=False)
    giftcard_scanned_last4 = fields.Char(copy=False)
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
        index="btree_not_null",
        ondelete="restrict",
    )
    giftcard_last4 = fields.Char(readonly=True, copy=False)
    giftcard_valid_until = fields.Date(readonly=True, copy=False)
    giftcard_balance_after = fields.Monetary(readonly=True, copy=False)
    giftcard_is_pending = fields.Boolean(compute="_compute_giftcard_is_pending")

    @api.depends("giftcard_card_id.state")
    def _compute_giftcard_is_pending(self):
        for line in self:
            line.giftcard_is_pending = line.sudo().giftcard_card_id.state == "pending"

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            *super()._load_pos_data_fields(config),
            "giftcard_recipient",
            "giftcard_sender",
            "giftcard_message",
            "giftcard_reference",
            "giftcard_is_topup",
            "giftcard_scanned_last4",
            "giftcard_last4",
            "giftcard_valid_until",
            "giftcard_balance_after",
            "giftcard_is_pending",
        ]

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(with_unset(vals_list, SERVER_FIELDS))

    def write(self, vals):
        if not is_writer(self.env):
            vals = without(vals, SERVER_FIELDS)
        return super().write(vals)

    def _filter_giftcard_sale(self):
        """Return the lines that sell a card, add to one, or take it back.

        :rtype: pos.order.line
        """
        return self.filtered("product_id.giftcard_type_id")

    def _settle_giftcard(self):
        """Make the cards that a paid order sells; take back those it refunds.

        :raises UserError: a sentence to read out; the order is not paid then
        """
        lines = self._filter_giftcard_sale().filtered(
            lambda line: line.qty and not line.giftcard_entry_id
        )
        returned = lines.filtered(lambda line: line.qty < 0)
        topups = (lines - returned).filtered("giftcard_is_topup")
        for card_type, sold in (
            (lines - returned - topups)
            .grouped(lambda line: line.product_id.giftcard_type_id)
            .items()
        ):
            sold._sell_giftcards(card_type)
        for line in topups:
            line._top_up_giftcard()
        for line in returned:
            line._take_back_giftcard()

    def _sell_giftcards(self, card_type):
        order = self.order_id
        for line in self:
            line._check_giftcard_sale(card_type)
        # sudo: giftcard.card - a paid bill makes cards, a cashier does not
        cards = (
            self.env["giftcard.card"]
            .sudo()
            ._issue(
                card_type.sudo(),
                [line._prepare_giftcard() for line in self],
                "sale",
                order._prepare_giftcard_origin(),
                is_pending=order._is_giftcard_on_account(),
            )
        )
        for line, card in zip(self, cards.sudo(), strict=True):
            sale = card.entry_ids.filtered(lambda entry: entry.kind == "sale")
            line._link_giftcard(card, sale)

    def _top_up_giftcard(self):
        """Add what this line says to the card that was scanned (case C08)."""
        self._check_giftcard_sale(self.product_id.giftcard_type_id)
        self._check_giftcard_not_on_account()
        card = self._find_scanned_giftcard()
        entry = card._top_up(
            self.product_id.giftcard_type_id,
            self._get_giftcard_worth(),
            self.uuid,
            self.order_id._prepare_giftcard_origin(),
            price=self.price_unit,
        )
        # sudo: giftcard.card - a cashier has no right on cards
        self._link_giftcard(card.sudo(), entry)

    def _check_giftcard_not_on_account(self):
        if self.order_id._is_giftcard_on_account():
            raise UserError(
                self.env._(
                    "Money is added to a gift card when it is paid, not on customer "
                    "account. Take another payment for it."
                )
            )

    def _find_scanned_giftcard(self):
        """Return the card that this line names.

        :raises UserError: when there is none
        """
        card = self.env["giftcard.card"]._find_by_reference(self.giftcard_reference)
        if not card:
            raise UserError(
                self.env._(
                    "The scanned card is not there any more. Remove the line and scan "
                    "the card again."
                )
            )
        return card

    def _find_printed_giftcard(self, card_type):
        if not self.giftcard_reference:
            return self.env["giftcard.card"]
        card = self._find_scanned_giftcard()
        # sudo: pos.config - only where the till stands
        location = self.order_id.config_id.sudo()._get_giftcard_location()
        if refusal := card._get_printed_refusal(card_type, location):
            raise UserError(refusal)
        return card

    def _check_giftcard_sale(self, card_type):
        """Refuse what the sell dialog would never send: the till is not trusted."""
        currency = self.order_id.currency_id
        if float_compare(self.qty, 1, precision_digits=3) or self.refunded_orderline_id:
            raise UserError(
                self.env._(
                    "One line per card: put each gift card on a line of its own."
                )
            )
        paid = self.order_id._compute_giftcard_total(self)
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
        # sudo: giftcard.type - a cashier sells what a type says and may not read it all
        card_type.sudo()._check_sellable(
            paid, self.order_id.company_id, currency, self._get_giftcard_worth()
        )

    def _prepare_giftcard(self):
        return {
            "key": self.uuid,
            "value": self._get_giftcard_worth(),
            "price": self.price_unit,
            "recipient": (self.giftcard_recipient or "")[:MAX_NAME],
            "sender": (self.giftcard_sender or "")[:MAX_NAME],
            "message": (self.giftcard_message or "")[:MAX_MESSAGE],
            "buyer_id": self.order_id.partner_id.id,
            "card": self._find_printed_giftcard(self.product_id.giftcard_type_id),
        }

    def _is_topup_refund(self):
        """Tell whether this line gives back what the ledger knows as a top-up."""
        # sudo: giftcard.entry - a cashier reads no ledger
        return self.refunded_orderline_id.sudo().giftcard_entry_id.kind == "topup"

    def _take_back_giftcard(self):
        # sudo: giftcard.entry - a cashier reads no ledger
        sold = self.refunded_orderline_id.sudo()
        card = sold.giftcard_card_id._get_current()
        if refusal := self._get_take_back_refusal(sold, card):
            raise UserError(refusal)
        origin = self.order_id._prepare_giftcard_origin()
        if self._is_topup_refund():
            entry = card._take_back_topup(sold.giftcard_entry_id, self.uuid, origin)
            self._link_giftcard(card, entry)
            return
        same_day = sold.order_id.session_id == self.order_id.session_id
        is_cancelled = same_day and card.available == card.value
        entry = card._cancel(
            "cancelled" if is_cancelled else "refunded",
            "cancel" if is_cancelled else "refund_sale",
            self.uuid,
            origin,
            is_whole=False,
        )
        self._link_giftcard(card, entry)

    def _get_take_back_refusal(self, sold, card):
        """Return why this line cannot give ``card`` back; else "".

        :param sold: ``pos.order.line`` that sold it or added to it
        :param card: ``giftcard.card`` that has the money now
        :rtype: str
        """
        order = self.order_id
        is_returnable_here = (card.company_id, card.currency_id) == (
            order.company_id,
            order.currency_id,
        )
        # the server's own sum: what the till says of it is not trusted
        paid = -order._compute_giftcard_total(self)
        is_sale = not self._is_topup_refund()
        whole = card.available_consideration if is_sale else sold.price_unit
        is_whole = not order.currency_id.compare_amounts(paid, whole)
        is_one = not float_compare(self.qty, -1, precision_digits=3)
        if not (is_returnable_here and is_one and sold.qty > 0):
            return self.env._(
                "To give a gift card back, refund the bill it was sold on, in full."
            )
        if (sold.refund_orderline_ids - self).filtered("giftcard_entry_id"):
            return self.env._("What this line sold was given back already.")
        if card.state == "blocked":
            return card._get_refusal()
        added = card._sum_topups("consideration")
        if is_sale and order.currency_id.compare_amounts(
            card.price - added, sold.price_unit
        ):
            return self.env._(
                "Card %(card)s was sold for %(sold)s and has cost %(price)s by now: "
                "money was added to it, or it was corrected. Give that back first.",
                card=card.name,
                sold=format_amount(self.env, sold.price_unit, order.currency_id),
                price=format_amount(self.env, card.price - added, order.currency_id),
            )
        if not is_whole and card.state != "closed":
            return self._get_giftcard_refundable_message(card, order)
        return ""

    def _link_giftcard(self, card, entry):
        # sudo: pos.order.line - what the ledger says of a line only the server writes
        as_writer(self.sudo()).write(
            {
                "giftcard_card_id": card.id,
                "giftcard_entry_id": entry.id,
                "giftcard_last4": card.last4,
                "giftcard_valid_until": card.valid_until,
                "giftcard_balance_after": card.available,
            }
        )
