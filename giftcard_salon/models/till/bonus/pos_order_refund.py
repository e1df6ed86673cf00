from odoo import models
from odoo.exceptions import UserError

from ....tools.allocation import release_cumulative, split_by_weight, to_decimal


class PosOrder(models.Model):
    """What a bonus lowered goes back lower: discount lines of refunds.

    The card gets back value and what was paid for it by R5 over its use; the rest of
    the value comes as discount lines, over the taxes of what goes back. The last part
    of a use takes what is left of its discounts, so that all of them clear to 0.00.
    """

    _inherit = "pos.order"

    def _sum_giftcard_discounts(self, lines):
        """Return what discount lines take off, or give back, by taxes.

        :param lines: ``pos.order.line`` records of any orders
        :return: ``base`` and ``taxes`` as for :func:`forced_tax_data`, positive, by
            ``account.tax`` records
        :rtype: dict
        """
        total = {}
        for line in lines:
            amounts = line._get_giftcard_forced_amounts()
            sign = -1 if line.qty > 0 else 1
            rate = line._get_giftcard_rate()
            known = total.setdefault(rate, {"base": 0, "vat": {}, "bases": {}})
            known["base"] += sign * amounts["base"]
            for name in ("vat", "bases"):
                for tax_id, amount in amounts[name].items():
                    known[name][tax_id] = known[name].get(tax_id, 0) + sign * amount
        return total

    def _get_giftcard_bonus_left(self, used, bill=None):
        """Return what of a use's discounts was not given back by other bills.

        :param used: ``pos.payment`` of this bill
        :param bill: ``pos.order`` that is being paid: not one of those others
        :return: as :meth:`_sum_giftcard_discounts`, and the use's line by taxes
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
        left = {}
        for rate, discount in given.items():
            gone = returned.get(rate, {"base": 0, "vat": {}, "bases": {}})
            left[rate] = {
                "base": discount["base"] - gone["base"],
                "taxes": [
                    {
                        "id": tax.id,
                        "vat": discount["vat"][tax.id] - gone["vat"].get(tax.id, 0),
                        "base": discount["bases"][tax.id]
                        - gone["bases"].get(tax.id, 0),
                        "is_included": tax.price_include,
                    }
                    for tax in rate
                ],
            }
        own = {line._get_giftcard_rate(): line for line in lines}
        return {rate: kept for rate, kept in left.items() if self._is_kept(kept)}, own

    def _add_giftcard_office_discounts(self, returned, redemption):
        """Add what credit notes of the office gave back of a use's discounts.

        :param dict returned: as of :meth:`_sum_giftcard_discounts`, added to
        """
        # sudo: account.move - a cashier reads no invoices
        notes = self.sudo().account_move.reversal_move_ids.filtered(
            lambda note: note.state == "posted" and not note.pos_order_ids
        )
        for taxes, split in notes._sum_giftcard_bonus(redemption).items():
            rate = self.env["giftcard.accounting"]._get_rate(taxes)
            known = returned.setdefault(rate, {"base": 0, "vat": {}, "bases": {}})
            known["base"] += split["base"]
            for tax_id, own in split["taxes"].items():
                known["vat"][tax_id] = known["vat"].get(tax_id, 0) + own["amount"]
                known["bases"][tax_id] = known["bases"].get(tax_id, 0) + own["base"]

    def _is_kept(self, discount):
        return discount["base"] or any(tax["vat"] for tax in discount["taxes"])

    def _split_giftcard_return(self, used, bonus, is_last, rates, bill=None):
        """Return the discounts that go back with a part of a use.

        :param used: ``pos.payment`` of this bill
        :param decimal.Decimal bonus: what they come to
        :param bool is_last: nothing of the use is left then
        :param dict rates: totals of what goes back, tax included, by taxes
        :param bill: ``pos.order`` that gives it back, when it is being paid
        :return: as of :meth:`_prepare_giftcard_discount`, by taxes
        :rtype: dict
        """
        left, _lines = self._get_giftcard_bonus_left(used, bill)
        if is_last:
            return left
        digits = self.currency_id.decimal_places
        most = {
            rate: discount["base"] + sum(tax["vat"] for tax in discount["taxes"])
            for rate, discount in left.items()
        }
        if not bonus or not any(most.values()):
            return {}
        weights = [max(rates.get(rate, 0), 0) for rate in most]
        if not any(weights):
            weights = list(most.values())
        parts = dict(zip(most, split_by_weight(bonus, weights, digits), strict=True))
        over = sum(max(parts[rate] - most[rate], 0) for rate in most)
        for rate, limit in most.items():
            parts[rate] = min(parts[rate], limit)
            more = min(limit - parts[rate], over)
            parts[rate] += more
            over -= more
        return {
            rate: left[rate]
            if part == most[rate]
            else self._prepare_giftcard_discount(
                self.company_id, self.currency_id, rate, part
            )
            for rate, part in parts.items()
            if part
        }

    def _plan_giftcard_return(self, used, amount, key, rates):
        """Return what the till needs to give a part of a use back.

        :param used: ``pos.payment`` of this bill
        :param amount: value to give back, bonus included
        :param str key: uuid of the refund's payment
        :param dict rates: totals of what goes back, tax included, by taxes
        :rtype: dict
        :raises UserError: when more would come back than was taken
        """
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        redemption = used.sudo().giftcard_redemption_id
        digits = self.currency_id.decimal_places
        value = redemption._read_amount(amount, digits)
        before = to_decimal(redemption.refunded, digits)
        whole = to_decimal(redemption.amount, digits)
        if before + value > whole:
            raise UserError(
                redemption._refund_refusal(
                    whole - before, {"currency": self.currency_id}
                )
            )
        paid = to_decimal(redemption.consideration, digits)
        consideration = release_cumulative(
            paid, before + value, whole, digits
        ) - release_cumulative(paid, before, whole, digits)
        is_last = before + value == whole
        discounts = self._split_giftcard_return(
            used, value - consideration, is_last, rates
        )
        _left, lines = self._get_giftcard_bonus_left(used)
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
                    "tax_ids": lines[rate].tax_ids.ids,
                    "refunded_line_id": is_last and lines[rate].id,
                }
                for rate, discount in discounts.items()
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
        rates = (
            {rate: -total for rate, total in self._get_giftcard_rates(goods).items()}
            if lines or refunds
            else {}
        )
        for refund in refunds:
            used = refund._find_refunded_giftcard()
            own = self._get_giftcard_bonus_lines(refund.uuid, used.uuid) & lines
            lines -= own
            self._check_giftcard_return(refund, used, own, rates)
        self._check_giftcard_bonus_paid_out(lines)

    def _check_giftcard_return(self, refund, used, lines, rates):
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        entry = refund.sudo().giftcard_entry_id
        redemption = entry.redemption_id
        digits = self.currency_id.decimal_places
        bonus = to_decimal(entry.face, digits) - to_decimal(entry.consideration, digits)
        is_last = not self.currency_id.compare_amounts(
            redemption.refunded, redemption.amount
        )
        expected = used.pos_order_id._split_giftcard_return(
            used, bonus, is_last, rates, bill=self
        )
        if not self._is_giftcard_discount(lines, expected):
            raise UserError(self._giftcard_bonus_refusal())

    def _is_giftcard_discount(self, lines, expected):
        """Tell whether lines of this refund are these discounts, one per taxes."""
        told = self._sum_giftcard_discounts(lines)
        wanted = {
            rate: (
                discount["base"],
                {tax["id"]: tax["vat"] for tax in discount["taxes"]},
            )
            for rate, discount in expected.items()
        }
        found = {rate: (known["base"], known["vat"]) for rate, known in told.items()}
        is_whole = all(line.qty == -1 for line in lines) and len(lines) == len(told)
        return is_whole and found == wanted

    def _check_giftcard_bonus_paid_out(self, lines):
        """A manager may pay out what was paid, without the card: the whole of a use.

        :param lines: discount lines that go back on no card
        :raises UserError: for others, and for parts
        """
        if not lines:
            return
        is_allowed = self._may_giftcard_pay_out()
        used = lines.refunded_orderline_id.order_id.payment_ids._get_giftcard_uses()
        for payment in used if is_allowed else []:
            own = lines.filtered(
                lambda line, key=payment.uuid: (
                    line.refunded_orderline_id.giftcard_pair == key
                )
            )
            original = payment.pos_order_id
            left, _lines = original._get_giftcard_bonus_left(payment, bill=self)
            if self._is_giftcard_discount(own, left):
                lines -= own
        if lines:
            raise UserError(self._giftcard_bonus_refusal())
