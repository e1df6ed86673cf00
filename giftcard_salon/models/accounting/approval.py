# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.fields import Command
from odoo.tools import format_amount

# what the request keeps of the wizard, to fill in another one
ISSUE_FIELDS = (
    "company_id",
    "type_id",
    "location_id",
    "amount",
    "count",
    "price",
    "account_id",
    "partner_id",
    "recipient",
    "sender",
    "message",
    "reason",
)


class GiftcardApproval(models.Model):
    """Cards that one manager wants to issue, or says are paid: another one approves.

    For companies where two people correct a card; what both rest on is a document.
    """

    _name = "giftcard.approval"
    _inherit = ["giftcard.server.fields", "giftcard.decision", "mail.thread"]
    _description = "Gift cards that a second person approves"
    _order = "id desc"

    kind = fields.Selection(
        [("issue", "Issue cards"), ("paid", "Let cards be used: they are paid")],
        "What",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    card_ids = fields.Many2many("giftcard.card", string="Gift cards", readonly=True)
    type_id = fields.Many2one("giftcard.type", "Card type", readonly=True)
    location_id = fields.Many2one("giftcard.location", "Salon", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary("Each is worth", readonly=True)
    count = fields.Integer("How many cards", readonly=True)
    price = fields.Monetary("Received in all", readonly=True)
    account_id = fields.Many2one(
        "account.account", "Received on", readonly=True, ondelete="restrict"
    )
    partner_id = fields.Many2one("res.partner", "Client", readonly=True)
    recipient = fields.Char("For", readonly=True)
    sender = fields.Char("From", readonly=True)
    message = fields.Text(readonly=True)
    user_id = fields.Many2one(related="create_uid", string="Asked for by")

    def _compute_display_name(self):
        for document in self:
            document.display_name = self.env._("Request %s", document.id or "")

    def _carry_out(self):
        """Issue the cards, or let them be used, as the one who approves it."""
        self.ensure_one()
        # sudo: giftcard.approval - a manager asks or decides; only the server writes it
        request = self.sudo()
        if request.kind == "issue":
            wizard = self.env["giftcard.issue"].create(
                {
                    name: request._fields[name].convert_to_write(request[name], request)
                    for name in ISSUE_FIELDS
                }
            )
            request.card_ids = [Command.set(wizard._issue().ids)]
        else:
            request.card_ids.with_env(self.env)._mark_paid()
        self._decide("done")

    def _decide(self, state):
        result = super()._decide(state)
        request = self.sudo()
        text = (
            self.env._("%s approved it.", self.env.user.name)
            if state == "done"
            else self.env._("%s refused it.", self.env.user.name)
        )
        request._tell(text, request.create_uid - self.env.user)
        return result

    def _tell(self, text, users):
        """Write to ``users`` about the request."""
        # sudo: giftcard.approval - a manager asks or decides; only the server writes it
        self.sudo().message_post(
            body=text,
            author_id=self.env.user.partner_id.id,
            partner_ids=users.partner_id.ids,
        )

    def _ask(self, values):
        """Make a request and tell the other managers of it.

        :param dict values: of the request
        :return: what the web client shows: who has to approve it
        :rtype: dict
        """
        # sudo: giftcard.approval - a manager asks or decides; only the server writes it
        request = self.sudo().create(values)
        others = self._get_other_managers(request.company_id)
        request.with_env(self.env)._tell(request._get_request_message(), others)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Another gift card manager has to approve this, under Gift cards > "
                    "Cards > To approve. Nothing has been done yet."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_request_message(self):
        self.ensure_one()
        if self.kind == "paid":
            return self.env._(
                "%(user)s says that these gift cards are paid: %(cards)s. Another "
                "manager decides under Gift cards > Cards > To approve.",
                user=self.create_uid.name,
                cards=", ".join(self.card_ids.mapped("name")),
            )
        return self.env._(
            "%(user)s asks to issue %(count)s gift cards of %(amount)s each, for "
            "%(price)s in all. Reason: “%(reason)s”. Another manager decides under "
            "Gift cards > Cards > To approve.",
            user=self.create_uid.name,
            count=self.count,
            amount=format_amount(self.env, self.amount, self.currency_id),
            price=format_amount(self.env, self.price, self.currency_id),
            reason=self.reason,
        )
