# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models

from ....tools.fixed_amounts import COMPUTATION_KEY, get_fixed_key
from ....tools.server_fields import is_writer
from ....tools.tax_split import TaxSplit
from ..fixed_line import REVERSAL, SERVER_FIELDS

LOCKED = frozenset(
    {
        "move_id",
        "product_id",
        "quantity",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "account_id",
        "extra_tax_data",
    }
)


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "giftcard.fixed.line"]
    _giftcard_locked = LOCKED
    _giftcard_server_fields = (*SERVER_FIELDS, "giftcard_reversed_entry_id")
    giftcard_reversed_entry_id = fields.Many2one(
        "giftcard.entry",
        "Gives back",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The use of a gift card that this line of a credit note takes back.",
    )

    def _get_giftcard_lines(self):
        """Return the lines that say what gift cards take off."""
        products = self.env["product.product"]._get_giftcard_line_products()
        return self.filtered(lambda line: line.product_id in products)

    def _get_giftcard_bare(self):
        """Return those of them that name no application of a card."""
        return self._get_giftcard_lines().filtered(lambda line: not line.giftcard_role)

    def _copy_data_extend_business_fields(self, values):
        """Override of `account`: a credit note knows the applications it takes back."""
        result = super()._copy_data_extend_business_fields(values)
        if is_writer(self.env, REVERSAL):
            entry = self.sudo()._get_giftcard_used_entry()
            values["giftcard_reversed_entry_id"] = entry.id
            if entry and self.giftcard_entry_id:
                # the card may have left the account of the invoice since
                account = self.env["giftcard.accounting"]._get_account(
                    entry.company_id, entry.liability_kind
                )
                values["account_id"] = account.id
        return result

    def _get_giftcard_used_entry(self):
        """Return the entry of the application that this line takes off an invoice.

        In another company than the seller's the line is on no account of cards and
        has no entry; there it is known by the key of its amounts.
        """
        entry = self.giftcard_entry_id
        key = get_fixed_key(self.extra_tax_data)
        deduction = self.env.ref("giftcard_salon.product_deduction")
        if not entry and key and self.product_id == deduction:
            redemption = self.env["giftcard.redemption"].search(
                [("key", "=", key.removeprefix(COMPUTATION_KEY))]
            )
            entry = redemption.entry_ids
        return entry.filtered(lambda candidate: candidate.kind == "redeem")

    def _get_giftcard_income(self):
        """Return on which account the line is income.

        :rtype: account.account
        """
        return self.account_id

    def _get_giftcard_line_split(self):
        """Return what this line of a card comes to: its fixed amounts.

        Cut anew where the line has none that the tax engine takes.

        :rtype: TaxSplit
        """
        self.ensure_one()
        currency = self.currency_id
        base_line = self.move_id._prepare_product_base_line_for_taxes_computation(self)
        fixed = TaxSplit.from_fixed_amounts(base_line, currency.decimal_places)
        return fixed or self.env["giftcard.accounting"]._split_gross(
            self.tax_ids, self.price_total, currency, self.price_subtotal
        )

    @api.depends("extra_tax_data")
    def _compute_totals(self):
        """Override of `account`: fixed amounts are amounts."""
        return super()._compute_totals()

    def unlink(self):
        """Override of `account`: a card's lines leave together, and let it go."""
        drafts = self.filtered(
            lambda line: line.giftcard_role and line.parent_state == "draft"
        )
        if drafts and not is_writer(self.env):
            applications = drafts.sudo().giftcard_application_id
            if applications.order_id and not drafts.move_id.reversed_entry_id:
                drafts._check_giftcard_lock()
            notes = drafts.filtered("move_id.reversed_entry_id").move_id
            # on a credit note item and deduction go together
            self |= notes.invoice_line_ids.filtered(
                lambda line: (
                    line.giftcard_application_id.entitlement_id
                    and line.giftcard_application_id in applications
                )
            )
            held = applications.filtered(
                lambda application: application.state != "captured"
            )
            deductions = held.move_line_ids.filtered(
                lambda line: line.giftcard_role != "item"
            )
            held._remove()
            return super(AccountMoveLine, self - deductions.with_env(self.env)).unlink()
        return super().unlink()
