# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from ..browser.tour_common import GiftcardTourCommon


@tagged("post_install", "-at_install", "-standard", "giftcard_beside")
class TestBesideTables(GiftcardTourCommon):
    """Bills that are split, put together and moved (`pos_restaurant`), to the books."""

    def setUp(self):
        super().setUp()
        self.env["loyalty.program"].search([]).active = False
        products = self._make_services(("Massage", 60, 20), ("Lunch", 30, 10))
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
        config = self.main_pos_config
        discount = self.env["product.product"].create(
            {"name": "Discount", "type": "service", "available_in_pos": True}
        )
        discount.taxes_id = False
        config.write(
            {
                "module_pos_restaurant": True,
                "default_screen": "register",
                "module_pos_discount": True,
                "discount_product_id": discount.id,
            }
        )
        config.floor_ids = self.env["restaurant.floor"].create(
            {
                "name": "Salon",
                "pos_config_ids": [Command.link(config.id)],
                "table_ids": [
                    Command.create({"table_number": number, "seats": 2})
                    for number in (1, 2)
                ],
            }
        )
        config.with_user(self.pos_user).open_ui()

    def test_bills_in_motion(self):
        hundred = self._issue_as("GC7K4MQX9TRV2HWD3P", 100)
        fifty = self._issue_as("GC3N8RB5ZC7YQ1M4RX", 50)
        before = self.env["giftcard.tie.out"].create({}).difference
        self.start_pos_tour("giftcard_tables", timeout=300)
        self.env.invalidate_all()
        session = self.main_pos_config.current_session_id
        paid = session.order_ids.filtered(lambda order: order.state == "paid")
        self.assertEqual(
            sorted(paid.mapped("amount_total")),
            [39, 48, 48, 48, 100, 115, 115, 138, 143.2],
        )
        self.assertFalse(
            session.order_ids.filtered(
                lambda order: order.state == "draft" and order.lines
            )
        )
        self.assertCard(hundred, 0)
        self.assertCard(fifty, 0)
        self.assertEqual(self._redemptions(hundred), [("captured", 100)])
        self.assertEqual(self._redemptions(fifty), [("captured", 2), ("captured", 48)])
        sold = paid.lines.giftcard_card_id
        self.assertEqual(sorted(sold.mapped("value")), [90, 100, 100])
        package = sold.filtered(lambda card: card.value == 90)
        self.assertEqual(package.entitlement_ids.mapped("value"), [60, 30])
        session = session.sudo()
        session.post_closing_cash_details(session.cash_register_balance_end)
        self.assertTrue(session.close_session_from_ui()["successful"])
        items = session.move_id.line_ids
        liability = self.env.company.giftcard_liability_account_id
        deferred = self.env.company.giftcard_deferred_account_id
        for account, amount in ((liability, -50), (deferred, -77.27)):
            own = items.filtered(
                lambda item, account=account: item.account_id == account
            )
            self.assertAlmostEqual(sum(own.mapped("balance")), amount, 2)
        after = self.env["giftcard.tie.out"].create({}).difference
        self.assertEqual(after, before)
