from odoo import api, models


class AccountMove(models.Model):
    """Nothing reaches the accounts of cards, or leaves them, behind the cards' back."""

    _inherit = "account.move"

    def _post(self, soft=True):
        """Override of `account`: the accounts of cards take cards only."""
        self.env["giftcard.accounting"]._check_posting(self)
        return super()._post(soft)

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
