# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Command

from ...tools.allocation import exact

# from one card to another: nothing to post, the two entries are zero together
MOVED = ("move_out", "move_in")
LIABILITY_KINDS = ("liability", "deferred", "tips")


class GiftcardTieOut(models.TransientModel):
    """Do the cards equal the accounts? The cards' ledger against the general ledger.

    Cards = posted + documents that are not posted yet. What is left over is the
    difference; it must be 0.00. As of a day: ledger entries and journal items up to
    that day, so that a day that is closed never changes.
    """

    _name = "giftcard.tie.out"
    _inherit = "giftcard.server.fields"
    _description = "Gift cards and accounts compared"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(
        "As of",
        required=True,
        default=lambda self: self.env["giftcard.card"]._today(self.env.company),
    )
    ledger_amount = fields.Monetary("Cards' own ledger", readonly=True)
    posted_amount = fields.Monetary("Posted in the accounts", readonly=True)
    bridging_amount = fields.Monetary("Not posted yet", readonly=True)
    difference = fields.Monetary(readonly=True)
    unbacked_amount = fields.Monetary(
        "Sum without a card",
        readonly=True,
        help="Each line for itself: what one has too much makes up for no other.",
    )
    is_equal = fields.Boolean(readonly=True)
    column_ids = fields.One2many("giftcard.tie.out.column", "tie_out_id", readonly=True)
    line_ids = fields.One2many(
        "giftcard.tie.out.line",
        "tie_out_id",
        readonly=True,
        domain=[("is_unbacked", "=", False)],
    )
    unbacked_ids = fields.One2many(
        "giftcard.tie.out.line",
        "tie_out_id",
        "No card stands behind",
        readonly=True,
        domain=[("is_unbacked", "=", True)],
    )

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
        """Fill in the figures, per account role and currency and in all."""
        self.ensure_one()
        self.env.flush_all()
        columns = defaultdict(lambda: defaultdict(Decimal))
        for name, figures in (
            ("ledger_amount", self._sum_ledger()),
            ("posted_amount", self._sum_posted()),
        ):
            for key, amount in figures.items():
                columns[key][name] = amount
        items = self._get_bridging_items(self._find_unposted())
        for item in items:
            item.setdefault("liability_kind", "liability")
            item.setdefault("currency_id", self.currency_id.id)
            key = item["liability_kind"], item["currency_id"]
            columns[key]["bridging_amount"] += exact(item["amount"])
        comparisons = self._prepare_columns(columns)
        in_company_currency = [
            comparison
            for comparison in comparisons
            if comparison["currency_id"] == self.currency_id.id
        ]
        comparisons += self._prepare_former_columns()
        unbacked = self._get_unbacked()
        self.write(
            {
                **{
                    name: float(
                        sum(comparison[name] for comparison in in_company_currency)
                    )
                    for name in ("ledger_amount", "posted_amount", "bridging_amount")
                },
                **self._prepare_difference(comparisons, unbacked),
                "column_ids": [Command.clear(), *map(Command.create, comparisons)],
                "line_ids": [Command.clear(), *map(Command.create, items)],
                "unbacked_ids": [
                    Command.clear(),
                    *(Command.create({**row, "is_unbacked": True}) for row in unbacked),
                ],
            }
        )

    @api.model
    def _prepare_difference(self, comparisons, unbacked):
        """Return what cards and accounts differ by, and whether they do.

        One column's surplus does not make up for what another lacks, nor does one line
        that no card stands behind for another one.
        """
        apart = [
            comparison["difference"]
            for comparison in comparisons
            if comparison["difference"]
        ]
        alone = sum(abs(exact(row["amount"])) for row in unbacked)
        difference = apart[0] if len(apart) == 1 else sum(map(abs, apart)) or alone
        return {
            "difference": float(difference),
            "unbacked_amount": float(alone),
            "is_equal": not (apart or unbacked),
        }

    def _prepare_columns(self, columns):
        """Return the account roles in their order.

        :param dict columns: decimals by name, by kind of liability and currency
        :return: values of ``giftcard.tie.out.column``
        :rtype: list[dict]
        """
        return [
            self._prepare_column(key, columns[key])
            for key in sorted(
                columns, key=lambda key: (LIABILITY_KINDS.index(key[0]), key[1])
            )
        ]

    def _prepare_column(self, key, figures):
        role, currency_id = key
        digits = self.env["res.currency"].browse(currency_id).decimal_places
        names = ("ledger_amount", "posted_amount", "bridging_amount")
        sums = {name: round(figures[name], digits) for name in names}
        return {
            "liability_kind": role,
            "currency_id": currency_id,
            **sums,
            "difference": sums["posted_amount"]
            + sums["bridging_amount"]
            - sums["ledger_amount"],
        }


class GiftcardTieOutColumn(models.TransientModel):
    """One column of the comparison: an account role of the ledger in one currency."""

    _name = "giftcard.tie.out.column"
    _inherit = "giftcard.server.fields"
    _description = "Gift cards and one account compared"

    tie_out_id = fields.Many2one("giftcard.tie.out", required=True, ondelete="cascade")
    liability_kind = fields.Char(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    ledger_amount = fields.Monetary(readonly=True)
    posted_amount = fields.Monetary(readonly=True)
    bridging_amount = fields.Monetary(readonly=True)
    difference = fields.Monetary(readonly=True)


class GiftcardTieOutLine(models.TransientModel):
    _name = "giftcard.tie.out.line"
    _inherit = "giftcard.server.fields"
    _description = "Document not posted yet, or that no card stands behind"

    is_unbacked = fields.Boolean("No card stands behind", readonly=True)
    day = fields.Date(readonly=True)
    tie_out_id = fields.Many2one("giftcard.tie.out", required=True, ondelete="cascade")
    name = fields.Char("Document", readonly=True)
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True)
    liability_kind = fields.Char(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
