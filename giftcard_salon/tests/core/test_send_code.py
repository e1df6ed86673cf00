# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from odoo.addons.mail.tests.common import MailCase

from ..common import GiftcardCommon


class TestSendCode(MailCase, GiftcardCommon):
    """The code reaches the client, and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = new_test_user(
            cls.env, "send_desk", groups="giftcard_salon.group_desk"
        )
        cls.env.company.email = "hello@spa.example.com"

    def _set_sender(self, email):
        self.env.company.email = email
        self.env.company.invalidate_recordset(["email_formatted"])

    def test_message_reaches_the_client_and_is_gone(self):
        card = self._issue(100)
        code = card._reveal()
        with self.mock_mail_gateway(mail_unlink_sent=True), self.mock_mail_app():
            masked = card.with_user(self.desk)._send_code(" Emma@Example.com ")
            mail = self.env["mail.mail"].search([("email_to", "=", "emma@example.com")])
            message = mail.mail_message_id
            self.assertEqual((len(mail), mail.state), (1, "outgoing"))
            self.assertFalse(message.model or message.res_id)
            with self.assertRaises(AccessError):
                message.with_user(self.desk).read(["body"])
            mail.send()
        self.assertEqual(masked, "e•••@example.com")
        sent = self._mails
        self.assertEqual(len(sent), 1)
        self.assertIn(code[-4:], sent[0]["body"])
        self.assertIn(code[2:6], sent[0]["body"])
        self.assertNotIn(code, sent[0]["subject"])
        self.assertFalse(mail.exists() or message.exists(), "deleted once sent")

    def test_history_says_to_whom_in_part(self):
        card = self._issue(100)
        card.with_user(self.desk)._send_code("emma.petit@gmail.com")
        noted = card.entry_ids[0]
        self.assertEqual((noted.kind, noted.user_id), ("send", self.desk))
        self.assertEqual(
            noted.description, f"Sent to e•••@gmail.com by {self.desk.name}"
        )
        texts = str(card.message_ids.mapped("body")) + str(noted.read())
        self.assertNotIn("emma.petit", texts)
        self.assertNotIn(card._reveal()[:10], texts)

    def test_wrong_addresses_and_cards_are_refused(self):
        card = self._issue(100)
        for wrong in ("", False, "emma", "emma@", "a@b.c, d@e.f", "x" * 2000):
            with self.assertRaisesRegex(UserError, "a name, an @ and a domain"):
                card._send_code(wrong)
        self._set_sender(False)
        with self.assertRaisesRegex(UserError, "no e-mail address to send from"):
            card._send_code("emma@example.com")
        self._set_sender("hello@spa.example.com")
        card._block("Stolen")
        with self.assertRaisesRegex(UserError, "is blocked"):
            card._send_code("emma@example.com")
        self.assertFalse(card.entry_ids.filtered(lambda entry: entry.kind == "send"))
