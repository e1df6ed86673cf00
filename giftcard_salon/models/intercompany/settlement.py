# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

# kinds of account that Odoo takes for what an invoice says is owed
DUE = ("asset_receivable", "liability_payable")
FOREIGN_KINDS = ("redeem", "refund")
# who declares the VAT of the redemption, by the account it was owed on
VAT_BY = {"liability": "redeemer", "deferred": "issuer", "tips": "nobody"}


class GiftcardSettlement(models.Model):
    """A card redeemed in another company of the group: what its issuer owes for it.

    The redeemer's accounts have it with the redeemer's own document. The issuer's
    follow by queue, and until they do this row stands between the issuer's cards and
    accounts. Money back on the card is a row of the opposite sign.

    Both companies read the row; the journal entries of the other one they do not.

    It is posted for the issuer in ``settlement_posting.py``, invoiced by the redeemer
    in ``settlement_invoice.py``, of which ``settlement_bill.py`` makes the issuer's
    bill, and settled with a payment in ``statement.py``.
    """

    _name = "giftcard.settlement"
    _inherit = "giftcard.server.fields"
    _description = "Gift card used in another company"
    _order = "day desc, id desc"
    _rec_name = "source_name"

    entry_id = fields.Many2one(
        "giftcard.entry", required=True, readonly=True, ondelete="restrict"
    )
    lost_entry_id = fields.Many2one(
        "giftcard.entry",
        "Lost with its one use",
        readonly=True,
        ondelete="restrict",
    )
    card_id = fields.Many2one(
        "giftcard.card", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", "Sold by", required=True, index=True, readonly=True
    )
    redeemer_id = fields.Many2one(
        "res.company", "Used at", required=True, index=True, readonly=True
    )
    location_id = fields.Many2one("giftcard.location", "Salon", readonly=True)
    kind = fields.Selection(
        [("redeem", "Used"), ("refund", "Back on the card")],
        required=True,
        readonly=True,
    )
    day = fields.Date(required=True, readonly=True, index=True)
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True)
    source_name = fields.Char("Document", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    face = fields.Monetary("Value used", required=True, readonly=True)
    consideration = fields.Monetary(
        "Paid part",
        required=True,
        readonly=True,
        help="What the client paid for it when the card was sold.",
    )
    bonus = fields.Monetary(
        compute="_compute_bonus",
        help="The discount that the salon where it was used gives.",
    )
    net = fields.Monetary(
        "Without VAT",
        required=True,
        readonly=True,
        help="The paid part, less the VAT that was counted at the sale.",
    )
    vat_by = fields.Selection(
        [
            ("redeemer", "At the use"),
            ("issuer", "At the sale"),
            ("nobody", "None"),
        ],
        "VAT declared",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("failed", "Not posted"),
            ("posted", "In the books"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    has_money = fields.Boolean(readonly=True)
    tries = fields.Integer(readonly=True)
    failed_at = fields.Datetime("Tried at", readonly=True)
    error = fields.Text(groups=NO_ACCESS)
    issuer_move_id = fields.Many2one(
        "account.move", index="btree_not_null", copy=False, groups=NO_ACCESS
    )
    item_ids = fields.One2many(
        "account.move.line", "giftcard_settlement_id", groups=NO_ACCESS
    )
    # what the reader's own side may see of the above
    is_issuer = fields.Boolean(compute="_compute_sides")
    note = fields.Text("Why not", compute="_compute_sides")
    reader_move_ids = fields.Many2many(
        "account.move", string="Own entries", compute="_compute_sides"
    )

    _entry_unique = models.Constraint(
        "UNIQUE(entry_id)", "This use is to be settled already."
    )
    _two_companies = models.Constraint(
        "CHECK(company_id <> redeemer_id)", "A company settles nothing with itself."
    )

    @api.depends("face", "consideration")
    def _compute_bonus(self):
        for row in self:
            row.bonus = row.face - row.consideration

    @api.depends("has_money", "issuer_move_id.state", "error")
    def _compute_state(self):
        for row in self:
            if not row.has_money or row.issuer_move_id.state == "posted":
                row.state = "posted"
            else:
                row.state = "failed" if row.error else "queued"

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("error", "issuer_move_id", "item_ids")
    def _compute_sides(self):
        companies = self.env.companies
        for row in self:
            inner = row.sudo()
            row.is_issuer = row.company_id in companies
            row.note = row.is_issuer and inner.error
            moves = (
                inner.issuer_move_id | inner._get_documents() | inner.item_ids.move_id
            )
            row.reader_move_ids = moves.filtered(
                lambda move: move.company_id in companies
            ).sudo(False)

    def _get_documents(self):
        """Return the invoices between the companies; other files add theirs."""
        return self.env["account.move"]

    @api.model
    def _get_due_lines(self, moves):
        """Return what invoices say is owed.

        :param moves: ``account.move`` records
        :rtype: account.move.line
        """
        return moves.line_ids.filtered(lambda line: line.account_id.account_type in DUE)

    @api.model
    def _enter(self, entries, lines):
        """Note what happened to cards outside of the company that sold them.

        In the transaction of the document: both exist or neither. The lines have just
        been appended and have no row yet. Locks nothing: the issuer's postings follow
        by queue, which locks one row at a time and no card.

        :param list[dict] entries: as for ``giftcard.entry._append``
        :param lines: the ledger lines made of them, in order
        :return: the rows
        :rtype: giftcard.settlement
        """
        # sudo: giftcard.entry, giftcard.location - the user of one company sees nothing
        # of the other
        foreign = [
            (redeemer, line)
            for entry, line in zip(entries, lines.sudo(), strict=True)
            if entry["kind"] in (*FOREIGN_KINDS, "forfeit")
            and not (
                redeemer := entry["origin"].location.sudo().company_id
            )._is_giftcard_entity_of(entry["card"].sudo().company_id)
        ]
        if not foreign:
            return self
        lost = {line.key: line for _redeemer, line in foreign if line.kind == "forfeit"}
        rows = self.sudo().create(
            [
                self._prepare_row(line, redeemer, lost.get(line.key))
                for redeemer, line in foreign
                if line.kind in FOREIGN_KINDS
            ]
        )
        self.env.ref("giftcard_salon.ir_cron_settlement").sudo()._trigger()
        return rows

    @api.model
    def _prepare_row(self, line, redeemer, lost):
        return {
            "entry_id": line.id,
            "lost_entry_id": lost.id if lost else False,
            "card_id": line.card_id.id,
            "company_id": line.company_id.id,
            "redeemer_id": redeemer.id,
            "location_id": line.location_id.id,
            "kind": line.kind,
            "day": line.day,
            "source_model": line.source_model,
            "source_id": line.source_id,
            "source_name": line.source_name,
            "currency_id": line.currency_id.id,
            "face": -line.face,
            "consideration": -line.consideration,
            "net": -line.net,
            "vat_by": VAT_BY[line.liability_kind],
            "has_money": bool(line.net or (lost and lost.net)),
        }

    @api.model
    def _get_of_entry(self, entry):
        """Return the row of a ledger line.

        :param entry: ``giftcard.entry`` of a redemption or of money back on the card
        :rtype: giftcard.settlement
        """
        # sudo: giftcard.settlement - the server keeps what both companies read
        return self.sudo().search([("entry_id", "=", entry.id)])

    def action_open_card(self):
        """Show the card, to those of the company that sold it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "giftcard.card",
            "res_id": self.card_id.id,
            "view_mode": "form",
        }

    def action_open_moves(self):
        """Show what is in the accounts of the reader's own company."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal entries"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self.reader_move_ids.ids)],
        }


class GiftcardEntry(models.Model):
    _inherit = "giftcard.entry"

    @api.model
    def _append(self, entries):
        lines = super()._append(entries)
        self.env["giftcard.settlement"]._enter(entries, lines)
        return lines
