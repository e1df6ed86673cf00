# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models


class GiftcardCard(models.Model):
    _inherit = "giftcard.card"

    pos_order_count = fields.Integer("Bills", compute="_compute_pos_order_count")

    def _compute_pos_order_count(self):
        for card in self:
            card.pos_order_count = len(card._get_pos_order_ids())

    def _get_pos_order_ids(self):
        """Return the ids of the till's bills that sold or used the card."""
        self.ensure_one()
        entries = self.entry_ids.filtered(lambda e: e.source_model == "pos.order")
        return sorted(set(entries.mapped("source_id")))

    def action_open_pos_orders(self):
        """Show the till's bills that sold or used the card."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bills"),
            "res_model": "pos.order",
            "view_mode": "list,form",
            "domain": [("id", "in", self._get_pos_order_ids())],
        }
