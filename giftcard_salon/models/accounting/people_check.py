# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ..ledger.daily_limits import LIMITS
from .nightly_check import ACTIVITY


class GiftcardEntry(models.Model):
    _inherit = "giftcard.entry"

    @api.model
    def _tell_of_person(self, company, setting, count):
        """Override: it is an alarm, once per person and day."""
        # sudo: giftcard.finding - only the server keeps what it found
        findings = self.env["giftcard.finding"].sudo().with_company(company)
        findings._get_finding(company, "people")._tell_of_person(
            self.env.user, setting, count
        )


class GiftcardFinding(models.Model):
    """One person who does very much in one day: told at once, to somebody else."""

    _inherit = "giftcard.finding"
    kind = fields.Selection(
        selection_add=[("people", "Does one person do very much in a day?")],
        ondelete={"people": "cascade"},
    )

    def _tell_of_person(self, user, setting, count):
        """Give the accountant an activity, and write to the other managers.

        :param user: ``res.users`` who did it
        :param str setting: which limit of the company was reached
        :param int count: what it comes to
        """
        self.ensure_one()
        now = fields.Datetime.now()
        today = self.env["giftcard.card"]._today(self.company_id)
        self.write({"is_open": True, "first_day": today, "checked_at": now})
        others = self.env["giftcard.decision"]._get_other_managers(self.company_id)
        accountant = self._get_accountant()
        reader = accountant if accountant != user else others[:1]
        text = self._get_person_message(user, setting, count, reader.lang)
        if reader:
            self.activity_schedule(
                ACTIVITY,
                user_id=reader.id,
                summary=text,
                note=Markup("<p>%s</p>") % self._describe_where(reader.lang),
            )
        self.message_post(body=text, partner_ids=(others - reader).partner_id.ids)

    def _get_person_message(self, user, setting, count, lang):
        env = self.with_context(lang=lang or self.env.lang).env
        if setting == "giftcard_daily_codes":
            return env._(
                "%(person)s has printed, sent or looked at the codes of %(count)s gift "
                "cards today",
                person=user.name,
                count=count,
            )
        return env._(
            "%(person)s has issued %(count)s gift cards by hand today",
            person=user.name,
            count=count,
        )

    def _describe_where(self, lang):
        return self.with_context(lang=lang or self.env.lang).env._(
            "Ask why, and look at Gift cards > Accounting > Ledger. From how many on "
            "you are told is set under Gift cards > Configuration > Settings."
        )

    def action_open_report(self):
        """Override: show what was done in the day."""
        self.ensure_one()
        if self.kind != "people":
            return super().action_open_report()
        name = "giftcard_salon.giftcard_entry_action"
        action = self.env["ir.actions.actions"]._for_xml_id(name)
        to_day = self.env["giftcard.card"]._to_day
        days = Domain.OR(
            # the ledger has each entry on the day it was where the card was sold
            Domain("company_id", "=", company.id)
            & Domain("day", "=", to_day(self.checked_at, company).isoformat())
            for company in self.company_id._get_giftcard_entity()
        )
        kinds = [kind for kinds in LIMITS.values() for kind in kinds]
        return {
            **action,
            "domain": list(days & Domain("kind", "in", kinds)),
            "context": {},
        }

    @api.model
    def _check_company(self, company):
        """Override: what somebody has looked into is over."""
        result = super()._check_company(company)
        findings = self.sudo().search(
            [("company_id", "=", company.id), ("kind", "=", "people")]
        )
        findings.filtered(lambda finding: not finding.activity_ids).is_open = False
        return result
