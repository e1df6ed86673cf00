# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.tools import SQL, drop_view_if_exists

from ...models.till.turnover import MONEY_ROLES
from ...tools.analysis_sql import columns_of, leave_out

MEASURES = (
    "nbr_lines",
    "price_subtotal_excl",
    "price_sub_total",
    "price_total",
    "total_discount",
    "margin",
)
GIFTCARD_COLUMNS = ("product_qty", "giftcard_sold", "giftcard_used")


class ReportPosOrder(models.Model):
    """Orders analysis: a card's sale and its redemption are not counted both.

    What is supplied counts, on the day, once. Selling a card counts as nothing, and
    stands in a measure of its own.
    """

    _inherit = "report.pos.order"

    giftcard_sold = fields.Float(
        "Gift cards sold",
        readonly=True,
        help="What clients paid for gift cards, less what was given back for them. "
        "Not in the other figures.",
    )
    giftcard_used = fields.Float(
        "Paid by cards sold with VAT",
        readonly=True,
        help="What services cost that were paid when a card for them was sold. They "
        "are in the other figures.",
    )

    def init(self):
        """Override of `point_of_sale`: the same view, without the money of cards."""
        query = SQL(f"{self._select()} {self._from()}")
        view = leave_out(
            query,
            columns_of(self, GIFTCARD_COLUMNS),
            MEASURES,
            ("average_price",),
            SQL(
                """JOIN pos_order_line line ON line.id = report.id
                   LEFT JOIN product_template template
                          ON template.id = report.product_tmpl_id"""
            ),
            SQL(
                "template.giftcard_type_id IS NOT NULL OR line.giftcard_role IN %s",
                MONEY_ROLES,
            ),
            {
                # a bonus is money off the things sold, not one more of them
                "product_qty": SQL(
                    """CASE WHEN out.is_out OR line.giftcard_role = 'bonus'
                            THEN 0 ELSE report.product_qty END"""
                ),
                "giftcard_sold": SQL(
                    """CASE WHEN template.giftcard_type_id IS NOT NULL
                            THEN report.price_total ELSE 0 END"""
                ),
                "giftcard_used": SQL(
                    """CASE WHEN line.giftcard_role = 'deduction'
                            THEN -report.price_total ELSE 0 END"""
                ),
            },
        )
        drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL("CREATE VIEW %s AS (%s)", SQL.identifier(self._table), view)
        )


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    def _compute_kpi_pos_total_value(self):
        """Override of `point_of_sale`: the till's turnover, gift cards apart."""
        result = super()._compute_kpi_pos_total_value()
        self._calculate_company_based_kpi(
            "report.pos.order",
            "kpi_pos_total_value",
            date_field="date",
            additional_domain=[
                ("state", "not in", ["draft", "cancel"]),
                ("invoiced", "=", False),
            ],
            sum_field="price_total",
        )
        return result
