# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install", "giftcard_runner")
class TestTillSale(GiftcardTillCommon):
    def setUp(self):
        super().setUp()
        self.session = self._open()

    def _sell_lines(self, lines, **values):
        total = sum(line[2]["price_subtotal_incl"] for line in lines)
        payload = self._payload(
            self.session, lines, [self._payment(self.cash, total)], **values
        )
        return self._sync(payload)

    def test_several_cards_on_one_bill_are_several_cards(self):
        lines = [
            self._line(
                self.card_product,
                100,
                giftcard_recipient="Emma Petit",
                giftcard_sender="Sofia",
                giftcard_message="Happy birthday",
            ),
            self._line(self.card_product, 37.5),
        ]
        order, answer = self._sell_lines(lines, partner_id=self.client.id)
        cards = order.lines.giftcard_card_id.sorted("id")
        self.assertEqual(cards.mapped("value"), [100, 37.5])
        self.assertEqual(cards[0].recipient, "Emma Petit")
        self.assertEqual(cards[0].message, "Happy birthday")
        self.assertEqual(cards.holder_id, self.client)
        self.assertEqual(cards.location_id, self.config.giftcard_location_id)
        for card in cards:
            self.assertCard(card, card.value, status="active")
            self.assertEqual(card.entry_ids.source_name, order.pos_reference)
        codes = {row["giftcard_code"] for row in answer["pos.order.line"]}
        self.assertEqual(codes, {card._reveal() for card in cards})

    def test_codes_of_a_mailed_receipt_go_in_an_e_mail_of_their_own(self):
        """The receipt's picture is kept with the order: it is the till's, codeless."""
        self.company.email = "hello@spa.example.com"
        order = self._sell_lines([self._line(self.card_product, 100)])[0]
        card = order.lines.giftcard_card_id
        picture = base64.b64encode(b"picture")
        upstream = "odoo.addons.mail.models.mail_template.MailTemplate.send_mail"
        other = order.with_user(self.cashier)
        with patch(upstream) as send:
            order.action_send_receipt("sofia@example.com", picture, False)
            # who did not sell it sends the receipt, and no code
            other.action_send_receipt("thief@example.com", picture, False)
        self.assertEqual(send.call_count, 2)
        mails = (
            self.env["mail.mail"].sudo().search([("giftcard_card_id", "=", card.id)])
        )
        self.assertEqual(mails.mapped("email_to"), ["sofia@example.com"])
        self.assertEqual(card.entry_ids[0].kind, "send")
        self.assertEqual(card.entry_ids[0].source_name, order.pos_reference)

    def test_mailed_receipts_do_not_use_up_the_codes_of_a_day(self):
        """The desk is stopped after a code; who hands cards over with a sale is not."""
        self.company.write(
            {"email": "hello@spa.example.com", "giftcard_daily_codes": 1}
        )
        self.cashier.group_ids += self.env.ref("giftcard_salon.group_desk")
        picture = base64.b64encode(b"picture")
        upstream = "odoo.addons.mail.models.mail_template.MailTemplate.send_mail"
        with patch(upstream) as send:
            for _number in range(3):
                card = self._sell(self.session, 100, user=self.cashier)
                order = self.env["pos.order"].search([], order="id desc", limit=1)
                order.with_user(self.cashier).action_send_receipt(
                    "sofia@example.com", picture, False
                )
        self.assertEqual(send.call_count, 3)
        desk = self.giftcard.with_user(self.cashier)
        address = "sofia@example.com"
        desk.giftcard_send(card.id, self.session.id, address)
        self._refused(
            "Ask a gift card manager",
            lambda: desk.giftcard_send(card.id, self.session.id, address),
        )

    def test_bill_sent_twice_sells_once(self):
        lines = [self._line(self.card_product, 100)]
        payload = self._payload(self.session, lines, [self._payment(self.cash, 100)])
        first, _answer = self._sync(payload)
        again, answer = self._sync({**payload, "lines": [], "payment_ids": []})
        self.assertEqual(first, again)
        self.assertEqual(len(first.lines.giftcard_card_id.entry_ids), 1)
        self.assertEqual(
            answer["pos.order.line"][0]["giftcard_code"],
            first.lines.giftcard_card_id._reveal(),
        )

    def test_draft_bill_makes_no_card_before_it_is_paid(self):
        lines = [self._line(self.card_product, 100)]
        payload = self._payload(self.session, lines, [], state="draft")
        order, _answer = self._sync(payload)
        self.assertFalse(order.lines.giftcard_card_id)
        paid = {
            **payload,
            "state": "paid",
            "lines": [],
            "payment_ids": [self._payment(self.cash, 100)],
            "access_token": order.access_token,
        }
        order, _answer = self._sync(paid)
        self.assertCard(order.lines.giftcard_card_id, 100)

    def test_code_goes_to_the_selling_till_only(self):
        order, _answer = self._sell_lines([self._line(self.card_product, 100)])
        public = self.env["pos.order"].with_user(self.cashier)
        for answer in (
            public.read_pos_orders([("id", "=", order.id)]),
            public.read_pos_data_uuid(order.uuid),
            public.sync_from_ui(
                [{**self._payload(self.session, [], []), "uuid": order.uuid}]
            ),
        ):
            self.assertNotIn(order.lines.giftcard_card_id._reveal(), str(answer))
            self.assertIn(order.lines.giftcard_last4, str(answer))

    def test_code_is_not_given_again_after_the_till_is_closed(self):
        lines = [self._line(self.card_product, 100)]
        payload = self._payload(self.session, lines, [self._payment(self.cash, 100)])
        self._sync(payload)
        self._close(self.session)
        _order, answer = self._sync({**payload, "lines": [], "payment_ids": []})
        self.assertNotIn("giftcard_code", str(answer))

    def test_till_is_not_trusted_with_amount_tax_discount_or_quantity(self):
        tax = self.taxes[20]
        cases = (
            ({"price": 20000.01}, "Choose an amount"),
            ({"price": -100}, "Choose an amount"),
            ({"price": 0}, "Choose an amount"),
            (
                {"price": 100, "discount": 10, "price_subtotal_incl": 90},
                "without discount",
            ),
            ({"price": 100, "tax_ids": [(6, 0, tax.ids)]}, "without tax"),
            ({"price": 50, "qty": 2, "price_subtotal_incl": 100}, "One line per card"),
            ({"price": 100, "price_subtotal_incl": 10}, "not fully paid"),
        )
        for values, sentence in cases:
            price = values.pop("price")
            line = self._line(self.card_product, price, **values)
            with (
                self.assertRaisesRegex(UserError, sentence, msg=values),
                self.env.cr.savepoint(),
            ):
                self._sell_lines([line])
        self.assertFalse(self.card_type.card_ids)

    def test_till_cannot_name_the_card_it_sells(self):
        card = self._sell(self.session, 100)
        line = self._line(
            self.card_product,
            50,
            giftcard_card_id=card.id,
            giftcard_entry_id=card.entry_ids.id,
            giftcard_last4="HACK",
        )
        order, _answer = self._sell_lines([line])
        self.assertNotEqual(order.lines.giftcard_card_id, card)
        self.assertNotEqual(order.lines.giftcard_last4, "HACK")
        order.lines.write({"giftcard_card_id": card.id})
        self.assertNotEqual(order.lines.giftcard_card_id, card)

    def test_till_that_takes_no_gift_cards_gets_none_and_finds_none(self):
        plain = self.env["pos.config"].create(
            {
                "name": "Plain till",
                "payment_method_ids": [
                    (6, 0, self._make_method("Cash 2", "default_journal_cash").ids)
                ],
            }
        )
        session = self._open(plain)
        data = session.load_data([])
        self.assertFalse(data["giftcard.type"])
        self.assertNotIn(
            self.card_type.product_ids.id,
            [row["id"] for row in data["product.template"]],
        )
        with self.assertRaisesRegex(UserError, "not open for gift cards"):
            self.giftcard.giftcard_lookup("GC" + "0" * 16, session.id)

    def test_till_loads_types_and_amounts_but_no_card(self):
        self._sell(self.session, 100)
        data = self.session.with_user(self.cashier).load_data([])
        self.assertIn(self.card_type.id, [row["id"] for row in data["giftcard.type"]])
        amounts = {row["amount"] for row in data["giftcard.type.amount"]}
        self.assertLessEqual({50, 100}, amounts)
        self.assertNotIn("giftcard.card", data)

    def test_cashier_sells_and_redeems_without_any_right_on_cards(self):
        order, answer = self._sync(
            self._payload(
                self.session,
                [self._line(self.card_product, 100)],
                [self._payment(self.cash, 100)],
                user_id=self.cashier.id,
            ),
            self.cashier,
        )
        card = order.lines.giftcard_card_id
        self.assertIn("giftcard_code", answer["pos.order.line"][0])
        with self.assertRaises(AccessError):
            card.with_user(self.cashier).read(["available"])
        self._redeem(self.session, card, 60, price=70, user=self.cashier)
        self.assertCard(card, 40, status="partial")

    def test_gift_card_product_takes_no_tax(self):
        with self.assertRaisesRegex(ValidationError, "sold without tax"):
            self.card_product.taxes_id = self.taxes[20]
