# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from markupsafe import Markup

from odoo import api, fields, models

_logger = logging.getLogger(__name__)
ACTIVITY = "giftcard_salon.mail_activity_type_ledger"


class GiftcardFinding(models.Model):
    """What is looked at every night, per company, so that an accountant need not.

    One row per company and thing looked at. While something is wrong the row carries
    one activity for the company's accountant; it is done by itself when all is well.
    """

    _name = "giftcard.finding"
    _description = "Nightly check of gift cards"
    _inherit = ["giftcard.server.fields", "mail.thread", "mail.activity.mixin"]
    _mail_post_access = "read"
    _order = "is_open desc, company_id, kind"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("tie_out", "Do the cards equal the accounts?"),
            ("settlement", "Are all uses in other companies posted?"),
        ],
        "Question",
        required=True,
        readonly=True,
    )
    is_open = fields.Boolean("Needs attention", readonly=True)
    amount = fields.Monetary("Difference", readonly=True)
    first_day = fields.Date("Since", readonly=True)
    checked_at = fields.Datetime("Last checked", readonly=True)

    _kind_unique = models.Constraint(
        "UNIQUE(company_id, kind)", "This is looked at every night already."
    )

    @api.depends("kind", "company_id")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for finding in self:
            finding.name = f"{kinds.get(finding.kind)} ({finding.company_id.name})"

    # === NIGHT === #

    @api.model
    def _check_companies(self):
        """Look at every company that has gift cards; called by the scheduler."""
        companies = self._get_companies()
        for done, company in enumerate(companies, 1):
            try:
                with self.env.cr.savepoint():
                    self._check_company(company)
            except Exception:
                _logger.exception("The nightly check of company %s failed", company.id)
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - done)

    @api.model
    def _get_companies(self):
        # sudo: giftcard.entry - every company that has cards
        groups = self.env["giftcard.entry"].sudo()._read_group([], ["company_id"])
        return self.env["res.company"].union(*(company for (company,) in groups))

    @api.model
    def _check_company(self, company):
        """Look at one company now.

        :param company: ``res.company`` record
        """
        # sudo: giftcard.finding - only the server keeps what it found
        findings = self.sudo().with_company(company)
        for kind, trouble in findings._find_trouble(company).items():
            finding = findings._get_finding(company, kind)
            finding.checked_at = fields.Datetime.now()
            if trouble:
                finding._open(trouble)
            else:
                finding._close()

    @api.model
    def _find_trouble(self, company):
        """Look at each thing; whoever has more to look at adds it here.

        :return: by kind: None when all is well; else ``amount, first_day`` and
            ``get_message``: a function that returns summary and note in the
            reader's language
        :rtype: dict[str, dict | None]
        """
        found = {"tie_out": self._find_difference(company)}
        if self.env["giftcard.settlement"].search_count(
            [("company_id", "=", company.id)], limit=1
        ):
            found["settlement"] = self._find_failed_settlements(company)
        return found

    @api.model
    def _get_finding(self, company, kind):
        finding = self.search([("company_id", "=", company.id), ("kind", "=", kind)])
        return finding or self.create({"company_id": company.id, "kind": kind})

    # === WHAT IS LOOKED AT === #

    @api.model
    def _find_difference(self, company):
        report = self.env["giftcard.tie.out"].create({"company_id": company.id})
        if report.is_equal:
            return None

        def get_message(finding):
            money = company.currency_id.format
            summary = finding.env._(
                "The cards and the accounts differ by %s", money(abs(report.difference))
            )
            if not report._is_apart():
                summary = finding.env._(
                    "Lines that no gift card stands behind: %s",
                    len(report.unbacked_ids),
                )
            note = finding.env._(
                "Cards' own ledger %(ledger)s, posted in the accounts %(posted)s, not "
                "posted yet %(bridging)s. Gift cards > Accounting > Gift card "
                "liability lists what is posted and what no card stands behind.",
                ledger=money(report.ledger_amount),
                posted=money(report.posted_amount),
                bridging=money(report.bridging_amount),
            )
            return summary, note

        return {
            "amount": report.difference,
            "first_day": report._find_first_day(),
            "get_message": get_message,
        }

    @api.model
    def _find_failed_settlements(self, company):
        rows = self.env["giftcard.settlement"].search(
            [("company_id", "=", company.id), ("state", "=", "failed")], order="day, id"
        )
        if not rows:
            return None

        def get_message(finding):
            summary = finding.env._(
                "Gift cards used in other companies could not be posted: %s", len(rows)
            )
            return summary, rows[0].error

        return {
            "amount": sum(rows.mapped("net")),
            "first_day": rows[0].day,
            "get_message": get_message,
        }

    # === THE ACTIVITY === #

    def _open(self, trouble):
        """Tell the accountant, once; what was told is kept up to date."""
        self.ensure_one()
        self.write(
            {
                "is_open": True,
                "amount": trouble["amount"],
                "first_day": trouble["first_day"],
            }
        )
        user = self._get_accountant()
        activities = self.activity_search([ACTIVITY])
        if not user:
            _logger.warning(
                "Nobody is told of the nightly check of company %s: no user has the "
                "accountant's right for gift cards",
                self.company_id.id,
            )
            return
        reader = self.with_context(lang=user.lang)
        summary, note = trouble["get_message"](reader)
        values = {"summary": summary, "note": reader._get_since_message(note)}
        if not activities:
            self.activity_schedule(ACTIVITY, user_id=user.id, **values)
            return
        activities[1:].unlink()
        if activities[0].user_id != user:
            values["user_id"] = user.id
        activities[0].write(values)

    def _get_since_message(self, note):
        """Return the text of the activity, with the day it began."""
        text = Markup("<p>%s</p>") % (note or "")
        if not self.first_day:
            return text
        day = self.env["giftcard.card"]._format_day(self.first_day)
        return text + Markup("<p>%s</p>") % self.env._("Since %s.", day)

    def _close(self):
        """All is well: what was to be done is done by itself."""
        self.ensure_one()
        if not self.is_open:
            return
        activities = self.activity_search([ACTIVITY])
        self.write({"is_open": False, "amount": 0, "first_day": False})
        if activities:
            reader = self.with_context(lang=activities[0].user_id.lang)
            activities.action_feedback(feedback=reader.env._("All is well again."))

    def _get_accountant(self):
        """Return who is told: the company's choice, else its first accountant.

        :rtype: res.users
        """
        company = self.company_id
        group = self.env.ref("giftcard_salon.group_accountant")
        # sudo: res.groups - who has a role is not for everybody to read
        accountants = group.sudo().all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and user != self.env.ref("base.user_root")
                and company in user.company_ids
            )
        )
        chosen = company.giftcard_accountant_id & accountants
        ranked = accountants.sorted(lambda user: (user.company_id != company, user.id))
        return chosen or ranked[:1]

    # === SCREEN === #

    def action_check(self):
        """Look at this company again, now."""
        self.check_access("read")
        for company in self.company_id:
            self.env["giftcard.finding"]._check_company(company)

    def action_open_report(self):
        """Show where the trouble is."""
        self.ensure_one()
        if self.kind == "ledger":
            return self.env["giftcard.verify"].action_verify(self.company_id.id)
        name = (
            "giftcard_report_action_liability"
            if self.kind == "tie_out"
            else "giftcard_settlement_action"
        )
        return self.env["ir.actions.actions"]._for_xml_id(f"giftcard_salon.{name}")
