# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError

# status of a card and what a manager may do about it at the till
RESCUED = ("expired", "blocked")


class PosPaymentMethod(models.Model):
    """A manager lets an expired or blocked card pay once more, at the till itself.

    Only where employees share the till: there a PIN says who the manager is. Elsewhere
    a manager does it in the back office, under their own login.
    """

    _inherit = "pos.payment.method"

    def _describe_giftcard(self, card, session):
        """Override to say whether a manager may be asked about a refused card."""
        summary = super()._describe_giftcard(card, session)
        if summary["status"] in RESCUED and "last4" in summary:
            summary["can_ask_manager"] = (
                session._is_shared_by_employees()
                and card.sudo().company_id == session.company_id
                and self.env.user.has_group("giftcard_salon.group_manager")
            )
        return summary

    def giftcard_rescue(self, code, session_id, order_uuid):
        """Let an expired card be used today, or a blocked one again. Recorded.

        :param str code: of the card, as scanned
        :param int session_id: the open till session
        :param str order_uuid: the bill that a manager approved this card for
        :return: as of :meth:`giftcard_lookup`
        :rtype: dict
        :raises AccessError: without the manager's right, or when it is not approved
        :raises UserError: when the card is neither expired nor blocked
        """
        session = self._get_giftcard_session_opened(session_id)
        approvals = self.env["giftcard.till.approval"]
        self.env["giftcard.card"]._check_manager()
        bill = self._parse_giftcard_text(order_uuid)
        card = self._find_giftcard_by_code(code, session)
        approval = approvals._check(session, "rescue", bill, card)
        status = card.sudo().with_company(session.company_id).status
        is_of_company = card.sudo().company_id == session.company_id
        if not approval or not is_of_company or status not in RESCUED:
            raise UserError(
                self.env._("There is nothing to approve for this card. Scan it again.")
            )
        reason = self.env._("Approved at the till by %s.", approval.approver)
        card = card.with_company(session.company_id)
        if status == "blocked":
            card._unblock(reason)
        if card.sudo()._is_over(session.company_id):
            card._extend(card._today(session.company_id), reason)
        approval.is_used = True
        return self._describe_giftcard(card, session)
