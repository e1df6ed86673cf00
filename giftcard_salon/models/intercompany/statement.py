# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_amount, groupby

from .settlement_invoice import TO_INVOICE


class GiftcardStatement(models.Model):
    """What two companies of a group owe each other for cards used at the other's.

    A note, not an invoice: no supply, no VAT. Services whose VAT was counted at the
    sale of the card stand on it with their invoice. It is settled here, with the
    payment between the two companies.
    """

    _name = "giftcard.statement"
    _inherit = "giftcard.server.fields"
    _description = "Settlement of gift cards between companies"
    _order = "date_to desc, id desc"

    name = fields.Char("Number", required=True, readonly=True, copy=False)
    date_to = fields.Date("Uses until", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    other_id = fields.Many2one(
        "res.company", "Other company", required=True, index=True, readonly=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    row_ids = fields.One2many("giftcard.settlement", "statement_id", readonly=True)
    row_count = fields.Integer("Uses", compute="_compute_row_count")
    company_done = fields.Boolean(compute="_compute_done", store=True)
    other_done = fields.Boolean(compute="_compute_done", store=True)
    # as the reader's own company sees it
    reader_company_id = fields.Many2one(
        "res.company",
        "Your company",
        compute="_compute_reader_company",
        compute_sudo=True,
    )
    partner_company_id = fields.Many2one(
        "res.company", "With", compute="_compute_reader_company", compute_sudo=True
    )
    to_pay = fields.Monetary(
        "You owe", compute="_compute_reader_company", compute_sudo=True
    )
    to_collect = fields.Monetary(
        "Owed to you", compute="_compute_reader_company", compute_sudo=True
    )
    net = fields.Monetary(
        "To collect or pay",
        compute="_compute_reader_company",
        compute_sudo=True,
        help="More than zero: the other company pays you. Less: you pay it.",
    )
    sentence = fields.Char(compute="_compute_reader_company", compute_sudo=True)
    is_done = fields.Boolean(
        "Settled", compute="_compute_reader_company", compute_sudo=True
    )
    open_amount = fields.Monetary(
        "Open in your books", compute="_compute_reader_company", compute_sudo=True
    )

    _in_order = models.Constraint(
        "CHECK(company_id < other_id)", "A settlement is between two companies."
    )
    _name_unique = models.Constraint(
        "UNIQUE(name)", "There is a settlement of this number already."
    )

    @api.depends("row_ids")
    def _compute_row_count(self):
        for statement in self:
            statement.row_count = len(statement.row_ids)

    @api.depends("row_ids.is_paid", "row_ids.is_received")
    def _compute_done(self):
        for statement in self:
            rows = statement.row_ids
            for side, company in (
                ("company_done", statement.company_id),
                ("other_done", statement.other_id),
            ):
                sold = rows.filtered(
                    lambda row, seller=company: row.company_id == seller
                )
                used = rows - sold
                statement[side] = all(
                    (*sold.mapped("is_paid"), *used.mapped("is_received"))
                )

    @api.depends("row_ids.item_ids.amount_residual", "company_done", "other_done")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_reader_company(self):
        for statement in self:
            company = statement._get_reader_company()
            other = (statement.company_id | statement.other_id) - company
            statement.reader_company_id, statement.partner_company_id = company, other
            statement.to_pay = statement._sum_due(company)
            statement.to_collect = statement._sum_due(other)
            statement.net = statement.to_collect - statement.to_pay
            statement.is_done = (
                statement.company_done
                if company == statement.company_id
                else statement.other_done
            )
            items = statement._get_open_items(company)
            statement.open_amount = sum(items.mapped("amount_residual"))
            statement.sentence = statement._describe_net(statement.net, company, other)

    def _describe_net(self, net, company, other):
        money = format_amount(self.env, abs(net), self.currency_id)
        names = {"own": company.name, "other": other.name, "amount": money}
        if self.currency_id.is_zero(net):
            return self.env._("%(own)s and %(other)s owe each other nothing.", **names)
        if net > 0:
            return self.env._("%(other)s pays %(own)s %(amount)s.", **names)
        return self.env._("%(own)s pays %(other)s %(amount)s.", **names)

    def _get_reader_company(self):
        """Return the reader's own side; of two, the one he works in."""
        both = self.company_id | self.other_id
        return (self.env.company & both or self.env.companies & both or both)[:1]

    def _sum_due(self, company):
        """Return what ``company`` owes the other one, invoices with their VAT."""
        sold = self.row_ids.filtered(lambda row: row.company_id == company)
        invoiced = sold.filtered(lambda row: row.vat_by == "issuer")
        invoices = invoiced.invoice_id.filtered(lambda move: move.state != "cancel")
        return sum((sold - invoiced).mapped("consideration")) + sum(
            invoices.mapped("amount_total_in_currency_signed")
        )

    # === THE MONTHLY RUN === #

    @api.model
    def _settle_month(self):
        """Settle what was used until the end of last month. Called by the scheduler."""
        rows = self.env["giftcard.settlement"].sudo()
        rows = rows.search([("statement_id", "=", False)])
        if not rows:
            return
        today = self._get_common_day(rows.company_id | rows.redeemer_id)
        self._settle(fields.Date.subtract(today.replace(day=1), days=1))

    @api.model
    def _get_common_day(self, companies):
        """Return the day that has come in each of ``companies``, by its own clock.

        :param companies: ``res.company`` records
        :rtype: datetime.date
        """
        return min(self.env["giftcard.card"]._today(company) for company in companies)

    @api.model
    def _settle(self, date_to, companies=None):
        """Make the notes of what is in the accounts of both sides and on none yet.

        What one side has not posted yet, such as bills of an open till, is left for
        the next run.

        :param datetime.date date_to: last day of redemption
        :param companies: ``res.company`` records of which one is a side; all of them
            when left out
        :return: the notes
        :rtype: giftcard.statement
        """
        # sudo: giftcard.settlement - the server keeps what both companies read
        rows = self.env["giftcard.settlement"].sudo()
        rows._post_queued()
        until = Domain("statement_id", "=", False) & Domain("day", "<=", date_to)
        if companies is not None:
            until &= Domain("company_id", "in", companies.ids) | Domain(
                "redeemer_id", "in", companies.ids
            )
        due = rows.search(until & TO_INVOICE, order="company_id, redeemer_id, id")
        for _sides, group in groupby(
            due, lambda row: (row.company_id, row.redeemer_id)
        ):
            invoiced = rows.concat(*group)
            invoiced._attempt(lambda invoiced=invoiced: invoiced._make_invoice(date_to))
        rows._make_missing_bills()
        to_settle = rows.search(until, order="day, id").filtered(
            lambda r: r._is_posted_on_both_sides()
        )
        made = self.browse()
        for sides, group in to_settle.grouped(
            lambda row: row._get_party_companies()
        ).items():
            made |= self.sudo()._make(sides, group, date_to)
        return made.sudo(False)

    @api.model
    def _make(self, sides, rows, date_to):
        # the year in the number is that of both companies, not of the reader's clock
        numbers = self.env["ir.sequence"].with_context(
            ir_sequence_date=self._get_common_day(sides[0] | sides[1])
        )
        statement = self.create(
            {
                "name": numbers.next_by_code(self._name),
                "date_to": date_to,
                "company_id": sides[0].id,
                "other_id": sides[1].id,
                "currency_id": sides[0].currency_id.id,
            }
        )
        rows.statement_id = statement
        return statement

    def _get_open_items(self, company):
        """Return what is open of this note in the accounts of ``company``.

        :rtype: account.move.line
        """
        # sudo: giftcard.settlement - the server keeps what both companies read
        rows = self.sudo().row_ids
        items = rows.item_ids | rows._get_due_lines(rows._get_documents())
        return items.filtered(
            lambda line: (
                line.company_id == company
                and line.parent_state == "posted"
                and not line.reconciled
            )
        )

    def action_take_back(self):
        """Undo a note that nobody has paid yet; its redemptions wait for the next one.

        :raises AccessError: for whoever keeps the accounts of neither side
        :raises UserError: when it is paid
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("giftcard_salon.group_accountant"):
            raise AccessError(self.env._("Only an accountant may do this."))
        paid = self.sudo().row_ids.filtered(
            lambda row: row.has_money and (row.is_paid or row.is_received)
        )
        if paid:
            raise UserError(
                self.env._(
                    "%s is paid, on one side at least. Take the payment back first.",
                    self.name,
                )
            )
        self.sudo().unlink()
        return self.env["ir.actions.actions"]._for_xml_id(
            "giftcard_salon.giftcard_statement_action"
        )
