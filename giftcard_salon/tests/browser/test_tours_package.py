# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.fields import Command
from odoo.tests import tagged

from .tour_common import GiftcardTourCommon

SERVICES = (("Massage", 60, 20), ("Lunch", 30, 10), ("Honey", 10, 5.5))


@tagged("post_install", "-at_install", "giftcard_tour")
class TestGiftcardToursPackage(GiftcardTourCommon):
    """A day package from its sale to its end as a gift card, in the browser."""

    def setUp(self):
        super().setUp()
        products = self._make_services(*SERVICES)
        self._make_type(
            name="Day package",
            kind="service",
            vat_mode="spv",
            amount_ids=False,
            service_ids=[
                Command.create({"product_id": products["Massage"].id, "quantity": 2}),
                Command.create({"product_id": products["Lunch"].id}),
                Command.create({"is_tip": True, "price": 5}),
            ],
        )
        self.main_pos_config.with_user(self.pos_user).open_ui()

    def test_a_package_is_sold_used_given_back_and_changed(self):
        self.start_pos_tour("giftcard_package", timeout=600)
        sale, bill, refund, last = self._orders()
        self.assertEqual(
            (sale + bill + refund + last).mapped("amount_total"), [155, 100, 0, 10]
        )
        package = sale.lines.giftcard_card_id
        self.assertCard(package, 0, status="converted")
        pairs = bill.lines.filtered("giftcard_deduction_key").sorted("id")
        self.assertEqual(pairs.mapped("giftcard_role"), ["item", "deduction"])
        self.assertEqual(sum(pairs.mapped("price_subtotal")), 0)
        card = last.lines.filtered(
            lambda line: line.giftcard_role == "conversion_in"
        ).giftcard_card_id
        self.assertCard(card, 145)
        tie_out = self.env["giftcard.tie.out"].create({})
        self.assertTrue(tie_out.is_equal, tie_out.difference)
