# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import replace

from odoo import models


class PosSession(models.Model):
    _inherit = "pos.session"

    def _is_shared_by_employees(self):
        """Tell whether employees share this till's login (`pos_hr`)."""
        return "employee_id" in self._fields and self.config_id.module_pos_hr

    def _prepare_giftcard_origin(self):
        """Override: who stands at the till, as it says, or who approved."""
        origin = super()._prepare_giftcard_origin()
        if not self._is_shared_by_employees():
            return origin
        approval = self.env["giftcard.till.approval"]._find(self, "desk")
        employee = approval.approver or self.sudo().employee_id.name
        return replace(origin, claimed_by=employee)
