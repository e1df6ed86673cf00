# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.locks import lock_document


class GiftcardDecision(models.AbstractModel):
    """What one manager asks for and, where the company wants two, another approves."""

    _name = "giftcard.decision"
    _description = "What a second person approves"

    reason = fields.Char("Why?", readonly=True)
    state = fields.Selection(
        [("waiting", "To approve"), ("done", "Done"), ("refused", "Refused")],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_at = fields.Datetime("Decided on", readonly=True)

    def action_approve(self):
        """Carry out what somebody else asked for.

        :raises AccessError: without the manager's right
        :raises UserError: for whoever asked for it, or when it cannot be done any more
        """
        for document in self:
            document._check_decision()
            document._carry_out()

    def action_refuse(self):
        """Leave everything as it is.

        :raises AccessError: without the manager's right
        """
        for document in self:
            document._check_decision(needs_other=False)
            document._decide("refused")

    def _carry_out(self):
        """Do it, and say that it is done."""
        raise NotImplementedError

    def _check_decision(self, needs_other=True):
        """Lock the document, before any card, and refuse who may not decide it.

        :param bool needs_other: whether whoever asked for it may not
        :raises AccessError: without the manager's right
        :raises UserError: when it was decided already, or somebody else has to
        """
        self.ensure_one()
        self.env["giftcard.card"]._check_manager()
        self.check_access("read")
        # sudo: giftcard.decision - only the server writes a decision; the right is
        # checked
        document = self.sudo()
        # two people who decide at once: the second one waits, and is told
        lock_document(self)
        document.invalidate_recordset(["state"])
        if document.state != "waiting":
            raise UserError(
                self.env._("%s was decided already.", document.display_name)
            )
        if needs_other and document.create_uid == self.env.user:
            raise UserError(
                self.env._(
                    "You asked for this yourself: another gift card manager has to "
                    "approve it."
                )
            )

    def _decide(self, state):
        # sudo: giftcard.decision - only the server writes a decision; the right is
        # checked
        return self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.user.id,
                "decided_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _get_other_managers(self, company):
        """Return the people who should know of what one manager did by hand.

        :param company: ``res.company`` record
        :rtype: res.users
        """
        # sudo: res.groups - who has a role is not for everybody to read
        managers = self.env.ref("giftcard_salon.group_manager").sudo().all_user_ids
        return managers.filtered(
            lambda user: (
                company in user.company_ids and user.active and user != self.env.user
            )
        )
