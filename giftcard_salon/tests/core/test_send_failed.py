# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from ..common import GiftcardCommon

MAIL = "odoo.addons.mail.models.mail_mail"


class TestSendFailed(MailCase, GiftcardCommon):
    """A code that does not leave by e-mail stays nowhere, and somebody is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = new_test_user(
            cls.env, "failed_desk", groups="giftcard_salon.group_desk"
        )
        cls.env.company.email = "hello@spa.example.com"

    def setUp(self):
        super().setUp()
        self.card = self._issue(100)
        self.code = self.card._reveal()

    def _send(self, address="emma@example.com"):
        self.card.with_user(self.desk)._send_code(address)
        self.env.flush_all()
        return self.env["mail.mail"].search([("email_to", "=", address)])

    def _deliver(self, mail, error=None, connect=False):
        """Run the mail queue for it; ``error`` is what the mail server answers."""
        servers = type(self.env["ir.mail_server"])
        name = "_connect__" if connect else "send_email"
        with self.mock_mail_gateway(mail_unlink_sent=True), mute_logger(MAIL):
            if error:
                with patch.object(servers, name, side_effect=error):
                    mail.send()
            else:
                mail.send()
            return [sent["body"] for sent in self._mails]

    def _dump(self):
        """Return all texts that a dump would show of this message."""
        self.env.flush_all()
        texts = []
        for table in ("mail_mail", "mail_message", "mail_activity", "ir_attachment"):
            self.cr.execute(f'SELECT "{table}"::text FROM "{table}"')
            texts += [text for (text,) in self.cr.fetchall()]
        return "\n".join(texts)

    def assertUnseen(self):
        dump = self._dump()
        for part in (self.code, self.code[2:6], self.code[6:10]):
            self.assertNotIn(part, dump)

    def test_waiting_message_holds_no_code(self):
        mail = self._send()
        self.assertEqual(mail.state, "outgoing")
        self.assertUnseen()
        (body,) = self._deliver(mail)
        self.assertIn(self.code[2:6], body)
        self.assertUnseen()

    def test_message_that_fails_is_gone_and_told_to_who_sent_it(self):
        for connect in (False, True):
            with self.subTest(connect=connect):
                mail = self._send()
                message = mail.mail_message_id
                error = ConnectionRefusedError("550 emma@example.com unknown")
                self._deliver(mail, error, connect)
                self.assertFalse(mail.exists() or message.exists())
                self.assertUnseen()
                activity = self.card.activity_ids
                self.assertEqual(activity.user_id, self.desk)
                self.assertIn("could not be sent", activity.summary)
                self.assertIn("550 e•••@example.com unknown", activity.note)
                self.assertNotIn("emma@", activity.note)
                entry = self.card.entry_ids[0]
                self.assertEqual(entry.kind, "send_failed")
                self.assertEqual(
                    entry.description, "Could not be sent to e•••@example.com"
                )
                self.assertIn("Could not be sent", self.card.sent_note)
                activity.unlink()

    def test_manager_is_told_when_the_sender_sees_no_cards(self):
        manager = new_test_user(
            self.env, "failed_manager", groups="giftcard_salon.group_manager"
        )
        mail = self._send()
        self.desk.active = False
        self._deliver(mail, ConnectionRefusedError("down"))
        told = self.card.activity_ids.user_id
        self.assertTrue(told.has_group("giftcard_salon.group_manager"), told.login)
        self.assertLessEqual(told.id, manager.id)

    def test_sent_again_after_a_failure_it_arrives(self):
        self._deliver(self._send(), ConnectionRefusedError("down"))
        (body,) = self._deliver(self._send("emma.petit@example.com"))
        self.assertIn(self.code[2:6], body)

    def test_code_of_a_card_blocked_meanwhile_does_not_leave(self):
        mail = self._send()
        self.card._block("Stolen")
        self.assertEqual(self._deliver(mail), [])
        self.assertFalse(mail.exists())
        self.assertIn("This card is blocked", self.card.activity_ids.note)

    def test_message_sent_elsewhere_by_hand_gets_no_code(self):
        """Who may write e-mails in the queue does not make them carry codes."""
        for change in (
            {"email_to": "thief@example.com"},
            {"email_cc": "thief@example.com"},
            {"recipient_ids": [(4, self.desk.partner_id.id)]},
            {"giftcard_card_id": self._issue(500).id},
            {"giftcard_mac": "1:1:" + "0" * 64},
        ):
            mail = self._send()
            mail.sudo().write(change)
            self.assertEqual(self._deliver(mail), [], change)
            self.assertFalse(mail.exists())

    def test_mail_server_that_logs_what_it_sends_gets_no_code(self):
        server = self.env["ir.mail_server"].create(
            {"name": "Loud", "smtp_host": "localhost", "smtp_debug": True}
        )
        mail = self._send()
        mail.sudo().mail_server_id = server
        self.assertEqual(self._deliver(mail), [])
        self.assertIn("switch its Debugging off", self.card.activity_ids.note)

    def test_message_of_the_queue_is_not_for_users(self):
        mail = self._send()
        with self.assertRaises(AccessError):
            mail.with_user(self.desk).read(["giftcard_mac"])
