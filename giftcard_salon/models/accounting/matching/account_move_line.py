# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models

# what is open of cards is found without what is matched already
OPEN = (
    "(giftcard_card_id) WHERE giftcard_card_id IS NOT NULL AND reconciled IS NOT TRUE"
)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    _giftcard_open_index = models.Index(OPEN)

    def write(self, vals):
        """Override of `account`: a line of a posted invoice is known as a card's."""
        result = super().write(vals)
        if vals.get("giftcard_entry_id"):
            posted = self.filtered(lambda item: item.parent_state == "posted")
            self.env["giftcard.accounting"]._carry_posted(posted)
        return result
