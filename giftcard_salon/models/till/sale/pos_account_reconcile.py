from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: what settles a bill lets its gift cards be used."""
        partials = super().create(vals_list)
        moves = (partials.debit_move_id | partials.credit_move_id).sudo().move_id
        self.env["pos.order"].sudo()._activate_settled_giftcards(moves)
        return partials
