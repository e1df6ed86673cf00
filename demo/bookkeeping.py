# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What the accountant posts in the course of the year."""

from month_end import MonthEnd


class AccountantDesk:
    """The accountant's desk.

    :param env: superuser environment, to find journals and accounts
    """

    def __init__(self, year, env):
        self._year = year
        self._env = env
        self._accountant = year.people["accountant"]
        self._month = None
        self.month_end = MonthEnd(year, env)

    def work(self):
        """Post what reached the bank, on the first day of a month."""
        month = self._year.today.month
        if self._month not in (None, month):
            self._see_news()
            self.month_end.work()
            for till in self._year.tills.values():
                if till.safe > 0:
                    drawer = self._find_journal([("name", "=", f"Cash {till.salon}")])
                    label = f"Cash of {till.salon} taken to the bank"
                    account = drawer.default_account_id
                    self._bring_to_bank(drawer.company_id, account, till.safe, label)
                    till.safe -= till.safe
            for company in self._env["res.company"].search([]):
                self._receive_card_payments(company)
        self._month = month

    def _receive_card_payments(self, company):
        """Post what clients paid by bank card and is on its way to the bank."""
        chart = self._env["account.chart.template"].with_context(
            allowed_company_ids=company.ids
        )
        account = chart.ref("account_journal_payment_debit_account_id")
        ((balance,),) = self._env["account.move.line"]._read_group(
            [
                ("account_id", "=", account.id),
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
            ],
            aggregates=["balance:sum"],
        )
        if balance > 0:
            label = "Card payments received from the bank"
            self._bring_to_bank(company, account, balance, label)

    def _bring_to_bank(self, company, account, amount, label):
        domain = [("company_id", "=", company.id)]
        bank = self._find_journal([*domain, ("type", "=", "bank")])
        other = self._find_journal([*domain, ("code", "=", "MISC")])
        lines = [
            {"account_id": bank.default_account_id.id, "debit": float(amount)},
            {"account_id": account.id, "credit": float(amount)},
        ]
        self._post(other, label, lines)

    def settle_invoices(self):
        """Post what businesses paid by transfer, and match it with their invoices."""
        self._see_news()
        group = self._env["res.company"].search([]).partner_id
        unpaid_invoices = self._env["account.move"].search(
            [
                ("partner_id", "not in", group.ids),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
            ]
        )
        for invoice in unpaid_invoices:
            receivable = invoice.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
            bank = self._find_journal(
                [("company_id", "=", invoice.company_id.id), ("type", "=", "bank")]
            )
            amount = invoice.amount_residual
            lines = [
                {"account_id": bank.default_account_id.id, "debit": amount},
                {
                    "account_id": receivable.account_id.id,
                    "partner_id": invoice.partner_id.id,
                    "credit": amount,
                },
            ]
            move = self._post(bank, f"Transfer for {invoice.name}", lines)
            paid = self._accountant.call(
                "account.move.line",
                "search",
                [[("move_id", "=", move), ("credit", ">", 0)]],
            )
            self._accountant.call(
                "account.move", "js_assign_outstanding_line", [invoice.ids, *paid]
            )

    def _post(self, journal, label, lines):
        """Make a journal entry by hand and post it; return its id."""
        values = {
            "move_type": "entry",
            "journal_id": journal.id,
            "ref": label,
            "line_ids": [[0, 0, {**line, "name": label}] for line in lines],
        }
        context = {"allowed_company_ids": journal.company_id.ids}
        move = self._accountant.call("account.move", "create", [[values]], **context)
        self._accountant.call("account.move", "action_post", [move], **context)
        return move[0]

    def _see_news(self):
        """Read from here on what requests have committed."""
        self._env.cr.commit()
        self._env.invalidate_all()

    def _find_journal(self, domain):
        return self._env["account.journal"].search(domain, limit=1)
