from odoo import models

from .res_company import ROLES


class AccountAccount(models.Model):
    _inherit = "account.account"

    def write(self, vals):
        """Override of `account`: open tills keep the accounts they will post to."""
        if "active" in vals and not vals["active"]:
            companies = self.env["res.company"].sudo()
            for role in ROLES:
                field = f"giftcard_{role}_account_id"
                for company in companies.search([(field, "in", self.ids)]):
                    company._check_giftcard_tills_closed(company[field])
        return super().write(vals)
