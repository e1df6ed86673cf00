# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import GiftcardTillCommon

REFUSED = "is part of the gift cards"
ADDON = "giftcard_salon"
JOBS = (
    "lapse_holds",
    "seal",
    "expire",
    "breakage",
    "settlement",
    "statement",
    "nightly_check",
    "match",
)
# what the code asks for by name, and whether it can be archived
KEPT = {
    "product_bonus": True,
    "product_deduction": True,
    "product_bonus_product_template": True,
    "product_deduction_product_template": True,
    **{f"ir_cron_{job}": True for job in JOBS},
    **{f"ir_cron_{job}_ir_actions_server": False for job in JOBS},
    "barcode_rule_giftcard": False,
    "sequence_statement": True,
    "mail_activity_type_ledger": True,
    "group_accountant": False,
    "group_manager": False,
    "group_settle": False,
    "giftcard_finding_action": False,
    "giftcard_verify_server_action": False,
}


@tagged("post_install", "-at_install")
class TestKeptData(GiftcardTillCommon):
    """What gift cards need stays, whoever wants it away: here the superuser."""

    def _ref(self, name):
        return self.env.ref(f"{ADDON}.{name}").sudo()

    def _refuse(self):
        return self.assertRaisesRegex(UserError, REFUSED)

    def test_everything_that_came_with_gift_cards_is_in_the_list(self):
        """The list is complete for the kinds of which there are few."""
        kept = self.env.registry["giftcard.kept.data"]
        many = {"res.groups", "ir.actions.act_window"}
        models = {
            name for name, model in self.env.registry.items() if issubclass(model, kept)
        }
        data = self.env["ir.model.data"].search([("module", "=", ADDON)])
        few = data.filtered(lambda name: name.model in models - many)
        others = data.filtered(lambda name: name.model in many)
        listed = set(KEPT)
        self.assertEqual(set(few.mapped("name")), listed - set(others.mapped("name")))

    def test_nobody_deletes_it(self):
        for name in KEPT:
            with self.subTest(name), self._refuse():
                self._ref(name).unlink()
            self.assertTrue(self._ref(name).exists())

    def test_nobody_archives_it(self):
        for name, can in KEPT.items():
            if can:
                with self.subTest(name), self._refuse():
                    self._ref(name).action_archive()
                self.env.invalidate_all()
                self.assertTrue(self._ref(name).active, name)

    def test_nobody_takes_its_name_away(self):
        for name in KEPT:
            data = self.env["ir.model.data"].search(
                [("module", "=", ADDON), ("name", "=", name)]
            )
            self.assertEqual(len(data), 1)
            with self.subTest(name), self._refuse():
                data.unlink()
            with self.subTest(name), self._refuse():
                data.res_id = 1
            self.env.invalidate_all()

    def test_products_do_not_go_with_a_change_of_their_variants(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [Command.create({"name": name}) for name in "SM"],
            }
        )
        deduction = self._ref("product_deduction")
        with self._refuse(), self.cr.savepoint():
            line = {
                "attribute_id": attribute.id,
                "value_ids": [Command.set(attribute.value_ids.ids)],
            }
            deduction.product_tmpl_id.attribute_line_ids = [Command.create(line)]
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(deduction.exists() and deduction.active)

    def test_what_others_made_is_theirs(self):
        cron = self._ref("ir_cron_seal").copy({"name": "Own job"})
        cron.action_archive()
        self.assertFalse(cron.active)
        product = self._ref("product_bonus").copy()
        product.action_archive()
        product.unlink()
        cron.unlink()
        self.assertFalse(cron.exists())
        self.assertFalse(product.exists())

    def test_credit_note_of_the_database_goes_on(self):
        """What failed for everybody once the product was gone."""
        with self._refuse():
            self._ref("product_deduction").product_tmpl_id.unlink()
        invoice = self.init_invoice("out_invoice", products=self.product_a, post=True)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        wizard.reverse_moves()
        self.assertEqual(len(invoice.reversal_move_ids), 1)
