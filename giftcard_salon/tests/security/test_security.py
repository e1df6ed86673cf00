# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon

MONEY_MODELS = (
    "giftcard.card",
    "giftcard.redemption",
    "giftcard.entry",
    "giftcard.seal",
)


@tagged("post_install", "-at_install")
class TestSecurity(GiftcardTillCommon):
    """Each role against each model; what a role may not do is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"giftcard_{role}",
                groups=f"base.group_user,{groups}",
                company_id=cls.company.id,
            )
            for role, groups in (
                ("user", "giftcard_salon.group_user"),
                ("manager", "giftcard_salon.group_manager"),
                ("accountant", "giftcard_salon.group_accountant"),
                ("codes", "giftcard_salon.group_see_codes"),
                ("employee", "base.group_user"),
            )
        }
        cls.users["cashier"] = cls.cashier
        cls.users["pos_manager"] = new_test_user(
            cls.env,
            "giftcard_pos_manager",
            groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=cls.company.id,
        )

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self._redeem(self.session, self.card, 30)
        self.env["giftcard.seal"]._seal_pending()

    def _records(self, model):
        return self.env[model].search([], limit=1)

    def test_nobody_writes_money_models_over_rpc(self):
        for role, user in self.users.items():
            for model in MONEY_MODELS:
                record = self._records(model).with_user(user)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(
                        record.has_access(operation), (role, model, operation)
                    )

    def test_administrator_writes_them_neither(self):
        admin = self.env.ref("base.user_admin")
        for model in MONEY_MODELS:
            self.assertFalse(self._records(model).with_user(admin).has_access("write"))

    def test_who_may_read(self):
        for role, user in self.users.items():
            for model in MONEY_MODELS:
                may = self._records(model).with_user(user).has_access("read")
                expected = role == "accountant" or (
                    model != "giftcard.seal" and role in ("user", "manager", "codes")
                )
                self.assertEqual(may, expected, (role, model))

    def test_code_columns_are_read_by_nobody(self):
        for user in (*self.users.values(), self.env.ref("base.user_admin")):
            for name in ("code_hash", "code_cipher", "code_hash_key"):
                with self.assertRaises(AccessError, msg=(user.login, name)):
                    self.card.with_user(user).read([name])
                with self.assertRaises(AccessError, msg=(user.login, name)):
                    self.card.with_user(user).search([(name, "!=", False)])

    def test_only_the_right_to_see_codes_shows_one_and_it_is_recorded(self):
        for role in ("user", "manager", "accountant"):
            with self.assertRaisesRegex(AccessError, "You may not see codes"):
                self.card.with_user(self.users[role]).action_reveal()
        action = self.card.with_user(self.users["codes"]).action_reveal()
        shown = action["params"]["message"].replace(" ", "")
        self.assertEqual(shown, self.card._reveal())
        noted = self.card.entry_ids[0]
        self.assertEqual((noted.kind, noted.user_id), ("show", self.users["codes"]))
        self.assertEqual((noted.face, noted.consideration), (0, 0))
        self.assertNotIn(shown, str(noted.read()) + str(self.card.message_ids.read()))

    def test_manager_rights(self):
        for role in ("user", "accountant", "codes"):
            card = self.card.with_user(self.users[role])
            with self.assertRaisesRegex(AccessError, "Only a gift card manager"):
                card.action_unblock()
            with self.assertRaises(AccessError):
                self.env["giftcard.issue"].with_user(self.users[role]).create({})
        card = self.card.with_user(self.users["manager"])
        card._block("Reported stolen")
        card.action_unblock()
        self.assertCard(self.card, 70, status="partial")

    def test_other_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Another spa"})
        stranger = new_test_user(
            self.env,
            "giftcard_stranger",
            groups="giftcard_salon.group_manager,giftcard_salon.group_accountant,"
            "point_of_sale.group_pos_user",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        for model in MONEY_MODELS:
            self.assertFalse(
                self.env[model].with_user(stranger).search_count([], limit=1), model
            )
        with self.assertRaises(AccessError):
            self.giftcard.with_user(stranger).giftcard_lookup("GC", self.session.id)
        payment = self._hold_at(self.session, self.card, 10)
        own_method = self.env["pos.payment.method"]._get_giftcard_method(company)
        with self.assertRaises(AccessError):
            own_method.with_user(stranger).giftcard_release(
                payment[2]["uuid"], 9, self.session.id
            )
        self.assertCard(self.card, 60, held=10)

    def test_other_companies_prices_of_cards_are_not_read(self):
        """Amounts and services on offer are seen where their type is seen."""
        company = self.env["res.company"].create({"name": "Another spa"})
        package = self._make_type(
            name="Day package",
            kind="service",
            vat_mode="spv",
            amount_ids=False,
            service_ids=[Command.create({"is_tip": True, "price": 5})],
        )
        types = self._make_type() + package
        for role in ("manager", "cashier"):
            user = self.users[role]
            for companies, seen in (
                (self.env["res.company"], True),
                (self.company, True),
                (company, False),
            ):
                types.company_ids = [Command.set(companies.ids)]
                self.env.flush_all()
                for offers in (types.amount_ids, types.service_ids):
                    self.assertTrue(offers)
                    found = offers.with_user(user).search([("id", "in", offers.ids)])
                    self.assertEqual(bool(found), seen, (role, companies.name, offers))
                    self.assertEqual(offers.with_user(user).has_access("read"), seen)

    def test_till_methods_are_for_cashiers(self):
        for role in ("user", "manager", "accountant", "employee"):
            with self.assertRaises(AccessError, msg=role):
                self.giftcard.with_user(self.users[role]).giftcard_lookup(
                    "GC", self.session.id
                )
        answer = self.giftcard.with_user(self.cashier).giftcard_lookup(
            "GC", self.session.id
        )
        self.assertEqual(answer["status"], "unknown")

    def test_core_methods_are_not_reachable_over_rpc(self):
        for model in ("giftcard.card", "giftcard.redemption", "giftcard.entry"):
            names = {
                name
                for name in dir(type(self.env[model]))
                if not name.startswith("_")
                and getattr(type(self.env[model]), name).__class__.__name__
                == "function"
                and "giftcard_salon" in getattr(type(self.env[model]), name).__module__
            }
            allowed = {
                "action_mark_paid",
                "action_unblock",
                "action_reveal",
                "action_release",
                "action_open_pos_orders",
                "action_open_document",
                "action_open_entries",
                "action_open_replacement",
                "action_open_journal_items",
                "create",
                "write",
                "unlink",
                "onchange",
                "default_get",
                "init",
            }
            self.assertLessEqual(names, allowed, model)

    def test_ledger_of_a_till_is_not_closed_by_a_stranger(self):
        other_session = self._open(self._make_till("Till B"))
        with self.assertRaisesRegex(UserError, "not open"):
            self.giftcard.giftcard_lookup("GC", 2**31 - 1)
        self._close(other_session)
        with self.assertRaisesRegex(UserError, "not open"):
            self.giftcard.giftcard_lookup("GC", other_session.id)
