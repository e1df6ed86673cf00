# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What becomes of gift cards by night and at the end of a month."""

from datetime import date, timedelta

# from which month of the year on, how many cards nobody will redeem, what it rests on
ESTIMATES = (
    (1, 6, "First estimate, from the trade's figures"),
    (7, 8, "Our own cards of the first half-year"),
)
ESTIMATED = "Gift card 100"
NIGHTLY = ("ir_cron_settlement", "ir_cron_expire")


class MonthEnd:
    """The accountant on the first day of a month: income and settlements.

    What was used in the last finished month is left for whoever tries the demo, and
    the settlement of the month before it is not paid yet.

    :param env: superuser environment, to find what the screens show
    """

    def __init__(self, year, env):
        self._year = year
        self._env = env
        self._accountant = year.people["accountant"]
        self._companies = env["res.company"].search([])
        self._done = 0

    def work(self):
        today = self._year.today
        last_day = today.replace(day=1) - timedelta(days=1)
        self._done += 1
        for company in self._companies:
            self._take_income(company, last_day)
        self._see_news()
        if (today.year, today.month) != (self._year.end.year, self._year.end.month):
            self._record_payments()
            self._settle(last_day)

    def work_at_night(self, names=NIGHTLY):
        """Run what Odoo's scheduler does while nobody is there."""
        self._see_news()
        for name in names:
            self._env.ref(f"giftcard_salon.{name}").method_direct_trigger()
        self._see_news()

    def check_at_night(self):
        """Let Odoo compare cards and accounts, so that its answer can be seen."""
        self.work_at_night(["ir_cron_nightly_check"])

    # --- income in proportion to redeem

    def _take_income(self, company, day):
        context = {"allowed_company_ids": company.ids}
        for month, rate, note in ESTIMATES:
            if month == self._done:
                self._estimate(company, date(day.year, day.month, 1), rate, note)
        values = {"company_id": company.id, "date": str(day)}
        self._accountant.act(
            "giftcard.breakage.wizard", values, "action_run", **context
        )

    def _estimate(self, company, day, rate, note):
        card_type = self._env["giftcard.type"].search([("name", "=", ESTIMATED)])
        values = {
            "type_id": card_type.id,
            "company_id": company.id,
            "rate": rate,
            "date_from": str(day),
            "note": note,
        }
        context = {"allowed_company_ids": company.ids}
        self._accountant.call(
            "giftcard.breakage.estimate", "create", [[values]], **context
        )

    # --- between the companies

    def _settle(self, day):
        """Settle what was used at the other company until the end of the month."""
        used = self._env["giftcard.settlement"].search_count(
            [("statement_id", "=", False), ("day", "<=", day)]
        )
        if used:
            self._accountant.act(
                "giftcard.settle", {"date_to": str(day)}, "action_settle"
            )
            self._see_news()

    def _record_payments(self):
        """Record in the accounts of both sides what was paid in the month."""
        for statement in self._env["giftcard.statement"].search([]):
            for company in statement.company_id | statement.other_id:
                if statement.with_company(company)._get_open_items(company):
                    context = {"allowed_company_ids": company.ids}
                    values = {"statement_id": statement.id}
                    self._accountant.act(
                        "giftcard.pay", values, "action_record", **context
                    )
                    self._see_news()

    def _see_news(self):
        """Read from here on what requests have committed."""
        self._env.cr.commit()
        self._env.invalidate_all()
