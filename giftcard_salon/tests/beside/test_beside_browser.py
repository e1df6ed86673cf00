# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import json
from uuid import uuid4

from odoo.fields import Command
from odoo.tests import tagged

from ..browser.tour_common import GiftcardTourCommon


@tagged("post_install", "-at_install", "-standard", "giftcard_beside")
class TestBesideBrowser(GiftcardTourCommon):
    """Phones without a login, and what only the till's own screens show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False

    # === PHONES === #

    def _open_for_phones(self):
        config = self.main_pos_config
        config.write(
            {
                "self_ordering_mode": "mobile",
                "self_ordering_default_user_id": self.pos_user.id,
                "use_presets": False,
            }
        )
        config.with_user(self.pos_user).open_ui()
        config.current_session_id.set_opening_control(0, "")
        self.authenticate(None, None)
        return config

    def _ask(self, address, **params):
        """What a phone is answered: the result, or the name and text of the error."""
        answer = self.url_open(
            address,
            json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        error = answer.get("error", {}).get("data", {})
        return answer.get("result") or f"{error.get('name')}: {error.get('message')}"

    def _phone_order(self, config, *lines, device="mobile", **values):
        order = {
            "id": None,
            "uuid": str(uuid4()),
            "session_id": config.current_session_id.id,
            "config_id": config.id,
            "access_token": None,
            "preset_id": None,
            "state": "draft",
            "lines": [
                Command.create(
                    {
                        "uuid": str(uuid4()),
                        "product_id": product.id,
                        "qty": 1,
                        "price_unit": price,
                        "price_subtotal": price,
                        "price_subtotal_incl": price,
                        "tax_ids": [],
                        **line,
                    }
                )
                for product, price, line in lines
            ],
            "amount_total": sum(price for _product, price, _line in lines),
            "amount_tax": 0,
            "amount_paid": 0,
            "amount_return": 0,
            **values,
        }
        return self._ask(
            f"/pos-self-order/process-order/{device}",
            order=order,
            access_token=config.access_token,
            table_identifier=None,
        )

    def test_phones_neither_see_nor_sell_cards(self):
        config = self._open_for_phones()
        data = self._ask(
            f"/pos-self/data/{config.id}", access_token=config.access_token
        )
        names = {product["name"] for product in data["product.template"]}
        self.assertIn("Balayage", names)
        self.assertNotIn("Gift card", names)
        self.assertNotIn("giftcard", json.dumps(data))
        service = self.env["product.product"].search([("name", "=", "Balayage")])
        card = self.card_type.product_ids.product_variant_ids
        deduction = self.env.ref("giftcard_salon.product_deduction")
        method = config.payment_method_ids.filtered("giftcard_is_method")
        used = Command.create({"payment_method_id": method.id, "amount": 115})
        for lines, values in (
            ([(card, 100, {})], {}),
            ([(card, 100, {}), (service, -100, {})], {}),
            ([(card, 100, {})], {"device": "kiosk"}),
            ([(service, 115, {}), (deduction, -115, {})], {}),
            ([(service, 115, {"giftcard_role": "item"})], {}),
            ([(service, 115, {})], {"payment_ids": [used]}),
        ):
            answer = self._phone_order(config, *lines, **values)
            self.assertIn("Gift cards are sold and used at the counter", answer)
        self.assertFalse(config.current_session_id.order_ids)
        answer = self._phone_order(config, (service, 115, {}))
        self.assertEqual(answer["pos.order"][0]["amount_total"], 115)
        answer = self._phone_order(config, (service, 0, {}))
        self.assertEqual(answer["pos.order"][0]["state"], "paid")

    def test_phones_are_told_nothing_of_the_cards_on_a_bill(self):
        config = self._open_for_phones()
        service = self.env["product.product"].search([("name", "=", "Balayage")])
        told = self._phone_order(config, (service, 115, {}))["pos.order"][0]
        order = self.env["pos.order"].browse(told["id"])
        card = self._issue_as("GC7K4MQX9TRV2HWD3P", 100)
        method = config.payment_method_ids.filtered("giftcard_is_method")
        method.with_user(self.pos_user).giftcard_hold_tender(
            {
                "key": "a payment on the bill",
                "revision": 1,
                "amount": 20,
                "code": card._reveal(),
                "session_id": config.current_session_id.id,
                "order_uuid": order.uuid,
            }
        )
        self.env["pos.payment"].create(
            {
                "pos_order_id": order.id,
                "payment_method_id": method.id,
                "uuid": "a payment on the bill",
                "amount": 20,
                "giftcard_last4": "WD3P",
                "giftcard_remaining": 80,
            }
        )
        self.env.flush_all()
        answer = self._ask(
            "/pos-self-order/get-user-data",
            access_token=config.access_token,
            order_access_tokens=[
                {
                    "access_token": order.access_token,
                    "write_date": "1970-01-01 00:00:00",
                    "state": "draft",
                }
            ],
        )
        self.assertEqual([paid["amount"] for paid in answer["pos.payment"]], [20])
        text = json.dumps(answer)
        for secret in ("giftcard", "WD3P", '"left"'):
            self.assertNotIn(secret, text)

    # === THE TILL === #

    def _make_promotion(self):
        self.env["loyalty.program"].create(
            {
                "name": "Ten percent",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [Command.create({"reward_point_mode": "order"})],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 10,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                        }
                    )
                ],
            }
        )

    def _check_discounts(self, tour, bills):
        """Walk; each bill of 110.00 has 5.00 of a bonus, 11.00 off, a tip of 10.00."""
        self._make_services(("Ritual", 110, 20))
        tip = self.env.ref("point_of_sale.product_product_tip")
        tip.taxes_id = False
        self.main_pos_config.write({"iface_tipproduct": True, "tip_product_id": tip.id})
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": tour, "value": 110, "price": 100}],
            "issue",
            self._origin(),
        )
        card.sudo().write(card._prepare_code("GC7K4MQX9TRV2HWD3P"))
        self._commit()
        self.main_pos_config.with_user(self.pos_user).open_ui()
        self.start_pos_tour(tour, timeout=300)
        self.env.invalidate_all()
        orders = self._orders()
        self.assertEqual(orders.mapped("amount_total"), [104] * bills)
        for order in orders:
            self.assertEqual(
                sorted(order.lines.mapped("price_subtotal_incl")), [-11, -5, 10, 110]
            )
        self.assertCard(card, 110 - 55 * bills)

    def test_discount_on_the_bill_spares_bonus_and_tip(self):
        discount = self.env["product.product"].create(
            {"name": "Discount", "type": "service", "available_in_pos": True}
        )
        discount.taxes_id = False
        self.main_pos_config.write(
            {"module_pos_discount": True, "discount_product_id": discount.id}
        )
        self._check_discounts("giftcard_beside_discounts", 2)

    def test_promotion_spares_bonus_and_tip(self):
        self._make_promotion()
        self._check_discounts("giftcard_beside_promotion", 1)

    def test_till_beside_other_apps(self):
        """Rewards, wallets and orders at a till, and who approves there."""
        self._make_promotion()
        card = self._issue_as("GC7K4MQX9TRV2HWD3P", 100)
        blocked = self._issue_as("GC2222222222228XBK", 50)
        blocked._block("lost and found")
        client = self.env["res.partner"].create({"name": "Sofia Laurent"})
        service = self.env["product.product"].search([("name", "=", "Balayage")])
        line = Command.create({"product_id": service.id})
        order = (
            self.env["sale.order"]
            .sudo()
            .create({"partner_id": client.id, "order_line": [line]})
        )
        order._apply_giftcard(card, 40)
        self._commit()
        self.pos_user.group_ids += self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        for group in ("group_manager", "group_desk"):
            self.pos_user.group_ids += self.env.ref(f"giftcard_salon.{group}")
        self.env["hr.employee"].sudo().search([]).active = False
        self.env["hr.employee"].sudo().create(
            [
                {"name": "Anna"},
                {"name": "Chief", "pin": "7412", "user_id": self.pos_user.id},
            ]
        )
        self.main_pos_config.module_pos_hr = True
        self.main_pos_config.with_user(self.pos_user).open_ui()
        self.start_pos_tour("giftcard_beside", timeout=180)
        self.env.invalidate_all()
        bill, paid, refund = self._orders()[:3]
        self.assertCard(blocked, 6.8, held=43.2)
        unblocked = blocked.entry_ids[:1]
        self.assertEqual(unblocked.reason, "Approved at the till by Chief.")
        self.assertEqual(bill.employee_id.name, "Anna")
        self.assertEqual(refund.payment_ids.payment_method_id.name, "Cash")
        self.assertEqual((paid.amount_total, refund.amount_total), (43.2, -48))
        self.assertCard(card, 16.8, held=40)
        self.assertEqual(bill.amount_total, 143.2)
        self.assertEqual(
            sorted(bill.lines.mapped("price_subtotal_incl")), [-4.8, 48, 100]
        )
        self.assertEqual(bill.lines.giftcard_card_id.value, 100)
