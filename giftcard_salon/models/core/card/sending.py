from markupsafe import Markup

from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, format_amount
from odoo.tools.misc import clean_context

from ....tools import card_code


class GiftcardCard(models.Model):
    """The code on its way to the client by e-mail, unseen by who sends it."""

    _inherit = "giftcard.card"

    def _send_code(self, email, source=None):
        """Send the card's code by e-mail; the ledger says to whom, in part.

        The message leaves with the next run of the mail queue and is deleted then. It
        belongs to no document and to nobody who works here, so nobody reads the code.

        :param str email: address as typed
        :param dict source: as for :meth:`_note_event`; by default the back office
        :return: the address as it may be shown, ``e•••@gmail.com``
        :rtype: str
        :raises AccessError: without the desk's right
        :raises UserError: when the address is wrong, or the card cannot be used
        """
        self.ensure_one()
        self._check_care()
        self.check_access("read")
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
        if card.state not in ("pending", "active"):
            raise UserError(card._get_refusal() or card._get_state_refusal())
        # no copy to an address that the sender's own context names
        context = clean_context(self.env.context)
        mails = self.env(user=SUPERUSER_ID, context=context)["mail.mail"]
        mails.create(card._prepare_code_mail(address))
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        masked = self._mask_email(address)
        card.with_user(self.env.user).sudo()._note_event("send", masked, source)
        return masked

    def _mask_email(self, address):
        name, _at, domain = address.partition("@")
        return f"{name[:1]}•••@{domain}"

    def _prepare_code_mail(self, address):
        """Return the message: value, code, and until when it is good."""
        self.ensure_one()
        company = self.company_id
        card = self.with_context(lang=self._get_mail_lang())
        lines = card._say_mail_value()
        if card.message:
            lines.append(card.message)
        lines += [
            Markup("<b style='font-size:20px;letter-spacing:1px'>%s</b>")
            % card_code.grouped(card._reveal()),
            card.env._("Valid until %s.", card._say_day(card.valid_until))
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

    def _say_mail_value(self):
        """Return what is on the card: money, or what is left of each service and tip.

        :rtype: list[str]
        """
        salon = self.company_id.name
        parts = self.part_ids.sorted("sequence")
        if named := parts.filtered(lambda part: part.kind != "amount"):
            return [
                self.env._("Your gift card of %s", salon),
                *(part._say_left() for part in named),
            ]
        money = format_amount(self.env, self.available, self.currency_id)
        return [
            self.env._(
                "Your gift card of %(salon)s: %(amount)s", salon=salon, amount=money
            )
        ]

    def _get_mail_lang(self):
        return self.holder_id.lang or self.company_id.partner_id.lang or self.env.lang
