# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_amount


class PosOrder(models.Model):
    """A gift card was used by mistake: the whole bill goes back, by one call."""

    _inherit = "pos.order"

    def _get_giftcard_undo_refusal(self, session):
        """Return why the bill cannot be undone as a whole; else "".

        :param session: ``pos.session`` of the till that asks
        :rtype: str
        """
        self.ensure_one()
        payments = self.payment_ids
        paid_by_card = (
            payments._get_giftcard_payments() or self._get_giftcard_deductions()
        )
        if self.state not in ("paid", "done") or not paid_by_card:
            return self.env._("No gift card paid for this bill.")
        if self.lines.filtered(lambda line: line.giftcard_role == "conversion_in"):
            return self.env._(
                "A card was changed into a gift card on this bill. Refund what it paid "
                "for line by line."
            )
        if self.lines._filter_giftcard_sale():
            return self.env._(
                "This bill sells a gift card too. Refund it line by line."
            )
        if not self.has_refundable_lines:
            return self.env._("This bill was given back already.")
        if self.lines.filtered(lambda line: line.refunded_qty):
            return self.env._(
                "A part of this bill was given back already. Refund the rest line by "
                "line."
            )
        if self.config_id != session.config_id:
            return self.env._(
                "This bill was made at %s. Undo it there.", self.config_id.name
            )
        terminals = (payments - payments._filter_giftcard()).payment_method_id.filtered(
            lambda method: method.use_payment_terminal or method.type == "online"
        )
        if terminals:
            return self.env._(
                "A part was paid with %s. Refund this bill line by line, so that the "
                "terminal can give the money back.",
                terminals[0].name,
            )
        return ""

    def _get_giftcard_undo_amounts(self):
        """Return what goes back: per gift card payment, then per other method.

        :return: tuples of a payment or a method, and a positive or negative amount
        :rtype: list[tuple]
        """
        cards = self.payment_ids._get_giftcard_payments()
        others = (self.payment_ids - self.payment_ids._filter_giftcard()).grouped(
            "payment_method_id"
        )
        sums = [(method, sum(paid.mapped("amount"))) for method, paid in others.items()]
        return [
            *((payment, payment.amount) for payment in cards),
            *(
                (method, amount)
                for method, amount in sums
                if not self.currency_id.is_zero(amount)
            ),
        ]

    def _get_giftcard_undo_effect(self):
        """Say what undoing does, one line per way the bill was paid."""
        # sudo: giftcard.redemption - a cashier reads no ledger
        back = [
            line.sudo().giftcard_redemption_id
            for line in self._get_giftcard_deductions()
        ]
        others = []
        for source, amount in self._get_giftcard_undo_amounts():
            if source._name == "pos.payment":
                back.append(source.sudo().giftcard_redemption_id)
            else:
                others.append(
                    self.env._(
                        "%(amount)s is given back: %(method)s.",
                        amount=format_amount(self.env, amount, self.currency_id),
                        method=source.name,
                    )
                )
        sentences = [
            self.env._(
                "%(amount)s goes back on card %(card)s.",
                amount=format_amount(self.env, redemption.amount, self.currency_id),
                card=redemption.card_id._get_current().name,
            )
            for redemption in back
        ] + others
        return "\n".join(sentences)

    def _undo_giftcards(self, session):
        """Make and pay the refund of the whole bill.

        :param session: ``pos.session`` of the till, open
        :return: the refund
        :rtype: pos.order
        :raises UserError: when the bill cannot be undone as a whole
        """
        if refusal := self._get_giftcard_undo_refusal(session):
            raise UserError(refusal)
        amounts = self._get_giftcard_undo_amounts()
        refund = self._refund()
        refund.write(
            {
                **self._prepare_giftcard_undo_values(session),
                "payment_ids": [
                    Command.create(self._prepare_giftcard_undo(source, amount))
                    for source, amount in amounts
                ],
            }
        )
        refund.amount_paid = refund._compute_amount_paid()
        refund._process_saved_order(draft=False)
        return refund

    def _prepare_giftcard_undo_values(self, session):
        """Return what the refund of this bill says beside what goes back.

        :param session: ``pos.session`` of the till that asks
        :rtype: dict
        """
        return {"to_invoice": bool(self.account_move)}

    def _prepare_giftcard_undo(self, source, amount):
        is_card = source._name == "pos.payment"
        method = source.payment_method_id if is_card else source
        return {
            "amount": -amount,
            "payment_method_id": method.id,
            "giftcard_refunded_payment_id": source.id if is_card else False,
        }
