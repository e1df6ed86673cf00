# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal
from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import BaseCase, HttpCase, new_test_user, tagged

from ...tools.allocation import to_decimal
from ...tools.keys.card_code import normalise
from ..common import GiftcardTillCommon

# what no amount of money is written like, though Python would read it
NO_AMOUNTS = ("1_000", "１０", "٣", " 10", "10 ", "\n10", "0x10", "1e", ".", "+", "")
# halves of characters: no text at all
NO_TEXTS = ("\ud800", "GC\udfff", "a\ud800b" * 20)


class TestBadNumbers(BaseCase):
    def test_amounts_are_read_as_people_write_them(self):
        for text in NO_AMOUNTS:
            with self.assertRaises(ValueError, msg=text):
                to_decimal(text, 2)
        for text, amount in (
            ("1000", "1000.00"),
            ("-5.005", "-5.01"),
            ("1e3", "1000.00"),
            (".5", "0.50"),
            (12.345, "12.35"),
            (Decimal("1E+2"), "100.00"),
        ):
            self.assertEqual(to_decimal(text, 2), Decimal(amount))

    def test_what_cannot_be_written_down_is_no_code(self):
        for text in NO_TEXTS:
            self.assertEqual(normalise(text), "")


@tagged("post_install", "-at_install")
class TestBadValues(GiftcardTillCommon):
    """Values of the wrong kind at every public door: a sentence, and nothing else."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self.desk = new_test_user(
            self.env,
            "bad_values_desk",
            groups="giftcard_salon.group_desk,point_of_sale.group_pos_user",
            company_id=self.company.id,
        )
        self.method = self.giftcard.with_user(self.desk)

    def _request(self, **values):
        return {
            "key": str(uuid4()),
            "revision": 1,
            "amount": 10,
            "session_id": self.session.id,
            "code": self.card._reveal(),
            "order_uuid": self._bill_uuid,
            **values,
        }

    def test_codes_that_are_no_text(self):
        for code in NO_TEXTS:
            session = self.session.id
            for name, args in (
                ("giftcard_lookup", (code, session)),
                ("giftcard_balance", (code, session)),
            ):
                answer = getattr(self.method, name)(*args)
                self.assertEqual(answer["status"], "unknown", (name, code))
            scanned = self.method.giftcard_scan_for_sale(
                code, session, self.card_type.id
            )
            self.assertEqual(scanned["purpose"], "")
            with self.assertRaisesRegex(UserError, "do not know this code"):
                self.method.giftcard_hold_tender(self._request(code=code))
            wizard = self.env["giftcard.redeem"].with_user(self.desk)
            with self.assertRaisesRegex(UserError, "do not know this code"):
                wizard.create({"code": code, "amount": 5})
        for code in (5, ["x"], {"a": 1}, True):
            with self.assertRaisesRegex(UserError, "do not know this code"):
                wizard.create({"code": code, "amount": 5})

    def test_addresses_that_are_no_text(self):
        self.company.email = "salon@example.com"
        for address in ("\ud800@example.com", "sofia@\udfff.com", "a\x00@b.com"):
            with self.assertRaisesRegex(UserError, "an @ and a domain"):
                self.method.giftcard_send(self.card.id, self.session.id, address)

    def test_amounts_that_only_a_computer_reads(self):
        for amount in NO_AMOUNTS:
            with self.assertRaisesRegex(UserError, "more than zero"):
                self.method.giftcard_hold_tender(self._request(amount=amount))
        self.assertCard(self.card, 100)

    def test_numbers_that_no_record_can_have(self):
        for number in (2**31, 2**63, 10**400, -1, True, "1", 1.5):
            rates = [{"key": "a", "tax_ids": [number], "gross": 10}]
            answer = self.method.giftcard_hold_tender(
                self._request(rates=rates, partner_id=number)
            )
            self.method.giftcard_release(answer["key"], 2, self.session.id)
            self.assertEqual(self.method.giftcard_status([number], self.session.id), {})
        self.assertCard(self.card, 100)

    def test_a_bill_that_is_cancelled_holds_nothing_however_it_is_cancelled(self):
        """By sync, which writes the state, as by the button."""
        for way in ("new", "known", "write", "button"):
            payment = self._hold_at(self.session, self.card, 30)
            lines = [self._line(self.services[20], 70)]
            payload = self._payload(self.session, lines, [payment], state="draft")
            if way == "new":
                payload["state"] = "cancel"
            order = self._sync(payload, self.cashier)[0]
            if way == "known":
                told = {"state": "cancel", "access_token": order.access_token}
                self._sync(
                    {**payload, "lines": [], "payment_ids": [], **told}, self.cashier
                )
            elif way == "write":
                order.with_user(self.cashier).write({"state": "cancel"})
            elif way == "button":
                order.with_user(self.cashier).action_pos_order_cancel()
            self._commit()
            self.env.invalidate_all()
            self.assertEqual(order.state, "cancel", way)
            self.assertCard(self.card, 100)

    def test_another_till_of_the_salon_gives_no_more_guesses(self):
        salon = self.config.giftcard_location_id
        beside = self._open(self._make_till("Till B", giftcard_location_id=salon.id))
        elsewhere = self._open(self._make_till("Till C"))
        method = self.giftcard.with_user(self.cashier)
        for number in range(20):
            session = (self.session, beside)[number % 2]
            method.giftcard_lookup(f"GC{number:016d}", session.id)
        for session in (self.session, beside):
            with self.assertRaisesRegex(UserError, "Wait 10 minutes"):
                method.giftcard_lookup(self.card._reveal(), session.id)
        self._close(self.session)
        with self.assertRaisesRegex(UserError, "Wait 10 minutes"):
            method.giftcard_lookup("GC", self._open().id)
        # a chain whose salons share one login goes on elsewhere
        told = method.giftcard_lookup(self.card._reveal(), elsewhere.id)
        self.assertEqual(told["status"], "active")

    def test_what_is_of_another_company_is_not_named(self):
        """A salon, a type, an account, a card or a client of others."""
        company = self.env["res.company"].create({"name": "Another spa"})
        manager = new_test_user(
            self.env,
            "bad_values_manager",
            groups="giftcard_salon.group_manager,account.group_account_invoice",
            company_id=self.company.id,
        )
        others = {
            "location_id": self.env["giftcard.location"]._get_default(company),
            "type_id": self._make_type(company_ids=[Command.set(company.ids)]),
            "partner_id": self.env["res.partner"].create(
                {"name": "Their client", "company_id": company.id}
            ),
            "company_id": company,
        }
        values = {
            "type_id": self.card_type.id,
            "amount": 50,
            "account_id": self.company_data["default_account_expense"].id,
            "reason": "Test",
        }
        wizards = self.env["giftcard.issue"].with_user(manager)
        for name, record in others.items():
            for context in ({}, {f"default_{name}": record.id}):
                named = {} if context else {name: record.id}
                own = {key: values[key] for key in values if key != name or not context}
                with (
                    self.assertRaises(UserError, msg=name),
                    self.env.cr.savepoint(),
                ):
                    call_kw(wizards, "create", [{**own, **named}], {"context": context})
                    self.env.flush_all()
        self.card.sudo().company_id = company
        self.env.flush_all()
        for model in ("giftcard.send", "giftcard.replace", "giftcard.block"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call_kw(
                    self.env[model].with_user(manager),
                    "create",
                    [{"card_id": self.card.id, "reason": "Test"}],
                    {},
                )

    def test_options_of_a_report_that_are_no_options(self):
        accountant = new_test_user(
            self.env,
            "bad_values_accountant",
            groups="giftcard_salon.group_accountant",
            company_id=self.company.id,
        )
        reports = self.env["giftcard.report"].with_user(accountant)
        for options in (
            None,
            [],
            {"date_to": "9999-12-31"},
            {"date_from": "0001-01-01", "date_to": "0001-01-01"},
            {"date_from": "0001-01-01"},
            {"date_to": "2026-02-30"},
            {"date_to": 5},
            {"date_to": ["x"]},
            {"date_to": {}},
            {"company_id": 10**5000},
            {"company_id": "x"},
            {"company_id": [1]},
        ):
            for kind in (*(one["kind"] for one in reports.get_reports()), "x", 5, None):
                try:
                    reports.get_report(kind, options)
                except (UserError, AccessError) as error:
                    self.assertTrue(error.args[0])


@tagged("post_install", "-at_install")
class TestBadAddresses(HttpCase):
    """Nonsense in an address is refused, and is no error of the server."""

    def test_every_parameter_may_be_nonsense(self):
        new_test_user(
            self.env,
            "bad_addresses",
            groups="giftcard_salon.group_accountant,giftcard_salon.group_manager",
        )
        self.authenticate("bad_addresses", "bad_addresses")
        sound = self.url_open("/giftcard_salon/report/liability.xlsx?self=1&args=2")
        self.assertEqual(sound.status_code, 200)
        own = self.env.company.id
        sound = self.url_open(f"/giftcard_salon/report/vat.pdf?company_id={own}")
        self.assertEqual(sound.status_code, 200)
        for address in (
            "report/liability.xlsx?company_id=" + "9" * 5000,
            "report/liability.pdf?company_id=0",
            "report/liability.pdf?company_id=٣",
            "report/liability.pdf?company_id=abc",
            "report/nothing.pdf?self=1&kind=2",
            "report/%ED%A0%80.xlsx",
            "report/liability.xlsx?date_to=9999-12-31&date_from=x",
            "stock/1.csv?self=1&stock_id=2",
            "stock/" + "9" * 30 + ".csv",
            "stock/-1.csv",
        ):
            answer = self.url_open("/giftcard_salon/" + address)
            self.assertIn(answer.status_code, (400, 403, 404, 422), address)
