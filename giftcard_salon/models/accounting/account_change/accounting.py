# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ....tools.allocation import exact
from ....tools.server_fields import as_writer
from ..chart_numbers import ROLES
from .res_company import MOVED


class GiftcardAccounting(models.AbstractModel):
    """What is on an account of cards moves to another one, card by card."""

    _inherit = "giftcard.accounting"

    @api.model
    def _find_balances(self, company, role, accounts):
        """Return what is on accounts that carry cards, card by card.

        :param company: ``res.company`` record
        :param str role: 'liability', 'deferred', 'tips' or 'contra'
        :param accounts: ``account.account`` records
        :return: tuples of account id, card id, currency id, and two decimals: the
            balance in that currency and in the company's
        :rtype: list[tuple]
        """
        self.env["account.move.line"].flush_model()
        is_ours = SQL("line.giftcard_card_id IS NOT NULL")
        rows = self.env.execute_query(
            SQL(
                """SELECT line.account_id, line.giftcard_card_id, line.currency_id,
                          SUM(line.amount_currency), SUM(line.balance)
                     FROM account_move_line line
                    WHERE line.company_id = %s AND line.account_id IN %s
                      AND line.parent_state = 'posted' AND %s
                    GROUP BY 1, 2, 3
                   HAVING SUM(line.amount_currency) <> 0 OR SUM(line.balance) <> 0
                    ORDER BY 1, 2, 3""",
                company.id,
                tuple(accounts.ids) or (0,),
                SQL("TRUE") if role == "contra" else is_ours,
            )
        )
        return [(*row[:3], *map(exact, row[3:])) for row in rows]

    @api.model
    def _sum_by_currency(self, balances):
        """Return what balances come to, without the accounts that come to nothing.

        :param list balances: as of :meth:`_find_balances`
        :return: decimals by currency; what is owed is negative
        :rtype: dict
        """
        sums = defaultdict(Decimal)
        for _account_id, _card_id, currency_id, amount, _balance in balances:
            sums[self.env["res.currency"].browse(currency_id)] += amount
        return sums

    @api.model
    def _find_draft_items(self, company, account):
        """Return the items that will be posted to an account of cards.

        :param company: ``res.company`` record
        :param account: ``account.account`` record; may be none
        :rtype: account.move.line
        """
        return self.env["account.move.line"].search(
            [
                ("company_id", "=", company.id),
                ("account_id", "in", account.ids),
                ("parent_state", "=", "draft"),
            ]
        )

    @api.model
    def _find_former_accounts(self, company, role, new):
        """Return the accounts whose cards belong on ``new``.

        The one that is chosen now, and those that were chosen before.

        :param company: ``res.company`` record
        :param str role: as for :meth:`_find_balances`
        :param new: ``account.account`` record
        :rtype: account.account
        """
        chosen = company[f"giftcard_{role}_account_id"]
        # of the contra account no item says that it is of cards
        if role == "contra":
            return chosen - new
        changes = self.env["giftcard.account.change"].search(
            [("company_id", "=", company.id), ("role", "=", role)]
        )
        tie_out = self.env["giftcard.tie.out"].new({"company_id": company.id})
        former = changes.old_account_id | chosen.browse(
            account_id
            for account_id, liability_kind in tie_out._get_accounts().items()
            if account_id and liability_kind == role
        )
        for other in ROLES:
            former -= company[f"giftcard_{other}_account_id"]
        return (chosen | former) - new

    @api.model
    def _find_posting_companies(self, company):
        """Return the other companies in whose accounts ``company``'s cards are.

        :param company: ``res.company`` record
        :rtype: res.company
        """
        # sudo: res.company - all companies of a legal entity, seen or not
        return company.sudo()._get_giftcard_entity() - company

    @api.model
    def _find_balances_elsewhere(self, company, ledger_company, role, accounts):
        """Return what cards of one company have on accounts of another one.

        :param company: ``res.company`` record that sold the cards
        :param ledger_company: ``res.company`` record of the same legal entity
        :param str role: as for :meth:`_find_balances`
        :param accounts: ``account.account`` records that ``company`` leaves
        :return: as of :meth:`_find_balances`
        :rtype: list[tuple]
        """
        if role == "contra":
            return []
        balances = self._find_balances(ledger_company, role, accounts)
        cards = self.env["giftcard.card"].browse(row[1] for row in balances)
        card_ids = set(cards.filtered(lambda card: card.company_id == company).ids)
        return [row for row in balances if row[1] in card_ids]

    @api.model
    def _move_account(self, company, role, new):
        """Choose another account for cards, and move there what is on the old ones.

        Draft entries change with it; tills that are open post to it at their closing.
        Cards that were used in other companies of the legal entity leave the old
        accounts there too; what those companies chose stays.

        :param company: ``res.company`` record
        :param str role: as for :meth:`_find_balances`
        :param new: ``account.account`` record
        :return: the posted journal entries, one per company that has something to move
        :rtype: account.move
        :raises UserError: when the period is locked, or the account is not suitable
        """
        name = f"giftcard_{role}_account_id"
        chosen = company[name]
        old = self._find_former_accounts(company, role, new)
        balances = self._find_balances(company, role, old)
        as_writer(company, MOVED).write({name: new.id})
        # a former account may carry other things by now
        drafts = self._as_writer(self._find_draft_items(company, chosen - new))
        drafts.write({"account_id": new.id})
        move = self._post_moved(company, role, balances, new)
        self._note_moved(company, role, chosen, new, move)
        cleared_accounts = (old - chosen).filtered(
            lambda account: account in move.line_ids.account_id
        )
        self._note_moved(
            company, role, cleared_accounts, new, move, is_earlier_balance=True
        )
        moves = move
        for ledger_company in self._find_posting_companies(company):
            elsewhere = self._find_balances_elsewhere(
                company, ledger_company, role, old
            )
            move = self._post_moved(ledger_company, role, elsewhere, new)
            cleared_accounts = move.line_ids.account_id
            self._note_moved(
                company, role, cleared_accounts, new, move, is_earlier_balance=True
            )
            moves |= move
        self._match_soon()
        return moves

    @api.model
    def _post_moved(self, company, role, balances, new):
        """Post in a company what moves to another account."""
        if not balances:
            return self.env["account.move"]
        texts = self._in_language_of(company)
        items = [
            item
            for balance in balances
            for item in texts._prepare_moved_items(balance, new)
        ]
        field = company._fields[f"giftcard_{role}_account_id"]
        label = field._description_string(texts.env)
        ref = texts.env._("%s: moved to another account", label)
        return self._post_items(company, items, ref)

    @api.model
    def _note_moved(self, company, role, accounts, new, move, is_earlier_balance=False):
        """Keep which accounts the cards of a company have left, and with which entry.

        :param bool is_earlier_balance: they were not the chosen ones any more
        """
        self.env["giftcard.account.change"].create(
            [
                {
                    "company_id": company.id,
                    "role": role,
                    "old_account_id": account.id,
                    "new_account_id": new.id,
                    "is_earlier_balance": is_earlier_balance,
                    "date": self.env["giftcard.card"]._today(company),
                    "move_id": move.id,
                }
                for account in accounts - new
            ]
        )

    @api.model
    def _prepare_moved_items(self, balance, new):
        account_id, card_id, currency_id, amount, company_amount = balance
        card = self.env["giftcard.card"].browse(card_id or [])
        common = {
            "name": self.env._("Gift card %s: moved to another account", card.name)
            if card
            else self.env._("Moved to another account"),
            "currency_id": currency_id,
            "giftcard_card_id": card.id,
        }
        return [
            {
                **common,
                "account_id": to_id,
                "amount_currency": float(sign * amount),
                "balance": float(sign * company_amount),
            }
            for to_id, sign in ((account_id, -1), (new.id, 1))
        ]

    @api.model
    def _get_undo_refusal(self, move):
        """Override: what moved cards to another account is moved back the same way."""
        changes = self.env["giftcard.account.change"].sudo()
        if changes.search_count([("move_id", "=", move.id)], limit=1):
            return self.env._(
                "%s stays as it is: it moved gift cards to another account. Move them "
                "again under Gift cards > Accounting > Move to another account.",
                move.display_name,
            )
        return super()._get_undo_refusal(move)
