# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import base64

from odoo import models
from odoo.tools import format_amount, format_date

from ...tools.printing.settlement_pdf import draw_note


class GiftcardStatement(models.Model):
    """The settlement note on paper: the same for both sides."""

    _inherit = "giftcard.statement"

    def action_print(self):
        """Give the note as a PDF.

        :return: the download
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        inner = self.sudo()
        name = f"{self.name.replace('/', '-')}.pdf"
        attachments = inner.env["ir.attachment"]
        values = {
            "name": name,
            "res_model": self._name,
            "res_id": self.id,
            "datas": base64.b64encode(draw_note(inner._prepare_note())),
            "mimetype": "application/pdf",
        }
        found = attachments.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("name", "=", name),
            ],
            limit=1,
        )
        if found:
            found.write(values)
        else:
            found = attachments.create(values)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{found.id}?download=true",
            "target": "download",
        }

    def _prepare_note(self):
        """Return what the note says, as :func:`draw_note` wants it."""
        net = self._sum_due(self.other_id) - self._sum_due(self.company_id)
        return {
            "title": self.env._("Settlement of gift cards %s", self.name),
            "lines": [
                self.env._("Uses until %s", format_date(self.env, self.date_to)),
            ],
            "parties": [
                self._describe_party(self.company_id),
                self._describe_party(self.other_id),
            ],
            "sections": [
                section
                for seller, salon in (
                    (self.company_id, self.other_id),
                    (self.other_id, self.company_id),
                )
                for section in self._prepare_sections(seller, salon)
            ],
            "result": self._describe_net(net, self.company_id, self.other_id),
            "remarks": [
                self.env._(
                    "Between companies of one group, for gift cards: no supply, no "
                    "VAT. Services whose VAT was counted when the card was sold are "
                    "invoiced with VAT; the invoices are listed with their totals."
                )
            ],
        }

    def _describe_party(self, company):
        partner = company.partner_id
        lines = [company.name, *partner._display_address(True).splitlines()]
        if company.vat:
            lines.append(self.env._("VAT number: %s", company.vat))
        return [line for line in lines if line.strip()]

    def _prepare_sections(self, seller, salon):
        sold = self.row_ids.filtered(lambda row: row.company_id == seller)
        invoiced = sold.filtered(lambda row: row.vat_by == "issuer")
        sections = []
        if rows := (sold - invoiced).sorted(lambda row: (row.day, row.id)):
            sections.append(self._prepare_redemptions(rows, seller, salon))
        if invoices := invoiced.invoice_id.filtered(
            lambda move: move.state != "cancel"
        ):
            sections.append(self._prepare_invoices(invoices, seller, salon))
        return sections

    def _prepare_redemptions(self, rows, seller, salon):
        kinds = dict(rows._fields["kind"]._description_selection(self.env))
        return {
            "title": self.env._(
                "Gift cards of %(seller)s used at %(salon)s",
                seller=seller.name,
                salon=salon.name,
            ),
            "columns": [
                self.env._("Day"),
                self.env._("Salon"),
                self.env._("Document"),
                self.env._("Card"),
                self.env._("Event"),
                self.env._("Value used"),
                self.env._("Paid part, owed"),
            ],
            "figures": 2,
            "rows": [
                [
                    format_date(self.env, row.day),
                    row.location_id.name or "",
                    row.source_name or "",
                    row.card_id.name,
                    kinds[row.kind],
                    self._format_amount(row.face),
                    self._format_amount(row.consideration),
                ]
                for row in rows
            ],
            "total": [
                self.env._("Total"),
                *[""] * 4,
                self._format_amount(sum(rows.mapped("face"))),
                self._format_amount(sum(rows.mapped("consideration"))),
            ],
        }

    def _prepare_invoices(self, invoices, seller, salon):
        return {
            "title": self.env._(
                "Invoices of %(salon)s to %(seller)s",
                seller=seller.name,
                salon=salon.name,
            ),
            "columns": [
                self.env._("Day"),
                self.env._("Invoice"),
                self.env._("Without VAT"),
                self.env._("VAT"),
                self.env._("Total"),
            ],
            "figures": 3,
            "rows": [
                [
                    format_date(self.env, move.invoice_date),
                    move.name if move.state == "posted" else self.env._("Draft"),
                    self._format_amount(move.amount_untaxed_in_currency_signed),
                    self._format_amount(
                        move.amount_total_in_currency_signed
                        - move.amount_untaxed_in_currency_signed
                    ),
                    self._format_amount(move.amount_total_in_currency_signed),
                ]
                for move in invoices
            ],
            "total": [
                self.env._("Total"),
                *[""] * 3,
                self._format_amount(
                    sum(invoices.mapped("amount_total_in_currency_signed"))
                ),
            ],
        }

    def _format_amount(self, amount):
        return format_amount(self.env, amount, self.currency_id)
