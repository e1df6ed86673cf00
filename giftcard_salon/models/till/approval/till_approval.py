# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

MINUTES = 5


class GiftcardTillApproval(models.Model):
    """A manager proved who they are, at a till that several employees share.

    There the login says nothing of who stands at the till, and an employee that the
    till names proves nothing. For a few minutes and one purpose: to look for
    cards as often as the client needs, and for one act with what was found.
    """

    _name = "giftcard.till.approval"
    _inherit = "giftcard.server.fields"
    _description = "Approval at a till"
    _order = "id desc"
    _rec_name = "approver"

    session_id = fields.Many2one(
        "pos.session", required=True, readonly=True, index=True, ondelete="cascade"
    )
    purpose = fields.Selection(
        [
            ("desk", "Gift card desk"),
            ("payout", "What a card paid is paid out another way"),
            ("rescue", "An expired or blocked card is let pay"),
        ],
        required=True,
        readonly=True,
    )
    order_uuid = fields.Char("Bill", readonly=True)
    card_id = fields.Many2one("giftcard.card", readonly=True)
    user_id = fields.Many2one("res.users", "Login", required=True, readonly=True)
    approver = fields.Char(required=True, readonly=True)
    until = fields.Datetime(required=True, readonly=True)
    is_used = fields.Boolean(readonly=True)

    @api.model
    def _grant(self, session, purpose, approver, order_uuid=False, card=None):
        """Note that somebody approved; whoever calls has checked who.

        :param session: ``pos.session`` of the till
        :param str purpose: 'desk', 'payout' or 'rescue'
        :param str approver: name of the employee
        :param str order_uuid: the bill, for all but the desk
        :param card: ``giftcard.card`` that is let pay, for 'rescue'
        :rtype: giftcard.till.approval
        """
        # sudo: giftcard.till.approval - only the server grants and finds them
        return self.sudo().create(
            {
                "session_id": session.id,
                "purpose": purpose,
                "order_uuid": order_uuid,
                "card_id": card.id if card else False,
                "user_id": self.env.uid,
                "approver": approver,
                "until": fields.Datetime.now() + timedelta(minutes=MINUTES),
            }
        )

    @api.model
    def _find(self, session, purpose, order_uuid=False, card=None):
        """Return the approval that this login has now, for just that, or none.

        :rtype: giftcard.till.approval
        """
        # sudo: giftcard.till.approval - only the server grants and finds them
        return self.sudo().search(
            [
                ("session_id", "=", session.id),
                ("purpose", "=", purpose),
                ("order_uuid", "=", order_uuid),
                ("card_id", "=", card.id if card else False),
                ("user_id", "=", self.env.uid),
                ("is_used", "=", False),
                ("until", ">", fields.Datetime.now()),
            ],
            limit=1,
        )

    @api.model
    def _check(self, session, purpose, order_uuid=False, card=None):
        """Return the approval that a till with employees needs; none elsewhere.

        :raises AccessError: when it is missing; its ``context`` tells the till
        """
        if not session._is_shared_by_employees():
            return self.browse()
        found = self._find(session, purpose, order_uuid, card)
        if not found:
            error = AccessError(
                self.env._(
                    "Several people work at this till: somebody with this right has to "
                    "approve it with their PIN."
                )
            )
            error.context = {"giftcard_approval": purpose}
            raise error
        return found
