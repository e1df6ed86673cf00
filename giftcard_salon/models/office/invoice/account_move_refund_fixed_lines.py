# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.exceptions import UserError

from ....tools.allocation import release_between, to_decimal
from ....tools.fixed_amounts import COMPUTATION_KEY, get_fixed_key
from ....tools.tax_split import TaxSplit


class AccountMove(models.Model):
    """Credit notes of invoices with lines of gift cards.

    A deduction goes back as a whole. A bonus goes back with what it was given on: the
    card gets value and what was paid for it by R5, the rest of the value is a discount
    less.
    """

    _inherit = "account.move"

    giftcard_has_bonus = fields.Boolean(compute="_compute_giftcard_has_bonus")

    def _compute_giftcard_has_bonus(self):
        for move in self:
            redemptions = move.sudo()._get_giftcard_bonus_redemptions()
            move.giftcard_has_bonus = move.state == "draft" and bool(redemptions)

    def _settle_giftcards(self):
        """Override: deductions go back whoever gets the money; their entries say so."""
        result = super()._settle_giftcards()
        for move in self.filtered(lambda move: move.move_type == "out_refund"):
            for line in move.invoice_line_ids.filtered("giftcard_reversed_entry_id"):
                move._refund_giftcard_entitlement(line)
        return result

    def _refund_giftcard_entitlement(self, line):
        """Put back on the card what a deduction of the invoice took off.

        :raises UserError: when the card cannot take it, or the line has changed
        """
        # sudo: account.move.line - what ties an item to the ledger only the server
        # writes
        redemption = line.sudo().giftcard_reversed_entry_id.redemption_id
        key = f"{line._name},{line.id}"
        refundable = redemption.amount - redemption.refunded
        redemption._refund(refundable, key, self._prepare_giftcard_origin())
        entries = redemption.entry_ids.filtered(lambda entry: entry.key == key)
        refund = entries.filtered(lambda entry: entry.kind == "refund")
        if self.currency_id.compare_amounts(refund.net, -line.amount_currency):
            raise UserError(
                self.env._(
                    "This credit note takes back another part of gift card %s than "
                    "the invoice used. Make a new credit note of the whole invoice.",
                    refund.card_id.name,
                )
            )
        accounting = self.env["giftcard.accounting"]
        line.sudo().write(accounting._prepare_line_tag(refund, self.company_id))
        accounting._post_payment(entries - refund, self)

    def _check_giftcard_fixed_amounts(self):
        """Override: a deduction of a till's bill goes back as a whole, or stays."""
        result = super()._check_giftcard_fixed_amounts()
        for move in self.filtered("reversed_entry_id"):
            invoiced_lines = move.reversed_entry_id._get_giftcard_deductions()
            credited_lines = move._get_giftcard_keyed_lines()
            amounts = move._list_giftcard_amounts
            if any(
                key in credited_lines and amounts(credited_lines[key]) != amounts(lines)
                for key, lines in invoiced_lines.items()
            ):
                raise UserError(
                    self.env._(
                        "On %s a service and the gift card that paid it go back "
                        "together, as they were invoiced. Delete both lines, or make "
                        "a new credit note of the whole invoice.",
                        move.display_name,
                    )
                )
        return result

    def _get_giftcard_deductions(self):
        """Return items and deductions of this invoice, by the key of their amounts.

        :rtype: dict
        """
        deduction = self.env.ref("giftcard_salon.product_deduction")
        keyed = self._get_giftcard_keyed_lines()
        return {
            key: lines
            for key, lines in keyed.items()
            if deduction in lines.product_id and len(lines) > 1
        }

    def _list_giftcard_amounts(self, lines):
        digits = self.currency_id.decimal_places
        return sorted(
            (line.product_id.id, to_decimal(line.price_total, digits)) for line in lines
        )

    def _get_giftcard_keyed_lines(self):
        keyed = self.invoice_line_ids.grouped(
            lambda line: get_fixed_key(line.extra_tax_data)
        )
        return {key: lines for key, lines in keyed.items() if key}

    # === BONUS === #

    def action_fit_giftcard_bonus(self):
        """Make the bonus lines of a draft credit note fit what it takes back.

        :raises AccessError: without the right to change it
        """
        self.ensure_one()
        self.check_access("write")
        for plan in self._plan_giftcard_bonus():
            redemption = plan["redemption"]
            application = self.env["giftcard.application"].sudo()
            application = application.search([("key", "=", redemption.key)])
            self._get_giftcard_bonus_lines(redemption)._as_giftcard_writer().unlink()
            for taxes, whole in plan["splits"].items():
                for account, split in self._share_giftcard_bonus(
                    redemption, taxes, whole
                ):
                    self._add_giftcard_bonus_line(
                        application, taxes, split, account, redemption=redemption
                    )

    def _get_giftcard_bonus_redemptions(self):
        """Return the applications with a bonus that this credit note takes back.

        :rtype: giftcard.redemption
        """
        return self._get_giftcard_reversed_redemptions().filtered("bonus").sorted("id")

    def _get_giftcard_bonus_lines(self, redemption):
        """Return the discount lines of an application on these documents.

        Those of a till's bill are known by what the card's payment, or the payment
        back, was called there.
        """
        product = self.env.ref("giftcard_salon.product_bonus")
        redemption_keys = {redemption.key, *redemption.entry_ids.mapped("key")}
        keys = {f"{COMPUTATION_KEY}{key}" for key in redemption_keys}
        # sudo: giftcard.application - whoever makes a document reads no applications
        return self.invoice_line_ids.filtered(
            lambda line: (
                line.giftcard_application_id.sudo().key == redemption.key
                if line.giftcard_application_id
                else line.product_id == product
                and get_fixed_key(line.extra_tax_data) in keys
            )
        )

    def _get_giftcard_returned_lines(self, redemptions):
        """Return the lines of what goes back, without discounts of ``redemptions``."""
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        for redemption in redemptions:
            lines -= self._get_giftcard_bonus_lines(redemption)
        return lines

    def _plan_giftcard_bonus(self):
        """Return what goes back of every application with a bonus.

        The same before, while and after this credit note gives it back.

        :return: dicts of ``redemption``, ``value``, ``given`` (of it already), and
            ``splits`` by tax group
        :rtype: list[dict]
        """
        redemptions = self._get_giftcard_bonus_redemptions()
        returned_lines = (
            self._get_giftcard_returned_lines(redemptions) if redemptions else None
        )
        totals, refundable, plans = {}, 0, []
        accounting = self.env["giftcard.accounting"]
        if redemptions:
            totals = self._get_giftcard_tax_groups(returned_lines, with_tips=False)
            refundable = sum(self._get_giftcard_tax_groups(returned_lines).values())
        for redemption in redemptions:
            digits = self.currency_id.decimal_places
            given = self._get_giftcard_given(redemption)
            whole = to_decimal(redemption.amount, digits)
            before = to_decimal(redemption.refunded, digits) - given
            value = min(whole - before, refundable)
            refundable -= value
            paid = to_decimal(redemption.consideration, digits)
            bonus = value - release_between(paid, before, before + value, whole, digits)
            splits = {}
            if value and before + value == whole:
                splits = self._get_giftcard_bonus_refundable(redemption)
            elif value:
                remaining = self._get_giftcard_bonus_refundable(redemption)
                whole_bonus = self.reversed_entry_id._sum_giftcard_bonus(redemption)
                splits = accounting._split_returned_bonus(
                    bonus, whole_bonus, remaining, totals, self.currency_id
                )
            plans.append(
                {
                    "redemption": redemption,
                    "value": value,
                    "given": given,
                    "splits": splits,
                }
            )
        return plans

    def _get_giftcard_given(self, redemption):
        """Return what this credit note has given back of an application already."""
        key = self._get_giftcard_refund_key(redemption)
        entries = redemption.entry_ids.filtered(
            lambda entry: (entry.kind, entry.key) == ("refund", key)
        )
        return to_decimal(sum(entries.mapped("face")), self.currency_id.decimal_places)

    def _get_giftcard_bonus_refundable(self, redemption):
        """Return what the invoice gave and other credit notes did not take back.

        :return: positive, by tax group
        :rtype: dict[account.tax, TaxSplit]
        """
        origin = self.reversed_entry_id
        remaining = origin._sum_giftcard_bonus(redemption)
        gone = [
            *self._get_giftcard_other_notes()._sum_giftcard_bonus(redemption).items(),
            *origin._get_giftcard_bonus_elsewhere(redemption),
        ]
        for taxes, split in gone:
            remaining[taxes] -= split
        return {taxes: split for taxes, split in remaining.items() if not split.is_zero}

    def _get_giftcard_other_notes(self):
        return (self.reversed_entry_id.reversal_move_ids - self).filtered(
            lambda move: move.state == "posted"
        )

    def _sum_giftcard_bonus(self, redemption):
        """Return what discount lines of an application take off, by tax group."""
        sums = {}
        for line in self._get_giftcard_bonus_lines(redemption):
            discount = -line._get_giftcard_line_split()
            sums[line.tax_ids] = sums.get(line.tax_ids, TaxSplit()) + discount
        return sums

    def _refund_giftcards(self):
        """Override: the discounts go back with what they were given on.

        :raises UserError: when the credit note's lines say otherwise
        """
        plans = self._plan_giftcard_bonus()
        if not any(plan["given"] for plan in plans):
            for plan in plans:
                self._check_giftcard_bonus(plan)
        return super()._refund_giftcards()

    def _check_giftcard_bonus(self, plan):
        redemption = plan["redemption"]
        if self._sum_giftcard_bonus(redemption) != plan["splits"]:
            raise UserError(
                self.env._(
                    "This credit note takes back a part of what gift card %s gave a "
                    'bonus on. Press "Fit the bonus" on it, then post it.',
                    redemption.card_id.name,
                )
            )

    def _get_giftcard_refund(self, redemption):
        """Override: of one with a bonus, what the credit note's lines say."""
        if not redemption.bonus:
            return super()._get_giftcard_refund(redemption)
        plans = {plan["redemption"]: plan for plan in self._plan_giftcard_bonus()}
        plan = plans[redemption]
        return float(plan["value"] - plan["given"])
