# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    """Cards sold on customer account: nobody uses them before they are paid."""

    _inherit = "pos.order"

    def _is_giftcard_on_account(self):
        """Tell whether cards of this bill were sold on customer account.

        What a client owes counts for the rest of the bill first.
        """
        sold = self.lines._filter_giftcard_sale().filtered(lambda line: line.qty > 0)
        if not sold or not self._get_giftcard_account_payments():
            return False
        splits = self._get_giftcard_splits()
        without_cards = self.amount_total - float(
            sum(splits[line].gross for line in sold)
        )
        on_account = sum(self._get_giftcard_account_payments().mapped("amount"))
        return self.currency_id.compare_amounts(on_account, max(without_cards, 0)) > 0

    def _check_giftcards_still_paid(self):
        """Refuse to put a paid bill on customer account: its cards are in use.

        :raises UserError: with the way out
        """
        for order in self.filtered(lambda order: order.state != "draft"):
            # sudo: giftcard.entry - a cashier reads no ledger
            cards = order.sudo().lines.giftcard_card_id
            usable = cards.filtered(lambda card: card.state == "active")
            if usable and order._is_giftcard_on_account():
                raise UserError(
                    self.env._(
                        "Card %s can be used already, so its bill is not put on "
                        "customer account. Refund the bill and sell the card again.",
                        usable[0].name,
                    )
                )

    def _get_giftcard_account_payments(self):
        return self.payment_ids.filtered(
            lambda payment: payment.payment_method_id.type == "pay_later"
        )

    def _is_giftcard_settled(self):
        """Tell whether what was bought on customer account has been paid.

        The invoice says so, unless it was credited, or the bill's own item in the
        session's entry; of a bill invoiced later, both. A till whose customer account
        names nobody has no such item: a manager marks the card then.
        """
        self.ensure_one()
        receivables = self._get_giftcard_on_account_items()
        if invoice := self.account_move:
            return (
                invoice.state == "posted"
                and invoice.payment_state != "reversed"
                and self.currency_id.is_zero(invoice.amount_residual)
                and all(receivables.mapped("reconciled"))
            )
        methods = self._get_giftcard_account_payments().payment_method_id
        if methods.filtered(lambda method: not method.split_transactions):
            return False
        return bool(receivables) and all(receivables.mapped("reconciled"))

    def _get_giftcard_on_account_items(self):
        """Return what the session's entry says is owed for this bill.

        None when it was invoiced before the session was closed.

        :rtype: account.move.line
        """
        items = self._get_giftcard_account_payments().giftcard_on_account_item_id
        return items.filtered(lambda item: item.balance > 0)

    def _create_misc_reversal_move(self, payment_moves):
        """Override of `point_of_sale`: a bill invoiced late is owed once.

        Core leaves its entry's credit beside the item of the session that it takes
        back, and offers it as a payment of the invoice.
        """
        result = super()._create_misc_reversal_move(payment_moves)
        if self.lines.sudo().giftcard_card_id:
            self._match_giftcard_reversal()
        return result

    def _match_giftcard_reversal(self):
        """Match what a late invoice took back with what the session's entry says."""
        # sudo: account.move - a cashier posts nothing by himself
        entry = self.env["account.move"].sudo()
        entry = entry.search([("reversed_pos_order_id", "=", self.id)], limit=1)
        receivables = self._get_giftcard_on_account_items().sudo()
        for credit in entry.line_ids.filtered(
            lambda line: (
                line.account_id in receivables.account_id
                and line.partner_id in receivables.partner_id
                and line.balance < 0
            )
        ):
            items = receivables.filtered(
                lambda item, credit=credit: (
                    not item.reconciled and item.account_id == credit.account_id
                )
            )
            same = items.filtered(
                lambda item, credit=credit: item.amount_residual == -credit.balance
            )
            if items and not credit.reconciled:
                (credit | (same[:1] or items)).reconcile()

    @api.model
    def _activate_settled_giftcards(self, moves):
        """Let cards be used whose bills are settled by journal entries.

        :param moves: ``account.move`` records in which something was reconciled
        """
        lines = self.env["pos.order.line"].search(
            [
                ("giftcard_card_id.state", "=", "pending"),
                "|",
                ("order_id.account_move", "in", moves.ids),
                ("order_id.session_id.move_id", "in", moves.ids),
            ]
        )
        for order, waiting in lines.grouped("order_id").items():
            if order._is_giftcard_settled():
                waiting.giftcard_card_id._make_usable(order._prepare_giftcard_origin())


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: what settles a bill lets its gift cards be used."""
        partials = super().create(vals_list)
        items = (partials.debit_move_id | partials.credit_move_id).sudo()
        receivables = items.filtered(
            lambda item: item.account_type == "asset_receivable"
        )
        if receivables:
            self.env["pos.order"].sudo()._activate_settled_giftcards(
                receivables.move_id
            )
        return partials
