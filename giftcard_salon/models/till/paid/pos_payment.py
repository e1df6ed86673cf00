# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

from ....tools.server_fields import is_writer
from .pos_order import EDITING, PAID


class PosPayment(models.Model):
    """A paid bill that gift cards are part of keeps what was paid for it.

    Its other payments may change their method and become more (a tip, a payment over
    the internet that came late), or be put in other words with the bill: never less.
    """

    _inherit = "pos.payment"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: no card pays a bill that is paid already."""
        payments = super().create(vals_list)
        payments._check_giftcard_added()
        return payments

    def write(self, vals):
        """Override of `point_of_sale`: what was paid stays, and stays on its bill."""
        if not {"amount", "pos_order_id"}.intersection(vals) or is_writer(self.env):
            return super().write(vals)
        is_edited = self._is_giftcard_bill_edited()
        before = {
            payment: (payment.pos_order_id, payment.amount)
            for payment in self._get_giftcard_kept()
        }
        result = super().write(vals)
        for payment, (order, amount) in before.items():
            is_less = order.currency_id.compare_amounts(payment.amount, amount) < 0
            if (is_less and not is_edited) or payment.pos_order_id != order:
                raise UserError(self._get_giftcard_kept_refusal())
        self._check_giftcard_added()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_giftcard_kept(self):
        if not self._is_giftcard_bill_edited() and self._get_giftcard_kept():
            raise UserError(self._get_giftcard_kept_refusal())

    def _is_giftcard_bill_edited(self):
        """Tell whether the payments are written with their bill, which adds them up."""
        return is_writer(self.env, EDITING)

    def _get_giftcard_kept(self):
        """Return the payments of paid bills that gift cards are part of.

        Those that cards settled have a sentence of their own.
        """
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        return self.filtered(
            lambda payment: (
                payment.pos_order_id.state in PAID
                and not payment.sudo().giftcard_entry_id
                and payment.pos_order_id._has_giftcards()
            )
        )

    def _check_giftcard_added(self):
        """Refuse payments that only settling may bring to a paid bill.

        :raises UserError: with the way out
        """
        for payment in self.filtered(
            lambda payment: payment.pos_order_id.state in PAID
        ):
            # sudo: giftcard.redemption, giftcard.entry - whoever is at the till reads
            # no ledger
            if payment._filter_giftcard() and not payment.sudo().giftcard_entry_id:
                raise UserError(
                    self.env._(
                        "This bill is paid. A gift card pays on the till's payment "
                        "screen, before the bill is: refund the bill there and let "
                        "the client pay again."
                    )
                )
            if payment.amount < 0 and payment.pos_order_id._has_giftcards():
                raise UserError(self._get_giftcard_kept_refusal())

    def _get_giftcard_kept_refusal(self):
        return self.env._(
            "Gift cards are part of this bill: what was paid for it stays. Change the "
            "payment method if it is wrong, or refund the bill at the till."
        )
