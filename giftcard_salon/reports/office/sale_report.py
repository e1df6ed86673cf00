# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.tools import SQL

from ...tools.analysis_sql import columns_of, leave_out

MEASURES = (
    "product_uom_qty",
    "qty_to_deliver",
    "qty_delivered",
    "qty_to_invoice",
    "qty_invoiced",
    "price_subtotal",
    "price_total",
    "untaxed_amount_to_invoice",
    "untaxed_amount_invoiced",
    "discount_amount",
    "margin",
    "nbr",
)
GIFTCARD_COLUMNS = ("giftcard_sold",)


class SaleReport(models.Model):
    """Sales analysis: a card's sale and its redemption are not counted both."""

    _inherit = "sale.report"

    giftcard_sold = fields.Monetary(
        "Gift cards sold",
        readonly=True,
        help="What clients pay for gift cards. Not in the other figures.",
    )

    @property
    def _table_query(self):
        """Override of `sale`, around what other modules add to the query."""
        deduction = self.env["ir.model.data"]._xmlid_to_res_id(
            "giftcard_salon.product_deduction"
        )
        return leave_out(
            SQL(super()._table_query),
            columns_of(self, GIFTCARD_COLUMNS),
            MEASURES,
            ("price_unit", "discount"),
            SQL(
                """LEFT JOIN product_template template
                          ON template.id = report.product_tmpl_id"""
            ),
            SQL(
                "template.giftcard_type_id IS NOT NULL OR report.product_id = %s",
                deduction or 0,
            ),
            {
                "giftcard_sold": SQL(
                    """CASE WHEN template.giftcard_type_id IS NOT NULL
                            THEN report.price_total ELSE 0 END"""
                )
            },
        )


class CrmTeam(models.Model):
    _inherit = "crm.team"

    def _compute_invoiced(self):
        """Override of `sale`: invoiced for what was supplied, gift cards apart."""
        result = super()._compute_invoiced()
        # the month that core has just summed up: it takes the server's day
        today = fields.Datetime.now().date()
        rows = self.env.execute_query(
            SQL(
                """SELECT move.team_id, -SUM(line.balance)
                     FROM account_move_line line
                     JOIN account_move move ON move.id = line.move_id
                     JOIN account_account account ON account.id = line.account_id
                    WHERE move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                      AND move.payment_state IN ('in_payment', 'paid', 'reversed')
                      AND move.state = 'posted'
                      AND move.team_id IN %s
                      AND move.date BETWEEN %s AND %s
                      AND line.display_type = 'product'
                      AND (%s)
                    GROUP BY move.team_id""",
                tuple(self.ids) or (0,),
                today.replace(day=1),
                today,
                self.env["account.invoice.report"]._get_giftcard_condition(),
            )
        )
        money = dict(rows)
        for team in self:
            team.invoiced -= float(money.get(team._origin.id, 0))
        return result
