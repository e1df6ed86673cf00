# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.server_fields import as_writer, is_writer, with_unset, without

SERVER_FIELDS = ("giftcard_role", "giftcard_application_id")
# the server's own write: a credit note, whose lines are copies. Odoo's `_reverse_moves`
# and `copy_data` stand between
REVERSAL = "giftcard_reversal"


class GiftcardFixedLine(models.AbstractModel):
    """A line of an order or invoice whose amounts a gift card fixes to the cent."""

    _name = "giftcard.fixed.line"
    _description = "Line with amounts of a gift card"
    # what else the card's amounts stand and fall with, per document
    _giftcard_locked = frozenset()
    _giftcard_server_fields = SERVER_FIELDS
    giftcard_role = fields.Selection(
        [
            ("item", "Paid by a gift card"),
            ("deduction", "Gift card used"),
            ("bonus", "Gift card bonus"),
        ],
        "Role for a gift card",
        readonly=True,
    )
    giftcard_application_id = fields.Many2one(
        "giftcard.application",
        "Use of a gift card",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not (is_writer(self.env) or is_writer(self.env, REVERSAL)):
            vals_list = with_unset(vals_list, self._giftcard_server_fields)
        return super().create(vals_list)

    def write(self, vals):
        if not is_writer(self.env):
            vals = without(vals, self._giftcard_server_fields)
            if self._giftcard_locked.intersection(vals):
                self._check_giftcard_lock()
        return super().write(vals)

    def _check_giftcard_lock(self):
        """Refuse changes by hand to what a card has fixed.

        :raises UserError: with the way out
        """
        locked = self.filtered("giftcard_role")
        if locked:
            # sudo: giftcard.application - only the card's name
            raise UserError(
                self.env._(
                    "Gift card %s pays this line, so it stays as it is. Take the gift "
                    "card off, change the line, then use the card again.",
                    locked[0].giftcard_application_id.sudo().card_name or "",
                )
            )

    def _get_giftcard_copied_message(self):
        return self.env._(
            "A gift card takes this off where it is used; by itself the line says "
            "nothing. Remove the line, and use the card on this document."
        )

    def _as_giftcard_writer(self):
        # sudo: sale.order.line, account.move.line - the server's own write on lines
        # that people may not change
        return as_writer(self.sudo())

    def _drop_giftcard(self):
        """Take a card's own lines off the document, and free what they paid."""
        lines = self._as_giftcard_writer()
        items = lines.filtered(lambda line: line.giftcard_role == "item")
        for item in items:
            application = item.giftcard_application_id
            values = {"extra_tax_data": False, **dict.fromkeys(SERVER_FIELDS, False)}
            if application.item_price:
                values.update(
                    price_unit=application.item_price,
                    discount=application.item_discount,
                )
            item.write(values)
        if deductions := lines - items:
            deductions.unlink()
