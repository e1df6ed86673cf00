from odoo import api, fields, models

from ...tools.server_fields import as_writer


class GiftcardVerify(models.TransientModel):
    """Recompute the chain of seals and say whether the ledger is untouched."""

    _name = "giftcard.verify"
    _inherit = "giftcard.server.fields"
    _description = "Verify the gift card ledger"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    checked_at = fields.Datetime(default=fields.Datetime.now, readonly=True)
    sealed_count = fields.Integer("Sealed entries", readonly=True)
    pending_count = fields.Integer("Not sealed yet", readonly=True)
    strange_count = fields.Integer("Entries from elsewhere", readonly=True)
    unequal_count = fields.Integer("Cards with another balance", readonly=True)
    is_sound = fields.Boolean(readonly=True)
    broken_numbers = fields.Char("Numbers that do not match", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            found = self.env["giftcard.seal"].sudo()._verify(wizard.company_id)
            as_writer(wizard).write(
                {
                    "sealed_count": found["sealed"],
                    "pending_count": found["pending"],
                    "strange_count": found["strange"],
                    "unequal_count": found["unequal"],
                    "is_sound": not (
                        found["broken"] or found["strange"] or found["unequal"]
                    ),
                    "broken_numbers": ", ".join(map(str, found["broken"][:20])),
                }
            )
        return wizards

    @api.model
    def action_verify(self):
        """Seal what is new, check everything and show the result."""
        self.env["giftcard.seal"].sudo()._seal_pending()
        wizard = self.create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Is the ledger untouched?"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }
