# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError


class GiftcardType(models.Model):
    _inherit = "giftcard.type"

    def _get_account_roles(self):
        """Return the account roles that a sale or redemption of such cards needs.

        :rtype: set
        """
        self.ensure_one()
        self.fetch(["kind", "vat_mode", "is_single_use"])
        roles = {"liability"}
        if self.vat_mode == "spv":
            roles = {"deferred"}
        if self.kind == "service" and any(self.service_ids.mapped("is_tip")):
            roles.add("tips")
        if self.is_single_use:
            roles.add("income")
        return roles

    def _check_given_out(self, company, currency):
        result = super()._check_given_out(company, currency)
        self.env["giftcard.accounting"]._check_posting_preconditions(
            company, self._get_account_roles()
        )
        return result

    def _get_selling_refusal(self, company):
        """Say which setting keeps ``company`` from selling such cards; else "".

        :param company: ``res.company`` record
        :rtype: str
        """
        try:
            self.env["giftcard.accounting"]._check_posting_preconditions(
                company, self._get_account_roles()
            )
        except UserError as error:
            return str(error)
        return ""
