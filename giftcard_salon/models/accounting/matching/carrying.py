# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

from ....tools.allocation import exact

# what ends without anybody being served or paid
LOST = ("expire", "unexpire", "escheat", "forfeit")
# an item of Odoo's document is changed without its other lines being made again
QUIET = {"check_move_validity": False, "skip_invoice_sync": True}


class GiftcardAccounting(models.AbstractModel):
    """Cards in another currency than the company's: IFRIC 22.

    What clients paid in advance is not valued again: a redemption takes off the card's
    account its part of what was received, at the rate of that day. Revenue and VAT are
    at the rate of the redemption; what lies between is an exchange difference on a line
    of its own.
    """

    _inherit = "giftcard.accounting"

    @api.model
    def _carry_entries(self, moves):
        """Set what cards carry in entries that are going to be posted.

        :param moves: ``account.move`` records that are no invoices
        """
        for move in moves:
            for item, carried in self._find_uncarried(move.line_ids):
                between = item.balance - float(carried)
                item = self._as_writer(item).with_context(**QUIET)
                item.balance = float(carried)
                if income := self._find_income(item):
                    income.balance = -float(carried)
                    continue
                item.create(
                    {
                        "move_id": move.id,
                        **self._prepare_exchange_item(item, between),
                    }
                )

    @api.model
    def _find_income(self, item):
        """Return the item of what is lost for the client: worth what was received.

        Nothing was bought or paid on that day, so there is no rate of the day.
        """
        if item.giftcard_entry_id.kind not in LOST:
            return item.browse()
        return item.move_id.line_ids.filtered(
            lambda other: (
                other.name == item.name
                and not other.giftcard_entry_id
                and other.currency_id == item.currency_id
                and other.amount_currency == -item.amount_currency
            )
        )[:1]

    @api.model
    def _carry_posted(self, items):
        """Post what lies between an invoice's rate and what its cards carry, once.

        :param items: posted ``account.move.line`` records
        """
        items = items.filtered(lambda item: item.move_id.move_type != "entry")
        uncarried = self._find_uncarried(items)
        if not uncarried:
            return
        entries = items.union(*(item for item, _carried in uncarried)).giftcard_entry_id
        # sudo: account.move.line - other items of the same entry, seen or not
        done = items.sudo().search(
            [
                ("giftcard_entry_id", "in", entries.ids),
                ("amount_currency", "=", 0),
                ("parent_state", "=", "posted"),
            ]
        )
        uncarried = [
            (item, carried)
            for item, carried in uncarried
            if item.giftcard_entry_id not in done.giftcard_entry_id
        ]
        for move, items_of_move in items.grouped("move_id").items():
            lines = [
                line
                for item, carried in uncarried
                if item in items_of_move
                for line in self._prepare_exchange_items(item, float(carried))
            ]
            if lines:
                texts = self._in_language_of(move.company_id).env
                ref = texts._("Exchange difference of gift cards: %s", move.name)
                self._post_items(move.company_id, lines, ref, move.date)

    @api.model
    def _find_uncarried(self, items):
        """Return the items whose balance is not what the cards' ledger says of it.

        :param items: ``account.move.line`` records
        :return: tuples of an item and its balance by the ledger
        :rtype: list
        """
        # sudo: giftcard.entry - what the ledger says of an item, whoever posts
        foreign = items.filtered(
            lambda item: (
                item.currency_id != item.company_currency_id
                and item.giftcard_entry_id
                and item.amount_currency
            )
        ).sudo()
        if not foreign:
            return []
        values = foreign.giftcard_entry_id._read_company_net()
        found = []
        for item in foreign:
            entry, currency = item.giftcard_entry_id, item.company_currency_id
            carried = values.get(entry.id)
            if carried is None or not self._filter_card_items(item, item.company_id):
                continue
            share = -exact(item.amount_currency) / exact(entry.net)
            balance = exact(currency.round(float(-carried * share)))
            if currency.compare_amounts(item.balance, float(balance)):
                found.append((item, balance))
        return found

    @api.model
    def _prepare_exchange_item(self, item, between):
        """Return the line of an exchange difference: a loss, when it is positive."""
        company = item.company_id
        texts = self._in_language_of(company).env
        return {
            "name": texts._(
                "Gift card %s: exchange difference", item.giftcard_card_id.name
            ),
            "account_id": self._get_exchange_account_of(company, between).id,
            "currency_id": company.currency_id.id,
            "amount_currency": between,
            "balance": between,
        }

    @api.model
    def _prepare_exchange_items(self, item, carried):
        """Return the items that take an invoice's line to what the card carries."""
        between = item.balance - carried
        line = self._prepare_exchange_item(item, between)
        return [
            line,
            {
                **line,
                "account_id": item.account_id.id,
                "currency_id": item.currency_id.id,
                "amount_currency": 0.0,
                "balance": -between,
                **self._prepare_tag(item.giftcard_entry_id),
            },
        ]

    @api.model
    def _get_exchange_account_of(self, company, amount):
        name = (
            "expense_currency_exchange_account_id"
            if amount > 0
            else "income_currency_exchange_account_id"
        )
        # sudo: res.company - a branch posts with the accounts of its parents
        for level in reversed(company.sudo().parent_ids):
            if account := level[name]:
                return account
        raise UserError(
            self.env._(
                "Gift cards in another currency have an exchange difference, and "
                "%(company)s has no account for it. Choose its accounts for gains and "
                "losses under Accounting > Configuration > Settings.",
                company=company.name,
            )
        )
