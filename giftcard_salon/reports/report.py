# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.allocation import exact

REPORTS = "giftcard.report."
# outside of these days before and after a day cannot be counted
YEARS = range(1900, 3000)


class GiftcardReport(models.AbstractModel):
    """A report for the accountant: tables of figures that open what they sum up.

    One model per report; screen, XLSX and PDF are made from what :meth:`_build`
    returns, so that they cannot differ. Figures are taken from the ledger and the
    journal up to a day, with plain SQL.
    """

    _name = "giftcard.report"
    _description = "Gift card report"
    _report_title = ""
    _report_sequence = 100

    @api.model
    def get_reports(self):
        """Return the reports there are, in order.

        :rtype: list[dict]
        :raises AccessError: for whoever is no accountant of gift cards
        """
        self._check_reader()
        models_ = sorted(
            (self.env[name] for name in self.env if name.startswith(REPORTS)),
            key=lambda report: (report._report_sequence, report._name),
        )
        return [
            {"kind": model._name.removeprefix(REPORTS), "title": model._get_title()}
            for model in models_
        ]

    @api.model
    def get_report(self, kind, options):
        """Return one report, as shown.

        :param str kind: one of :meth:`get_reports`
        :param dict options: ``company_id``, ``date_from`` and ``date_to`` (days as
            text); the company of the user and the month up to today, when left out
        :return: ``kind, title, options, company, banner, tables``; amounts are numbers,
            columns say what they are
        :rtype: dict
        :raises AccessError: for whoever is no accountant of gift cards, or of another
            company
        :raises UserError: when there is no such report, or the days are in no order
        """
        self._check_reader()
        if REPORTS + str(kind) not in self.env:
            raise UserError(self.env._("There is no such report."))
        report = self.env[REPORTS + kind]
        options = self._read_options(options if isinstance(options, dict) else {})
        report = report.sudo().with_company(options["company"])
        banner, tables = report._build(options)
        return {
            "kind": kind,
            "title": report._get_title(),
            "period": report._describe_period(options),
            "has_period": report._has_period(),
            "company": options["company"].display_name,
            "options": {
                "company_id": options["company"].id,
                "date_from": fields.Date.to_string(options["date_from"]),
                "date_to": fields.Date.to_string(options["date_to"]),
            },
            "banner": banner,
            "tables": tables,
        }

    @api.model
    def _check_reader(self):
        if not self.env.user.has_group("giftcard_salon.group_accountant"):
            raise AccessError(
                self.env._("These reports are for the accountants of gift cards.")
            )

    @api.model
    def _read_options(self, options):
        company = self.env.company
        if options.get("company_id"):
            # a browser may name a company twice
            company = self.env.companies.filtered(
                lambda candidate: candidate.id == options["company_id"]
            )[:1]
        if not company:
            raise AccessError(self.env._("This company is not among yours."))
        date_to = self._read_day(options, "date_to")
        date_to = date_to or self.env["giftcard.card"]._today(company)
        date_from = self._read_day(options, "date_from")
        date_from = date_from or date_to.replace(day=1)
        if not all(day.year in YEARS for day in (date_from, date_to)):
            raise UserError(self.env._("Choose a day."))
        if date_from > date_to:
            raise UserError(self.env._("The first day comes after the last one."))
        return {"company": company, "date_from": date_from, "date_to": date_to}

    @api.model
    def _read_day(self, options, name):
        try:
            return fields.Date.to_date(options.get(name))
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Choose a day.")) from error

    # === FOR THE REPORTS === #

    @api.model
    def _get_title(self):
        """Return the name of the report."""
        return self.env._("Gift card report")

    @api.model
    def _has_period(self):
        """Tell whether the report is about a period, and not only as of a day."""
        return True

    @api.model
    def _build(self, options):
        """Return the banner, or None, and the tables.

        A table has ``title``, optionally ``note`` and ``currency``, ``columns`` (dicts
        of ``key``, ``label``, ``type``: text, money, count, percent or date) and
        ``rows`` (dicts of ``label``, ``style``: "", total or detail, ``cells`` by
        column key, and what it opens: ``drill``, and ``drills`` by column key).
        """
        raise NotImplementedError

    @api.model
    def _describe_period(self, options):
        last = self.env["giftcard.card"]._format_day(options["date_to"])
        if not self._has_period():
            return self.env._("as of %s", last)
        return self.env._(
            "%(first)s to %(last)s",
            first=self.env["giftcard.card"]._format_day(options["date_from"]),
            last=last,
        )

    @api.model
    def _column(self, key, label, kind="money"):
        return {"key": key, "label": label, "type": kind}

    @api.model
    def _drill(self, model, domain, name, view=None):
        """Return what a figure opens: a list of records the reader may see.

        :param str model: model name
        :param domain: which of its records
        :param str name: title of the list
        :param str view: external id of a list view of its own
        :return: None where the reader may not open such a list
        :rtype: dict
        """
        # the figures are made with all rights, the list is opened with the reader's
        if not self.sudo(False).env[model].has_access("read"):
            return None
        return {
            "view_id": bool(view) and self.env.ref(view).id,
            "model": model,
            "domain": [
                (*leaf[:2], fields.Date.to_string(leaf[2]))
                if isinstance(leaf, tuple) and isinstance(leaf[2], date)
                else leaf
                for leaf in domain
            ],
            "name": name,
        }

    @api.model
    def _total_row(self, label, rows, keys):
        """Return the sum of ``rows``, to be written below them."""
        return {
            "label": label,
            "style": "total",
            "cells": {
                key: float(sum(exact(row["cells"].get(key) or 0) for row in rows))
                for key in keys
            },
        }

    @api.model
    def _get_currency_label(self, currency_id, options):
        """Return the name of a currency that is not the company's; else ""."""
        currency = options["company"].currency_id
        return "" if currency_id == currency.id else currency.browse(currency_id).name

    @api.model
    def _get_liability_kind_labels(self):
        return dict(
            self.env["giftcard.entry"]
            ._fields["liability_kind"]
            ._description_selection(self.env)
        )
