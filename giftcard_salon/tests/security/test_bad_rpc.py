# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from ..common import GiftcardTillCommon

MODELS = (
    "giftcard.card",
    "giftcard.entry",
    "giftcard.redemption",
    "giftcard.seal",
    "giftcard.attempt",
    "giftcard.alias",
    "giftcard.tie.out",
)
READS = (
    ("search_read", [[]], {}),
    ("search", [[]], {}),
    ("search_count", [[]], {}),
    ("web_search_read", [[], {"display_name": {}}], {}),
    ("name_search", ["GC"], {}),
    ("formatted_read_group", [[], [], ["__count"]], {}),
)
RECORD_READS = (
    ("read", [["display_name"]]),
    ("web_read", [{"display_name": {}}]),
    ("export_data", [["display_name"]]),
    ("copy", []),
)
PRIVATE = (
    ("giftcard.card", "_issue"),
    ("giftcard.card", "_move"),
    ("giftcard.card", "_set_state"),
    ("giftcard.card", "_reveal"),
    ("giftcard.card", "_find_by_code"),
    ("giftcard.card", "_rotate_keys"),
    ("giftcard.redemption", "_hold"),
    ("giftcard.redemption", "_capture"),
    ("giftcard.redemption", "_release"),
    ("giftcard.redemption", "_refund"),
    ("giftcard.redemption", "_lapse_expired"),
    ("giftcard.entry", "_append"),
    ("giftcard.seal", "_seal_pending"),
    ("giftcard.attempt", "_note"),
    ("pos.payment", "_settle_giftcard"),
    ("pos.order.line", "_settle_giftcard"),
    ("pos.order", "_reveal_giftcards"),
    ("pos.payment.method", "_find_giftcard_by_code"),
)


