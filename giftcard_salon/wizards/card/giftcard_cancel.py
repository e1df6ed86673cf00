# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class GiftcardCancel(models.TransientModel):
    """Cancel an unused card that was issued by hand, and take its entry back."""

    _name = "giftcard.cancel"
    _inherit = "giftcard.server.fields"
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
            wizard.card_id._check_user_company()
            wizard.account_id = wizard._get_issue_items().account_id

    def _get_refusal(self):
        """Say why not all of the card's value can go back to one account; else ""."""
        # sudo: giftcard.card - a card that the manager named and may read
        card = self.card_id.sudo()
        issued = sum(self._get_issue_entries().mapped("face"))
        if not card.currency_id.compare_amounts(card.value, issued):
            return ""
        return self.env._(
            "Card %(card)s was issued with %(issued)s and is worth %(value)s now: "
            "money was added to it, or it was corrected. Give that back first.",
            card=card.name,
            issued=format_amount(self.env, issued, card.currency_id),
            value=format_amount(self.env, card.value, card.currency_id),
        )

    def _get_issue_entries(self):
        # sudo: giftcard.card - a card that the manager named and may read
        entries = self.card_id.sudo()._get_lost().entry_ids
        return entries.filtered(lambda entry: entry.kind == "issue")

    def _get_issue_items(self):
        """Return the journal items that gave the card its value, the other side."""
        entry = self._get_issue_entries()
        # sudo: account.move.line - a manager may not read the accounts
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
        card._check_user_company()
        if refusal := self._get_refusal():
            raise UserError(refusal)
        entry = card._cancel(
            "cancelled",
            "cancel",
            str(uuid4()),
            card._prepare_origin(),
            reason=self.reason,
        )
        self.env["giftcard.accounting"]._post_entries(entry, account, self.reason)
        return {"type": "ir.actions.act_window_close"}
