# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

from ....tools.server_fields import as_writer, is_writer

# the server's own write: a posting, with all that it checks. Odoo's `_post` stands
# between it and the `write` that says "posted"
POSTING = "giftcard_posting"


class AccountMove(models.Model):
    """Nothing reaches the accounts of cards, or leaves them, behind the cards' back."""

    _inherit = "account.move"

    def _post(self, soft=True):
        """Override of `account`: the accounts of cards take cards only."""
        self.env["giftcard.accounting"]._check_posting(self)
        moves = as_writer(self, POSTING)
        return super(AccountMove, moves)._post(soft).with_env(self.env)

    def write(self, vals):
        """Override of `account`: saying that an entry is posted does not post it."""
        state = vals.get("state")
        if state == "posted" and not is_writer(self.env, POSTING):
            self._refuse_giftcard_state()
        elif state in ("draft", "cancel"):
            posted = self.filtered(lambda move: move.state == "posted")
            self.env["giftcard.accounting"]._check_undo(posted)
        return super().write(vals)

    def _refuse_giftcard_state(self):
        """Refuse to take as posted what was not, when gift cards are part of it.

        :raises UserError: with the way to post it
        """
        for move in self.filtered(lambda move: move.state != "posted"):
            if move._has_giftcards():
                raise UserError(
                    self.env._(
                        "Gift cards are part of %s: post it with its button, which "
                        "takes the money off the cards.",
                        move.display_name,
                    )
                )

    def _has_giftcards(self):
        """Tell whether gift cards are part of this entry; adapters add theirs."""
        self.ensure_one()
        return bool(self.env["giftcard.accounting"]._get_card_items(self))

    def button_draft(self):
        """Override of `account`: what cards stand behind stays posted."""
        posted = self.filtered(lambda move: move.state == "posted")
        self.env["giftcard.accounting"]._check_undo(posted)
        return super().button_draft()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Override of `account`: what cards stand behind is undone with the card."""
        entries = self.filtered(lambda move: move.move_type == "entry")
        self.env["giftcard.accounting"]._check_undo(entries)
        return super()._reverse_moves(default_values_list, cancel)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_giftcards(self):
        """What was posted for cards is kept, as the cards' ledger is."""
        self.env["giftcard.accounting"]._check_undo(self.filtered("posted_before"))
