# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_datetime

# kinds of entries about e-mails with the code
SENT = ("send", "send_failed")
PHONE = re.compile(r"\+?\d[\d ./()-]{5,}")


class GiftcardCard(models.Model):
    """The facts of a card as the back office reads them."""

    _inherit = "giftcard.card"

    hold_ids = fields.One2many(
        "giftcard.redemption",
        "card_id",
        "On hold now",
        domain=[("state", "=", "held")],
    )
    held_note = fields.Char("Held where", compute="_compute_held_note")
    valid_note = fields.Char("Validity", compute="_compute_valid_note")
    good_for = fields.Char("Good for", compute="_compute_scope")
    used_in = fields.Char("Used in", compute="_compute_scope")
    block_note = fields.Char(
        compute="_compute_notes",
        groups="giftcard_salon.group_manager,giftcard_salon.group_accountant",
    )
    sent_note = fields.Char("Sent to", compute="_compute_notes")
    entry_count = fields.Integer("Ledger entries", compute="_compute_entry_count")
    found_by = fields.Char(
        "Card, client or bill",
        compute="_compute_found_by",
        search="_search_found_by",
        help="Last four of the code, names, e-mail, phone, or the number of a bill.",
    )

    @api.model
    def _format_day(self, day):
        """Return ``day`` as people write it, its month in letters.

        :param datetime.date day: a day
        :rtype: str
        """
        return format_date(self.env, day, date_format="medium")

    @api.model
    def _format_moment(self, moment, company, with_day=True, zone=None):
        """Return ``moment`` as the salons' clock has it.

        :param datetime.datetime moment: in UTC
        :param company: ``res.company`` whose clock it is
        :param bool with_day: say the day too
        :param str zone: its time zone, when the caller has read it for many
        :rtype: str
        """
        return format_datetime(
            self.env,
            moment,
            tz=zone or self._get_zone(company),
            dt_format="short" if with_day else "HH:mm",
        )

    @api.depends("held")
    @api.depends_context("lang")
    def _compute_held_note(self):
        zones = self._get_zones(self.sudo().hold_ids.card_id.company_id)
        for card in self:
            holds = card.sudo().hold_ids.sorted("id", reverse=True)
            card.held_note = (
                "; ".join(
                    card._describe_hold(hold, zones[card.company_id]) for hold in holds
                )
                or False
            )

    def _describe_hold(self, hold, zone):
        """Return where money of this card is held: salon, document, since when."""
        company = self.company_id
        since = hold.held_at
        day = self._to_day(since, company, zone)
        location_name = hold.location_id.name or hold.company_id.name
        return self.env._(
            "%(place)s, since %(time)s",
            place=", ".join(filter(None, (location_name, hold.source_name))),
            time=self._format_moment(since, company, with_day=False, zone=zone)
            if day == self._to_day(fields.Datetime.now(), company, zone)
            else self._format_day(day),
        )

    @api.depends("valid_until", "status")
    @api.depends_context("lang")
    def _compute_valid_note(self):
        for card in self:
            if card.state == "draft":
                card.valid_note = self.env._("Starts with its sale")
            elif not card.valid_until:
                card.valid_note = self.env._("No expiry")
            elif card.state == "closed":
                card.valid_note = self._format_day(card.valid_until)
            else:
                last_day = card._format_day(card.valid_until)
                card.valid_note = f"{last_day} · {card._get_time_remaining()}"

    def _get_time_remaining(self):
        today = self._today(self.company_id)
        if self.valid_until < today:
            return self.env._("over")
        if self.valid_until == today:
            return self.env._("last day")
        remaining = relativedelta(self.valid_until, today)
        months = 12 * remaining.years + remaining.months
        if months:
            return (
                self.env._("%s months left", months)
                if months > 1
                else self.env._("1 month left")
            )
        return (
            self.env._("%s days left", remaining.days)
            if remaining.days > 1
            else self.env._("1 day left")
        )

    @api.depends(
        "company_id.giftcard_group_company_ids", "company_ids", "entitlement_ids.label"
    )
    @api.depends_context("lang")
    def _compute_scope(self):
        has_others = self._has_other_companies()
        for card in self:
            card.good_for = card._describe_services() or self.env._(
                "All services and products"
            )
            card.used_in = (
                self.env._(
                    "All salons of %s",
                    ", ".join(card._get_valid_companies().mapped("name")),
                )
                if has_others
                else self.env._("All salons")
            )

    @api.model
    def _has_other_companies(self):
        """Tell whether there is more than one company to name.

        :rtype: bool
        """
        self.env["res.company"].flush_model(["active"])
        rows = self.env.execute_query(
            SQL("SELECT 1 FROM res_company WHERE active LIMIT 2")
        )
        return len(rows) > 1

    def _describe_services(self):
        """Return what this card was sold for; "" when that is everything."""
        if self.vat_mode != "spv":
            return ""
        # sudo: giftcard.card - what is on it, in words
        named = (
            self.sudo()
            .entitlement_ids.sorted("sequence")
            .filtered(lambda entitlement: entitlement.kind != "amount")
        )
        return ", ".join(
            self.env._(
                "%(count)s × %(service)s",
                count=entitlement.quantity,
                service=entitlement.label,
            )
            if entitlement.quantity > 1
            else entitlement.label
            for entitlement in named
        )

    @api.depends("entry_ids", "state")
    @api.depends_context("uid", "lang")
    def _compute_notes(self):
        for card in self:
            entries = card.entry_ids.sorted("id", reverse=True)
            blocked = entries.filtered(lambda entry: entry.kind == "block")[:1]
            sent = entries.filtered(lambda entry: entry.kind in SENT)[:1].sudo()
            card.block_note = card.state == "blocked" and blocked.description
            delivery = sent.reason if sent.kind == "send" else sent.description
            card.sent_note = (
                f"{delivery} · {card._format_day(sent.day)}" if sent else False
            )

    @api.depends("entry_ids")
    def _compute_entry_count(self):
        for card in self:
            card.entry_count = len(card.entry_ids)

    # === ONE BOX TO FIND A CARD === #

    def _compute_found_by(self):
        self.found_by = False

    @api.model
    def _search_found_by(self, operator, value):
        """Find cards by what a client at the desk can tell of them."""
        if operator not in ("ilike", "in"):
            return NotImplemented
        texts = [value] if operator == "ilike" else value
        return Domain.OR(
            self._get_found_by(str(text).strip()) for text in texts if text
        )

    @api.model
    def _get_found_by(self, text):
        people = self._get_people_found_by(text)
        bill = Domain("source_name", "ilike", text)
        return Domain.OR(
            [
                Domain("last4", "ilike", text.strip("• ")),
                Domain("recipient", "ilike", text),
                Domain("sender", "ilike", text),
                Domain("holder_id", "any", people),
                Domain("buyer_id", "any", people),
                Domain("entry_ids", "any", bill),
                Domain("redemption_ids", "any", bill),
            ]
        )

    @api.model
    def _get_people_found_by(self, text):
        found = Domain.OR(
            Domain(name, "ilike", text) for name in ("complete_name", "email", "phone")
        )
        if PHONE.fullmatch(text):
            # however it is written, with the country's code or without
            digits = re.sub(r"\D", "", text).lstrip("0")
            found |= Domain("phone_mobile_search", "ilike", digits)
        return found

    def action_open_entries(self):
        """Show the card's lines of the ledger."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ledger"),
            "res_model": "giftcard.entry",
            "view_mode": "list,pivot,graph",
            "domain": [("card_id", "in", self.ids)],
        }

    def action_open_replacement(self):
        """Show the card that replaced this one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.replaced_by_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
