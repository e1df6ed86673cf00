# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount


class GiftcardRemit(models.TransientModel):
    """Pay the State what is owed for unclaimed cards."""

    _name = "giftcard.remit"
    _inherit = "giftcard.server.fields"
    _description = "Pay unclaimed gift cards to the State"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    liability = fields.Monetary("Owed to the State", compute="_compute_liability")
    amount = fields.Monetary(
        required=True,
        compute="_compute_amount",
        compute_sudo=False,
        precompute=True,
        store=True,
        readonly=False,
    )
    date = fields.Date(
        "Paid on",
        required=True,
        default=lambda self: self.env["giftcard.card"]._today(self.env.company),
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Paid from",
        required=True,
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
        default=lambda self: self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1
        ),
    )
    account_id = fields.Many2one(
        "account.account",
        required=True,
        check_company=True,
        compute="_compute_account_id",
        compute_sudo=False,
        precompute=True,
        store=True,
        readonly=False,
        help="The bank account, or the one where payments wait for the statement.",
    )
    reference = fields.Char(help="Such as the number of the report to the State.")

    @api.depends("company_id")
    def _compute_liability(self):
        for wizard in self:
            company = wizard.company_id & self.env.companies
            account = company.sudo().giftcard_escheat_account_id
            balance = (
                self.env["account.move.line"]
                .sudo()
                ._read_group(
                    [
                        ("account_id", "=", account.id),
                        ("company_id", "=", company.id),
                        ("parent_state", "=", "posted"),
                    ],
                    aggregates=["balance:sum"],
                )[0][0]
            )
            wizard.liability = -(balance or 0)

    @api.depends("liability")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = max(wizard.liability, 0)

    @api.depends("journal_id")
    def _compute_account_id(self):
        for wizard in self:
            wizard.account_id = wizard.journal_id.default_account_id

    def action_remit(self):
        """Post the payment and show its entry.

        :raises AccessError: for other people than accountants
        :raises UserError: when more is paid than is owed
        """
        self.ensure_one()
        if not self.env.user.has_group("giftcard_salon.group_accountant"):
            raise AccessError(self.env._("Only an accountant may do this."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your own companies."))
        currency = self.currency_id
        if (
            currency.compare_amounts(self.amount, 0) <= 0
            or currency.compare_amounts(self.amount, self.liability) > 0
        ):
            raise UserError(
                self.env._(
                    "Pay from more than zero to %s: that is what is owed to the State.",
                    format_amount(self.env, self.liability, currency),
                )
            )
        accounting = self.env["giftcard.accounting"]
        if self.account_id in accounting._get_card_accounts(self.company_id):
            raise UserError(
                self.env._(
                    "Choose the account the money is paid from, not one of gift cards."
                )
            )
        move = accounting._post_remittance(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": move.id,
            "view_mode": "form",
        }
