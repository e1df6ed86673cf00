# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ....tools.allocation import exact, to_decimal

_logger = logging.getLogger(__name__)


class GiftcardBreakageRun(models.Model):
    """Income in proportion to use, as of a day: row 11 of docs/rules.rst.

    By cohort, cumulative: what the estimate of that day gives, less what was taken
    before. A changed estimate is caught up; never more is taken than is still owed.
    """

    _name = "giftcard.breakage.run"
    _inherit = "giftcard.server.fields"
    _description = "Income of gift cards in proportion to use"
    _order = "date desc, id desc"
    _rec_name = "date"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("As of", required=True, readonly=True)
    line_ids = fields.One2many("giftcard.breakage", "run_id", "Cohorts", readonly=True)
    move_id = fields.Many2one(
        "account.move", "Journal entry", readonly=True, ondelete="restrict"
    )
    amount = fields.Monetary("Income", readonly=True)
    user_id = fields.Many2one(related="create_uid", string="By")

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for run in self:
            run.display_name = run.date and self.env["giftcard.card"]._format_day(
                run.date
            )

    @api.model
    def _run_month_end(self):
        """Run for the month that is over, in every company that takes income so.

        Called every night: what was used or refunded since the last run may leave less
        owed than is income already, and then it is taken back at once.
        """
        estimates = self.env["giftcard.breakage.estimate"].sudo()
        for (company,) in estimates._read_group([], ["company_id"]):
            if not self._is_used(company):
                continue
            runs = self.with_company(company)
            try:
                with self.env.cr.savepoint():
                    runs._run_night(company)
            except UserError as error:
                _logger.warning("Gift cards of %s wait: %s", company.name, error)

    @api.model
    def _run_night(self, company):
        today = self.env["giftcard.card"]._today(company)
        month_end = today.replace(day=1) - timedelta(days=1)
        # sudo: giftcard.breakage - the server keeps what was recognised
        run = self.sudo().search([("company_id", "=", company.id)], limit=1)
        if not run or run.date < month_end:
            run = self._run(company, month_end) or run
        last = max(today - timedelta(days=1), run.date or month_end)
        self._run(company, last, is_cap=True)

    @api.model
    def _is_used(self, company):
        """Tell whether ``company`` takes income so, or has taken some."""
        domain = [("company_id", "=", company.id)]
        # sudo: giftcard.breakage - the server keeps what was recognised
        types = self.env["giftcard.breakage.estimate"].sudo().search(domain).type_id
        return any(
            kind._get_income_mode(company) == "proportion" for kind in types
        ) or bool(self.env["giftcard.breakage"].sudo().search_count(domain, limit=1))

    @api.model
    def _run(self, company, day, is_cap=False):
        """Take what the estimates say is income by ``day``.

        :param company: ``res.company`` record
        :param datetime.date day: the last day that counts
        :param bool is_cap: only take back what is more than is still owed
        :return: the run; none when nothing changes
        :rtype: giftcard.breakage.run
        :raises UserError: when a later day was run already, or a setting is missing
        """
        if refusal := self._get_run_refusal(company, day):
            raise UserError(refusal)
        lines = self._prepare_lines(company, day)
        if is_cap:
            lines = [line for line in lines if line["before"] > line["liability"]]
        changed = [line for line in lines if line["amount"]]
        if not changed:
            return self.browse()
        # sudo: giftcard.breakage - the server keeps what was recognised
        run = self.sudo().create(
            {
                "company_id": company.id,
                "date": day,
                "amount": sum(line["amount"] for line in changed),
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        run.move_id = run._post_move()
        run.line_ids.filtered("amount").move_id = run.move_id
        return run.with_env(self.env)

    @api.model
    def _get_run_refusal(self, company, day):
        # sudo: giftcard.breakage - the server keeps what was recognised
        later = self.sudo().search(
            [("company_id", "=", company.id), ("date", ">", day)], limit=1
        )
        if not later:
            return ""
        return self.env._(
            "This was run as of %(later)s already, so the figures of %(day)s stay as "
            "they are. Choose %(later)s or a later day.",
            later=self.env["giftcard.card"]._format_day(later.date),
            day=self.env["giftcard.card"]._format_day(day),
        )

    @api.model
    def _prepare_lines(self, company, day):
        """Return one line per cohort that is still owed, or was income before.

        :rtype: list[dict]
        """
        # sudo: giftcard.breakage - the server keeps what was recognised
        breakage = self.env["giftcard.breakage"].sudo()
        recognised = breakage._sum_recognised(company)
        now = breakage._sum_cohorts(company)
        lines = []
        for cohort, money in breakage._sum_cohorts(company, day).items():
            before = recognised[cohort]
            if not money["liability"] and not before["recognised"]:
                continue
            # also of what was used or ended after that day no income stands
            most = min(money["liability"], now[cohort]["liability"])
            line = self._prepare_line(company, day, cohort, money, before, most)
            if line["estimate_id"] or before["recognised"]:
                lines.append(line)
        return lines

    @api.model
    def _prepare_line(self, company, day, cohort, money, before, most):
        type_id, month, ledger = cohort
        estimate, stands = self._get_due(
            company, day, cohort, {**money, "liability": most}, before
        )
        return {
            "company_id": company.id,
            "date": day,
            "type_id": type_id,
            "month": month,
            "liability_kind": ledger,
            "estimate_id": estimate.id,
            "rate": estimate.rate,
            **money,
            "target": stands + before["released"],
            "before": before["recognised"],
            "amount": stands - before["recognised"],
            "recognised": stands,
        }

    @api.model
    def _get_due(self, company, day, cohort, money, before):
        """Return what of a cohort is income by the estimate of a day, and not ended.

        :param company: ``res.company`` record
        :param datetime.date day: the day
        :param tuple cohort: type id, month, kind of liability
        :param dict money: decimals ``redeemed`` and ``liability``
        :param dict before: decimals ``recognised`` and not ended, and ``released``
        :return: the estimate, if one holds, and a decimal
        :rtype: tuple
        """
        # sudo: giftcard.type - also one that was archived or is another company's
        card_type = self.env["giftcard.type"].browse(cohort[0]).sudo()
        estimate = self.env["giftcard.breakage.estimate"]
        if card_type._get_income_mode(company) == "proportion":
            estimate = estimate._find(card_type, company, day)
        digits = company.currency_id.decimal_places
        # without an estimate nothing more is taken
        due = before["recognised"] + before["released"]
        if estimate:
            proportion = exact(estimate.rate) / 100
            due = to_decimal(
                money["redeemed"] * proportion / (Decimal(1) - proportion), digits
            )
        stands = min(money["liability"], due - before["released"])
        return estimate, max(to_decimal(0, digits), stands)

    def _post_move(self):
        self.ensure_one()
        accounting = self.env["giftcard.accounting"]
        texts = accounting._in_language_of(self.company_id).env
        contra = accounting._get_account(self.company_id, "contra")
        income = accounting._get_account(self.company_id, "income")
        items = []
        for line in self.line_ids.filtered("amount").with_env(texts):
            name = texts._(
                "%(type)s sold in %(month)s, %(rate)g %% never used",
                type=line.type_id.name,
                month=line.month_name,
                rate=line.rate,
            )
            items += [
                {"name": name, "account_id": account.id, "balance": amount}
                for account, amount in ((contra, line.amount), (income, -line.amount))
            ]
        ref = texts._("Gift cards: income in proportion to use")
        return accounting._post_items(self.company_id, items, ref, self.date)
