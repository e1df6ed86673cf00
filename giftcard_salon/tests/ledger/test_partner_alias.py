# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..common import GiftcardCommon


class TestAlias(GiftcardCommon):
    """People who are merged stay people in the ledger."""

    def _make_client(self, name, **values):
        return self.env["res.partner"].create({"name": name, **values})

    def _issue_to(self, partner, key):
        card = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": key, "value": 50, "buyer_id": partner.id}],
            "issue",
            self._origin(),
        )
        return card.entry_ids

    def _merge(self, partners, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {"partner_ids": [(6, 0, partners.ids)], "dst_partner_id": kept.id}
        )
        wizard.action_merge()
        self.env.invalidate_all()

    def test_ledger_shows_who_a_merged_person_is_now(self):
        first, second, third = (
            self._make_client(name, email="sofia@example.com")
            for name in ("Sofia", "Sofia L.", "Sofia Laurent")
        )
        stranger = self._make_client("Sofia Roche")
        entry = self._issue_to(first, "alias-first")
        own = self._issue_to(third, "alias-third")
        other = self._issue_to(stranger, "alias-stranger")
        ref = first.id
        self._merge(first + second, second)
        self.assertEqual(entry.partner_id, second)
        self._merge(second + third, third)
        self.assertEqual(entry.partner_ref, ref, "the ledger itself is untouched")
        self.assertEqual(entry.partner_id, third)
        self.assertEqual(own.partner_id, third)
        self.assertEqual(other.partner_id, stranger)
        aliases = self.env["giftcard.alias"].search([("new_ref", "=", third.id)])
        self.assertEqual(len(aliases), 2)

    def test_ledger_says_nobody_when_the_person_was_deleted(self):
        first, second = self._make_client("Paul"), self._make_client("Paul G.")
        entry = self._issue_to(first, "alias-deleted")
        self._merge(first + second, second)
        entry.card_id.sudo().write({"buyer_id": False, "holder_id": False})
        second.unlink()
        self.env.invalidate_all()
        self.assertFalse(entry.partner_id)

    def test_only_a_merge_writes_aliases(self):
        first, second = self._make_client("Nina"), self._make_client("Nina R.")
        self._merge(first + second, second)
        alias = self.env["giftcard.alias"].search([("new_ref", "=", second.id)])
        self.assertEqual(len(alias), 1)
        manager = new_test_user(
            self.env,
            "alias_manager",
            groups="giftcard_salon.group_manager,giftcard_salon.group_accountant",
        )
        admin = self.env.ref("base.user_admin")
        for user in (manager, admin):
            for attempt in (
                lambda rows: rows.create({"old_ref": 1, "new_ref": 2}),
                lambda rows: rows.write({"new_ref": 1}),
                lambda rows: rows.unlink(),
            ):
                with self.assertRaises(AccessError):
                    attempt(alias.with_user(user))
