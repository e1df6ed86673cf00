# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.orm.models import NO_ACCESS

TO_BILL = Domain("invoice_id.state", "=", "posted") & Domain("bill_id", "=", False)


class GiftcardSettlement(models.Model):
    """The vendor bill of the company that sold the card, from the other's invoice."""

    _inherit = "giftcard.settlement"

    bill_id = fields.Many2one(
        "account.move",
        "Vendor bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=NO_ACCESS,
    )

    def _get_documents(self):
        """Override: the vendor bill."""
        return super()._get_documents() | self.bill_id

    @api.model
    def _post_queued(self):
        """Override: bills for invoices that were posted meanwhile."""
        result = super()._post_queued()
        self._make_missing_bills()
        return result

    @api.model
    def _make_missing_bills(self):
        # sudo: giftcard.settlement - the server keeps what both companies read
        rows = self.sudo().search(TO_BILL, order="tries, id", limit=1000)
        for invoiced in rows.grouped("invoice_id").values():
            invoiced._attempt(invoiced._make_bill)

    def _make_bill(self):
        """Enter the other company's invoice as a vendor bill of the card's seller."""
        issuer, redeemer = self.company_id.ensure_one(), self.redeemer_id.ensure_one()
        invoice = self.invoice_id.ensure_one()
        rows = self.with_context(
            lang=issuer.partner_id.lang or self.env.lang
        ).with_company(issuer)
        bill = rows.env["account.move"].create(
            {
                "move_type": "in_invoice"
                if invoice.move_type == "out_invoice"
                else "in_refund",
                "partner_id": redeemer.partner_id.id,
                "ref": invoice.name,
                "invoice_date": invoice.invoice_date,
                "date": invoice.invoice_date,
                "invoice_line_ids": [
                    Command.create(rows._prepare_bill_line(line))
                    for line in invoice.invoice_line_ids
                ],
            }
        )
        rows._set_group_account(bill, "payable")
        rows._copy_tax(bill, invoice)
        if issuer.giftcard_invoicing != "month_draft":
            bill.action_post()
        self.bill_id = bill

    def _prepare_bill_line(self, line):
        issuer = self.company_id
        taxes = self.env["account.tax"]
        for tax in line.tax_ids.flatten_taxes_hierarchy():
            taxes |= self._find_purchase_tax(issuer, tax)
        return {
            "name": line.name,
            "quantity": 1,
            "price_unit": self._to_unit_price(taxes, line.price_subtotal),
            "tax_ids": [Command.set(taxes.ids)],
            "account_id": self.env["giftcard.accounting"]
            ._get_account(issuer, "cost")
            .id,
        }

    @api.model
    def _find_purchase_tax(self, company, tax):
        """Return the tax with which ``company`` deducts what ``tax`` says.

        :raises UserError: when it has none of that rate
        """
        found = self.env["giftcard.accounting"]._find_like(tax, company, "purchase")
        if not found:
            raise UserError(
                self.env._(
                    "%(company)s has no purchase tax like %(tax)s of the invoice. Make "
                    "or activate one under Accounting > Configuration > Taxes.",
                    company=company.name,
                    tax=tax.name,
                )
            )
        return found

    @api.model
    def _copy_tax(self, bill, invoice):
        """Let the bill say to the cent what the invoice says, whatever the rounding."""
        missing = invoice.amount_total - bill.amount_total
        line = bill.line_ids.filtered("tax_line_id")[:1]
        if line and not bill.currency_id.is_zero(missing):
            sign = 1 if bill.move_type == "in_invoice" else -1
            line.amount_currency += sign * missing
