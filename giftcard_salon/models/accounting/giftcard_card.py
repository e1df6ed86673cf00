# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.fields import Command

READERS = "account.group_account_readonly,account.group_account_invoice"
ROLES = {"expire": "income", "escheat": "escheat"}


class GiftcardCard(models.Model):
    """What ends a card is posted with it."""

    _inherit = "giftcard.card"
    journal_item_ids = fields.One2many(
        "account.move.line", "giftcard_card_id", "Journal items", groups=READERS
    )
    journal_item_count = fields.Integer(
        compute="_compute_journal_item_count", groups=READERS
    )

    @api.depends("journal_item_ids")
    def _compute_journal_item_count(self):
        for card in self:
            card.journal_item_count = len(card.journal_item_ids)

    def _get_company_refusal(self, company):
        """Override: both companies' accounts must be able to settle this."""
        refusal = super()._get_company_refusal(company)
        issuer = self.sudo().company_id
        if refusal or company == issuer:
            return refusal
        if company._is_giftcard_entity_of(issuer):
            # income is each company's own
            roles = self.sudo().type_id._get_account_roles() - {"income"}
            return self.env["giftcard.accounting"]._get_entity_refusal(
                issuer, company, roles
            )
        return self.env["giftcard.accounting"]._get_group_refusal(issuer, company)

    def action_open_journal_items(self):
        """Show the journal items of the card."""
        view = self.env.ref("giftcard_salon.giftcard_liability_view_list")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal items"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "views": [(view.id, "list"), (False, "form")],
            "domain": [("giftcard_card_id", "in", self.ids)],
        }

    def _end(self, kind, close_reason, reason):
        entries = super()._end(kind, close_reason, reason)
        for entries_of_company in entries.grouped("company_id").values():
            self.env["giftcard.accounting"]._post_ends(
                entries_of_company, ROLES[kind], reason
            )
        return entries

    def _unexpire(self, reason):
        entries = super()._unexpire(reason)
        self.env["giftcard.accounting"]._post_ends(entries, "income", reason)
        return entries

    def _mark_paid_in(self, company):
        """Override: where two people correct a card, another one approves this."""
        if company.sudo().giftcard_needs_approval:
            return self._ask_to_mark_paid(company)
        return super()._mark_paid_in(company)

    def _ask_to_mark_paid(self, company):
        self._check_waits_for_payment()
        return self.env["giftcard.approval"]._ask(
            {
                "kind": "paid",
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "card_ids": [Command.set(self.ids)],
            }
        )
