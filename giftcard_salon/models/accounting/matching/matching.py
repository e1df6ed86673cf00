# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
BATCH = 500


class GiftcardAccounting(models.AbstractModel):
    """The journal items of a card that is over are matched with each other.

    What is open on the accounts of cards is then what is on the cards. What comes back
    to such a card later is an open item again, until it is used.
    """

    _inherit = "giftcard.accounting"

    @api.model
    def _match_ended(self):
        """Match a batch of cards whose items came to nothing; by the scheduler.

        Those that cannot be matched are passed over: the next ones have their turn.

        :return: the items that were matched
        :rtype: account.move.line
        """
        passed = 0
        while ended := self._find_ended(BATCH, passed):
            matched = self._match_together(ended)
            passed += len(
                [
                    items_of_card
                    for items_of_card in ended
                    if items_of_card.filtered(lambda item: not item.reconciled)
                ]
            )
            if matched:
                if len(ended) == BATCH:
                    self._match_soon()
                return matched
        return self.env["account.move.line"].sudo()

    @api.model
    def _match_soon(self):
        """Have the scheduler match what has just been posted."""
        cron = self.env.ref("giftcard_salon.ir_cron_match", raise_if_not_found=False)
        if cron:
            # sudo: ir.cron - anybody may have the scheduler start sooner
            cron.sudo()._trigger()

    @api.model
    def _find_ended(self, limit, passed=0):
        """Return the open items of cards that have nothing left in the accounts.

        :param int limit: of how many cards, at most
        :param int passed: without so many of the first ones
        :return: per card, account and currency its open items
        :rtype: list[account.move.line]
        """
        self.env["account.move.line"].flush_model()
        self.env["account.account"].flush_model(["reconcile", "account_type"])
        rows = self.env.execute_query(
            SQL(
                """SELECT array_agg(line.id ORDER BY line.date, line.id)
                     FROM account_move_line line
                     JOIN account_account account ON account.id = line.account_id
                     JOIN res_company company ON company.id = line.company_id
                    WHERE line.giftcard_card_id IS NOT NULL
                      AND line.reconciled IS NOT TRUE
                      AND line.parent_state = 'posted'
                      AND account.reconcile
                      AND account.account_type = 'liability_current'
                    GROUP BY line.giftcard_card_id, line.account_id, line.currency_id,
                             split_part(company.parent_path, '/', 1)
                   HAVING SUM(line.amount_residual_currency) = 0 AND COUNT(*) > 1
                    ORDER BY line.giftcard_card_id, line.account_id,
                             line.currency_id, MIN(line.id)
                    LIMIT %s OFFSET %s""",
                limit,
                passed,
            )
        )
        # sudo: account.move.line - what the scheduler matches, whoever posted it
        items = self.env["account.move.line"].sudo()
        return [items.browse(ids) for (ids,) in rows]

    @api.model
    def _match_together(self, ended):
        """Match each of these; one that cannot be matched leaves the others alone.

        :param list[account.move.line] ended: as of :meth:`_find_ended`
        :return: the items that were matched
        :rtype: account.move.line
        """
        # sudo: account.move.line - what the scheduler matches, whoever posted it
        items = self.env["account.move.line"].sudo()
        try:
            with self.env.cr.savepoint():
                self._match(ended)
        except Exception:
            if len(ended) == 1:
                _logger.exception("Items %s were not matched", ended[0].ids)
                return items
            return items.union(
                *(self._match_together([items_of_card]) for items_of_card in ended)
            )
        return items.union(*ended).filtered("reconciled")

    @api.model
    def _match(self, ended):
        """Match what comes to nothing in both currencies without a new entry.

        What is left over in the company's own currency, of items that were posted at
        other rates, Odoo posts as an exchange difference.
        """
        even = [
            items_of_card
            for items_of_card in ended
            if items_of_card.company_currency_id.is_zero(
                sum(items_of_card.mapped("amount_residual"))
            )
        ]
        if even:
            self._reconcile(even, is_even=True)
        remaining = [
            items_of_card.filtered(lambda item: not item.reconciled)
            for items_of_card in ended
        ]
        if remaining := list(filter(None, remaining)):
            self._reconcile(remaining)

    @api.model
    def _reconcile(self, plan, is_even=False):
        """Match items, as one of the server's own writes.

        :param list[account.move.line] plan: what is matched with each other
        :param bool is_even: nothing is left over in the company's own currency
        """
        # sudo: account.move.line - what the scheduler matches, whoever posted it
        items = self._as_writer(self.env["account.move.line"].sudo())
        items = items.with_context(no_exchange_difference=is_even)
        items._reconcile_plan(
            [items_of_card.with_env(items.env) for items_of_card in plan]
        )
