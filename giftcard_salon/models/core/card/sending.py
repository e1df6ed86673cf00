# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, format_amount
from odoo.tools.misc import clean_context

_logger = logging.getLogger(__name__)
# where the code will stand in a message that waits to be sent
CODE_HERE = "[giftcard-code]"


class GiftcardCard(models.Model):
    """The code on its way to the client by e-mail, unseen by who sends it."""

    _inherit = "giftcard.card"

    def _send_code(self, email, origin=None):
        """Send the card's code by e-mail; the ledger says to whom, in part.

        The message leaves with the next run of the mail queue and is deleted then, also
        when it cannot leave: whoever sent it gets an activity. The code is put in when
        it leaves (``mail.mail``), so that no table holds it.

        :param str email: address as typed
        :param Origin origin: where it is sent from; by default the back office
        :return: the address as it may be shown, ``e•••@gmail.com``
        :rtype: str
        :raises AccessError: without the desk's right; in the back office for cards of
            other companies
        :raises UserError: when the address is wrong, or the card cannot be used
        """
        self.ensure_one()
        self._check_desk()
        if origin:
            self.check_access("read")
        else:
            self._check_user_company()
        # sudo: giftcard.card - the right was checked; the code itself nobody reads
        card = self.sudo()
        address = email_normalize(email or "")
        if not address or not address.isprintable():
            raise UserError(
                self.env._("An e-mail address has a name, an @ and a domain.")
            )
        if not card.company_id.email_formatted:
            raise UserError(
                self.env._(
                    "%s has no e-mail address to send from. Ask the administrator to "
                    "fill it in under Settings > Companies.",
                    card.company_id.name,
                )
            )
        card._check_sendable()
        # no copy to an address that the sender's own context names
        context = clean_context(self.env.context)
        mails = self.env(user=SUPERUSER_ID, context=context)["mail.mail"]
        mails.create(
            {
                **card._prepare_code_mail(address),
                **mails._prepare_giftcard(card, address, self.env.user),
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        masked = self._mask_email(address)
        card.with_user(self.env.user).sudo()._note_event("send", masked, origin)
        return masked

    def _check_sendable(self):
        """Refuse to send the code of a card that cannot be used (any more).

        :raises UserError: why not
        """
        if self.state not in ("pending", "active"):
            raise UserError(self._get_refusal() or self._get_state_refusal())

    @api.model
    def _get_sending_text(self, masked):
        """Return what whoever sends a code is told.

        :param str masked: the address, as it may be shown
        :rtype: str
        """
        return self.env._(
            "The code is being sent to %s. If it cannot be delivered, you get a to-do.",
            masked,
        )

    def _tell_not_sent(self, address, sender, reason):
        """Say in the history and to the sender that the code did not leave.

        :param str address: where it was to go
        :param sender: ``res.users`` record of who sent it
        :param str reason: what the mail server said
        """
        self.ensure_one()
        masked = self._mask_email(address)
        # sudo: giftcard.entry - only the server appends to the ledger
        self.with_user(sender).sudo()._note_event("send_failed", masked)
        responsible = self._get_notified_users(sender)
        if not responsible:
            _logger.warning("Nobody is told: the code of %s was not sent", self.name)
            return
        reader = self.with_context(lang=responsible.lang)
        # no e-mail about an e-mail that did not leave
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=responsible.id,
            summary=reader.env._("The code of card %s could not be sent", self.name),
            note=Markup("<p>%s</p><p>%s</p>")
            % (
                reader.env._(
                    "The e-mail to %s did not leave. Check the address with the client "
                    "and send the code again.",
                    masked,
                ),
                (reason or "").replace(address, masked),
            ),
        )

    def _get_notified_users(self, sender):
        """Return who can do something about it: the sender, else a manager.

        :rtype: res.users
        """
        # sudo: res.groups - who has a role is not for everybody to read
        managers = self.env.ref("giftcard_salon.group_manager").sudo().all_user_ids
        company_managers = managers.filtered(
            lambda user: self.company_id in user.company_ids
        )
        return (sender | company_managers.sorted("id")).filtered(
            lambda user: (
                user.active
                and not user.share
                and self.sudo(False).with_user(user).has_access("read")
            )
        )[:1]

    @api.model
    def _mask_email(self, address):
        name, _at, domain = address.partition("@")
        return f"{name[:1]}•••@{domain}"

    def _prepare_code_mail(self, address):
        """Return the message: value, place of the code, until when it is good."""
        self.ensure_one()
        company = self.company_id
        card = self.with_context(lang=self._get_mail_lang())
        lines = card._describe_value()
        if card.message:
            lines.append(card.message)
        lines += [
            Markup("<b style='font-size:20px;letter-spacing:1px'>%s</b>") % CODE_HERE,
            card.env._("Valid until %s.", card._format_day(card.valid_until))
            if card.valid_until
            else card.env._("No expiry."),
            card.env._("Show this code in the salon. Whoever has it can use the card."),
        ]
        if card.state == "pending":
            lines.append(card.env._("It can be used as soon as it is paid."))
        return {
            "subject": card.env._("Your gift card of %s", company.name),
            "body_html": Markup("").join(Markup("<p>%s</p>") % line for line in lines),
            "email_from": company.email_formatted,
            "email_to": address,
            "author_id": self.env.ref("base.partner_root").id,
            "auto_delete": True,
            "state": "outgoing",
        }

    def _describe_value(self):
        """Return what is on the card: money, or what is left of each service and tip.

        :rtype: list[str]
        """
        salon = self.company_id.name
        entitlements = self.entitlement_ids.sorted("sequence")
        if named := entitlements.filtered(
            lambda entitlement: entitlement.kind != "amount"
        ):
            return [
                self.env._("Your gift card of %s", salon),
                *(entitlement._get_remaining_label() for entitlement in named),
            ]
        money = format_amount(self.env, self.available, self.currency_id)
        return [
            self.env._(
                "Your gift card of %(salon)s: %(amount)s", salon=salon, amount=money
            )
        ]

    def _get_mail_lang(self):
        return self.holder_id.lang or self.company_id.partner_id.lang or self.env.lang
