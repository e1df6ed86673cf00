# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.tools import format_amount


class GiftcardAdjustment(models.Model):
    """A correction of a card by hand: row 21 of docs/rules.rst.

    The document behind such a posting: who asked for it and why, against which
    account, and, where the company wants two people, who approved it.
    """

    _name = "giftcard.adjustment"
    _inherit = ["giftcard.server.fields", "giftcard.decision"]
    _description = "Correction of a gift card"
    _order = "id desc"

    card_id = fields.Many2one(
        "giftcard.card", "Gift card", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(related="card_id.company_id", store=True)
    currency_id = fields.Many2one(related="card_id.currency_id")
    amount = fields.Monetary(
        required=True, readonly=True, help="What is put on the card, or taken off it."
    )
    account_id = fields.Many2one(
        "account.account",
        "Other account",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    reason = fields.Char(required=True)
    user_id = fields.Many2one(related="create_uid", string="Asked for by")
    entry_id = fields.Many2one(
        "giftcard.entry", "Ledger entry", readonly=True, ondelete="restrict"
    )
    move_id = fields.Many2one(
        "account.move", "Journal entry", readonly=True, ondelete="restrict"
    )

    def _compute_display_name(self):
        for document in self:
            document.display_name = self.env._("Correction %s", document.id or "")

    def _carry_out(self):
        """Correct the card and post the entry.

        The document is locked and waits: :meth:`_check_decision` said so, or it was
        made in this transaction. Then locks the card; entry and posting follow.

        :raises UserError: when the card does not have it any more, or a setting is
            missing
        """
        self.ensure_one()
        entry = self.card_id._adjust(self.amount, self.reason)
        # sudo: giftcard.adjustment - a manager decided; only the server writes what
        # came of it
        document = self.sudo()
        document.entry_id = entry
        document.move_id = self.env["giftcard.accounting"]._post_entries(
            entry, document.account_id, document.reason
        )
        self._decide("done")

    def _decide(self, state):
        result = super()._decide(state)
        if state == "done" and self.sudo().create_uid != self.env.user:
            self._tell_card(
                self.env._(
                    "%(user)s approved what %(asker)s asked for: %(amount)s, because "
                    "“%(reason)s”.",
                    user=self.env.user.name,
                    asker=self.sudo().create_uid.name,
                    amount=self._format_amount(),
                    reason=self.reason,
                )
            )
        return result

    def _format_amount(self):
        text = format_amount(self.env, abs(self.amount), self.currency_id)
        if self.amount > 0:
            return self.env._("put %s on the card", text)
        return self.env._("take %s off the card", text)

    def _tell_card(self, text, people=None):
        # sudo: giftcard.card - a note that people may not write by themselves
        self.card_id.sudo().message_post(
            body=text,
            author_id=self.env.user.partner_id.id,
            partner_ids=people.ids if people else [],
        )
