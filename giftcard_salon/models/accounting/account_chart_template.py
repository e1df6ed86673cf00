from odoo import models


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        """Override of `account`: a company with a new chart can sell gift cards."""
        result = super()._post_load_data(template_code, company, template_data)
        self.env["giftcard.accounting"]._set_up(company or self.env.company)
        return result
