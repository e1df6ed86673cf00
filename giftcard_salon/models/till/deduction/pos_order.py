from odoo import models
from odoo.exceptions import UserError

from ....tools.allocation import to_decimal

# how far a price without tax may be from its forced base: each of the two or three
# amounts it is made of was rounded once
PRICE_STEPS = 2


class PosOrder(models.Model):
    """A service that a single-purpose card pays, and the line that takes it off again.

    Both lines carry amounts that the card's schedule fixes, so that what is left of
    the sale clears to zero. The till says what it wants; here the server's own tax
    computation is compared with the ledger, cent by cent.
    """

    _inherit = "pos.order"

    def _get_giftcard_splits(self):
        """Return what the tax computation of this order makes of each line.

        :return: splits as of ``giftcard.accounting``, signed as the lines are
        :rtype: dict[pos.order.line, dict]
        """
        self.ensure_one()
        taxes = self.env["account.tax"]
        base_lines = self.lines._prepare_tax_base_line_values()
        taxes._add_tax_details_in_base_lines(base_lines, self.company_id)
        taxes._round_base_lines_tax_details(base_lines, self.company_id)
        sign = -1 if self.amount_total < 0 else 1
        return {
            base_line["record"]: self._read_giftcard_split(base_line, sign)
            for base_line in base_lines
        }

    def _read_giftcard_split(self, base_line, sign):
        digits = self.currency_id.decimal_places

        def money(amount):
            return to_decimal(self.currency_id.round(sign * amount), digits)

        details = base_line["tax_details"]
        base = money(
            details["total_excluded_currency"]
            + details["delta_total_excluded_currency"]
        )
        taxes = {
            data["tax"].id: {
                "amount": money(data["tax_amount_currency"]),
                "base": money(data["base_amount_currency"]),
            }
            for data in details["taxes_data"]
        }
        gross = base + sum(amounts["amount"] for amounts in taxes.values())
        return {"gross": gross, "base": base, "taxes": taxes}

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

    def _check_giftcard_pairs(self):
        """Refuse a paid bill whose pairs are not what the ledger says.

        :raises UserError: a sentence to read out
        """
        self.ensure_one()
        pairs = self.lines.filtered(
            lambda line: line.giftcard_role in ("item", "deduction")
        )
        if not pairs:
            return
        splits = self._get_giftcard_splits()
        bonuses = self.lines.filtered(lambda line: line.giftcard_role == "bonus")
        deductions = pairs.filtered(lambda line: line.giftcard_role == "deduction")
        items = pairs - deductions
        keys = {line: line._get_giftcard_pair_key() for line in deductions}
        if set(items.mapped("giftcard_pair")) != set(keys.values()):
            raise UserError(self._get_giftcard_pair_refusal())
        for deduction, key in keys.items():
            item = items.filtered(lambda line, key=key: line.giftcard_pair == key)
            bonus = bonuses.filtered(lambda line, key=key: line.giftcard_pair == key)
            self._check_giftcard_pair(deduction, item, bonus, splits)

    def _check_giftcard_pair(self, deduction, item, bonus, splits):
        is_refund = deduction.qty < 0
        is_sound = (
            len(item) == 1
            and len(bonus) <= 1
            and all(abs(line.qty) == 1 for line in item + bonus + deduction)
            and len({line.qty < 0 for line in item + bonus + deduction}) == 1
            and deduction._is_giftcard_tax_kept(item + bonus)
            and (
                self._is_giftcard_pair_reversed(deduction, item, bonus, splits)
                if is_refund
                else self._is_giftcard_pair_exact(deduction, item, bonus, splits)
            )
        )
        if not is_sound:
            raise UserError(self._get_giftcard_pair_refusal(deduction))

    def _is_giftcard_pair_exact(self, deduction, item, bonus, splits):
        """Compare with the schedule: the deduction, its bonus, what is paid on top."""
        accounting = self.env["giftcard.accounting"]
        use = deduction.giftcard_redemption_id
        parts = accounting._prepare_pair(
            use.part_id, use, deduction.tax_ids_after_fiscal_position
        )
        covered = [parts["deduction"], *filter(None, [parts["bonus"]])]
        expected = [accounting._reverse_split(split) for split in covered]
        found = [splits[line] for line in (deduction + bonus)]
        if found != expected:
            return False
        top_up = accounting._add_splits([splits[item], *found])
        rest = accounting._split_gross(
            item.tax_ids_after_fiscal_position, top_up["gross"], self.currency_id
        )
        return (
            top_up["gross"] >= 0
            and (top_up["base"], top_up["gross"]) == (rest["base"], rest["gross"])
            and self._is_giftcard_price_kept(item, splits[item])
        )

    def _is_giftcard_price_kept(self, item, split):
        """Tell whether the item's amounts are those of its price, but for cents."""
        price = item.price_unit * (1 - item.discount / 100)
        taxes = item.tax_ids_after_fiscal_position
        shown = split["gross" if self._is_giftcard_price_with_tax(taxes) else "base"]
        return (
            abs(price - float(shown))
            <= PRICE_STEPS * self.currency_id.rounding + self.currency_id.rounding / 10
        )

    def _is_giftcard_price_with_tax(self, taxes):
        return all(taxes.mapped("price_include"))

    def _is_giftcard_pair_reversed(self, deduction, item, bonus, splits):
        """Compare with the pair that is given back, sign by sign."""
        accounting = self.env["giftcard.accounting"]
        sold = deduction.refunded_orderline_id
        origin = sold.order_id
        own = sold.uuid
        given = item.refunded_orderline_id + bonus.refunded_orderline_id
        expected_lines = origin.lines.filtered(
            lambda line: line.giftcard_pair == own and line != sold
        )
        if (
            sold.giftcard_role != "deduction"
            or not sold.giftcard_redemption_id
            or given != expected_lines
        ):
            return False
        before = origin._get_giftcard_splits()
        return all(
            splits[line]
            == accounting._reverse_split(before[line.refunded_orderline_id])
            for line in deduction + item + bonus
        )

    def _get_giftcard_pair_refusal(self, deduction=None):
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
