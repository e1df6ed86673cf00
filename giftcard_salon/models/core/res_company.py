# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

INCOME_MODES = [
    ("expiry", "When the card expires"),
    ("proportion", "Little by little, in proportion to use"),
    ("never", "Never"),
]


class ResCompany(models.Model):
    """What a company decides that its cards obey.

    Whose clock says which day it is, how long cards live, what becomes of those nobody
    uses, and in which companies of the group they can be used; those settle afterwards.
    """

    _inherit = "res.company"
    giftcard_tz = fields.Selection(
        lambda self: self.env["res.partner"]._fields["tz"].selection,
        "Time zone of the salons",
        compute="_compute_giftcard_tz",
        store=True,
        readonly=False,
        help="By this clock a day ends: for the last day of a card, and for the ledger "
        "and the journal entries of gift cards, wherever people and servers are. "
        "Empty: UTC.",
    )
    giftcard_income_mode = fields.Selection(
        INCOME_MODES,
        "Unused cards become income",
        default="expiry",
        required=True,
        help="In proportion to use: an estimate per card type says which part is never "
        "used; the rest follows when the card expires.",
    )
    giftcard_grace_days = fields.Integer(
        "Days of grace",
        help="How many days after a card's last day its rest becomes income.",
    )
    giftcard_expiry_forbidden = fields.Boolean(
        "Cards never expire",
        help="Where the law forbids that gift cards expire, as in California: cards "
        "sold here have no last day, and nothing of them becomes income by time.",
    )
    giftcard_least_months = fields.Integer(
        "Shortest life of a card",
        help="In months, where the law sets one. Cards sold here are valid for at "
        "least that long, whatever their type says.",
    )
    giftcard_daily_codes = fields.Integer(
        "Codes per person and day",
        default=20,
        help="Codes of gift cards that one person prints, sends or looks at in a day. "
        "Then the desk has to ask a manager, and others are told. 0: no limit.",
    )
    giftcard_daily_issued = fields.Integer(
        "Cards issued per person and day",
        default=20,
        help="From this many cards issued by hand in a day on, others are told. "
        "0: nobody is.",
    )
    _giftcard_days_not_negative = models.Constraint(
        "CHECK(giftcard_grace_days >= 0 AND giftcard_least_months >= 0)",
        "Days of grace and the shortest life of a card are zero or more.",
    )
    _giftcard_limits_not_negative = models.Constraint(
        "CHECK(giftcard_daily_codes >= 0 AND giftcard_daily_issued >= 0)",
        "What one person may do in a day is zero or more.",
    )
    giftcard_group_company_ids = fields.Many2many(
        "res.company",
        "giftcard_company_group_rel",
        "company_id",
        "other_id",
        string="Group companies that settle gift cards",
        help="Their tills take this company's gift cards, and this company's tills "
        "theirs. Every month they pay each other what cards of the one bought at the "
        "other.",
    )

    @api.depends("partner_id.country_id")
    def _compute_giftcard_tz(self):
        """Follow the country, also when core took one by default; else keep it."""
        for company in self:
            zones = pytz.country_timezones.get(company.country_id.code or "", [])
            current = [
                zone for zone in (company.giftcard_tz, company.partner_id.tz) if zone
            ]
            here = [zone for zone in current if zone in zones]
            company.giftcard_tz = next(iter([*here, *zones] or current), False)

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._mirror_giftcard_group()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "giftcard_group_company_ids" in vals:
            self._mirror_giftcard_group()
        return result

    def _mirror_giftcard_group(self):
        """Whoever settles with a company is settled with by it: both say so."""
        # sudo: res.company - a group is kept the same on both sides
        companies = self.sudo().with_context(active_test=False)
        for company in companies:
            named = company.giftcard_group_company_ids
            if named:
                company._show_giftcard_settlements()
            naming = companies.search(
                [("giftcard_group_company_ids", "in", company.id)]
            )
            for other in named - naming:
                other.giftcard_group_company_ids = [Command.link(company.id)]
            for other in naming - named:
                other.giftcard_group_company_ids = [Command.unlink(company.id)]

    @api.model
    def _show_giftcard_settlements(self):
        """Give accountants the menus that only groups of companies need."""
        accountants = self.env.ref("giftcard_salon.group_accountant")
        settling = self.env.ref("giftcard_salon.group_settle")
        if settling not in accountants.implied_ids:
            accountants.implied_ids += settling

    @api.constrains("giftcard_group_company_ids")
    def _check_giftcard_group_companies(self):
        for company in self:
            if company in company.sudo().giftcard_group_company_ids:
                raise ValidationError(
                    self.env._(
                        "%s takes its own gift cards anyway. Name the other companies "
                        "of the group.",
                        company.name,
                    )
                )
