# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

# so long after a sale the same answer is sent once more for nothing
RESPONSE_MAY_BE_LOST = timedelta(minutes=10)


class PosOrderLine(models.Model):
    """The code of a card that was sold, told to its till."""

    _inherit = "pos.order.line"

    def _note_giftcard_code_shown_again(self):
        """Record that the till asks for a code that its sale has told it before.

        :return: whether the till may be told
        :rtype: bool
        """
        sale = self.giftcard_entry_id
        if fields.Datetime.now() - sale.date < RESPONSE_MAY_BE_LOST:
            return True
        origin = self.order_id._prepare_giftcard_origin()
        try:
            self.giftcard_card_id._note_event("print", origin=origin)
        except UserError:
            # the bill itself is in order
            return False
        return True
