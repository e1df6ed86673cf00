# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ...tools.allocation import to_decimal


class PosOrderLine(models.Model):
    """Giving sold cards back: what was paid for and is left, with the VAT of it.

    Row 8 of docs/rules.rst. The rest follows the card's schedule, so that the deferred
    revenue and its VAT clear to zero also after some redemptions (case C40).
    """

    _inherit = "pos.order.line"

    def _get_giftcard_refundable(self):
        """Return what this line sold and its card still has.

        :return: positive; None when the line sold no card
        :rtype: TaxSplit
        """
        # sudo: giftcard.entry - a cashier reads no ledger
        sold = self.sudo()
        entry = sold.giftcard_entry_id
        if entry.kind != "sale" or sold.qty <= 0:
            return None
        accounting = self.env["giftcard.accounting"]
        currency = sold.order_id.currency_id
        entitlement = entry.entitlement_id._get_current()
        if entitlement:
            return accounting._split_gross(
                entitlement._get_taxes(sold.order_id.company_id),
                entitlement.available_consideration,
                currency,
                entitlement.available_net,
            )
        card = sold.giftcard_card_id._get_current()
        return accounting._split_gross(
            self.env["account.tax"], card.available_consideration, currency
        )

    def _prepare_refund_data(self, refund_order, PosPackOperationLot):
        """Override of `point_of_sale`: a card is given back with what is left of it."""
        vals = super()._prepare_refund_data(refund_order, PosPackOperationLot)
        remaining = self._get_giftcard_refundable()
        if remaining:
            fixed = self.env["giftcard.accounting"]._prepare_fixed_line(
                remaining, self.uuid, self.order_id.currency_id, -1
            )
            if not self.giftcard_role:
                del fixed["extra_tax_data"]
            vals.update(fixed)
        return vals

    def _take_back_giftcard(self):
        """Override: all entitlements of a card go back together.

        The bill is being paid, and no line of it took this card back before.
        """
        if self.sudo().giftcard_card_id:
            # taken back with another line of its card
            return None
        sold = self.refunded_orderline_id.sudo()
        entry = sold.giftcard_entry_id
        if entry.kind != "sale" or not entry.entitlement_id:
            return super()._take_back_giftcard()
        sold_card = sold.giftcard_card_id
        lines = self.order_id.lines.filtered(
            lambda line: (
                line.refunded_orderline_id.sudo().giftcard_card_id == sold_card
                and line.giftcard_role == "sale"
            )
        )
        return lines._take_back_giftcard_entitlements(sold_card)

    def _take_back_giftcard_entitlements(self, sold_card):
        """Close the card that these lines give back, in the bill's transaction.

        They are all of its lines, in a bill that is being paid, and come to what is
        left (:meth:`_get_entitlements_refusal`). Then the card is locked: who used it
        since then makes Odoo run the request once more. One entry per entitlement
        follows.

        :param sold_card: ``giftcard.card`` that was sold; the money may be on a later
            one
        :raises UserError: a sentence to read out; the bill is not paid then
        """
        sold = self.refunded_orderline_id
        order, card = self.order_id, sold_card._get_current()
        if refusal := self._get_entitlements_refusal(sold, sold_card, card):
            raise UserError(refusal)
        same_day = sold.order_id.session_id == order.session_id
        is_unused = card.available == card.value
        entries = card._cancel(
            "cancelled" if same_day and is_unused else "refunded",
            "cancel" if same_day and is_unused else "refund_sale",
            self[0].uuid,
            order._prepare_giftcard_origin(),
            is_whole=False,
        )
        for line in self:
            # sudo: giftcard.entry - a cashier reads no ledger
            sold = line.refunded_orderline_id.sudo().giftcard_entry_id.entitlement_id
            entitlement = sold._get_current()
            entry = entries.filtered(
                lambda entry, entitlement=entitlement: (
                    entry.entitlement_id == entitlement
                )
            )
            line._link_giftcard(card, entry)
        return None

    def _get_entitlements_refusal(self, sold, sold_card, card):
        """Return why these lines cannot give a card back; else ""."""
        order = self.order_id
        # sudo: giftcard.entry - a cashier reads no ledger
        all_sold = sold.order_id.lines.filtered(
            lambda line: line.sudo().giftcard_card_id == sold_card and line.qty > 0
        )
        is_returnable_here = (card.company_id, card.currency_id) == (
            order.company_id,
            order.currency_id,
        )
        if (
            sold != all_sold
            or not is_returnable_here
            or set(self.mapped("qty")) != {-1}
        ):
            return self.env._(
                "To give a gift card back, refund all lines it was sold with."
            )
        if card.state == "blocked":
            return card._get_refusal()
        splits = order._get_giftcard_splits()
        for line in self:
            remaining = line.refunded_orderline_id._get_giftcard_refundable()
            if splits[line] != -remaining:
                return self._get_giftcard_refundable_message(card, order)
        return ""

    def _get_giftcard_refundable_message(self, card, order):
        paid = -order._compute_giftcard_total(self)
        return self.env._(
            "%(rest)s of what was paid for card %(card)s is left, and the bill gives "
            "%(paid)s back. Start the refund again from the list of bills.",
            rest=format_amount(
                self.env, card.available_consideration, order.currency_id
            ),
            card=card.name,
            paid=format_amount(
                self.env,
                float(to_decimal(paid, order.currency_id.decimal_places)),
                order.currency_id,
            ),
        )


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    def giftcard_refundable(self, line_ids, session_id):
        """Say what can be given back of cards that bill lines sold.

        :param list[int] line_ids: bill lines that sold cards and are to be refunded
        :param int session_id: the open till session
        :return: by line id ``amounts`` of one unit; a line that sold nothing that can
            be given back is left out
        :rtype: dict[str, dict]
        :raises AccessError: for whoever is not at this till
        """
        session = self._get_giftcard_session_opened(session_id)
        ids = line_ids if isinstance(line_ids, list) else []
        lines = self.env["pos.order.line"].search(
            [
                ("id", "in", [self._parse_giftcard_id(line_id) for line_id in ids]),
                ("company_id", "=", session.company_id.id),
            ]
        )
        return {
            str(line.id): self._tell_giftcard_amounts(remaining)
            for line in lines
            if (remaining := line._get_giftcard_refundable())
        }
