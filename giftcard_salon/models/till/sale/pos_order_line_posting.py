# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models

from ....tools.fixed_amounts import COMPUTATION_KEY


class PosOrderLine(models.Model):
    """Where a bill line of a card is posted."""

    _inherit = "pos.order.line"

    def _get_giftcard_account(self):
        return self.env["giftcard.accounting"]._get_account(
            self.order_id.company_id, "liability"
        )

    def _prepare_giftcard_tag(self):
        """Return what ties a journal item to the card sold or given back here."""
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        entry = self.sudo().giftcard_entry_id
        accounting = self.env["giftcard.accounting"]
        company = self.order_id.company_id
        return accounting._prepare_line_tag(entry, company) if entry else {}

    def _prepare_base_line_for_taxes_computation(self):
        """Override of `point_of_sale`: no fiscal position moves what is owed, and no
        rounding cent of other lines: without a key of its own it takes them.
        """
        values = super()._prepare_base_line_for_taxes_computation()
        if self._filter_giftcard_sale():
            values["account_id"] = self._get_giftcard_account()
            values["computation_key"] = (
                values["computation_key"] or f"{COMPUTATION_KEY}{self.uuid}"
            )
        return values
