# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _get_giftcard_debts(self):
        """Extend: the closing of a session posts what its cards did."""
        debts = super()._get_giftcard_debts()
        orders = self.env["pos.order"].sudo()
        sessions = orders.search(
            [
                ("session_id.state", "!=", "closed"),
                "|",
                ("lines.giftcard_entry_id", "!=", False),
                ("payment_ids.giftcard_entry_id", "!=", False),
            ]
        ).session_id
        if sessions:
            debts.append(
                self.env._(
                    "Gift cards cannot be uninstalled: they were sold or used at tills "
                    "that are open. Close them first: %s.",
                    ", ".join(sessions.mapped("name")),
                )
            )
        return debts
