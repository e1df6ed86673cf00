# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.orm.models import NO_ACCESS

from ...tools.allocation import exact, release_between, to_decimal
from .settlement import DUE

TO_INVOICE = Domain("vat_by", "=", "issuer") & Domain("invoice_id", "=", False)


class GiftcardSettlement(models.Model):
    """The invoice for a service whose VAT was counted at the card's sale (case C47).

    Whoever gives the service is deemed to supply the company that sold the card, and
    invoices it at the price the two agreed on; that company deducts the VAT.
    """

    _inherit = "giftcard.settlement"

    agreed_net = fields.Monetary(
        "To invoice, without VAT",
        readonly=True,
        help="The price between the companies for what was given for the card.",
    )
    invoice_id = fields.Many2one(
        "account.move",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=NO_ACCESS,
    )

    def _get_documents(self):
        """Override: the invoice."""
        return super()._get_documents() | self.invoice_id

    @api.model
    def _prepare_row(self, line, redeemer, lost):
        """Override: the price is agreed on when the service is given."""
        values = super()._prepare_row(line, redeemer, lost)
        if values["vat_by"] == "issuer":
            values["agreed_net"] = self._valuate_agreed(line, redeemer)
        return values

    @api.model
    def _valuate_agreed(self, line, redeemer):
        """Return what ``redeemer`` invoices for a redemption, negative for money back.

        Per unit of the service when that price is set in ``redeemer``, else a
        percentage of the net. Money back takes the redemption's own figure back, by R5.
        """
        digits = line.currency_id.decimal_places
        redemption = line.redemption_id
        if line.kind == "refund":
            used = to_decimal(redemption.amount, digits)
            agreed = self._get_of_entry(
                redemption.entry_ids.filtered(lambda entry: entry.kind == "redeem")
            ).agreed_net
            refunds = redemption.entry_ids.filtered(lambda e: e.kind == "refund")
            back = sum((to_decimal(e.face, digits) for e in refunds), exact(0))
            before = back - to_decimal(line.face, digits)
            agreed = to_decimal(agreed, digits)
            return float(release_between(agreed, back, before, used, digits))
        entitlement = line.entitlement_id
        unit_price = self.env["giftcard.accounting"]._get_agreed_price(
            entitlement, redeemer
        )
        if unit_price and entitlement.value:
            units = exact(-line.face) * entitlement.quantity / exact(entitlement.value)
            return float(to_decimal(exact(unit_price) * units, digits))
        # sudo: res.company - the price that the other company agreed to
        share = exact(redeemer.sudo().giftcard_agreed_percent) / 100
        return float(to_decimal(exact(-line.net) * share, digits))

    @api.model
    def _post_queued(self):
        """Override: invoices of companies that invoice at once."""
        result = super()._post_queued()
        at_once = TO_INVOICE & Domain("redeemer_id.giftcard_invoicing", "=", "use")
        for row in self.sudo().search(at_once, order="tries, id", limit=100):
            row._attempt(row._make_invoice)
        return result

    def _make_invoice(self, day=None):
        """Invoice these rows, of one issuer and one redeemer, to who sold the cards.

        Nothing is invoiced while the sum is zero: the rows wait for others.

        :param datetime.date day: day of the invoice; the last redemption's when left
            out
        :return: the invoice
        :rtype: account.move
        """
        issuer, redeemer = self.company_id.ensure_one(), self.redeemer_id.ensure_one()
        total = sum(self.mapped("agreed_net"))
        if self.currency_id.is_zero(total):
            return self.env["account.move"]
        sign = 1 if total > 0 else -1
        rows = self.with_context(
            lang=issuer.partner_id.lang or self.env.lang
        ).with_company(redeemer)
        move = rows.env["account.move"].create(
            {
                "move_type": "out_invoice" if sign > 0 else "out_refund",
                "partner_id": issuer.partner_id.id,
                "invoice_date": day or max(self.mapped("day")),
                "invoice_line_ids": [
                    Command.create(line) for line in rows._prepare_invoice_lines(sign)
                ],
            }
        )
        rows._set_group_account(move, "receivable")
        if redeemer.giftcard_invoicing != "month_draft":
            move.action_post()
        self.invoice_id = move
        return move

    def _prepare_invoice_lines(self, sign):
        """Return one line per income account and rate: what was given, in one text."""
        redeemer, issuer = self.redeemer_id, self.company_id
        accounting = self.env["giftcard.accounting"]
        position = (
            self.env["account.fiscal.position"]
            .with_company(redeemer)
            ._get_fiscal_position(issuer.partner_id)
        )
        grouped = {}
        for row in self:
            account = accounting._get_revenue_account(row.entry_id, redeemer)
            taxes = accounting._get_supply_taxes(row.entry_id.entitlement_id, redeemer)
            key = (position.map_account(account), position.map_tax(taxes))
            grouped[key] = grouped.get(key, self.browse()) | row
        return [
            {
                "name": rows._describe_services(),
                "quantity": 1,
                "price_unit": sign
                * self._to_unit_price(taxes, sum(rows.mapped("agreed_net"))),
                "tax_ids": [Command.set(taxes.ids)],
                "account_id": account.id,
            }
            for (account, taxes), rows in grouped.items()
        ]

    def _describe_services(self):
        counts = {}
        for row in self:
            name = row.entry_id.entitlement_id.name
            counts[name] = counts.get(name, 0) + (1 if row.kind == "redeem" else -1)
        return self.env._(
            "Given for your gift cards: %s",
            ", ".join(f"{name} × {count}" for name, count in counts.items()),
        )

    @api.model
    def _to_unit_price(self, taxes, net):
        """Return the price that gives ``net``, with the taxes in the price or not."""
        if not any(tax.price_include for tax in taxes):
            return net
        amounts = taxes.with_context(force_price_include=False).compute_all(net)
        return amounts["total_included"]

    @api.model
    def _set_group_account(self, move, role):
        """Owe it on the account of group companies, where its kind allows that."""
        account = self.env["giftcard.accounting"]._get_account(move.company_id, role)
        if account.account_type in DUE:
            self._get_due_lines(move).account_id = account
