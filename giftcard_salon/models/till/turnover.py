# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ...tools.server_fields import without

COMPUTED = ("giftcard_turnover",)
# lines that move a card's money and supply nothing
MONEY_ROLES = ("sale", "deduction", "conversion_out", "conversion_in")


class PosOrderLine(models.Model):
    """What counts as turnover: what is supplied, on the day, once.

    A card's sale supplies nothing yet, whether its VAT was counted or not. The items
    it pays for later do. The line that takes them off the bill again says how they
    were paid, so it counts as little as a payment does. A bonus is a discount: it
    lowers the item it was given on.
    """

    _inherit = "pos.order.line"

    def _filter_giftcard_money(self):
        """Return the lines that are no turnover.

        :rtype: pos.order.line
        """
        return self.filtered(
            lambda line: (
                line.giftcard_role in MONEY_ROLES or line._filter_giftcard_sale()
            )
        )

    @api.depends("giftcard_role", "product_id")
    def _compute_margin(self):
        """Override of `point_of_sale`: nothing is earned by selling a gift card."""
        result = super()._compute_margin()
        for line in self._filter_giftcard_money():
            line.margin = line.margin_percent = 0
        return result


class PosOrder(models.Model):
    _inherit = "pos.order"

    giftcard_turnover = fields.Monetary(
        "Sales without gift cards",
        compute="_compute_giftcard_turnover",
        store=True,
        help="What was supplied, taxes included. Gift cards sold are not in it; what "
        "gift cards paid for is.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: computed here, whatever the till says."""
        vals_list = [without(vals, COMPUTED) for vals in vals_list]
        orders = super().create(vals_list)
        self.env.add_to_compute(self._fields["giftcard_turnover"], orders)
        return orders

    def write(self, vals):
        return super().write(without(vals, COMPUTED))

    def _auto_init(self):
        """Override: bills of before the first gift card are not computed one by one."""
        new = not column_exists(self.env.cr, self._table, "giftcard_turnover")
        if new and not column_exists(
            self.env.cr, "pos_order_line", "giftcard_entry_id"
        ):
            create_column(self.env.cr, self._table, "giftcard_turnover", "numeric")
            self.env.cr.execute("UPDATE pos_order SET giftcard_turnover = amount_total")
        return super()._auto_init()

    @api.depends(
        "amount_total",
        "lines.price_subtotal_incl",
        "lines.giftcard_role",
        "lines.product_id",
    )
    def _compute_giftcard_turnover(self):
        for order in self:
            order.giftcard_turnover = order.amount_total - order._get_giftcard_money()

    def _get_giftcard_money(self):
        """Return how much of these bills is no turnover, taxes included.

        :rtype: float
        """
        return sum(self.lines._filter_giftcard_money().mapped("price_subtotal_incl"))

    def _get_giftcard_deducted(self):
        """Return what single-purpose cards took off these bills, taxes included.

        :rtype: float
        """
        lines = self.lines.filtered(lambda line: line.giftcard_role == "deduction")
        return -sum(lines.mapped("price_subtotal_incl"))

    @api.depends("lines.giftcard_role", "lines.product_id")
    def _compute_margin(self):
        """Override of `point_of_sale`: a margin is a share of the turnover."""
        result = super()._compute_margin()
        for order in self:
            money = order.lines._filter_giftcard_money()
            if not money or not order.is_total_cost_computed:
                continue
            sign = -1 if order.is_refund else 1
            turnover = sign * sum((order.lines - money).mapped("price_subtotal"))
            is_zero = order.currency_id.is_zero(turnover)
            order.margin_percent = 0 if is_zero else order.margin / turnover
        return result


class PosSession(models.Model):
    _inherit = "pos.session"

    def get_closing_control_data(self):
        """Override of `point_of_sale`: what the till sold, gift cards apart.

        Sales and the gift cards sold together are what all ways to pay add up to,
        gift cards among them.
        """
        data = super().get_closing_control_data()
        orders, rounded = self._get_closed_orders(), self.currency_id.round
        money, deducted = orders._get_giftcard_money(), orders._get_giftcard_deducted()
        paid = sum(orders.payment_ids._filter_giftcard().mapped("amount"))
        details, sold = data["orders_details"], money + deducted
        details["amount"] = rounded(details["amount"] - money)
        data.update(
            giftcard_sold=rounded(sold),
            giftcard_redeemed=rounded(paid + deducted),
            giftcard_total=rounded(details["amount"] + sold),
        )
        return data


class PosConfig(models.Model):
    _inherit = "pos.config"

    def get_statistics_for_session(self, session):
        """Override of `point_of_sale`: what the till sold, gift cards apart."""
        statistics = super().get_statistics_for_session(session)
        orders = session.order_ids.filtered(lambda o: o.state in ("paid", "done"))
        paid, money = statistics["orders"]["paid"], orders._get_giftcard_money()
        if paid and money:
            bills = paid["amount"]
            paid["amount"] = self.currency_id.round(bills - money)
            paid["display"] = paid["display"].replace(
                self.currency_id.format(bills),
                self.currency_id.format(paid["amount"]),
                1,
            )
        return statistics
