# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Override of `account`: cards in another currency leave at what they carry."""
        accounting = self.env["giftcard.accounting"]
        entries = self.filtered(lambda move: move.move_type == "entry")
        accounting._carry_entries(entries.filtered(lambda m: m.state == "draft"))
        posted = super()._post(soft)
        accounting._carry_posted((posted - entries).line_ids)
        return posted
