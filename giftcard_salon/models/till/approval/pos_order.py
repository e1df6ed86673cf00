# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import replace

from odoo import models


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _prepare_giftcard_origin(self):
        """Override: the ledger keeps the employee that the bill or its till names.

        Nobody else: an approval that waits for an act at the desk is not for bills.
        """
        origin = super()._prepare_giftcard_origin()
        if "employee_id" not in self._fields:
            return origin
        order = self.sudo()
        employee = order.employee_id or order.session_id.employee_id
        return replace(origin, claimed_by=employee.name)

    def _may_giftcard_pay_out(self):
        """Tell whether what a card paid of this bill may leave another way.

        :raises AccessError: where employees share the till: to be approved first
        """
        if not self.env.user.has_group("giftcard_salon.group_manager"):
            return False
        self.env["giftcard.till.approval"]._check(self.session_id, "payout", self.uuid)
        return True

    def _prepare_giftcard_undo_values(self, session):
        """Override: the refund is of the employee at the till, who had it approved."""
        values = super()._prepare_giftcard_undo_values(session)
        if session._is_shared_by_employees():
            values["employee_id"] = session.sudo().employee_id.id
        return values
