# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.server_fields import is_writer, with_unset, without

# what only the server may say of a journal item
SERVER_FIELDS = (
    "giftcard_card_id",
    "giftcard_entry_id",
    "giftcard_settlement_id",
)
GUARDED_FIELDS = {"account_id", "balance", "debit", "credit", "amount_currency"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"
    giftcard_card_id = fields.Many2one(
        "giftcard.card",
        "Gift card",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
    )
    giftcard_entry_id = fields.Many2one(
        "giftcard.entry",
        "Gift card entry",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
    )
    giftcard_settlement_id = fields.Many2one(
        "giftcard.settlement",
        "Gift card used in another company",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
    )

    giftcard_liability = fields.Monetary(
        "Owed",
        compute="_compute_giftcard_liability",
        currency_field="company_currency_id",
        help="Its credit: what it adds to what is owed to clients.",
    )

    @api.depends("balance")
    def _compute_giftcard_liability(self):
        for item in self:
            item.giftcard_liability = -item.balance

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: also an item added to a posted entry is checked.

        The card of an item is what the server says, no value of the caller's and no
        default of the caller's context.
        """
        if self._may_write_giftcards():
            unset = dict.fromkeys(SERVER_FIELDS, False)
            vals_list = [{**unset, **vals} for vals in vals_list]
        else:
            vals_list = with_unset(vals_list, SERVER_FIELDS)
        items = super().create(vals_list)
        posted = items.filtered(lambda item: item.parent_state == "posted")
        self.env["giftcard.accounting"]._check_posting(posted.move_id)
        return items

    def write(self, vals):
        """Override of `account`: also a change of a posted item is checked."""
        if not self._may_write_giftcards():
            vals = without(vals, SERVER_FIELDS)
        if not GUARDED_FIELDS.intersection(vals):
            return super().write(vals)
        posted = self.filtered(lambda item: item.parent_state == "posted")
        posted._check_giftcard_account(vals)
        result = super().write(vals)
        self.env["giftcard.accounting"]._check_posting(posted.move_id)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_giftcards(self):
        """What was posted for cards is kept, also when its entry is to be deleted.

        Odoo deletes the items of an entry first.
        """
        accounting = self.env["giftcard.accounting"]
        for move in self.move_id.filtered("posted_before"):
            if self & accounting._get_card_items(move):
                accounting._check_undo(move)

    def _may_write_giftcards(self):
        return self.env.su or is_writer(self.env)

    def _check_giftcard_account(self, vals):
        """Refuse to move a card's item to another account.

        :param dict vals: what is going to be written
        :raises UserError: with the way out
        """
        accounting = self.env["giftcard.accounting"]
        if "account_id" not in vals or is_writer(self.env):
            return
        tagged = self.filtered(
            lambda item: item.giftcard_entry_id or item.giftcard_card_id
        )
        for move in tagged.move_id:
            moved = self & accounting._get_card_items(move)
            if not moved.filtered(
                lambda item: item.account_id.id != vals["account_id"]
            ):
                continue
            if refusal := accounting._get_undo_refusal(move):
                raise UserError(refusal)

    def _create_exchange_difference_moves(self, exchange_diff_values_list):
        """Override of `account`: what matching cards in a foreign currency posts."""
        items = self.env["giftcard.accounting"]._as_writer(self)
        moves = super(AccountMoveLine, items)._create_exchange_difference_moves(
            exchange_diff_values_list
        )
        return moves.with_env(self.env)


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """Override of `account`: exchange differences on cards go with their match."""
        matches = self.env["giftcard.accounting"]._as_writer(self)
        return super(AccountPartialReconcile, matches).unlink()
