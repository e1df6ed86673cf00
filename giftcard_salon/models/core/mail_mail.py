# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import email_normalize

from ...tools import ledger_text
from ...tools.keys import card_code
from .card.sending import CODE_HERE


class MailMail(models.Model):
    """The code of a card is put into its e-mail when that leaves, and kept nowhere."""

    _inherit = "mail.mail"

    giftcard_card_id = fields.Many2one(
        "giftcard.card",
        "Gift card",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        groups=NO_ACCESS,
    )
    giftcard_sender_id = fields.Many2one("res.users", readonly=True, groups=NO_ACCESS)
    # a message made by hand, or sent elsewhere by hand, does not get the code
    giftcard_mac = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)

    @api.model
    def _prepare_giftcard(self, card, address, sender):
        """Return what lets a message get the code of ``card``, for this address only.

        :param card: ``giftcard.card`` record
        :param str address: where the message goes
        :param sender: ``res.users`` record of who is told when it does not leave
        :rtype: dict
        """
        text = self._get_giftcard_text(card, address)
        return {
            "giftcard_card_id": card.id,
            "giftcard_sender_id": sender.id,
            "giftcard_mac": card._load_keys().sign("mail", text),
        }

    @api.model
    def _get_giftcard_text(self, card, address):
        return ledger_text.write([card.id, email_normalize(address or "")])

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """Override of `mail`: the code is put in now."""
        results = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        card = self.sudo().giftcard_card_id
        if not card:
            return results
        self._check_giftcard(card, mail_server)
        code = card_code.grouped(card._reveal())
        names = ("body", "body_alternative")
        return [
            {
                **result,
                **{name: result[name].replace(CODE_HERE, code) for name in names},
            }
            for result in results
        ]

    def _check_giftcard(self, card, mail_server):
        """Refuse to put a code into a message it was not meant for, or into a log."""
        card._check_sendable()
        # sudo: mail.mail, ir.mail_server - the queue runs as anybody, a message of ours
        # is read by nobody
        mail = self.sudo()
        text = self._get_giftcard_text(card, mail.email_to)
        is_ours = card._load_keys().is_signed(mail.giftcard_mac, "mail", text)
        if not is_ours or mail.email_cc or mail.recipient_ids:
            raise UserError(
                self.env._(
                    "This e-mail was changed after it was made. Send the code again "
                    "from the card."
                )
            )
        if mail_server and mail_server.sudo().smtp_debug:
            raise UserError(
                self.env._(
                    "The mail server %s writes all e-mails into the server's log. Ask "
                    "the administrator to switch its Debugging off: codes are money.",
                    mail_server.sudo().name,
                )
            )

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Override of `mail`: a code that did not leave is told, its mail is gone."""
        failed = self.browse()
        if failure_type:
            failed = self.sudo().filtered("giftcard_card_id")
        for mail in failed:
            mail.giftcard_card_id._tell_not_sent(
                mail.email_to,
                mail.giftcard_sender_id,
                failure_reason or mail.failure_reason,
            )
        result = super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
        # to send it again is for whoever may, from the card
        failed.exists().unlink()
        return result
