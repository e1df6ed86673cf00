# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.allocation import exact

# first day of each class of age after the first one
BRACKETS = (91, 181, 366, 731, 1096, 1826)
NEVER, OVER = -1, -2
# years without any event, as most States have it
DORMANCY = (3, 5)
AGES = {
    "sold": "%s - sold_on",
    "used": "%s - used_on",
    "remaining": "valid_on - %s",
}


class GiftcardReportAgeing(models.AbstractModel):
    """How old what is owed is."""

    _name = "giftcard.report.ageing"
    _inherit = "giftcard.report"
    _description = "Age of gift cards"
    _report_sequence = 20

    @api.model
    def _get_title(self):
        return self.env._("Age of what is owed")

    @api.model
    def _has_period(self):
        return False

    @api.model
    def _build(self, options):
        titles = {
            "sold": self.env._("Since the card was sold"),
            "used": self.env._("Since it was last used"),
            "remaining": self.env._("Until its last day"),
        }
        found = {age: self._sum_ages(age, options) for age in titles}
        currencies = sorted({row[0] for rows in found.values() for row in rows})
        tables = [
            self._build_ages(age, titles[age], found[age], currency, options)
            for currency in currencies or [options["company"].currency_id.id]
            for age in titles
        ]
        if options["company"].account_fiscal_country_id.code == "US":
            tables.append(self._build_states(options))
        return None, tables

    @api.model
    def _build_ages(self, age, title, found, currency_id, options):
        labels = self._get_age_labels(age)
        sums = {row[1]: row[2:] for row in found if row[0] == currency_id}
        whole = sum(exact(row[2]) for row in sums.values())
        rows = []
        for bracket, label in labels.items():
            if bracket not in sums and bracket < 0:
                continue
            count, face, paid, net = sums.get(bracket, (0, 0, 0, 0))
            rows.append(
                {
                    "label": label,
                    "style": "",
                    "cells": {
                        "count": count,
                        "face": float(face),
                        "paid": float(paid),
                        "net": float(net),
                        "share": float(exact(paid) / whole) if whole else 0.0,
                    },
                    "drill": self._drill_bracket(
                        age, bracket, label, currency_id, options
                    ),
                }
            )
        rows.append(
            self._total_row(self.env._("Total"), rows, ("count", "face", "paid", "net"))
        )
        rows[-1]["cells"]["share"] = 1.0 if whole else 0.0
        return {
            "title": title,
            "note": self._get_currency_label(currency_id, options),
            "columns": [
                self._column("count", self.env._("Cards"), "count"),
                self._column("face", self.env._("They can buy")),
                self._column("paid", self.env._("Clients paid for it")),
                self._column("net", self.env._("Owed in the accounts")),
                self._column("share", self.env._("Of what was paid"), "percent"),
            ],
            "rows": rows,
        }

    @api.model
    def _get_age_labels(self, age):
        labels = {
            0: self.env._("0 to 90 days"),
            1: self.env._("91 to 180 days"),
            2: self.env._("181 to 365 days"),
            3: self.env._("1 to 2 years"),
            4: self.env._("2 to 3 years"),
            5: self.env._("3 to 5 years"),
            6: self.env._("More than 5 years"),
        }
        if age == "used":
            labels[NEVER] = self.env._("Never used")
        if age == "remaining":
            labels = {OVER: self.env._("Its last day is over"), **labels}
            labels[NEVER] = self.env._("No expiry")
        return labels

    @api.model
    def _drill_bracket(self, age, bracket, label, currency_id, options):
        day = fields.Date.to_string(options["date_to"])
        domain = [
            ("company_id", "=", options["company"].id),
            ("currency_id", "=", currency_id),
            ("report_bracket", "=", f"{day} {age} {bracket}"),
        ]
        return self._drill("giftcard.card", domain, label)

    # === QUERIES === #

    @api.model
    def _sum_ages(self, age, options):
        """Return currency id, class, number of cards, face, paid part, owed.

        :rtype: list[tuple]
        """
        return self.env.execute_query(
            SQL(
                """SELECT currency_id, %s AS bracket, COUNT(*),
                          SUM(face), SUM(consideration), SUM(net)
                     FROM (%s) AS liability
                    GROUP BY 1, 2""",
                self._get_bracket(age, options["date_to"]),
                self._get_liability_query(options["date_to"], options["company"]),
            )
        )

    @api.model
    def _get_bracket(self, age, day):
        """Return the class of a row of :meth:`_get_liability_query`."""
        days = SQL(AGES[age], day)
        return SQL(
            """CASE WHEN %(days)s IS NULL THEN %(never)s
                    WHEN %(days)s < 0 THEN %(over)s
                    ELSE width_bucket(%(days)s, ARRAY[%(brackets)s]) END""",
            days=days,
            never=NEVER,
            over=OVER,
            brackets=SQL(", ").join(SQL("%s", first) for first in BRACKETS),
        )

    @api.model
    def _get_liability_query(self, day, company=None):
        """Return the cards that had something left at the end of ``day``.

        Columns ``card_id, currency_id, face, consideration, net, sold_on, used_on,
        valid_on, active_on``, all as of that day.

        :param company: ``res.company`` record; all of them, when left out
        """
        self.env["giftcard.card"].flush_model()
        return SQL(
            """SELECT own.*, card.holder_id, card.buyer_id,
                      COALESCE(card.sold_on, own.first_on) AS sold_on,
                      COALESCE(own.extended_to::date, card.sold_until,
                          card.valid_until) AS valid_on
                 FROM (SELECT card_id, company_id, currency_id, SUM(face) AS face,
                              SUM(consideration) AS consideration, SUM(net) AS net,
                              MIN(day) AS first_on,
                              MAX(day) FILTER (WHERE face <> 0) AS active_on,
                              MAX(day) FILTER (WHERE kind = 'redeem') AS used_on,
                              MAX(source_name) FILTER (WHERE kind = 'extend')
                                  AS extended_to
                         FROM giftcard_entry
                        WHERE %(companies)s AND day <= %(day)s
                        GROUP BY card_id, company_id, currency_id
                       HAVING SUM(face) <> 0) own
                 JOIN giftcard_card card ON card.id = own.card_id""",
            day=day,
            companies=SQL("company_id = %s", company.id) if company else SQL("TRUE"),
        )

    # === UNCLAIMED PROPERTY === #

    @api.model
    def _build_states(self, options):
        """Return what is owed by state of the owner, for unclaimed-property law."""
        rows = self.env.execute_query(
            SQL(
                """SELECT state.id, COALESCE(state.name, ''), COUNT(*), SUM(face),
                          SUM(consideration), MIN(active_on)
                     FROM (%s) AS liability
                     LEFT JOIN res_partner owner
                            ON owner.id = COALESCE(liability.holder_id,
                                                   liability.buyer_id)
                     LEFT JOIN res_country_state state ON state.id = owner.state_id
                    WHERE liability.currency_id = %s
                    GROUP BY 1, 2
                    ORDER BY 2""",
                self._get_liability_query(options["date_to"], options["company"]),
                options["company"].currency_id.id,
            )
        )
        lines = [
            {
                "label": name or self.env._("Unknown: the State of the company"),
                "style": "",
                "cells": {
                    "count": count,
                    "face": float(face),
                    "paid": float(paid),
                    "since": fields.Date.to_string(since),
                    **{
                        f"after_{years}": fields.Date.to_string(
                            since + relativedelta(years=years)
                        )
                        for years in DORMANCY
                    },
                },
            }
            for _state, name, count, face, paid, since in rows
        ]
        lines.append(
            self._total_row(self.env._("Total"), lines, ("count", "face", "paid"))
        )
        return {
            "title": self.env._("By state of the owner"),
            "note": self.env._("for unclaimed-property law"),
            "columns": [
                self._column("count", self.env._("Cards"), "count"),
                self._column("face", self.env._("They can buy")),
                self._column("paid", self.env._("Clients paid for it")),
                self._column("since", self.env._("Oldest: untouched since"), "date"),
                *(
                    self._column(
                        f"after_{years}",
                        self.env._("Dormant after %s years", years),
                        "date",
                    )
                    for years in DORMANCY
                ),
            ],
            "rows": lines,
        }


class GiftcardCard(models.Model):
    _inherit = "giftcard.card"

    report_bracket = fields.Char(
        compute="_compute_report_bracket",
        search="_search_report_bracket",
        groups="giftcard_salon.group_accountant",
        help="Which figure of the report on the age of cards this card is part of.",
    )

    def _compute_report_bracket(self):
        self.report_bracket = False

    @api.model
    def _search_report_bracket(self, operator, value):
        """Find the cards behind a figure: day, what is measured, and class."""
        if operator not in ("=", "in"):
            return NotImplemented
        text = value if isinstance(value, str) else next(iter(value), "")
        report = self.env["giftcard.report.ageing"].sudo()
        try:
            day, age, bracket = str(text).split()
            day, bracket = fields.Date.to_date(day), int(bracket)
            condition = report._get_bracket(age, day)
        except (KeyError, ValueError):
            return [("id", "=", False)]
        found = SQL(
            "(SELECT card_id FROM (%s) AS liability WHERE %s = %s)",
            report._get_liability_query(day),
            condition,
            bracket,
        )
        return [("id", "in", found)]
