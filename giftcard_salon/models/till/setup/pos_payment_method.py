# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import ValidationError


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    def _get_payment_terminal_selection(self):
        return [
            *super()._get_payment_terminal_selection(),
            ("giftcard", self.env._("Gift card")),
        ]

    @api.depends("use_payment_terminal")
    def _compute_giftcard_is_method(self):
        for method in self:
            method.giftcard_is_method = method.use_payment_terminal == "giftcard"

    @api.depends("use_payment_terminal")
    def _compute_type(self):
        """Override of `point_of_sale`: paid like by bank, but without a journal.

        The session's entry debits the liability itself.
        """
        result = super()._compute_type()
        self.filtered("giftcard_is_method").type = "bank"
        return result

    @api.constrains("use_payment_terminal", "journal_id", "split_transactions")
    def _check_giftcard_method(self):
        for method in self.filtered("giftcard_is_method"):
            if method.journal_id or method.split_transactions:
                raise ValidationError(
                    self.env._(
                        "A gift card payment has no journal of its own and does not "
                        "identify the customer: the session's entry takes it from "
                        "what is owed to clients."
                    )
                )

    @api.model
    def _get_giftcard_method(self, company):
        """Return the gift card payment method of ``company``; make it when missing.

        :param company: ``res.company`` record
        :rtype: pos.payment.method
        """
        method = self.search(
            [
                ("company_id", "=", company.id),
                ("use_payment_terminal", "=", "giftcard"),
            ],
            limit=1,
        )
        if method:
            return method
        self.env["giftcard.accounting"]._set_up(company)
        return self.create(
            {
                "name": self.env._("Gift card or code"),
                "payment_method_type": "terminal",
                "use_payment_terminal": "giftcard",
                "company_id": company.id,
                "sequence": 20,
            }
        )
