# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install", "-standard", "giftcard_beside")
class TestBesidePromotions(GiftcardInvoiceCommon):
    """Odoo's promotions, wallets and orders at the till leave gift cards alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.seller = cls.env["res.users"].browse(cls.cashier.id)
        cls.seller.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def setUp(self):
        super().setUp()
        self.session = self._open()

    def _program(self, kind="promotion", rule=None, **reward):
        return self.env["loyalty.program"].create(
            {
                "name": kind,
                "program_type": kind,
                "trigger": "auto",
                "applies_on": "current" if kind == "promotion" else "future",
                "rule_ids": [
                    Command.create(
                        {
                            "reward_point_mode": "order",
                            "reward_point_amount": 1,
                            **(rule or {}),
                        }
                    )
                ],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 10,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                            **reward,
                        }
                    )
                ],
            }
        )

    def _wallet(self, kind, product):
        """A program whose points are money: Odoo's own gift card or wallet."""
        return self._program(
            kind,
            {"reward_point_mode": "money", "product_ids": [Command.set(product.ids)]},
            discount=1,
            discount_mode="per_point",
        )

    def _mixed_order(self):
        order = self._order(90)
        order.order_line = [
            Command.create({"product_id": self.card_product.id, "price_unit": 100})
        ]
        return order.sudo()

    def _reward(self, order, program, coupon=None):
        order._update_programs_and_rewards()
        coupon = coupon or order.coupon_point_ids.coupon_id
        order._apply_program_reward(program.reward_ids, coupon)
        return sum(order.order_line.filtered("reward_id").mapped("price_total"))

    def test_promotions_take_nothing_off_cards(self):
        for applicability in ("order", "specific", "cheapest"):
            with self.subTest(applicability):
                program = self._program(discount_applicability=applicability)
                order = self._mixed_order()
                self.assertAlmostEqual(self._reward(order, program), -9, 2)
                program.active = False
        points = self._program(
            rule={"reward_point_mode": "money", "minimum_amount": 100}
        )
        order = self._mixed_order()
        order._update_programs_and_rewards()
        self.assertFalse(order.coupon_point_ids, "a card counts towards no threshold")
        points.rule_ids.minimum_amount = 90
        order._update_programs_and_rewards()
        self.assertEqual(order.coupon_point_ids.points, 90)

    def test_promotions_leave_what_a_card_fixed_also_when_confirmed(self):
        program = self._program()
        order = self._order(110).sudo()
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": "bonus card", "value": 110, "price": 100}],
            "issue",
            self._origin(),
        )
        self._commit()
        self._redeem_card(order, card, 55)
        self.assertEqual(order.amount_total, 105)
        self.assertAlmostEqual(self._reward(order, program), -11, 2)
        order.action_confirm()
        self.assertEqual(order.amount_total, 94)

    def test_clicks_in_any_order_give_one_total(self):
        """110.00, a bonus of 5.00, 10 % off: 94.00, however it came about."""

        def use(order):
            card = self.env["giftcard.card"]._issue(
                self.card_type,
                [{"key": str(uuid4()), "value": 110, "price": 100}],
                "issue",
                self._origin(),
            )
            self._commit()
            self._redeem_card(order, card, 55)

        def promote(order):
            self._reward(order, program)

        def wizard(order):
            self.env["sale.order.discount"].sudo().with_context(
                active_id=order.id
            ).create(
                {"discount_type": "so_discount", "discount_percentage": 0.1}
            ).action_apply_discount()

        for applicability in ("order", "specific", "cheapest"):
            program = self._program(discount_applicability=applicability)
            for clicks in ((use, promote), (promote, use)):
                with self.subTest(applicability, clicks=clicks):
                    self._check_clicks(clicks)
            program.active = False
        for clicks in ((use, wizard), (wizard, use)):
            with self.subTest("wizard", clicks=clicks):
                self._check_clicks(clicks)

    def _check_clicks(self, clicks):
        order = self._order(110).sudo()
        for click in clicks:
            click(order)
            order.invalidate_recordset()
        self.assertEqual(order.amount_total, 94)
        order._update_programs_and_rewards()
        self.assertEqual(order.amount_total, 94)
        order.with_user(self.desk).action_confirm()
        self._commit()
        self.assertEqual(order.amount_total, 94)
        invoice = self._invoice_of(order)
        self._posted(invoice)
        self.assertEqual((invoice.amount_total, invoice.amount_residual), (94, 44))

    def test_wallets_pay_no_card_and_cards_pay_no_wallet(self):
        product = self.env["product.product"].create(
            {"name": "Top-up", "type": "service", "available_in_pos": True}
        )
        product.taxes_id = False
        for kind in ("ewallet", "gift_card"):
            with self.subTest(kind):
                program = self._wallet(kind, product)
                order = self._mixed_order()
                coupon = self.env["loyalty.card"].create(
                    {
                        "program_id": program.id,
                        "points": 500,
                        "partner_id": order.partner_id.id,
                    }
                )
                self.assertEqual(self._reward(order, program, coupon), -90)
                self._check_card_pays_no(product)
                program.active = False

    def _check_card_pays_no(self, product):
        card = self._sell(self.session, 200)
        order = self._order(70)
        order.order_line = [
            Command.create({"product_id": product.id, "price_unit": 50})
        ]
        self._refused("At most .*70", lambda: self._redeem_card(order, card, 71))
        self._redeem_card(order, card, 40)
        self._refused("At most .*30", lambda: self._redeem_card(order, card, 31))
        invoice = self._invoice(70)
        invoice.invoice_line_ids = [
            Command.create({"product_id": product.id, "price_unit": 50})
        ]
        invoice.action_post()
        self._refused("At most .*70", lambda: self._redeem_card(invoice, card, 71))
        lines = [self._line(self.services[20], 70), self._line(product, 50)]
        for amount, refusal in ((71, "may pay .*70"), (70, "")):
            payments = [
                self._hold_at(self.session, card, amount, self.cashier),
                self._payment(self.cash_of(self.session), 120 - amount),
            ]
            payload = self._payload(self.session, lines, payments)
            if refusal:
                self._refused(
                    refusal, lambda sent=payload: self._sync(sent, self.cashier)
                )
            else:
                self._sync(payload, self.cashier)

    # === ORDERS AT THE TILL === #

    def _settle(self, order):
        """The bill that the till makes of an order: its lines, as plain ones."""
        lines = [
            self._line(
                line.product_id,
                line.price_unit,
                qty=line.product_uom_qty,
                tax_ids=[Command.set(line.tax_ids.ids)],
                price_subtotal=line.price_subtotal,
                price_subtotal_incl=line.price_total,
                sale_order_origin_id=order.id,
                sale_order_line_id=line.id,
            )
            for line in order.order_line
        ]
        paid = [self._payment(self.cash_of(self.session), order.amount_total)]
        payload = self._payload(self.session, lines, paid, partner_id=self.client.id)
        return self._sync(payload, self.seller)[0]

    def test_till_refuses_an_order_with_a_card_on_it(self):
        card = self._sell(self.session, 100)
        order = self._order(60)
        self._redeem_card(order, card, 40)
        at_till = order.with_user(self.seller)
        on_order = rf"Gift card {card.name} is on order {order.name}"
        self._refused(
            on_order, lambda: at_till.load_sale_order_from_pos(self.config.id)
        )
        self._refused(on_order, lambda: self._settle(order))
        self.assertCard(card, 60, held=40)
        order.giftcard_application_ids.with_user(self.desk).action_remove()
        self._commit()
        data = at_till.load_sale_order_from_pos(self.config.id)
        self.assertNotIn("giftcard", str(data["sale.order"] + data["sale.order.line"]))
        bill = self._settle(order)
        self.assertEqual((bill.state, bill.amount_total), ("paid", 60))
        # and nothing is left that a card could pay at the desk
        order.invalidate_recordset()
        self.assertEqual((order.giftcard_to_pay, order.giftcard_can_apply), (0, False))

    def test_an_order_paid_online_in_part_is_open_for_the_rest(self):
        """100.00, of which 30.00 are invoiced and were paid online: 70.00."""
        order = self._order(100)
        order.action_confirm()
        wizard = self.env["sale.advance.payment.inv"].with_user(self.desk)
        wizard.with_context(active_model="sale.order", active_ids=order.ids).create(
            {"advance_payment_method": "fixed", "fixed_amount": 30}
        ).create_invoices()
        order.invoice_ids.action_post()
        provider = self.env["payment.provider"].sudo().search([], limit=1)
        self.env["payment.transaction"].sudo().create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env["payment.method"].search([], limit=1).id,
                "reference": "online",
                "amount": 30,
                "currency_id": order.currency_id.id,
                "partner_id": self.client.id,
                "sale_order_ids": [Command.set(order.ids)],
                "state": "done",
            }
        )
        order.invalidate_recordset()
        self.assertEqual((order.sudo().amount_paid, order.giftcard_to_pay), (30, 70))

    def test_what_a_till_gave_back_is_open_again(self):
        order = self._order(60)
        bill = self._settle(order)
        item = bill.lines
        back = self._line(
            item.product_id,
            60,
            qty=-1,
            price_subtotal=-item.price_subtotal,
            price_subtotal_incl=-60,
            refunded_orderline_id=item.id,
        )
        paid = [self._payment(self.cash_of(self.session), -60)]
        self._sync(self._payload(self.session, [back], paid, is_refund=True))
        order.invalidate_recordset()
        self.assertEqual(order.giftcard_to_pay, 60)

    def test_templates_bring_no_line_of_a_card(self):
        deduction = self.env.ref("giftcard_salon.product_deduction")
        template = (
            self.env["sale.order.template"]
            .sudo()
            .create(
                {
                    "name": "Copied",
                    "sale_order_template_line_ids": [
                        Command.create(
                            {"product_id": deduction.id, "product_uom_qty": 1}
                        )
                    ],
                }
            )
        )
        order = self._order(60).sudo()
        order.sale_order_template_id = template
        self._refused(
            "where it is used", order._onchange_sale_order_template_id, ValidationError
        )
