# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from .test_tours import FIFTY, HUNDRED
from .tour_common import GiftcardTourCommon


@tagged("post_install", "-at_install", "giftcard_tour")
class TestGiftcardToursNet(GiftcardTourCommon):
    """Prices without tax, at a till that shows them so: from the till to the books."""

    def setUp(self):
        super().setUp()
        products = self._make_services(
            ("Massage", 50, 20), ("Lunch", 33.33, 10), price_include="tax_excluded"
        )
        self._make_type(
            name="Day package",
            kind="service",
            vat_mode="spv",
            amount_ids=False,
            service_ids=[
                Command.create({"product_id": product.id})
                for product in products.values()
            ],
        )
        self.main_pos_config.iface_tax_included = "subtotal"
        self.main_pos_config.with_user(self.pos_user).open_ui()

    def test_prices_without_tax(self):
        hundred = self._issue_as(HUNDRED, 100)
        bonus = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": "bonus", "value": 55, "price": 50}],
            "issue",
            self._origin(),
        )
        bonus.sudo().write(bonus._prepare_code(FIFTY))
        self._commit()
        before = self.env["giftcard.tie.out"].create({}).difference
        self.start_pos_tour("giftcard_net", timeout=300)
        paid, discounted, sale, use = self._orders()
        self.assertEqual(
            [(bill.amount_total, bill.amount_tax) for bill in paid + discounted],
            [(96.66, 13.33), (55.0, 9.17)],
        )
        self.assertEqual((sale.amount_total, sale.amount_tax), (96.66, 13.33))
        self.assertEqual((use.amount_total, use.amount_tax), (0, 0))
        self.assertCard(hundred, 3.34)
        self.assertCard(bonus, 0)
        package = sale.lines.giftcard_card_id
        self.assertCard(package, 0, status="used")
        session = self.main_pos_config.current_session_id.sudo()
        session.post_closing_cash_details(session.cash_register_balance_end)
        self.assertTrue(session.close_session_from_ui()["successful"])
        company = self.env.company
        vat = self.company_data["default_account_tax_sale"]
        for account, amount in (
            (company.giftcard_liability_account_id, 146.66),
            (company.giftcard_deferred_account_id, 0),
            (vat, -35.83),
        ):
            items = session.move_id.line_ids.filtered(
                lambda item, account=account: item.account_id == account
            )
            self.assertAlmostEqual(sum(items.mapped("balance")), amount, 2)
        after = self.env["giftcard.tie.out"].create({}).difference
        self.assertEqual(after, before)
