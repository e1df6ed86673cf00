# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _get_giftcard_debts(self):
        """Extend: what one company owes another for cards is posted nowhere yet."""
        debts = super()._get_giftcard_debts()
        waiting = self.env["giftcard.settlement"].sudo()
        if count := waiting.search_count([("state", "!=", "posted")]):
            debts.append(
                self.env._(
                    "Gift cards cannot be uninstalled: uses in other companies that "
                    "are not in their books yet: %s. See to them under Gift cards > "
                    "Accounting first.",
                    count,
                )
            )
        return debts