@tagged("post_install", "-at_install")
class TestBadRpc(GiftcardTillCommon):
    """A cashier's RPC past the till: refused, changes nothing, tells nothing."""

    def setUp(self):
        super().setUp()
        # the worst cashier: one who may export, too
        self.cashier.group_ids += self.env.ref("base.group_allow_export")
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self.bill = self._redeem(self.session, self.card, 30)
        self.held = self._hold_at(self.session, self.card, 20)
        self.sale = (
            self.env["pos.order.line"]
            .search([("giftcard_card_id", "=", self.card.id)])
            .order_id
        )

    def tearDown(self):
        self.env.invalidate_all()
        self.assertCard(self.card, 50, held=20, status="partial")
        self.assertEqual(self.card.entry_ids.sorted("id").mapped("face"), [100, -30])
        super().tearDown()

    def _call(self, model, method, *args, user=None, **kwargs):
        """Call as the web client does: private methods and rights are checked."""
        records = self.env[model].with_user(user or self.cashier).sudo(False)
        with self.env.cr.savepoint():
            return call_kw(records, method, list(args), kwargs)

    def _make_stranger(self):
        company = self.env["res.company"].create({"name": "Another spa"})
        return new_test_user(
            self.env,
            "giftcard_other_spa",
            groups="point_of_sale.group_pos_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def test_models_of_cards_are_not_read(self):
        for model in MODELS:
            ids = self.env[model].search([], limit=1).ids
            for method, args, kwargs in READS:
                with self.assertRaises(AccessError, msg=(model, method)):
                    self._call(model, method, *args, **kwargs)
            for method, args in RECORD_READS if ids else ():
                with self.assertRaises(AccessError, msg=(model, method)):
                    self._call(model, method, ids, *args)

    def test_models_of_cards_are_not_written(self):
        for model in MODELS:
            ids = self.env[model].search([], limit=1).ids
            with self.assertRaises(AccessError, msg=model):
                self._call(model, "create", {})
            with self.assertRaises(AccessError, msg=model):
                self._call(model, "web_save", ids, {"company_id": 1}, {})
            for method, args in (("write", [{"company_id": 1}]), ("unlink", [])):
                with self.assertRaises(AccessError, msg=(model, method)):
                    self._call(model, method, ids or [1], *args)

    def test_buttons_and_wizards_of_cards_are_not_pressed(self):
        cards = type(self.card)
        actions = [
            name
            for name in dir(cards)
            if name.startswith("action_")
            and "giftcard_salon" in getattr(cards, name).__module__
        ]
        self.assertLessEqual({"action_reveal", "action_open_pos_orders"}, set(actions))
        # what only opens a window may answer: the window then shows nothing
        windows = {name for name in actions if name.startswith("action_open_")}
        for method in ({*actions, "message_post"}) - windows:
            with self.assertRaises(AccessError, msg=method):
                self._call("giftcard.card", method, self.card.ids)
        for method in windows:
            try:
                answer = str(self._call("giftcard.card", method, self.card.ids))
            except AccessError as error:
                answer = str(error)
            self.assertNotIn(self.card.last4, answer, method)
        hold = self.env["giftcard.redemption"].search([("state", "=", "held")])
        with self.assertRaises(AccessError):
            self._call("giftcard.redemption", "action_release", hold.ids)
        for model in sorted(self.env.registry):
            is_wizard = model.startswith("giftcard.") and self.env[model]._transient
            if is_wizard and not self.env[model]._abstract:
                with self.assertRaises(AccessError, msg=model):
                    self._call(model, "create", {})
                with self.assertRaises(AccessError, msg=model):
                    self._call(model, "web_save", [], {}, {})

    def test_private_methods_are_not_called(self):
        for model, method in PRIVATE:
            self.assertTrue(hasattr(self.env[model], method), (model, method))
            with self.assertRaisesRegex(AccessError, "Private", msg=(model, method)):
                self._call(model, method, [])

    def test_links_to_cards_lead_nowhere(self):
        """Fields of bills that point at cards show no more than a short name."""
        for model, ids, name, money in (
            ("pos.order.line", self.sale.lines.ids, "giftcard_card_id", "available"),
            ("pos.order.line", self.sale.lines.ids, "giftcard_entry_id", "face"),
            (
                "pos.payment",
                self.bill.payment_ids.ids,
                "giftcard_redemption_id",
                "amount",
            ),
            ("pos.payment", self.bill.payment_ids.ids, "giftcard_entry_id", "face"),
        ):
            wanted = {name: {"fields": {money: {}}}}
            for method, *args in (
                ("web_read", ids, wanted),
                ("web_search_read", [("id", "in", ids)], wanted),
                ("export_data", ids, [f"{name}/{money}"]),
                ("search", [(f"{name}.{money}", ">", 0)]),
                ("formatted_read_group", [], [f"{name}.{money}"], ["__count"]),
                ("mapped", ids, f"{name}.{money}"),
            ):
                with self.assertRaises(AccessError, msg=(name, method)):
                    self._call(model, method, *args)

    def _read_orders_every_way(self, orders, user):
        """Yield what each public method that reads bills answers to ``user``."""
        ids, uuid = orders.ids, orders[:1].uuid
        session, config = self.session, self.config
        domain = [("id", "in", ids)]
        bill = {**self._payload(session, [], []), "uuid": uuid}
        calls = (
            ("pos.order", "read_pos_orders", domain),
            ("pos.order", "read_pos_data_uuid", uuid),
            ("pos.order", "sync_from_ui", [bill]),
            ("pos.order", "search_paid_order_ids", config.id, domain, 80, 0),
            ("pos.order", "search_read", domain),
            ("pos.order", "web_search_read", domain, {"display_name": {}}),
            ("pos.order", "read", ids),
            ("pos.order", "export_data", ids, ["name", "lines/giftcard_card_id"]),
            ("pos.order.line", "search_read", [("order_id", "in", ids)]),
            ("pos.order.line", "read", orders.lines.ids),
            ("pos.payment", "search_read", [("pos_order_id", "in", ids)]),
            ("pos.session", "load_data", session.ids, []),
            ("pos.session", "load_data_params", session.ids),
            ("pos.session", "get_session_orders", session.ids),
            ("pos.session", "get_closing_control_data", session.ids),
            ("pos.session", "filter_local_data", session.ids, {"giftcard.card": [1]}),
            (
                "pos.config",
                "read_config_open_orders",
                config.ids,
                {"pos.order": domain, "pos.order.line": [("order_id", "in", ids)]},
                {},
            ),
        )
        for model, method, *args in calls:
            try:
                yield method, str(self._call(model, method, *args, user=user))
            except (AccessError, UserError, AttributeError) as error:
                yield method, str(error)

    def test_codes_of_a_colleagues_sale_are_told_by_no_method(self):
        code = self.card._reveal()
        answers = dict(self._read_orders_every_way(self.sale + self.bill, self.cashier))
        self.assertIn(self.card.last4, answers["read_pos_orders"])
        for method, answer in answers.items():
            self.assertNotIn(code, answer, method)
            self.assertNotIn(code[2:], answer, method)
            self.assertNotIn("giftcard_code", answer, method)

    def test_strangers_are_told_nothing_at_all(self):
        stranger = self._make_stranger()
        orders = self.sale + self.bill
        secrets = (self.card.last4, self.held[2]["uuid"], orders[0].pos_reference)
        for method, answer in self._read_orders_every_way(orders, stranger):
            for secret in secrets:
                self.assertNotIn(secret, answer, method)

    def test_guessed_bills_get_the_answer_of_bills_that_are_not_there(self):
        """Which bills exist in another company cannot be found out."""
        stranger = self._make_stranger()

        def answers(uuid, ids):
            for method, args in (
                ("read_pos_data_uuid", [uuid]),
                ("read_pos_orders", [[("id", "in", ids)]]),
                ("search", [[("uuid", "=", uuid)]]),
            ):
                yield self._call("pos.order", method, *args, user=stranger)

        real = list(answers(self.sale.uuid, self.sale.ids))
        self.assertEqual(real, list(answers(str(uuid4()), [2**31 - 1])))

    def test_balance_of_a_card_that_once_paid_is_not_told_by_its_payment(self):
        """Payments of old bills are read by every cashier; balances are not."""
        key = self.bill.payment_ids.uuid
        method = self.giftcard.with_user(self.cashier)
        self.assertEqual(self.bill.payment_ids.giftcard_remaining, 70)
        status = method.giftcard_status([key], self.session.id)[key]
        self.assertEqual((status["state"], status["available"]), ("captured", 70))
        answer = method.giftcard_release(key, 99, self.session.id)
        self.assertEqual(answer["state"], "captured")
        self.assertNotIn("available", answer)
