# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models


class GiftcardLocation(models.Model):
    _name = "giftcard.location"
    _inherit = "giftcard.server.fields"
    _description = "Gift card salon"
    _order = "company_id, sequence, id"
    _check_company_auto = True

    name = fields.Char("Salon", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _name_company_unique = models.Constraint(
        "UNIQUE(name, company_id)", "There is a salon of this name already."
    )

    @api.model
    def _get_default(self, company):
        """Return the first salon of ``company``; make one when there is none.

        :param company: ``res.company`` record
        :rtype: giftcard.location
        """
        # sudo: giftcard.location - whoever sells first in a company makes its salon
        location = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch(
                [("company_id", "=", company.id)],
                ["company_id"],
                order="active desc, sequence, id",
                limit=1,
            )
        )
        return location or self.sudo().create(
            {"name": company.name, "company_id": company.id}
        )
