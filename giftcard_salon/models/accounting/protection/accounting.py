# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

from ....tools.server_fields import as_writer, is_writer
from ..res_company import CARD_ACCOUNTS


class GiftcardAccounting(models.AbstractModel):
    """The accounts of cards accept what cards stand behind, and nothing else."""

    _inherit = "giftcard.accounting"

    @api.model
    def _as_writer(self, records):
        """Return ``records`` for one of the add-on's own postings."""
        return as_writer(records)

    @api.model
    def _get_card_accounts(self, company):
        """Return the accounts on which ``company`` keeps cards.

        :param company: ``res.company`` record
        :rtype: account.account
        """
        # sudo: res.company, account.account - which accounts are guarded, whoever posts
        accounts = self.env["account.account"].sudo()
        for level in company.sudo().parent_ids:
            for role in CARD_ACCOUNTS:
                accounts |= level[f"giftcard_{role}_account_id"]
        return accounts

    @api.model
    def _get_card_items(self, move):
        """Return the items of ``move`` on accounts of cards.

        :param move: ``account.move`` record
        :rtype: account.move.line
        """
        return self._filter_card_items(move.line_ids, move.company_id)

    @api.model
    def _filter_card_items(self, items, company):
        """Return those of the items that carry cards.

        Those on the accounts that are chosen for cards, and those that say which card
        they are of: on an account that was chosen before, or that another company of
        the same legal entity keeps its cards on.

        :param items: ``account.move.line`` records
        :param company: ``res.company`` record whose accounts they are
        :rtype: account.move.line
        """
        accounts = self._get_card_accounts(company)
        return items.filtered(
            lambda item: (
                item.account_id in accounts
                or (
                    (item.giftcard_entry_id or item.giftcard_card_id)
                    and item.account_id.account_type == "liability_current"
                )
            )
        )

    @api.model
    def _check_posting(self, moves):
        """Refuse what would part the accounts of cards from the cards.

        :param moves: ``account.move`` records that are posted, or are going to be
        :raises UserError: with what to do instead
        """
        if is_writer(self.env):
            return
        for move in moves:
            items = self._get_card_items(move)
            # sudo: res.company, account.account - which accounts are guarded, whoever
            # posts
            if items and move.company_id.sudo().giftcard_account_protection == "refuse":
                self._check_items(items)

    @api.model
    def _check_items(self, items):
        unknown = items.filtered(lambda item: not item.giftcard_entry_id)
        for account, strange in unknown.grouped("account_id").items():
            # what goes in and out again, as cash-basis entries do, changes nothing
            currency = strange.company_currency_id
            if not currency.is_zero(sum(strange.mapped("balance"))):
                raise UserError(self._get_posting_refusal(account))
        if self.env.su:
            # the server's own documents: an invoice made for a closed till is posted
            # before the till's item is taken back
            return
        # sudo: giftcard.entry - who posts by hand may not read the ledger
        for entry in (items - unknown).giftcard_entry_id.sudo():
            self._check_items_of(entry, items.company_id)

    @api.model
    def _check_items_of(self, entry, company):
        """All items of a ledger entry together post what it says at most."""
        # sudo: account.move.line, giftcard.entry - all that posts this entry, seen or
        # not
        items = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("giftcard_entry_id", "=", entry.id),
                    ("parent_state", "!=", "cancel"),
                ]
            )
        )
        items = self._filter_card_items(items, company)
        posted = -sum(items.mapped("amount_currency"))
        said = entry.net
        compare = entry.currency_id.compare_amounts
        if compare(posted, min(said, 0)) < 0 or compare(posted, max(said, 0)) > 0:
            raise UserError(
                self.env._(
                    "%(label)s: the cards' ledger says %(said)s, the accounts would "
                    "say %(posted)s. Leave the amount and the account of gift cards "
                    "as they are; to correct a card, use Adjust on the card.",
                    label=self._get_label(entry),
                    said=entry.currency_id.format(said),
                    posted=entry.currency_id.format(posted),
                )
            )

    @api.model
    def _get_posting_refusal(self, account):
        return self.env._(
            "%(account)s carries gift cards and nothing else, so that it equals the "
            "cards at any time. Post this on another account. To correct a card, use "
            "Adjust on the card; for cards from elsewhere, use Issue a card. Whether "
            'such postings are refused is the setting "Postings by hand" under Gift '
            "cards > Configuration > Settings.",
            account=account.display_name,
        )

    @api.model
    def _check_undo(self, moves):
        """Refuse to take back by hand what cards stand behind.

        :param moves: ``account.move`` records to be reset, reversed or deleted
        :raises UserError: with the way out
        """
        if is_writer(self.env):
            return
        for move in moves:
            if refusal := self._get_undo_refusal(move):
                raise UserError(refusal)

    @api.model
    def _get_undo_refusal(self, move):
        """Say why ``move`` stays as it is; else an empty text."""
        items = self._get_card_items(move)
        # sudo: account.move.line, giftcard.entry - all that posts this entry, seen or
        # not
        entry = items.giftcard_entry_id.sudo()[:1]
        runs = self.env["giftcard.breakage.run"].sudo()
        if not entry and runs.search_count([("move_id", "=", move.id)], limit=1):
            return self.env._(
                "%s stays as it is: it is income of gift cards in proportion to use. "
                "Change the estimate from a day on and run it again.",
                move.display_name,
            )
        if not entry:
            return ""
        ways = {
            "sale": self.env._("Refund the bill that sold the card."),
            "topup": self.env._("Refund the bill that added the money."),
            "issue": self.env._("Cancel the card."),
            "adjust": self.env._("Adjust the card the other way round."),
            "redeem": self.env._("Refund the bill that the card paid."),
            "expire": self.env._("Extend the card."),
        }
        return self.env._(
            "%(move)s stays as it is: %(label)s stands behind it, and the cards' "
            "ledger only grows. %(way)s",
            move=move.display_name,
            label=self._get_label(entry),
            way=ways.get(
                entry.kind,
                self.env._("Open the card: its buttons offer what can still be done."),
            ),
        )
