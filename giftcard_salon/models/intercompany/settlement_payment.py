# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models


class GiftcardSettlement(models.Model):
    """Whether a redemption is settled: on which note it is, and when money flowed."""

    _inherit = "giftcard.settlement"

    statement_id = fields.Many2one(
        "giftcard.statement",
        "Settlement",
        readonly=True,
        copy=False,
        index=True,
        ondelete="set null",
    )
    is_paid = fields.Boolean("Paid", compute="_compute_paid", store=True)
    paid_on = fields.Date("Paid on", compute="_compute_paid", store=True)
    is_received = fields.Boolean("Received", compute="_compute_paid", store=True)
    received_on = fields.Date("Received on", compute="_compute_paid", store=True)

    @api.depends(
        "item_ids.reconciled",
        "item_ids.parent_state",
        "invoice_id.state",
        "invoice_id.line_ids.reconciled",
        "bill_id.state",
        "bill_id.line_ids.reconciled",
    )
    def _compute_paid(self):
        """The accounts say so, whichever way an accountant recorded the payment."""
        for row in self:
            row.paid_on, row.is_paid = row._get_settled(row.company_id)
            row.received_on, row.is_received = row._get_settled(row.redeemer_id)

    def _get_settled(self, company):
        """Return on which day nothing was open any more in ``company``, and whether."""
        if not self._get_amount_due():
            return False, True
        items = self.item_ids | self._get_due_lines(self._get_documents())
        items = items.filtered(
            lambda line: line.company_id == company and line.parent_state == "posted"
        )
        if not items or not all(items.mapped("reconciled")):
            return False, False
        matches = items.matched_debit_ids | items.matched_credit_ids
        return max(matches.mapped("max_date"), default=False), True

    def _get_amount_due(self):
        """Return what the seller of the card owes, without the VAT of an invoice."""
        self.ensure_one()
        return self.agreed_net if self.vat_by == "issuer" else self.consideration

    def _get_party_companies(self):
        """Return the two companies, always in the same order."""
        self.ensure_one()
        both = self.company_id | self.redeemer_id
        return both.sorted("id")

    def _is_posted_on_both_sides(self):
        """Tell whether both sides have posted it, so that it can be settled."""
        self.ensure_one()
        if self.state != "posted":
            return False
        if self.vat_by == "issuer":
            return bool(self.invoice_id)
        return not self.consideration or bool(
            self.item_ids.filtered(
                lambda line: (
                    line.company_id == self.redeemer_id
                    and line.parent_state == "posted"
                )
            )
        )
