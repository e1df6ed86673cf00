# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields
from odoo.tests import tagged

from ..bonus_common import GiftcardBonusCommon


class TurnoverMixin:
    """Odoo's own analyses, read as their screens read them."""

    def _details(self, session):
        report = self.env["report.point_of_sale.report_saledetails"]
        return report.get_sale_details(session_ids=session.ids)

    def _analysis(self, *orders):
        """Sums of the orders analysis: taxes included, net, gift cards sold, used."""
        self.env.flush_all()
        orders = self.env["pos.order"].union(*orders)
        measures = (
            "price_total",
            "price_subtotal_excl",
            "giftcard_sold",
            "giftcard_used",
        )
        [sums] = self.env["report.pos.order"]._read_group(
            [("order_id", "in", orders.ids)], [], [f"{name}:sum" for name in measures]
        )
        return tuple(round(amount, 2) for amount in sums)

    def _rows(self, details):
        return {
            row["name"]: (row["count"], row["amount"]) for row in details["giftcards"]
        }

    def _products(self, details, kind="products"):
        return {
            product["product_name"]: (
                product["quantity"],
                round(product["base_amount"], 2),
            )
            for category in details[kind]
            for product in category["products"]
        }

    def _taxes(self, details, kind="taxes"):
        return {
            tax["name"]: (
                round(tax["base_amount"], 2),
                round(tax["tax_amount"], 2),
            )
            for tax in details[kind]
        }


