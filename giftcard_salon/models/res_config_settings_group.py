from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    giftcard_group_company_ids = fields.Many2many(
        related="company_id.giftcard_group_company_ids", readonly=False
    )
    giftcard_agreed_percent = fields.Float(
        related="company_id.giftcard_agreed_percent", readonly=False
    )
    giftcard_invoicing = fields.Selection(
        related="company_id.giftcard_invoicing", readonly=False, required=True
    )
