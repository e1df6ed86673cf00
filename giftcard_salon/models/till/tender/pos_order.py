# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class PosOrder(models.Model):
    """What gift cards may and may not do on a bill. The server's own figures only."""

    _inherit = "pos.order"

    def _check_giftcard_rules(self):
        """Refuse a paid bill that breaks a rule; nothing of it is stored then.

        The bill comes with all rights: rules are about the ledger and other bills.

        :raises UserError: a sentence to read out
        """
        self._check_giftcard_roles_kept()
        self._check_giftcard_deductions()
        self._check_giftcard_conversions()
        self._check_giftcard_payments()
        self._check_giftcard_bonus()
        self._check_giftcard_goes_back()
        self._check_giftcards_covered()
        self._check_giftcard_tips_invoiced()

    def _compute_giftcard_total(self, lines):
        """Return the total of ``lines``, tax included, as the server computes it."""
        base_lines, sign = self._get_giftcard_base_lines(lines)
        if not base_lines:
            return 0.0
        summary = self.env["account.tax"]._get_tax_totals_summary(
            base_lines=base_lines, currency=self.currency_id, company=self.company_id
        )
        return sign * summary["total_amount_currency"]

    def _get_giftcard_base_lines(self, lines):
        """Return what the tax computation makes of lines, rounded together.

        :param lines: ``pos.order.line`` records of this bill
        :return: base lines of the tax engine, and the sign that makes them the bill's
        :rtype: tuple[list[dict], int]
        """
        taxes = self.env["account.tax"]
        base_lines = lines._prepare_tax_base_line_values()
        taxes._add_tax_details_in_base_lines(base_lines, self.company_id)
        taxes._round_base_lines_tax_details(base_lines, self.company_id)
        return base_lines, -1 if self.amount_total < 0 else 1

    def _get_giftcard_payable(self, with_tip):
        """Return what gift cards may pay of this bill, tax included.

        A card never pays for another card; for the tip when its terms say so (C44).
        What a till rounds up for cash belongs to the bill.

        :param bool with_tip: for cards that pay tips
        :rtype: float
        """
        lines = self._get_giftcard_payable_lines(with_tip)
        rounded = self._get_rounded_amount(self.amount_total)
        total = payable = self._compute_giftcard_total(self.lines)
        if lines != self.lines:
            payable = self._compute_giftcard_total(lines)
        payable += max(rounded - total, 0)
        return max(self.currency_id.round(payable), 0)

    def _check_giftcard_payments(self):
        payments = self.payment_ids._get_giftcard_payments()
        tipping = payments.filtered("giftcard_redemption_id.card_id.pays_tips")
        others = payments - tipping
        self._check_giftcard_paid(others, self._get_giftcard_payable(with_tip=False))
        if tipping:
            self._check_giftcard_paid(
                payments, self._get_giftcard_payable(with_tip=True)
            )

    def _check_giftcard_paid(self, payments, payable):
        redemptions = payments.giftcard_redemption_id
        paid = sum(redemptions.mapped("amount"))
        if paid and self.currency_id.compare_amounts(paid, payable) > 0:
            raise UserError(
                self.env._(
                    "Gift cards may pay %(payable)s of this bill, not %(paid)s: "
                    "they pay for no other gift card, for tips only where the card "
                    "says so, and give no change. Lower the amount.",
                    payable=format_amount(self.env, payable, self.currency_id),
                    paid=format_amount(self.env, paid, self.currency_id),
                )
            )

    def _check_giftcard_tips_invoiced(self):
        """Refuse what an invoice cannot say of a card of another company.

        :raises UserError: a sentence to read out
        """
        entries = self.lines.giftcard_entry_id
        tips = entries.filtered(
            lambda entry: (
                entry.liability_kind == "tips"
                and not entry.company_id._is_giftcard_entity_of(self.company_id)
            )
        )
        if self.to_invoice and tips:
            raise UserError(
                self.env._(
                    "The tip on this card is owed by %s, which an invoice to the "
                    "client cannot say. Make the bill without an invoice.",
                    tips.company_id[:1].name,
                )
            )
