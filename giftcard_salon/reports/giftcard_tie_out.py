from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

# from one card to another: nothing to post, the two entries are zero together
MOVED = ("move_out", "move_in")


class GiftcardTieOut(models.TransientModel):
    """Do the cards equal the accounts? The cards' ledger against the general ledger.

    Cards = posted + documents that are not posted yet. What is left over is the
    difference; it must be 0.00.
    """

    _name = "giftcard.tie.out"
    _description = "Gift cards and accounts compared"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    account_id = fields.Many2one(related="company_id.giftcard_liability_account_id")
    made_at = fields.Datetime(
        "As of", default=fields.Datetime.now, readonly=True, required=True
    )
    ledger_amount = fields.Monetary("Cards' own ledger", readonly=True)
    posted_amount = fields.Monetary("Posted in the accounts", readonly=True)
    bridging_amount = fields.Monetary("Not posted yet", readonly=True)
    difference = fields.Monetary(readonly=True)
    is_equal = fields.Boolean(readonly=True)
    line_ids = fields.One2many("giftcard.tie.out.line", "tie_out_id", readonly=True)

    @api.depends("company_id")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._("Do the cards equal the accounts?")

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(vals_list)
        # who may open the report may see its figures, whatever documents they may read
        for report in reports.sudo():
            report._compare()
        return reports

    def _compare(self):
        """Fill in the figures as of now."""
        self.ensure_one()
        self.env.flush_all()
        currency = self.currency_id
        ledger = self._sum_ledger()
        posted = self._sum_posted()
        items = self._get_bridging_items(self._find_unposted())
        bridging = sum(item["amount"] for item in items)
        difference = currency.round(posted + bridging - ledger)
        self.write(
            {
                "ledger_amount": currency.round(ledger),
                "posted_amount": currency.round(posted),
                "bridging_amount": currency.round(bridging),
                "difference": difference,
                "is_equal": currency.is_zero(difference),
                "line_ids": [Command.clear(), *map(Command.create, items)],
            }
        )

    def _get_account_ids(self):
        """Return the liability account and those that were it before."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT account_id FROM account_move_line
                    WHERE company_id = %s AND giftcard_entry_id IS NOT NULL""",
                self.company_id.id,
            )
        )
        return (self.account_id.id or 0, *(account_id for (account_id,) in rows))

    def _sum_ledger(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT COALESCE(SUM(net), 0) FROM giftcard_entry
                    WHERE company_id = %s AND currency_id = %s""",
                self.company_id.id,
                self.currency_id.id,
            )
        )
        return float(rows[0][0])

    def _sum_posted(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT COALESCE(-SUM(balance), 0) FROM account_move_line
                    WHERE company_id = %s AND account_id IN %s
                      AND currency_id = %s AND parent_state = 'posted'""",
                self.company_id.id,
                self._get_account_ids(),
                self.currency_id.id,
            )
        )
        return float(rows[0][0])

    def _find_unposted(self):
        """Return ledger entries whose posted journal items do not say the same.

        :return: dicts of ``id, source_model, source_id, source_name, amount``
        :rtype: list[dict]
        """
        self.env.cr.execute(
            SQL(
                """SELECT entry.id, entry.source_model, entry.source_id,
                          entry.source_name,
                          entry.net + COALESCE(posted.balance, 0) AS amount
                     FROM giftcard_entry entry
                     LEFT JOIN (SELECT giftcard_entry_id, SUM(balance) AS balance
                                  FROM account_move_line
                                 WHERE account_id IN %(accounts)s
                                   AND parent_state = 'posted'
                                   AND giftcard_entry_id IS NOT NULL
                                 GROUP BY giftcard_entry_id) posted
                            ON posted.giftcard_entry_id = entry.id
                    WHERE entry.company_id = %(company)s
                      AND entry.currency_id = %(currency)s
                      AND entry.kind NOT IN %(moved)s
                      AND entry.net + COALESCE(posted.balance, 0) <> 0
                    ORDER BY entry.id""",
                accounts=self._get_account_ids(),
                company=self.company_id.id,
                currency=self.currency_id.id,
                moved=MOVED,
            )
        )
        return self.env.cr.dictfetchall()

    def _get_bridging_items(self, unposted):
        """Return the documents that explain ``unposted`` entries; adapters add theirs.

        :param list[dict] unposted: as of :meth:`_find_unposted`
        :return: values of ``giftcard.tie.out.line``
        :rtype: list[dict]
        """
        drafts = self.env["account.move.line"].search(
            [
                ("giftcard_entry_id", "in", [row["id"] for row in unposted]),
                ("account_id", "in", self._get_account_ids()),
                ("parent_state", "=", "draft"),
            ]
        )
        return [
            {
                "name": move.name or move.ref or self.env._("Draft entry"),
                "source_model": "account.move",
                "source_id": move.id,
                "amount": -sum(lines.mapped("balance")),
            }
            for move, lines in drafts.grouped("move_id").items()
        ]

    @api.model
    def action_open(self):
        """Compare now and show the result."""
        report = self.create({"company_id": self.env.company.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Do the cards equal the accounts?"),
            "res_model": self._name,
            "res_id": report.id,
            "view_mode": "form",
            "target": "current",
        }

    def action_refresh(self):
        """Compare again."""
        self.check_access("write")
        self.made_at = fields.Datetime.now()
        self.sudo()._compare()

    def action_open_journal_items(self):
        """Show the journal items behind the posted balance."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal items"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("account_id", "in", self._get_account_ids()),
                ("parent_state", "=", "posted"),
            ],
        }

    def action_open_entries(self):
        """Show the ledger entries behind the cards' figure."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cards' ledger"),
            "res_model": "giftcard.entry",
            "view_mode": "list,form",
            "domain": [("company_id", "=", self.company_id.id)],
        }


class GiftcardTieOutLine(models.TransientModel):
    _name = "giftcard.tie.out.line"
    _description = "Document not posted yet"

    tie_out_id = fields.Many2one("giftcard.tie.out", required=True, ondelete="cascade")
    name = fields.Char("Document", readonly=True)
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True)
    currency_id = fields.Many2one(related="tie_out_id.currency_id")
    amount = fields.Monetary(readonly=True)

    def action_open_document(self):
        """Show the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.source_model,
            "res_id": self.source_id,
            "view_mode": "form",
        }
