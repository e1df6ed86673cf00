# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import consteq

# the right that approving needs
GROUPS = {
    "desk": "giftcard_salon.group_desk",
    "payout": "giftcard_salon.group_manager",
    "rescue": "giftcard_salon.group_manager",
}
# approved for one bill
OF_BILL = ("payout", "rescue")
# approved for one card
OF_CARD = ("rescue",)


class PosPaymentMethod(models.Model):
    """Where employees share a login, rights are proved by a PIN, act by act."""

    _inherit = "pos.payment.method"

    def giftcard_approvers(self, session_id, purpose):
        """Return who of this till's employees may approve.

        :param int session_id: the open till session
        :param str purpose: 'desk', 'payout' or 'rescue'
        :return: dicts of ``id`` and ``name`` of employees
        :rtype: list[dict]
        :raises AccessError: for whoever is not at this till
        """
        session = self._get_giftcard_session_opened(session_id)
        return [
            {"id": employee.id, "name": employee.name}
            for employee in self._get_giftcard_approvers(session, purpose)
        ]

    def giftcard_approve(self, request):
        """Let a manager approve one act at this till, by their PIN.

        The login needs the right as well: approving narrows what it may, and never
        gives it more.

        :param dict request: ``session_id``, ``purpose`` ('desk', 'payout' or
            'rescue'), ``employee_id``, ``pin``, and ``order_uuid`` of the bill, for
            all but the desk, and ``code`` of the card for 'rescue'
        :return: ``state`` 'approved'
        :rtype: dict
        :raises UserError: a sentence to read out; a wrong PIN counts as guessing, a
            code that nobody knows as well
        :raises AccessError: for whoever is not at this till
        """
        request = request if isinstance(request, dict) else {}
        session = self._get_giftcard_session_opened(request.get("session_id"))
        purpose, pin = request.get("purpose"), request.get("pin")
        employee = self._get_giftcard_approvers(session, purpose).filtered(
            lambda approver: approver.id == request.get("employee_id")
        )
        attempts = self.env["giftcard.attempt"]
        origin = f"pin:{employee.id or self.env.uid}"
        attempts._check(origin)
        if not (
            employee
            and isinstance(pin, str)
            and consteq((employee.pin or "").encode(), pin.encode())
        ):
            attempts._note(origin)
            raise UserError(
                self.env._("This is not the PIN of somebody who may approve this.")
            )
        uuid = self._parse_giftcard_text(request.get("order_uuid"))
        card = self.env["giftcard.card"]
        if purpose in OF_CARD:
            card = self._find_giftcard_by_code(request.get("code"), session)
            if not card:
                raise UserError(self._get_unknown_giftcard_message())
        self.env["giftcard.till.approval"]._grant(
            session, purpose, employee.name, uuid if purpose in OF_BILL else False, card
        )
        return {"state": "approved"}

    def _get_giftcard_approvers(self, session, purpose):
        """Return the employees of this till with the right and a PIN.

        :rtype: hr.employee
        """
        group = GROUPS.get(purpose) if isinstance(purpose, str) else None
        if not group or not session._is_shared_by_employees():
            raise UserError(self.env._("At this till there is nothing to approve."))
        domain = session.config_id._employee_domain(self.env.uid)
        # sudo: hr.employee - a cashier reads no employees
        employees = self.env["hr.employee"].sudo().search(Domain(domain))
        return employees.filtered(
            lambda employee: (
                employee.pin
                and employee.user_id.active
                and employee.user_id.has_group(group)
            )
        )

    def _get_giftcard_desk_session(self, session_id):
        """Override: where employees share the till, the right is proved."""
        session = super()._get_giftcard_desk_session(session_id)
        self.env["giftcard.till.approval"]._check(session, "desk")
        return session

    # === ACTS: EACH NEEDS ITS OWN APPROVAL === #

    def giftcard_pick(self, card_id, session_id):
        """Override to let one approval use one card."""
        summary = super().giftcard_pick(card_id, session_id)
        self._consume_giftcard_approval(session_id)
        return summary

    def giftcard_reprint(self, card_id, session_id):
        """Override to let one approval print one slip."""
        slip = super().giftcard_reprint(card_id, session_id)
        self._consume_giftcard_approval(session_id)
        return slip

    def giftcard_send(self, card_id, session_id, email):
        """Override to let one approval send one card."""
        response = super().giftcard_send(card_id, session_id, email)
        self._consume_giftcard_approval(session_id)
        return response

    def giftcard_undo(self, order_id, session_id):
        """Override to let one approval undo one bill."""
        response = super().giftcard_undo(order_id, session_id)
        self._consume_giftcard_approval(session_id)
        return response

    def giftcard_release_abandoned(self, session_id, ids):
        """Override to let one approval free what one till holds."""
        released_ids = super().giftcard_release_abandoned(session_id, ids)
        self._consume_giftcard_approval(session_id)
        return released_ids

    def _consume_giftcard_approval(self, session_id):
        session = self.env["pos.session"].browse(session_id)
        self.env["giftcard.till.approval"]._find(session, "desk").is_used = True
