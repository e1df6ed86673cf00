# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class ResCompany(models.Model):
    _inherit = "res.company"

    giftcard_head_email = fields.Char(
        "Seal of the day goes to",
        help="Who keeps it can prove that nothing was taken out of the gift card "
        "ledger since. Empty: who is told when cards and accounts differ.",
    )


class GiftcardFinding(models.Model):
    """Every night the ledger is verified, and its last seal leaves the database."""

    _inherit = "giftcard.finding"

    kind = fields.Selection(
        selection_add=[("ledger", "Is the ledger untouched?")],
        ondelete={"ledger": "cascade"},
    )

    @api.model
    def _find_trouble(self, company):
        found = super()._find_trouble(company)
        return {**found, "ledger": self._find_changes(company)}

    @api.model
    def _find_changes(self, company):
        seals = self.env["giftcard.seal"]
        day = self._get_finding(company, "ledger").first_day
        today = self.env["giftcard.card"]._today(company)
        common = {"amount": 0, "first_day": day or today}
        try:
            seals._seal_pending(company)
            found = seals._verify(company)
        except UserError as error:
            reason = str(error)
            return {
                **common,
                "get_message": lambda finding: finding._get_unverified_message(reason),
            }
        if seals._is_sound(found):
            head = self.env["giftcard.head"]._note(
                company, found["sealed"], found["hash"]
            )
            self._send_head(head)
            return None
        return {
            **common,
            "get_message": lambda finding: finding._get_changes_message(found),
        }

    def _get_changes_message(self, found):
        """Return summary and note of the activity: what the verification found."""
        note = Markup("<br/>").join(
            [
                *self.env["giftcard.seal"]._describe(found),
                self.env._(
                    "Keep the database as it is, look at these cards and call your "
                    "auditor."
                ),
            ]
        )
        return self.env._("The gift cards are not what their ledger says"), note

    def _get_unverified_message(self, reason):
        return self.env._("The gift card ledger could not be verified"), reason

    @api.model
    def _send_head(self, head):
        """Send the seal of the day to whoever keeps it."""
        company = head.company_id
        if not head:
            return
        finding = self._get_finding(company, "ledger")
        keeper = finding._get_accountant()
        address = company.giftcard_head_email or keeper.email
        if not (address and company.email_formatted):
            _logger.warning(
                "The gift card ledger of company %s ends today with seal %s. Nobody "
                "gets it by e-mail: the company, or who keeps it, has no address",
                company.id,
                head.text,
            )
            return
        _logger.info("Gift card ledger of company %s: %s", company.id, head.text)
        reader = head.with_context(lang=keeper.lang or company.partner_id.lang)
        mails = self.env["mail.mail"].with_user(SUPERUSER_ID)
        mails.create(reader._prepare_mail(address))


class GiftcardHead(models.Model):
    _inherit = "giftcard.head"

    def _prepare_mail(self, address):
        """Return the e-mail that takes the seal out of the database."""
        self.ensure_one()
        company = self.company_id
        lines = [
            self.env._(
                "%(count)s entries are in the gift card ledger of %(company)s today, "
                "sealed as:",
                count=self.number,
                company=company.name,
            ),
            Markup("<code style='word-break:break-all'>%s</code>") % self.text,
            self.env._(
                "Keep this e-mail. To prove later that nothing was taken out of the "
                "ledger, paste it under Gift cards > Accounting > "
                "Verify the ledger."
            ),
        ]
        return {
            "subject": self.env._(
                "Seal of the day: gift cards of %(company)s, no. %(number)s",
                company=company.name,
                number=self.number,
            ),
            "body_html": Markup("").join(Markup("<p>%s</p>") % line for line in lines),
            "email_from": company.email_formatted,
            "email_to": address,
            "author_id": self.env.ref("base.partner_root").id,
            "auto_delete": True,
            "state": "outgoing",
        }
