from odoo import models


class GiftcardCard(models.Model):
    _inherit = "giftcard.card"

    def action_open_journal_items(self):
        """Show the journal items of the card."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal items"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [("giftcard_card_id", "in", self.ids)],
        }
