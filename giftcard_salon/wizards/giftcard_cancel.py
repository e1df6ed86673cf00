from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError


class GiftcardCancel(models.TransientModel):
    """Cancel an unused card that was issued by hand, and take its entry back."""

    _name = "giftcard.cancel"
    _description = "Cancel a gift card"

    card_id = fields.Many2one("giftcard.card", required=True)
    currency_id = fields.Many2one(related="card_id.currency_id")
    amount = fields.Monetary(related="card_id.available", related_sudo=False)
    account_id = fields.Many2one(
        "account.account",
        "Goes back to",
        compute="_compute_account_id",
        help="The account its value came from.",
    )
    reason = fields.Char("Why?", required=True)

    @api.depends("card_id")
    def _compute_account_id(self):
        for wizard in self:
            wizard.card_id.check_access("read")
            wizard.account_id = wizard._get_issue_items().account_id

    def _get_issue_items(self):
        """Return the journal items that gave the card its value, the other side."""
        entries = self.card_id.sudo()._get_lost().entry_ids
        entry = entries.filtered(lambda e: e.kind == "issue")
        move = (
            self.env["account.move.line"]
            .sudo()
            .search([("giftcard_entry_id", "in", entry.ids)])
            .move_id
        )
        return move.line_ids.filtered(lambda item: not item.giftcard_entry_id)

    def action_cancel(self):
        """Close the card and post the opposite of its issue.

        :raises AccessError: without the manager's right
        :raises UserError: when the card was sold on a bill, used, or closed
        """
        self.ensure_one()
        self.env["giftcard.card"]._check_manager()
        account = self.account_id
        if not account:
            raise UserError(
                self.env._(
                    "Card %s was sold on a bill. Refund that bill to take it back.",
                    self.card_id.name,
                )
            )
        card = self.card_id
        card.check_access("read")
        entry = card._cancel(
            "cancelled",
            "cancel",
            str(uuid4()),
            {
                "company": card.company_id,
                "location": card.location_id,
                "channel": "office",
                "model": "giftcard.card",
                "id": card.id,
                "name": None,
                "reason": self.reason,
            },
        )
        self.env["giftcard.accounting"]._post_entries(entry, account, self.reason)
        return {"type": "ir.actions.act_window_close"}
