# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models

from ...tools.allocation import to_decimal


class GiftcardFixedDocument(models.AbstractModel):
    """A bonus lowers the income of every item it is given on, each on its account."""

    _inherit = "giftcard.fixed.document"

    def _renew_giftcard_bonus(self):
        """Make the discounts of the cards that stay anew, in their order.

        Each was split over what those before it had left, and one of them is gone.
        """
        self.ensure_one()
        applications = self._get_giftcard_applications().filtered(
            lambda application: (
                application._is_tender_bonus()
                and application.state != "captured"
                and application._get_document() == self
                and not application._is_invoiced()
            )
        )
        applications._drop_lines()
        for application in applications.sorted("id"):
            # else it is refused with the document, until it is used again
            if self._get_giftcard_tax_groups(with_tips=False):
                self._add_giftcard_bonus(application)

    def _get_giftcard_incomes(self, taxes):
        """Return what the items of these taxes come to, by income account.

        Without tips, which no bonus lowers, and without cards where anything else is
        sold: what a card is sold for is no income yet.

        :param taxes: ``account.tax`` records
        :return: decimals over zero by ``account.account`` records, in the lines' order
        :rtype: dict
        """
        get_tax_group = self.env["giftcard.accounting"]._get_tax_group
        tax_group = get_tax_group(taxes)
        # lines of a till's bill on its invoice
        products = self.env["product.product"]._get_giftcard_line_products()
        items = (self._get_giftcard_items() - self._get_giftcard_tips()).filtered(
            lambda line: get_tax_group(line.tax_ids) == tax_group
        )
        items -= items.filtered(lambda line: line.product_id in products)
        stored = items.product_id._get_giftcard_stored_value()
        supplies = items.filtered(lambda line: line.product_id not in stored) or items
        digits, incomes = self.currency_id.decimal_places, {}
        for line in supplies:
            if amount := to_decimal(abs(line.price_total), digits):
                account = line._get_giftcard_income()
                incomes[account] = incomes.get(account, 0) + amount
        return incomes

    def _split_giftcard_by_account(self, taxes, split):
        """Split a discount over the income accounts of the items it lowers (R4).

        :param taxes: ``account.tax`` records of the discount
        :param TaxSplit split: positive
        :return: tuples of an ``account.account`` record, empty where there is no item,
            and its share
        :rtype: list[tuple]
        """
        incomes = self._get_giftcard_incomes(taxes)
        if len(incomes) < 2:
            return [(next(iter(incomes), self.env["account.account"]), split)]
        digits = self.currency_id.decimal_places
        shares = split.split_by_weight(list(incomes.values()), digits)
        return [
            (account, share)
            for account, share in zip(incomes, shares, strict=True)
            if not share.is_zero
        ]
