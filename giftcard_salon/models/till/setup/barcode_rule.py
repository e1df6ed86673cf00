# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models


class BarcodeRule(models.Model):
    _name = "barcode.rule"
    _inherit = ["barcode.rule", "giftcard.kept.data"]

    type = fields.Selection(
        selection_add=[("giftcard", "Gift card")],
        ondelete={"giftcard": "set default"},
    )
