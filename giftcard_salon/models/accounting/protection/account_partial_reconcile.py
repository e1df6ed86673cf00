from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """Override of `account`: exchange differences on cards go with their match."""
        matches = self.env["giftcard.accounting"]._as_writer(self)
        return super(AccountPartialReconcile, matches).unlink()
