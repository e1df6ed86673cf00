from odoo import models


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _prepare_giftcard_document(self):
        """Override: the ledger keeps the employee that the bill names."""
        values = super()._prepare_giftcard_document()
        if "employee_id" in self._fields and self.employee_id:
            values["claimed_by"] = self.sudo().employee_id.name
        return values

    def _may_giftcard_pay_out(self):
        """Tell whether what a card paid of this bill may leave another way.

        :raises AccessError: where employees share the till: to be approved first
        """
        if not self.env.user.has_group("giftcard_salon.group_manager"):
            return False
        self.env["giftcard.till.approval"]._check(self.session_id, "payout", self.uuid)
        return True

    def _prepare_giftcard_undo_values(self, session):
        """Override: the refund is of whoever approved it."""
        values = super()._prepare_giftcard_undo_values(session)
        if session._is_shared_by_employees():
            values["employee_id"] = session.sudo().employee_id.id
        return values
