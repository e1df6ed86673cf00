from odoo import api, models
from odoo.exceptions import UserError


class GiftcardAccounting(models.AbstractModel):
    """Is everything set that a sale or a use will be posted with? Asked before money
    changes hands; a till that is being closed has to be able to post.
    """

    _inherit = "giftcard.accounting"

    @api.model
    def _check_ready(self, company, roles):
        """Refuse what could not be posted later.

        :param company: ``res.company`` record
        :param roles: roles of accounts, as for :meth:`_get_account`
        :raises UserError: naming the setting to mend
        """
        for role in roles:
            self._get_account(company, role)

    @api.model
    def _check_tax_accounts(self, taxes):
        """Refuse to sell with VAT that would be posted to the account of the card.

        :param taxes: ``account.tax`` records
        :raises UserError: naming the tax to mend
        """
        for tax in taxes.sudo().flatten_taxes_hierarchy():
            lines = tax.invoice_repartition_line_ids
            if tax.amount and not all(
                line.account_id
                for line in lines.filtered(
                    lambda line: line.repartition_type == "tax" and line.factor
                )
            ):
                raise UserError(
                    self.env._(
                        "The tax %(tax)s of %(company)s has no account, so its VAT "
                        "would be mixed with what you owe for gift cards. Choose the "
                        "account under Accounting > Configuration > Taxes.",
                        tax=tax.name,
                        company=tax.company_id.name,
                    )
                )
