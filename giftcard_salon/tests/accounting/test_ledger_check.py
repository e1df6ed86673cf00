# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..group_common import GiftcardGroupCommon


@tagged("post_install", "-at_install")
class TestLedgerCheck(GiftcardGroupCommon):
    """Every night the ledger is verified, and its last seal leaves the database."""

    def setUp(self):
        super().setUp()
        self.company.giftcard_accountant_id = self.accountant
        self.accountant.email = "books@example.com"
        self.company.email = "hello@spa.example.com"
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self._mails().unlink()

    def _night(self):
        self.env.flush_all()
        self.env.ref("giftcard_salon.ir_cron_nightly_check").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["giftcard.finding"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "ledger")]
        )

    def _mails(self):
        return self.env["mail.mail"].search([("subject", "like", "Seal of the day")])

    def _change(self, values):
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE giftcard_card SET {values} WHERE id = %s", [self.card.id]
        )
        self.env.invalidate_all()

    def test_seal_of_the_day_leaves_by_e_mail_once(self):
        alarm = self._night()
        self.assertFalse(alarm.is_open)
        head = self.env["giftcard.head"].search([("company_id", "=", self.company.id)])
        mail = self._mails()
        self.assertEqual((len(head), len(mail)), (1, 1))
        self.assertEqual(mail.email_to, "books@example.com")
        is_there, said = head._compare(self.company, mail.body_html)
        self.assertTrue(is_there, said)
        self._night()
        self.assertEqual(self._mails(), mail)

    def test_seal_of_the_day_goes_to_who_is_chosen_to_keep_it(self):
        self.company.giftcard_head_email = "auditor@example.com"
        self._night()
        self.assertEqual(self._mails().email_to, "auditor@example.com")

    def test_change_by_sql_is_told_and_no_seal_leaves(self):
        self._change("state = 'blocked'")
        alarm = self._night()
        self.assertTrue(alarm.is_open)
        self.assertEqual(alarm.activity_ids.user_id, self.accountant)
        self.assertIn("not what their ledger says", alarm.activity_ids.summary)
        self.assertIn(f"(no. {self.card.id})", alarm.activity_ids.note)
        self.assertFalse(self._mails())
        day = alarm.first_day
        self.assertEqual(self._night().first_day, day)
        self._change("state = 'active'")
        alarm = self._night()
        self.assertFalse(alarm.is_open or alarm.activity_ids)
        self.assertTrue(self._mails())

    def test_accountant_verifies_compares_and_prints(self):
        self._night()
        text = self._mails().body_html
        wizards = self.env["giftcard.verify"].with_user(self.accountant)
        wizard = wizards.browse(wizards.action_verify()["res_id"])
        self.assertTrue(wizard.is_sound, wizard.findings)
        wizard.kept_text = text
        wizard.action_compare()
        self.assertTrue(wizard.is_kept_there, wizard.seal_comparison)
        self.assertIn(wizard.head.partition("/")[0], wizard.seal_comparison)
        # what is printed is found anew, whatever the screen was told
        self._change("available = 90, available_consideration = 90")
        wizard.write({"is_sound": True, "findings": False})
        report = wizard._get_report()
        self.assertIn("does not match", report["banner"]["title"])
        labels = [row["label"] for row in report["tables"][0]["rows"]]
        self.assertIn(f"(no. {self.card.id})", labels[-1])
        with self.assertRaises(AccessError):
            wizards.with_user(self.cashier).action_verify()
        with self.assertRaises(AccessError):
            wizards.action_verify(self.other.id)
