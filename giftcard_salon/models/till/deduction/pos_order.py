# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError

from ....tools.tax_split import TaxSplit

# how far a price without tax may be from its fixed base: each of the two or three
# amounts it is made of was rounded once
PRICE_STEPS = 2


class PosOrder(models.Model):
    """A service that a single-purpose card pays, and the line that takes it off again.

    Both lines carry amounts that the card's schedule fixes, so that what is left of
    the sale clears to zero. The till says what it wants; here the server's own tax
    computation is compared with the ledger, cent by cent.
    """

    _inherit = "pos.order"

    def _get_giftcard_splits(self, suffix="_currency"):
        """Return what the tax computation of this order makes of each line.

        :param str suffix: "" for the company's currency, else the order's
        :return: signed as the lines are
        :rtype: dict[pos.order.line, TaxSplit]
        """
        self.ensure_one()
        base_lines, sign = self._get_giftcard_base_lines(self.lines)
        currency = self.currency_id if suffix else self.company_id.currency_id
        digits = currency.decimal_places
        splits = {}
        for base_line in base_lines:
            # a line over several income accounts has a base line of each
            split = TaxSplit.from_base_line(base_line, digits, sign, suffix)
            line = base_line["record"]
            splits[line] = splits.get(line, TaxSplit()) + split
        return splits

    def _get_giftcard_deductions(self):
        """Return the lines by which cards paid items of this bill.

        :rtype: pos.order.line
        """
        return self.lines.filtered(
            lambda line: line.giftcard_role == "deduction" and line.qty > 0
        )

    def _check_giftcard_roles_kept(self):
        """Refuse to give back apart what belongs together: an item without its card.

        :raises UserError: with the way to give it back
        """
        changed = self.lines.filtered(
            lambda line: (
                line.refunded_orderline_id
                and line.giftcard_role != line.refunded_orderline_id.giftcard_role
            )
        )
        if changed:
            raise UserError(
                self.env._(
                    "%s is on a bill with a gift card: what belongs together there "
                    "goes back together. Start the refund again from the list of "
                    "bills.",
                    changed[0].product_id.display_name,
                )
            )

    def _check_giftcard_deductions(self):
        """Refuse a paid bill whose deductions are not what the ledger says.

        :raises UserError: a sentence to read out
        """
        self.ensure_one()
        lines = self.lines.filtered(
            lambda line: line.giftcard_role in ("item", "deduction")
        )
        if not lines:
            return
        splits = self._get_giftcard_splits()
        bonuses = self.lines.filtered(lambda line: line.giftcard_role == "bonus")
        deductions = lines.filtered(lambda line: line.giftcard_role == "deduction")
        items = lines - deductions
        keys = {line: line._get_giftcard_deduction_key() for line in deductions}
        if set(items.mapped("giftcard_deduction_key")) != set(keys.values()):
            raise UserError(self._get_giftcard_deduction_refusal())
        for deduction, key in keys.items():
            item = items.filtered(
                lambda line, key=key: line.giftcard_deduction_key == key
            )
            bonus = bonuses.filtered(
                lambda line, key=key: line.giftcard_deduction_key == key
            )
            self._check_giftcard_deduction(deduction, item, bonus, splits)

    def _check_giftcard_deduction(self, deduction, item, bonus, splits):
        is_refund = deduction.qty < 0
        is_sound = (
            len(item) == 1
            and len(bonus) <= 1
            and all(abs(line.qty) == 1 for line in item + bonus + deduction)
            and len({line.qty < 0 for line in item + bonus + deduction}) == 1
            and deduction._is_giftcard_tax_kept(item + bonus)
            and (
                self._is_giftcard_deduction_reversed(deduction, item, bonus, splits)
                if is_refund
                else self._is_giftcard_deduction_exact(deduction, item, bonus, splits)
            )
        )
        if not is_sound:
            raise UserError(self._get_giftcard_deduction_refusal(deduction))

    def _is_giftcard_deduction_exact(self, deduction, item, bonus, splits):
        """Compare with the schedule: the deduction, its bonus, what is paid on top."""
        accounting = self.env["giftcard.accounting"]
        redemption = deduction.giftcard_redemption_id
        used = accounting._split_redemption(
            redemption.entitlement_id,
            redemption,
            deduction.tax_ids_after_fiscal_position,
        )
        expected = [-split for split in (used.deduction, used.bonus) if split]
        found = [splits[line] for line in (deduction + bonus)]
        if found != expected:
            return False
        top_up = sum(found, splits[item])
        expected_top_up = accounting._split_gross(
            item.tax_ids_after_fiscal_position, top_up.gross, self.currency_id
        )
        return (
            top_up.gross >= 0
            and (top_up.base, top_up.gross)
            == (expected_top_up.base, expected_top_up.gross)
            and self._is_giftcard_price_kept(item, splits[item])
        )

    def _is_giftcard_price_kept(self, item, split):
        """Tell whether the item's amounts are those of its price, but for cents."""
        price = item.price_unit * (1 - item.discount / 100)
        taxes = item.tax_ids_after_fiscal_position
        with_tax = self._is_giftcard_price_with_tax(taxes)
        shown = split.gross if with_tax else split.base
        return (
            abs(price - float(shown))
            <= PRICE_STEPS * self.currency_id.rounding + self.currency_id.rounding / 10
        )

    def _is_giftcard_price_with_tax(self, taxes):
        return all(taxes.mapped("price_include"))

    def _is_giftcard_deduction_reversed(self, deduction, item, bonus, splits):
        """Compare with the item and deduction given back, sign by sign."""
        sold = deduction.refunded_orderline_id
        origin = sold.order_id
        key = sold.uuid
        given = item.refunded_orderline_id + bonus.refunded_orderline_id
        expected_lines = origin.lines.filtered(
            lambda line: line.giftcard_deduction_key == key and line != sold
        )
        if (
            sold.giftcard_role != "deduction"
            or not sold.giftcard_redemption_id
            or given != expected_lines
        ):
            return False
        before = origin._get_giftcard_splits()
        return all(
            splits[line] == -before[line.refunded_orderline_id]
            for line in deduction + item + bonus
        )

    def _get_giftcard_deduction_refusal(self, deduction=None):
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        card = deduction.sudo().giftcard_redemption_id.card_id if deduction else None
        if not card:
            return self.env._(
                "A gift card pays for a service that is not on this bill any more. "
                "Remove the card from the bill and scan it again."
            )
        return self.env._(
            "What card %s pays does not fit this bill any more. Remove the card from "
            "the bill and scan it again.",
            card.name,
        )
