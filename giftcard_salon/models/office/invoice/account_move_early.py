# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """Early payment discounts: a card that pays in time pays as a bank would.

    Odoo's own rule: one payment that settles the whole invoice while the discount
    holds, here by the company's day; the discount is posted with the payment.
    """

    _inherit = "account.move"

    def _get_giftcard_discounted(self):
        """Override: the whole invoice less its early payment discount."""
        self.ensure_one()
        terms = self._get_giftcard_terms()
        today = self.env["giftcard.card"]._today(self.company_id)
        if len(terms) != 1 or not self._is_eligible_for_early_payment_discount(
            self.currency_id, today
        ):
            return 0.0
        return terms.discount_amount_currency

    @api.depends("invoice_payment_term_id", "invoice_date")
    def _compute_giftcard_to_pay(self):
        """Override: what one card reserves with the discount is all there is to pay."""
        result = super()._compute_giftcard_to_pay()
        for move in self:
            application = move.giftcard_reserved_ids
            discounted = len(application) == 1 and move._get_giftcard_discounted()
            compare = move.currency_id.compare_amounts
            if discounted and compare(application.paid_amount, discounted) >= 0:
                move.giftcard_to_pay = 0
        return result

    def _get_giftcard_terms(self):
        return self.line_ids.filtered(lambda line: line.display_type == "payment_term")

    def _get_giftcard_due(self, application):
        """Override: a card that is enough for it gets the discount."""
        due = super()._get_giftcard_due(application)
        discounted = self._get_giftcard_discounted()
        compare = self.currency_id.compare_amounts
        if (
            discounted
            and not compare(due, self.amount_residual)
            and compare(application.paid_amount, discounted) >= 0
        ):
            return discounted
        return due

    def _prepare_giftcard_discount(self, paid):
        """Return the journal items of the discount that a payment gets.

        :param float paid: what the card pays, in the invoice's currency
        :return: values that come to the discount, debit positive; none without one
        :rtype: list[dict]
        :raises UserError: when the company has no account for discounts
        """
        discounted = self._get_giftcard_discounted()
        if not discounted or self.currency_id.compare_amounts(paid, discounted):
            return []
        company = self.company_id
        if not company.account_journal_early_pay_discount_loss_account_id:
            raise UserError(
                self.env._(
                    "%(invoice)s is paid in time, and %(company)s has no account for "
                    "early payment discounts. Choose it under Accounting > "
                    "Configuration > Settings.",
                    invoice=self.name,
                    company=company.name,
                )
            )
        term = self._get_giftcard_terms()
        items = self._get_invoice_counterpart_amls_for_early_payment_discount(
            [
                {
                    "aml": term,
                    "amount_currency": -term.amount_residual_currency,
                    "balance": self._convert_giftcard(-term.amount_residual_currency),
                }
            ],
            self._convert_giftcard(term.amount_residual_currency - discounted),
        )
        return [values for kind in items.values() for values in kind]

    def _convert_giftcard(self, amount):
        """Return ``amount`` of the invoice's currency in the company's, of today."""
        company = self.company_id
        return self.currency_id._convert(
            amount,
            company.currency_id,
            company,
            self.env["giftcard.card"]._today(company),
        )
