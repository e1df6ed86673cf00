# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ..common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestStock(GiftcardTillCommon):
    """Printed cards before they are sold: a number, and no value."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = "giftcard_salon.group_manager,giftcard_salon.group_see_codes"
        cls.printer = cls._make_user("stock_printer", both)
        cls.manager = cls._make_user("stock_manager", "giftcard_salon.group_manager")

    @classmethod
    def _make_user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _prepare(self, user=None, **values):
        model = self.env["giftcard.stock"].with_user(user or self.printer)
        form = Form(model)
        form.type_id = self.card_type
        for name, value in values.items():
            form[name] = value
        wizard = form.save()
        wizard.action_prepare()
        self._commit()
        return wizard

    def _rows(self, wizard):
        text = wizard._make_file()[1].decode("utf-8-sig")
        return [line.split(";") for line in text.splitlines()]

    def test_prepared_cards_are_worth_nothing(self):
        self.assertTiesOut()
        wizard = self._prepare(count=3)
        cards = wizard.card_ids
        self.assertEqual(cards.mapped("state"), ["draft"] * 3)
        for card in cards:
            self.assertCard(card, 0, status="draft")
            with self.assertRaisesRegex(UserError, "not been sold yet"):
                self._hold(card, 1)
        self.assertEqual(cards.entry_ids.mapped("face"), [0, 0, 0])
        report = self.assertTiesOut()
        self.assertEqual(report.ledger_amount, 0)

    def test_file_holds_the_numbers_and_its_making_is_recorded(self):
        wizard = self._prepare(count=2)
        rows = self._rows(wizard)
        self.assertEqual(rows[0][0], "Number for the QR code")
        cards = wizard.card_ids.sorted("id")
        self.assertEqual([row[0] for row in rows[1:]], [c._reveal() for c in cards])
        self.assertEqual([row[2] for row in rows[1:]], cards.mapped("last4"))
        name, _content = wizard._make_file()
        self.assertFalse([c for c in cards if c.last4 in name])
        for card in cards:
            by = self.printer.name
            self.assertEqual(
                card.entry_ids.sorted("id").mapped("description"),
                [
                    f"Prepared as a printed card by {by}",
                    # each time the file is fetched
                    f"Code looked at by {by}",
                    f"Code looked at by {by}",
                ],
            )

    def test_numbers_of_cards_that_exist_are_taken_over(self):
        wizard = self._prepare(
            source="paste", numbers="OLD-2024 0001\n\n old2024-0002\n"
        )
        codes = [card._reveal() for card in wizard.card_ids.sorted("id")]
        self.assertEqual(codes, ["OLD20240001", "OLD20240002"])
        self.assertFalse(wizard.numbers, "not left in the wizard")
        found = self.env["giftcard.card"]._find_by_code("old 2024 0002")
        self.assertEqual(found, wizard.card_ids.sorted("id")[1])

    def test_numbers_that_wait_in_the_wizard_are_no_text_of_the_database(self):
        """A list that was refused stays for hours: it is kept as codes are."""
        wizard = (
            self.env["giftcard.stock"]
            .with_user(self.printer)
            .create(
                {
                    "type_id": self.card_type.id,
                    "location_id": self.config.giftcard_location_id.id,
                    "source": "paste",
                    "numbers": "OLD20240001\nSHORT",
                }
            )
        )
        with self.assertRaisesRegex(UserError, "Line 2 is no card number"):
            wizard.action_prepare()
        self.env.flush_all()
        self.env.cr.execute("SELECT giftcard_stock::text FROM giftcard_stock")
        self.assertNotIn("2024", str(self.env.cr.fetchall()))
        wizard.invalidate_recordset()
        self.assertEqual(wizard.numbers, "OLD20240001\nSHORT")
        self.assertIn("2 cards", wizard.effect)

    def test_wrong_numbers_are_named_and_nothing_is_made(self):
        known = self._issue(50)
        for numbers, sentence in (
            ("SHORT", "Line 1 is no card number"),
            ("GOOD12345\nBAD!12345!", "Line 2 is no card number"),
            ("SAME12345\nsame-12345", "Line 2, ending in 2345, is twice"),
            (f"FINE12345\n{known._reveal()}", f"ending in {known.last4} exists"),
            ("\n".join(f"NUMBER{n:06d}" for n in range(1001)), "from 1 to 1000"),
            ("\n \n", "from 1 to 1000"),
        ):
            before = self.env["giftcard.card"].search_count([])
            with self.assertRaisesRegex(UserError, sentence) as caught:
                self._prepare(source="paste", numbers=numbers)
            self.assertNotIn(known._reveal(), str(caught.exception))
            self.assertEqual(self.env["giftcard.card"].search_count([]), before)
        for count in (0, -1, 1001):
            with self.assertRaisesRegex(UserError, "from 1 to 1000"):
                self._prepare(count=count)

    def test_only_who_may_see_codes_prepares_and_reads_them(self):
        with self.assertRaisesRegex(AccessError, "you may not see codes"):
            self._prepare(user=self.manager, count=1)
        wizard = self._prepare(count=1)
        with self.assertRaises(AccessError):
            wizard.with_user(self.manager)._make_file()
        for groups in ("giftcard_salon.group_see_codes", "giftcard_salon.group_desk"):
            user = self._make_user(f"stock_{groups[15:]}", groups)
            with self.assertRaises(AccessError):
                self.env["giftcard.stock"].with_user(user).create({})
            with self.assertRaises(AccessError):
                wizard.card_ids.with_user(user)._export_stock()

    def test_stock_of_another_company_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Another spa"})
        both = "giftcard_salon.group_manager,giftcard_salon.group_see_codes"
        stranger = self._make_user("stock_stranger", both, company)
        location = self.config.giftcard_location_id
        cards = self.env["giftcard.card"].with_user(stranger)
        with self.assertRaises(AccessError):
            cards._prepare_stock(self.card_type, location, ["STRANGER1"])
        with self.assertRaises(AccessError):
            self._prepare(count=1).card_ids.with_user(stranger)._export_stock()

    def test_printed_card_is_sold_at_the_till_of_its_salon(self):
        session = self._open()
        cards = self._prepare(
            count=2, location_id=self.config.giftcard_location_id
        ).card_ids
        sold, kept = cards
        line = self._line(
            self.card_product, 80, giftcard_reference=sold._get_reference()
        )
        cash = self._payment(self.cash_of(session), 80)
        order = self._sync(self._payload(session, [line], [cash]))[0]
        self.assertCard(sold, 80, status="active")
        self.assertCard(kept, 0, status="draft")
        self.assertEqual(order.lines.giftcard_entry_id.kind, "sale")
        self.assertEqual(sold.seller_id, self.env.user)
        self._close(session)
        self.assertTiesOut()

    def test_file_shows_no_card_that_is_worth_money(self):
        wizard = self._prepare(count=2, location_id=self.config.giftcard_location_id)
        sold, kept = wizard.card_ids
        session = self._open()
        line = self._line(
            self.card_product, 80, giftcard_reference=sold._get_reference()
        )
        cash = self._payment(self.cash_of(session), 80)
        self._sync(self._payload(session, [line], [cash]))
        wizard.invalidate_recordset()
        self.assertEqual([row[2] for row in self._rows(wizard)[1:]], [kept.last4])
        forged = (
            self.env["giftcard.stock"]
            .with_user(self.printer)
            .create({"card_ids": [Command.set(sold.ids)]})
        )
        self.assertFalse(forged.card_ids, "no card comes in from outside")
        self.assertEqual(len(self._rows(forged)), 1, "only the heading")
