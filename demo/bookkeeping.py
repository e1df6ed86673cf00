"""What the accountant posts in the course of the year."""


class Books:
    """The accountant's desk.

    :param env: superuser environment, to find journals and accounts
    """

    def __init__(self, year, env):
        self._year = year
        self._env = env
        self._accountant = year.people["accountant"]
        self._month = None

    def work(self):
        """Bring last month's cash to the bank, on the first day of a month."""
        month = self._year.today.month
        if self._month not in (None, month):
            for till in self._year.tills.values():
                if till.safe > 0:
                    self._bring_to_bank(till)
        self._month = month

    def _bring_to_bank(self, till):
        """Post what went from the safe of one salon to the bank."""
        drawer = self._find_journal([("name", "=", f"Cash {till.place}")])
        own = [("company_id", "=", drawer.company_id.id)]
        bank = self._find_journal([*own, ("type", "=", "bank")])
        other = self._find_journal([*own, ("code", "=", "MISC")])
        label, amount = f"Cash of {till.place} taken to the bank", float(till.safe)
        lines = [
            {"account_id": bank.default_account_id.id, "debit": amount},
            {"account_id": drawer.default_account_id.id, "credit": amount},
        ]
        self._post(other, label, lines)
        till.safe -= till.safe

    def settle_invoices(self):
        """Post what businesses paid by transfer, and match it with their invoices."""
        self._env.cr.commit()
        self._env.invalidate_all()
        owed = self._env["account.move"].search(
            [
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
            ]
        )
        for invoice in owed:
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
        own = {"allowed_company_ids": journal.company_id.ids}
        move = self._accountant.call("account.move", "create", [[values]], **own)
        self._accountant.call("account.move", "action_post", [move], **own)
        return move[0]

    def _find_journal(self, domain):
        return self._env["account.journal"].search(domain, limit=1)
