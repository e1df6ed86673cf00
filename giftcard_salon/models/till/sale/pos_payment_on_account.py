# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models

from ....tools.server_fields import as_writer


class PosPayment(models.Model):
    _inherit = "pos.payment"

    giftcard_on_account_item_id = fields.Many2one(
        "account.move.line",
        "Owed item",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="What the session's entry says that the client owes for this payment.",
    )


class PosSession(models.Model):
    _inherit = "pos.session"

    def _create_pay_later_receivable_lines(self, data):
        """Override of `point_of_sale`: a payment on account knows its own item.

        The item names the client only, who may owe other bills of the session.
        """
        data = super()._create_pay_later_receivable_lines(data)
        payments = list(data["split_receivables_pay_later"])
        items = data["pay_later_move_lines"]
        # core writes the methods that name nobody first
        split_items = items[len(items) - len(payments) :]
        for payment, item in zip(payments, split_items, strict=True):
            as_writer(payment.sudo()).giftcard_on_account_item_id = item
        return data
