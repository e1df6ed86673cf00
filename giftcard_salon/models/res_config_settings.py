# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.exceptions import AccessError


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"
    giftcard_liability_account_id = fields.Many2one(
        related="company_id.giftcard_liability_account_id", readonly=False
    )
    giftcard_deferred_account_id = fields.Many2one(
        related="company_id.giftcard_deferred_account_id", readonly=False
    )
    giftcard_tips_account_id = fields.Many2one(
        related="company_id.giftcard_tips_account_id", readonly=False
    )
    giftcard_income_account_id = fields.Many2one(
        related="company_id.giftcard_income_account_id", readonly=False
    )
    giftcard_contra_account_id = fields.Many2one(
        related="company_id.giftcard_contra_account_id", readonly=False
    )
    giftcard_escheat_account_id = fields.Many2one(
        related="company_id.giftcard_escheat_account_id", readonly=False
    )
    giftcard_receivable_account_id = fields.Many2one(
        related="company_id.giftcard_receivable_account_id", readonly=False
    )
    giftcard_payable_account_id = fields.Many2one(
        related="company_id.giftcard_payable_account_id", readonly=False
    )
    giftcard_cost_account_id = fields.Many2one(
        related="company_id.giftcard_cost_account_id", readonly=False
    )
    giftcard_journal_id = fields.Many2one(
        related="company_id.giftcard_journal_id", readonly=False
    )
    giftcard_tz = fields.Selection(related="company_id.giftcard_tz", readonly=False)
    giftcard_income_mode = fields.Selection(
        related="company_id.giftcard_income_mode", readonly=False
    )
    giftcard_grace_days = fields.Integer(
        related="company_id.giftcard_grace_days", readonly=False
    )
    giftcard_expiry_forbidden = fields.Boolean(
        related="company_id.giftcard_expiry_forbidden", readonly=False
    )
    giftcard_least_months = fields.Integer(
        related="company_id.giftcard_least_months", readonly=False
    )
    giftcard_needs_approval = fields.Boolean(
        related="company_id.giftcard_needs_approval", readonly=False
    )
    giftcard_daily_codes = fields.Integer(
        related="company_id.giftcard_daily_codes", readonly=False
    )
    giftcard_daily_issued = fields.Integer(
        related="company_id.giftcard_daily_issued", readonly=False
    )
    giftcard_account_protection = fields.Selection(
        related="company_id.giftcard_account_protection", readonly=False
    )
    giftcard_accountant_id = fields.Many2one(
        related="company_id.giftcard_accountant_id", readonly=False
    )
    giftcard_head_email = fields.Char(
        related="company_id.giftcard_head_email", readonly=False
    )
    pos_giftcard_enabled = fields.Boolean(
        related="pos_config_id.giftcard_enabled", readonly=False
    )
    pos_giftcard_location_id = fields.Many2one(
        related="pos_config_id.giftcard_location_id", readonly=False
    )
    giftcard_group_company_ids = fields.Many2many(
        related="company_id.giftcard_group_company_ids", readonly=False
    )
    giftcard_is_one_entity = fields.Boolean(
        related="company_id.giftcard_is_one_entity", readonly=False
    )
    giftcard_agreed_percent = fields.Float(
        related="company_id.giftcard_agreed_percent", readonly=False
    )
    giftcard_invoicing = fields.Selection(
        related="company_id.giftcard_invoicing", readonly=False, required=True
    )
    giftcard_key_trouble = fields.Char(compute="_compute_giftcard_keys")
    giftcard_key_file = fields.Char(
        "Keys of the cards", compute="_compute_giftcard_keys"
    )
    giftcard_keys_saved = fields.Boolean(compute="_compute_giftcard_keys")

    def _compute_giftcard_keys(self):
        state = self.env["giftcard.card"]._get_key_state()
        for settings in self:
            settings.giftcard_key_trouble = state["trouble"]
            settings.giftcard_key_file = state["file"]
            settings.giftcard_keys_saved = state["is_saved"]

    def action_giftcard_keys_saved(self):
        """Take the administrator's word that the file of the keys is saved.

        :raises AccessError: when it is not an administrator's
        """
        if not self.env.is_system():
            raise AccessError(
                self.env._("Only an administrator can say that the keys are saved.")
            )
        self.env["giftcard.card"]._set_keys_saved()
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_giftcard_set_up(self):
        """Make the accounts and the journal that are missing."""
        self.env["giftcard.accounting"]._set_up(self.company_id)
        return {"type": "ir.actions.client", "tag": "reload"}
