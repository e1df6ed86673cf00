from odoo import fields, models


class BarcodeRule(models.Model):
    _name = "barcode.rule"
    _inherit = ["barcode.rule", "giftcard.kept.data"]

    type = fields.Selection(
        selection_add=[("giftcard", "Gift card")],
        ondelete={"giftcard": "set default"},
    )
