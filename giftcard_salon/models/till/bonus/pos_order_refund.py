# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError

from ....tools.allocation import release_between, to_decimal
from ....tools.tax_split import TaxSplit


class PosOrder(models.Model):
    """What a bonus lowered goes back lower: discount lines of refunds.

    The card gets back value and what was paid for it by R5 over its redemption; the
    rest of the value comes as discount lines, over the taxes of what goes back. The
    last part of a redemption takes what is left of its discounts, so that all of them
    clear to 0.00.
    """

    _inherit = "pos.order"

    def _sum_giftcard_discounts(self, lines):
        """Return what discount lines take off, or give back, by tax group.

        :param lines: ``pos.order.line`` records of any orders
        :return: positive, by ``account.tax`` records
        :rtype: dict[account.tax, TaxSplit]
        """
        total = {}
        for line in lines:
            split = line._get_giftcard_fixed_amounts()
            tax_group = line._get_giftcard_tax_group()
            given = -split if line.qty > 0 else split
            total[tax_group] = total.get(tax_group, TaxSplit()) + given
        return total

    def _get_giftcard_bonus_refundable(self, used, bill=None):
        """Return what of a redemption's discounts was not given back by other bills.

        :param used: ``pos.payment`` of this bill
        :param bill: ``pos.order`` that is being paid: not one of those others
        :return: as :meth:`_sum_giftcard_discounts`, and its line by tax group
        :rtype: tuple[dict, dict]
        """
        self.ensure_one()
        lines = self._get_giftcard_bonus_lines(used.uuid)
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        redemption = used.sudo().giftcard_redemption_id
        refunds = used.sudo().search(
            [
                ("giftcard_redemption_id", "=", redemption.id),
                ("giftcard_entry_id.kind", "=", "refund"),
                ("pos_order_id", "not in", bill.ids if bill else []),
            ]
        )
        back = self.env["pos.order.line"].sudo()
        for refund in refunds:
            back |= refund.pos_order_id._get_giftcard_bonus_lines(
                refund.uuid, used.uuid
            )
        given = self._sum_giftcard_discounts(lines)
        returned = self._sum_giftcard_discounts(back)
        self._add_giftcard_office_discounts(returned, redemption)
        remaining = {
            tax_group: discount - returned.get(tax_group, TaxSplit())
            for tax_group, discount in given.items()
        }
        line_by_tax_group = {line._get_giftcard_tax_group(): line for line in lines}
        return {
            tax_group: kept for tax_group, kept in remaining.items() if not kept.is_zero
        }, line_by_tax_group

    def _add_giftcard_office_discounts(self, returned, redemption):
        """Add what credit notes of the office gave back of a redemption's discounts.

        :param dict returned: as of :meth:`_sum_giftcard_discounts`, added to
        """
        # sudo: account.move - a cashier reads no invoices
        notes = self.sudo().account_move.reversal_move_ids.filtered(
            lambda note: note.state == "posted" and not note.pos_order_ids
        )
        for taxes, split in notes._sum_giftcard_bonus(redemption).items():
            tax_group = self.env["giftcard.accounting"]._get_tax_group(taxes)
            returned[tax_group] = returned.get(tax_group, TaxSplit()) + split

    def _split_giftcard_return(self, used, bonus, is_last, totals, bill=None):
        """Return the discounts that go back with a share of a redemption.

        :param used: ``pos.payment`` of this bill
        :param decimal.Decimal bonus: what they come to
        :param bool is_last: nothing of the redemption is left then
        :param dict totals: totals of what goes back, tax included, by tax group
        :param bill: ``pos.order`` that gives it back, when it is being paid
        :return: positive, by tax group
        :rtype: dict[account.tax, TaxSplit]
        """
        remaining, _lines = self._get_giftcard_bonus_refundable(used, bill)
        if is_last:
            return remaining
        given = self._sum_giftcard_discounts(self._get_giftcard_bonus_lines(used.uuid))
        return self.env["giftcard.accounting"]._split_returned_bonus(
            bonus, given, remaining, totals, self.currency_id
        )

    def _plan_giftcard_return(self, used, amount, key, totals):
        """Return what the till needs to give a share of a redemption back.

        :param used: ``pos.payment`` of this bill
        :param amount: value to give back, bonus included
        :param str key: uuid of the refund's payment
        :param dict totals: totals of what goes back, tax included, by tax group
        :rtype: dict
        :raises UserError: when more would come back than was taken
        """
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        redemption = used.sudo().giftcard_redemption_id
        digits = self.currency_id.decimal_places
        value = redemption._parse_amount(amount, digits)
        before = to_decimal(redemption.refunded, digits)
        whole = to_decimal(redemption.amount, digits)
        if before + value > whole:
            raise UserError(
                redemption._get_refund_refusal(
                    whole - before, self._prepare_giftcard_origin()
                )
            )
        paid = to_decimal(redemption.consideration, digits)
        consideration = release_between(paid, before, before + value, whole, digits)
        is_last = before + value == whole
        discounts = self._split_giftcard_return(
            used, value - consideration, is_last, totals
        )
        _remaining, lines = self._get_giftcard_bonus_refundable(used)
        return {
            "amount": float(value),
            "consideration": float(consideration),
            "bonus": float(value - consideration),
            "last4": redemption.card_id._get_current().last4,
            "discounts": [
                {
                    **self._prepare_giftcard_discount_line(
                        key, discount, self.currency_id, quantity=-1
                    ),
                    "tax_ids": lines[tax_group].tax_ids.ids,
                    "refunded_line_id": is_last and lines[tax_group].id,
                }
                for tax_group, discount in discounts.items()
            ],
        }

    def _check_giftcard_bonus_returned(self, lines):
        """Refuse discount lines of a refund that are not what goes back.

        :param lines: ``pos.order.line`` records of this bill
        :raises UserError: a sentence to read out
        """
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        refunds = self.payment_ids.filtered(
            lambda payment: payment.sudo().giftcard_entry_id.kind == "refund"
        )
        goods = self.lines.filtered(lambda line: line.giftcard_role != "bonus")
        goods -= self._get_giftcard_tips()
        totals = (
            {
                tax_group: -total
                for tax_group, total in self._get_giftcard_tax_groups(goods).items()
            }
            if lines or refunds
            else {}
        )
        for refund in refunds:
            used = refund._find_refunded_giftcard()
            bonus_lines = self._get_giftcard_bonus_lines(refund.uuid, used.uuid) & lines
            lines -= bonus_lines
            self._check_giftcard_return(refund, used, bonus_lines, totals)
        self._check_giftcard_bonus_paid_out(lines)

    def _check_giftcard_return(self, refund, used, lines, totals):
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        entry = refund.sudo().giftcard_entry_id
        redemption = entry.redemption_id
        digits = self.currency_id.decimal_places
        bonus = to_decimal(entry.face, digits) - to_decimal(entry.consideration, digits)
        is_last = not self.currency_id.compare_amounts(
            redemption.refunded, redemption.amount
        )
        expected = used.pos_order_id._split_giftcard_return(
            used, bonus, is_last, totals, bill=self
        )
        if not self._is_giftcard_discount(lines, expected):
            raise UserError(self._get_giftcard_bonus_refusal())

    def _is_giftcard_discount(self, lines, expected):
        """Tell whether lines of this refund are these discounts, one per taxes."""
        discounts = self._sum_giftcard_discounts(lines)
        is_whole = all(line.qty == -1 for line in lines) and len(lines) == len(
            discounts
        )
        return is_whole and discounts == expected

    def _check_giftcard_bonus_paid_out(self, lines):
        """A manager may pay out what was paid, without the card: a whole redemption.

        :param lines: discount lines that go back on no card
        :raises UserError: for others, and for less than all of it
        """
        if not lines:
            return
        is_allowed = self._may_giftcard_pay_out()
        used = lines.refunded_orderline_id.order_id.payment_ids._get_giftcard_payments()
        for payment in used if is_allowed else []:
            bonus_lines = lines.filtered(
                lambda line, key=payment.uuid: (
                    line.refunded_orderline_id.giftcard_deduction_key == key
                )
            )
            original = payment.pos_order_id
            remaining, _lines = original._get_giftcard_bonus_refundable(
                payment, bill=self
            )
            if self._is_giftcard_discount(bonus_lines, remaining):
                lines -= bonus_lines
        if lines:
            raise UserError(self._get_giftcard_bonus_refusal())
