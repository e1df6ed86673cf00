# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from lxml import etree

from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import GiftcardTillCommon

ACTIONS = (
    "giftcard_card_action",
    "giftcard_card_action_stock",
    "giftcard_redemption_action",
    "giftcard_entry_action",
    "giftcard_type_action",
)


@tagged("post_install", "-at_install")
class TestBackOffice(GiftcardTillCommon):
    """What each role sees: every view opens, figures and sentences are right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"office_{role}",
                groups=groups,
                company_id=cls.company.id,
            )
            for role, groups in (
                ("user", "giftcard_salon.group_user"),
                ("care", "giftcard_salon.group_desk"),
                ("manager", "giftcard_salon.group_manager"),
                ("accountant", "giftcard_salon.group_accountant"),
                ("bookkeeper", "account.group_account_manager"),
                ("codes", "giftcard_salon.group_see_codes"),
            )
        }

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100, partner_id=self.client.id)
        self.order = self._redeem(self.session, self.card, 68)
        self._hold_at(self.session, self.card, 12)

    def test_each_role_opens_each_view(self):
        for user in self.users.values():
            for name in ACTIONS:
                action = self.env.ref(f"giftcard_salon.{name}")
                model = self.env[action.res_model].with_user(user)
                for _view_id, kind in action.views:
                    views = model.get_views([(False, kind), (False, "search")])
                    names = views["models"][action.res_model]["fields"]
                    model.search([], limit=5).read(list(names))

    def test_each_role_opens_the_card(self):
        seen = {}
        for role, user in self.users.items():
            form = Form(self.card.with_user(user))
            seen[role] = set(form._view["fields"])
            self.assertEqual((form.available, form.held), (20, 12), role)
        self.assertIn("journal_item_ids", seen["bookkeeper"])
        for role in ("user", "care", "manager", "accountant", "codes"):
            self.assertNotIn("journal_item_ids", seen[role], role)

    def test_facts_of_the_card_are_in_plain_words(self):
        self.card.invalidate_recordset()
        salon = self.config.giftcard_location_id.name
        self.assertRegex(self.card.valid_note, r"^\w{3} \d+, \d{4} · 12 months left$")
        self.assertRegex(self.card.held_note, rf"^{salon}, Bill, since \d\d:\d\d$")
        self.assertEqual(self.card.good_for, "All services and products")
        self.assertEqual(self.card.seller_id, self.env.user)
        self.card.sudo().write({"valid_until": False})
        self.assertEqual(self.card.valid_note, "No expiry")

    def test_a_card_held_in_full_says_so_and_where(self):
        session = self.session
        card = self._sell(session, 80)
        self._hold_at(session, card, 80, order_name="261-1-000999")
        self.assertCard(card, 0, held=80, status="held")
        self.assertEqual(card.status_label, "On hold")
        self.assertIn(", 261-1-000999, since ", card.held_note)
        found = self.env["giftcard.card"].search([("status", "=", "held")])
        self.assertEqual(found, card)
        view = self.env.ref("giftcard_salon.giftcard_card_view_search")
        active = etree.fromstring(view.arch).find(".//filter[@name='active']")
        domain = safe_eval(active.get("domain"))
        self.assertIn(card, self.env["giftcard.card"].search(domain))
        # parts of it in two places: both are named
        self.card.invalidate_recordset()
        self._hold_at(session, self.card, 8, order_name="261-1-001000")
        self.card.invalidate_recordset()
        self.assertEqual((self.card.held, self.card.status), (20, "partial"))
        self.assertRegex(self.card.held_note, "261-1-001000.*; .*, Bill, since")

    def test_one_box_finds_a_card_by_whatever_is_known(self):
        self.client.write({"email": "sofia@example.com", "phone": "+33 6 39 98 17 23"})
        other = self._sell(self.session, 50)
        other.sudo().write({"recipient": "Emma Petit", "sender": "Paul"})
        self._commit()
        desk = self.env["giftcard.card"].with_user(self.users["user"])
        self._hold_at(self.session, other, 50, order_name="261-1-000777")
        sold_on = self.card.entry_ids[-1].source_name
        self.assertTrue(sold_on)
        for text, found in (
            ("sofia laur", self.card),
            ("sofia@example", self.card),
            ("+33 6 39 98 17 23", self.card),
            ("06 39 98 17 23", self.card),
            ("0639981723", self.card),
            (sold_on, self.card),
            (self.order.pos_reference, self.card),
            (self.card.last4.lower(), self.card),
            (f"••{other.last4}", other),
            ("emma", other),
            ("paul", other),
            ("261-1-000777", other),
            ("nobody at all", desk),
        ):
            cards = desk.search([("found_by", "ilike", text)])
            self.assertEqual(cards & (self.card + other), found, text)
        # it is what the list's box asks first
        view = desk.get_views([(False, "search")])["views"]["search"]["arch"]
        first = etree.fromstring(view).find(".//field")
        self.assertEqual(first.get("name"), "found_by")

    def test_history_names_people_places_and_bills(self):
        salon, who = self.config.giftcard_location_id.name, self.env.user.name
        use, sale = self.card.entry_ids
        reference = self.order.pos_reference
        self.assertEqual(use.description, f"Used at {salon} by {who}, {reference}")
        self.assertRegex(sale.description, rf"^Sold at {salon} by {who} ?.*, ")
        self.assertEqual((use.remaining, sale.remaining), (32, 100))
        self.assertEqual(use.document_name, reference)
        self.assertEqual(use.action_open_document()["res_id"], self.order.id)

    def test_link_to_a_bill_is_for_who_may_open_it(self):
        use = self.card.entry_ids[0].with_user(self.users["manager"])
        self.assertIn(self.order.pos_reference, use.description)
        self.assertFalse(use.document_name)
        with self.assertRaisesRegex(Exception, "not allowed to access"):
            use.action_open_document()

    def test_seal_numbers_are_for_accountants(self):
        self.env["giftcard.seal"]._seal_pending()
        use, sale = self.card.entry_ids.with_user(self.users["accountant"])
        self.assertEqual(use.seal_number, sale.seal_number + 1)
        self.assertNotIn(
            "seal_number",
            self.card.entry_ids.with_user(self.users["manager"]).fields_get(),
        )
