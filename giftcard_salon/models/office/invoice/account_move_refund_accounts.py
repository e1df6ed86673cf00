# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models

from ....tools.bonus import share_within
from ....tools.tax_split import TaxSplit


class AccountMove(models.Model):
    """A bonus goes back on the income accounts that it lowered."""

    _inherit = "account.move"

    def _share_giftcard_bonus(self, redemption, taxes, discount):
        """Share what goes back over accounts: no more than is left on each (R4).

        By what this credit note takes back of each; what is left of all of them goes
        back as it is.

        :param redemption: ``giftcard.redemption``
        :param taxes: ``account.tax`` records of the discount
        :param TaxSplit discount: positive
        :return: tuples of an ``account.account`` record and its share
        :rtype: list[tuple]
        """
        remaining = self._get_giftcard_bonus_by_account(redemption, taxes)
        if discount == sum(remaining.values(), TaxSplit()):
            return list(remaining.items())
        limits = {account: max(kept.gross, 0) for account, kept in remaining.items()}
        if len(limits) < 2 or discount.gross > sum(limits.values()):
            return [(next(iter(limits), self.env["account.account"]), discount)]
        digits = self.currency_id.decimal_places
        incomes = self._get_giftcard_incomes(taxes)
        by_account = share_within(discount.gross, limits, incomes, digits)
        shares = discount.split_by_weight(list(by_account.values()), digits)
        return list(zip(by_account, shares, strict=True))

    def _get_giftcard_bonus_by_account(self, redemption, taxes):
        """Return what the invoice gave and other credit notes did not take back.

        :return: positive, by ``account.account`` records
        :rtype: dict[account.account, TaxSplit]
        """
        remaining, invoice = {}, self.reversed_entry_id
        for move in invoice | self._get_giftcard_other_notes():
            for line in move._get_giftcard_bonus_lines(redemption):
                if line.tax_ids == taxes:
                    split = line._get_giftcard_line_split()
                    kept = remaining.get(line.account_id, TaxSplit())
                    remaining[line.account_id] = (
                        kept - split if move == invoice else kept + split
                    )
        return {
            account: kept for account, kept in remaining.items() if not kept.is_zero
        }
