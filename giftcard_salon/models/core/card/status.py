# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

STATUSES = [
    ("draft", "In stock"),
    ("pending", "Pending"),
    ("active", "Active"),
    ("partial", "Partially redeemed"),
    ("held", "On hold"),
    ("used", "Fully redeemed"),
    ("expired", "Expired"),
    ("blocked", "Blocked"),
    ("cancelled", "Cancelled"),
    ("refunded", "Refunded"),
    ("replaced", "Replaced"),
    ("converted", "Changed into a gift card"),
    ("escheated", "Handed over to the State"),
]


class GiftcardCard(models.Model):
    """What people see of a card's life: derived, therefore never stale."""

    _inherit = "giftcard.card"

    status = fields.Selection(
        STATUSES, compute="_compute_status", search="_search_status"
    )
    status_label = fields.Char(compute="_compute_status_label")
    held = fields.Monetary("On hold", compute="_compute_status")
    balance = fields.Monetary(compute="_compute_status")

    sold_on = fields.Date(
        "Day of the sale",
        compute="_compute_sold_on",
        store=True,
        help="As the salon's clock had it then: another time zone does not change it.",
    )

    @api.depends("sold_at")
    def _compute_sold_on(self):
        zones = self._get_zones(self.company_id)
        days = {}
        for card in self:
            moment, company = card.sold_at or card.create_date, card.company_id
            if moment and company and (moment, company) not in days:
                day = self._to_day(moment, company, zones[company])
                days[moment, company] = day
            card.sold_on = days.get((moment, company))

    @api.model
    def _today(self, company):
        """Return the day it is in the time zone of ``company``."""
        return self._to_day(fields.Datetime.now(), company)

    @api.model
    def _to_day(self, moment, company, zone=None):
        """Return the day of a UTC ``moment`` in the time zone of ``company``.

        :param datetime.datetime moment: in UTC
        :param company: ``res.company`` record
        :param str zone: its time zone, when the caller has read it for many
        :rtype: datetime.date
        """
        zone = pytz.timezone(zone or self._get_zone(company))
        return pytz.utc.localize(moment).astimezone(zone).date()

    @api.model
    def _get_zone(self, company):
        """Return the name of the time zone of ``company``.

        One small query, once: a hold asks for it, and a client waits.

        :param company: ``res.company`` record
        :rtype: str
        """
        # sudo: res.company - everybody may know its clock, few may read the company
        company = company.sudo()
        company.fetch(["giftcard_tz"])
        return company.giftcard_tz or "UTC"

    @api.model
    def _get_zones(self, companies):
        """Return the names of the time zones of companies, for many rows.

        :param companies: ``res.company`` records
        :rtype: dict
        """
        return {company: self._get_zone(company) for company in companies}

    @api.model
    def _today_query(self):
        """Return the day it is where ``card`` was sold, for every row of a query."""
        self.env["res.company"].flush_model(["giftcard_tz"])
        return SQL(
            """(%s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(
                   (SELECT company.giftcard_tz FROM res_company company
                     WHERE company.id = card.company_id), 'UTC'))::date""",
            fields.Datetime.now(),
        )

    @api.model
    def _status_query(self):
        """Return one row per card: id, status, held value."""
        return SQL(
            """
            SELECT card.id,
                   CASE WHEN card.state = 'closed' THEN card.close_reason
                        WHEN card.state <> 'active' THEN card.state
                        WHEN card.available + COALESCE(hold.value, 0) = 0 THEN 'used'
                        WHEN card.valid_until < %(today)s THEN 'expired'
                        WHEN card.available = 0 THEN 'held'
                        WHEN card.available + COALESCE(hold.value, 0) < card.value
                             THEN 'partial'
                        ELSE 'active'
                   END AS status,
                   COALESCE(hold.value, 0) AS held
              FROM giftcard_card card
              LEFT JOIN (SELECT card_id, SUM(amount + forfeited) AS value
                           FROM giftcard_redemption
                          WHERE state = 'held'
                          GROUP BY card_id) hold ON hold.card_id = card.id
            """,
            today=self._today_query(),
        )

    @api.depends("state", "close_reason", "available", "value", "valid_until")
    @api.depends_context("company")
    def _compute_status(self):
        found = defaultdict(lambda: ("draft", 0.0))
        if self.ids:
            self.env["giftcard.redemption"].flush_model()
            self.flush_recordset()
            for card_id, status, held in self.env.execute_query(
                SQL("%s WHERE card.id IN %s", self._status_query(), tuple(self.ids))
            ):
                found[card_id] = status, float(held)
        for card in self:
            card.status, card.held = found[card._origin.id]
            card.balance = card.available + card.held

    def _search_status(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        wanted = SQL(
            "(SELECT id FROM (%s) derived WHERE status IN %s)",
            self._status_query(),
            tuple(value) or ("",),
        )
        return [("id", operator, wanted)]

    @api.depends("status")
    @api.depends_context("lang")
    def _compute_status_label(self):
        labels = dict(self._fields["status"]._description_selection(self.env))
        for card in self:
            card.status_label = labels[card.status]

    def _is_over(self, company):
        """Tell whether the card's last day has passed, used up or not.

        :param company: ``res.company`` whose day it is
        :rtype: bool
        """
        self.ensure_one()
        return bool(self.valid_until) and self.valid_until < self._today(company)

    def _get_card_summary(self):
        """Return what a till may show of the card.

        :rtype: dict
        """
        self.ensure_one()
        # sudo: giftcard.card - what a till is told of a card it may not read
        card = self.sudo()
        card.type_id.fetch(["name"])
        return {
            "status": card.status,
            "status_label": card.status_label,
            "name": card.type_id.name,
            "last4": card.last4,
            "available": card.available,
            "held": card.held,
            "value": card.value,
            "valid_until": card.valid_until and card.valid_until.isoformat(),
            "good_for": card.good_for,
            "where": card.used_in,
            "is_single_use": card.is_single_use,
            "pays_tips": card.pays_tips,
            "refusal": card._get_refusal(),
        }