@tagged("post_install", "-at_install")
class TestTurnover(TurnoverMixin, GiftcardBonusCommon):
    """A card's sale and its use are turnover once: when something is supplied."""

    def setUp(self):
        super().setUp()
        self.session = self._open()

    def _sell_and_redeem(self, **values):
        """100.00 of a card are sold, 60.00 of it pay a service of 80.00."""
        card = self._sell(self.session, 100, **values)
        order = self._redeem(self.session, card, 60, price=80, **values)
        return card.entry_ids.filtered(lambda e: e.kind == "sale"), card, order

    def test_sales_details(self):
        _sale, _card, order = self._sell_and_redeem()
        details = self._details(self.session)
        self.assertEqual(self._products(details), {"Service 20 %": (1, 66.67)})
        self.assertEqual(details["products_info"], {"total": 66.67, "qty": 1})
        self.assertEqual(self._taxes(details), {"VAT 20 %": (66.67, 13.33)})
        self.assertEqual(
            details["taxes_info"],
            {"base_amount": 66.67, "tax_amount": order.amount_tax},
        )
        self.assertEqual(
            self._rows(details),
            {
                "Sales and refunds, taxes included": (0, 80),
                "Gift cards sold": (1, 100),
                "Total of the bills": (2, 180),
                "of which paid by gift cards": (1, 60),
            },
        )
        paid = {
            method["name"]: method["total"] for method in details["payments_per_method"]
        }
        self.assertEqual(paid, {"Cash": 120, self.giftcard.name: 60})
        self.assertEqual(details["currency"]["total_paid"], 180)

    def test_sales_details_without_gift_cards_are_cores(self):
        lines = [self._line(self.services[20], 80)]
        payments = [self._payment(self.cash_of(self.session), 80)]
        self._sync(self._payload(self.session, lines, payments))
        details = self._details(self.session)
        self.assertEqual(details["giftcards"], [])
        self.assertEqual(self._products(details), {"Service 20 %": (1, 66.67)})
        self.assertEqual(self._taxes(details), {"VAT 20 %": (66.67, 13.33)})

    def test_sales_details_of_a_day_of_cards_only(self):
        self._sell(self.session, 100, 50)
        details = self._details(self.session)
        self.assertEqual((details["products"], details["taxes"]), ([], []))
        self.assertEqual(self._rows(details)["Gift cards sold"], (2, 150))
        self.assertEqual(
            self._rows(details)["Sales and refunds, taxes included"], (0, 0)
        )

    def test_sales_details_of_refunds(self):
        """The service goes back to the card, then another card is given back."""
        _sale, _card, order = self._sell_and_redeem()
        self._sync(self._refund_payload(order, self.session, 60))
        card = self._sell(self.session, 50)
        sold = self.env["pos.order.line"].search([("giftcard_card_id", "=", card.id)])
        payload = self._refund_payload(
            sold.order_id, self.session, method=self.cash_of(self.session)
        )
        self._sync(payload)
        details = self._details(self.session)
        self.assertEqual(self._products(details), {"Service 20 %": (1, 66.67)})
        self.assertEqual(
            self._products(details, "refund_products"), {"Service 20 %": (1, -66.67)}
        )
        self.assertEqual(
            self._rows(details),
            {
                "Sales and refunds, taxes included": (0, 0),
                "Gift cards sold": (2, 150),
                "Gift cards given back": (1, -50),
                "Total of the bills": (5, 100),
                "of which paid by gift cards": (1, 0),
            },
        )

    def test_top_up_stands_apart(self):
        card = self._sell(self.session, 100)
        line = self._line(
            self.card_product,
            25,
            giftcard_is_topup=True,
            giftcard_reference=card._get_reference(),
        )
        payments = [self._payment(self.cash_of(self.session), 25)]
        self._sync(self._payload(self.session, [line], payments))
        rows = self._rows(self._details(self.session))
        self.assertEqual(rows["Added to gift cards"], (1, 25))
        self.assertEqual(rows["Gift cards sold"], (1, 100))

    def test_sales_details_print(self):
        self._sell_and_redeem()
        self._close(self.session)
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            "point_of_sale.report_saledetails", self.session.ids
        )
        page = " ".join(html.decode().split())
        self.assertIn("Gift cards sold", page)
        self.assertIn("100.00", page)
        self.assertNotIn(self.card_product.display_name, page)

    def test_orders_analysis(self):
        _sale, card, order = self._sell_and_redeem()
        sold = self.env["pos.order"].search([("lines.giftcard_card_id", "=", card.id)])
        self.assertEqual(self._analysis(sold), (0, 0, 100, 0))
        self.assertEqual(self._analysis(sold, order), (80, 66.67, 100, 0))
        self.assertEqual((sold + order).mapped("giftcard_turnover"), [0, 80])
        refund = self._sync(self._refund_payload(order, self.session, 60))[0]
        self.assertEqual(self._analysis(sold, order, refund), (0, 0, 100, 0))
        rows = self.env["report.pos.order"].search([("order_id", "in", sold.ids)])
        self.assertEqual(
            rows.read(["product_qty", "margin", "nbr_lines", "total_discount"])[0],
            {
                "id": rows.id,
                "product_qty": 0,
                "margin": 0,
                "nbr_lines": 0,
                "total_discount": 0,
            },
        )
        rows = self.env["report.pos.order"].search([("order_id", "=", order.id)])
        self.assertEqual((rows.product_qty, rows.margin), (1, 66.67))

    def test_bonus_lowers_the_turnover(self):
        """100.00 paid for a card of 120.00; it pays 80.00: 66.67 are turnover."""
        card = self._make_bonus_card(self.session, 100, 120)
        sold = self.env["pos.order"].search([("lines.giftcard_card_id", "=", card.id)])
        order = self._pay(self.session, card, 80)
        self.assertEqual(self._analysis(sold, order), (66.67, 57.78, 100, 0))
        rows = self.env["report.pos.order"].search([("order_id", "=", order.id)])
        self.assertEqual(sum(rows.mapped("product_qty")), 3)
        details = self._details(self.session)
        # three services; the bonus is money off them, not a thing sold
        self.assertEqual(details["products_info"]["qty"], 3)
        self.assertAlmostEqual(details["products_info"]["total"], 57.78, 2)
        self.assertEqual(
            self._taxes(details),
            {
                "VAT 20 %": (34.72, 6.94),
                "VAT 10 %": (15.16, 1.52),
                "VAT 5.5 %": (7.9, 0.43),
            },
        )
        rows = self._rows(details)
        self.assertEqual(rows["Sales and refunds, taxes included"], (0, 66.67))
        self.assertEqual(rows["Bonus given, taken off the sales"], (1, 13.33))
        self.assertEqual(rows["of which paid by gift cards"], (1, 66.67))

    def test_till_and_digest_show_turnover(self):
        self._sell_and_redeem()
        data = self.session.get_closing_control_data()
        self.assertEqual(data["orders_details"], {"quantity": 2, "amount": 80})
        self.assertEqual(data["giftcard_sold"], 100)
        self.assertEqual(data["giftcard_redeemed"], 60)
        self.assertEqual(data["giftcard_total"], 180)
        paid = self.config.get_statistics_for_session(self.session)["orders"]["paid"]
        self.assertEqual((paid["amount"], paid["count"]), (80, 2))
        self.assertIn("80.00", paid["display"])
        digest = self.env["digest.digest"].create(
            {"name": "Test", "company_id": self.company.id, "kpi_pos_total": True}
        )
        now = fields.Datetime.now()
        start = fields.Datetime.subtract(now, hours=1)
        end = fields.Datetime.add(now, hours=1)
        digest = digest.with_context(start_datetime=start, end_datetime=end)
        self.env.flush_all()
        self.assertEqual(digest.kpi_pos_total_value, 80)

    def test_margin_is_of_what_was_supplied(self):
        card = self._sell(self.session, 100)
        lines = [self._line(self.services[20], 80), self._line(self.card_product, 50)]
        payments = [
            self._hold_at(self.session, card, 60),
            self._payment(self.cash_of(self.session), 70),
        ]
        order = self._sync(self._payload(self.session, lines, payments))[0]
        self.assertEqual(order.lines.mapped("margin"), [66.67, 0])
        self.assertEqual((order.margin, order.margin_percent), (66.67, 1))

    def test_invoices_analysis(self):
        """Both bills are invoiced: 66.67 net are turnover, 100.00 a gift card."""
        values = {"partner_id": self.client.id, "to_invoice": True}
        card = self._sell(self.session, 100, **values)
        sold = self.env["pos.order"].search([("lines.giftcard_card_id", "=", card.id)])
        order = self._redeem(self.session, card, 60, price=80, **values)
        moves = (sold + order).account_move
        self.env.flush_all()
        [sums] = self.env["account.invoice.report"]._read_group(
            [("move_id", "in", moves.ids)],
            [],
            [
                "price_subtotal:sum",
                "price_total:sum",
                "quantity:sum",
                "price_margin:sum",
                "giftcard_amount:sum",
            ],
        )
        self.assertEqual(
            tuple(round(amount, 2) for amount in sums), (66.67, 80, 1, 66.67, 100)
        )
        self.client.invalidate_recordset(["total_invoiced"])
        self.assertAlmostEqual(self.client.total_invoiced, 66.67, 2)

    def test_team_invoiced(self):
        team = self.env["crm.team"].sudo().create({"name": "Reception"})
        values = {"partner_id": self.client.id, "to_invoice": True}
        card = self._sell(self.session, 100, **values)
        sold = self.env["pos.order"].search([("lines.giftcard_card_id", "=", card.id)])
        order = self._redeem(self.session, card, 60, price=80, **values)
        (sold + order).account_move.team_id = team
        self.env.flush_all()
        team.invalidate_recordset(["invoiced"])
        self.assertAlmostEqual(team.invoiced, 66.67, 2)

    def test_sales_analysis(self):
        order = self.env["sale.order"].sudo().create({"partner_id": self.client.id})
        for product, price in ((self.services[20], 80), (self.card_product, 100)):
            self.env["sale.order.line"].sudo().create(
                {
                    "order_id": order.id,
                    "product_id": product.id,
                    "price_unit": price,
                }
            )
        self.env.flush_all()
        [sums] = (
            self.env["sale.report"]
            .sudo()
            ._read_group(
                [("order_reference", "=", f"sale.order,{order.id}")],
                [],
                [
                    "price_subtotal:sum",
                    "price_total:sum",
                    "product_uom_qty:sum",
                    "giftcard_sold:sum",
                ],
            )
        )
        self.assertEqual(
            tuple(round(amount, 2) for amount in sums), (66.67, 80, 1, 100)
        )
