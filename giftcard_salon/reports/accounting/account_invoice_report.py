# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.tools import SQL

from ...models.accounting.res_company import CARD_ACCOUNTS
from ...tools.analysis_sql import columns_of, leave_out

MEASURES = (
    "quantity",
    "price_subtotal_currency",
    "price_subtotal",
    "price_total",
    "price_total_currency",
    "price_average",
    "price_margin",
    "inventory_value",
)
GIFTCARD_COLUMNS = ("giftcard_amount",)


class AccountInvoiceReport(models.Model):
    """Invoice analysis: lines on the accounts of cards are no turnover.

    They sell a card, or take off what a card paid when it was sold. What clients get
    for cards is on lines of its own.
    """

    _inherit = "account.invoice.report"

    giftcard_amount = fields.Float(
        "Gift cards",
        readonly=True,
        help="Gift cards sold, less those used that were sold with VAT; without VAT. "
        "Not in the other figures.",
    )

    @property
    def _table_query(self):
        """Override of `account`, around what other modules add to the query."""
        return leave_out(
            super()._table_query,
            columns_of(self, GIFTCARD_COLUMNS),
            MEASURES,
            (),
            SQL(
                """JOIN account_move_line line ON line.id = report.id
                   JOIN account_account account ON account.id = line.account_id"""
            ),
            self._get_giftcard_condition(),
            {
                "giftcard_amount": SQL(
                    "CASE WHEN out.is_out THEN report.price_subtotal ELSE 0 END"
                )
            },
        )

    def _get_giftcard_condition(self):
        """Return when ``line``, with its ``account``, is money of cards.

        Also on accounts that a company used for cards before it chose others.

        :rtype: SQL
        """
        accounts = SQL(", ").join(
            SQL.identifier("res_company", f"giftcard_{role}_account_id")
            for role in CARD_ACCOUNTS
        )
        return SQL(
            """account.id IN (SELECT unnest(ARRAY[%s]) FROM res_company)
               OR line.giftcard_entry_id IS NOT NULL
                  AND account.account_type LIKE 'liability%%'""",
            accounts,
        )
