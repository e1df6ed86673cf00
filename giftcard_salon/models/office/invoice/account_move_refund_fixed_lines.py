from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.allocation import release_cumulative, split_by_weight, to_decimal
from ....tools.fixed_amounts import COMPUTATION_KEY


class AccountMove(models.Model):
    """Credit notes of invoices with lines of gift cards.

    A pair goes back as a whole. A bonus goes back with what it was given on: the card
    gets value and what was paid for it by R5, the rest of the value is a discount less.
    """

    _inherit = "account.move"

    giftcard_has_bonus = fields.Boolean(compute="_compute_giftcard_has_bonus")

    def _compute_giftcard_has_bonus(self):
        for move in self:
            uses = move.sudo()._get_giftcard_bonus_uses()
            move.giftcard_has_bonus = move.state == "draft" and bool(uses)

    def _settle_giftcards(self):
        """Override: pairs give back whoever gets the money; their books say so."""
        result = super()._settle_giftcards()
        for move in self.filtered(lambda move: move.move_type == "out_refund"):
            for line in move.invoice_line_ids.filtered("giftcard_reversed_entry_id"):
                move._refund_giftcard_part(line)
        return result

    def _refund_giftcard_part(self, line):
        """Put back on the card what a deduction of the invoice took off.

        :raises UserError: when the card cannot take it, or the line has changed
        """
        # sudo: account.move.line - what ties an item to the ledger only the server
        # writes
        redemption = line.sudo().giftcard_reversed_entry_id.redemption_id
        key = f"{line._name},{line.id}"
        left = redemption.amount - redemption.refunded
        redemption._refund(left, key, self._prepare_giftcard_origin())
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

    def _check_giftcard_forced(self):
        """Override: a pair of a till's bill goes back as a whole, or stays."""
        result = super()._check_giftcard_forced()
        for move in self.filtered("reversed_entry_id"):
            pairs = move.reversed_entry_id._get_giftcard_pairs()
            own = move._get_giftcard_keyed_lines()
            amounts = move._list_giftcard_amounts
            if any(
                key in own and amounts(own[key]) != amounts(lines)
                for key, lines in pairs.items()
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

    def _get_giftcard_pairs(self):
        """Return the lines of pairs of this invoice, by the key of their amounts.

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
        lines = self.invoice_line_ids.filtered("extra_tax_data")
        keyed = lines.grouped(lambda line: line.extra_tax_data.get("computation_key"))
        return {
            key: own
            for key, own in keyed.items()
            if (key or "").startswith(COMPUTATION_KEY)
        }

    # === BONUS === #

    def action_fit_giftcard_bonus(self):
        """Make the bonus lines of a draft credit note fit what it takes back.

        :raises AccessError: without the right to change it
        """
        self.ensure_one()
        self.check_access("write")
        for plan in self._plan_giftcard_bonus():
            redemption = plan["redemption"]
            use = self.env["giftcard.use"].sudo()
            use = use.search([("key", "=", redemption.key)])
            self._get_giftcard_bonus_lines(redemption)._as_giftcard_writer().unlink()
            for taxes, split in plan["splits"].items():
                self._add_giftcard_bonus_line(use, taxes, split, redemption=redemption)

    def _get_giftcard_bonus_uses(self):
        """Return those of the uses that this credit note takes back with a bonus.

        :rtype: giftcard.redemption
        """
        return self._get_giftcard_reversed_uses().filtered("bonus").sorted("id")

    def _get_giftcard_bonus_lines(self, redemption):
        """Return the discount lines of a use on these documents.

        Those of a till's bill are known by what the card's payment, or the payment
        back, was called there.
        """
        product = self.env.ref("giftcard_salon.product_bonus")
        own = {redemption.key, *redemption.entry_ids.mapped("key")}
        keys = {f"{COMPUTATION_KEY}{key}" for key in own}
        # sudo: giftcard.use - whoever makes a document reads no uses of cards
        return self.invoice_line_ids.filtered(
            lambda line: (
                line.giftcard_use_id.sudo().key == redemption.key
                if line.giftcard_use_id
                else line.product_id == product
                and (line.extra_tax_data or {}).get("computation_key") in keys
            )
        )

    def _get_giftcard_returned_lines(self, uses):
        """Return the lines of what goes back: all but the discounts of ``uses``."""
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        for redemption in uses:
            lines -= self._get_giftcard_bonus_lines(redemption)
        return lines

    def _plan_giftcard_bonus(self):
        """Return what goes back of every use with a bonus.

        The same before, while and after this credit note gives it back.

        :return: dicts of ``redemption``, ``value``, ``given`` (of it already), and
            ``splits`` by taxes
        :rtype: list[dict]
        """
        uses = self._get_giftcard_bonus_uses()
        own = self._get_giftcard_returned_lines(uses) if uses else None
        rates, room, plans = {}, 0, []
        if uses:
            rates = self._get_giftcard_rates(own, with_tips=False)
            room = sum(self._get_giftcard_rates(own).values())
        for redemption in uses:
            digits = self.currency_id.decimal_places
            given = self._get_giftcard_given(redemption)
            whole = to_decimal(redemption.amount, digits)
            before = to_decimal(redemption.refunded, digits) - given
            value = min(whole - before, room)
            room -= value
            paid = to_decimal(redemption.consideration, digits)
            bonus = value - (
                release_cumulative(paid, before + value, whole, digits)
                - release_cumulative(paid, before, whole, digits)
            )
            splits = {}
            if value and before + value == whole:
                splits = self._get_giftcard_bonus_left(redemption)
            elif value:
                left = self._get_giftcard_bonus_left(redemption)
                splits = self._split_giftcard_return(bonus, left, rates)
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
        """Return what this credit note has given back of a use already."""
        key = self._get_giftcard_refund_key(redemption)
        entries = redemption.entry_ids.filtered(
            lambda entry: (entry.kind, entry.key) == ("refund", key)
        )
        return to_decimal(sum(entries.mapped("face")), self.currency_id.decimal_places)

    def _get_giftcard_bonus_left(self, redemption):
        """Return what the invoice gave and other credit notes did not take back.

        :return: positive splits by taxes
        :rtype: dict
        """
        origin = self.reversed_entry_id
        others = (origin.reversal_move_ids - self).filtered(
            lambda move: move.state == "posted"
        )
        left = origin._sum_giftcard_bonus(redemption)
        accounting = self.env["giftcard.accounting"]
        gone = [
            *others._sum_giftcard_bonus(redemption).items(),
            *origin._get_giftcard_bonus_elsewhere(redemption),
        ]
        for taxes, split in gone:
            left[taxes] = accounting._add_splits(
                [left[taxes], accounting._reverse_split(split)]
            )
        return {taxes: split for taxes, split in left.items() if split["gross"]}

    def _sum_giftcard_bonus(self, redemption):
        accounting, sums = self.env["giftcard.accounting"], {}
        for line in self._get_giftcard_bonus_lines(redemption):
            split = accounting._split_known(
                line.tax_ids, -line.price_total, -line.price_subtotal, self.currency_id
            )
            known = sums.get(line.tax_ids)
            sums[line.tax_ids] = (
                accounting._add_splits([known, split]) if known else split
            )
        return sums

    @api.model
    def _split_giftcard_return(self, bonus, left, rates):
        """Split a part of a bonus over the taxes of what goes back (R4, R1)."""
        get_rate = self.env["giftcard.accounting"]._get_rate
        weights = [rates.get(get_rate(taxes), 0) for taxes in left]
        if not any(weights):
            weights = [split["gross"] for split in left.values()]
        digits = self.currency_id.decimal_places
        parts = split_by_weight(bonus, weights, digits)
        if any(
            part > split["gross"]
            for part, split in zip(parts, left.values(), strict=True)
        ):
            weights = [split["gross"] for split in left.values()]
            parts = split_by_weight(bonus, weights, digits)
        accounting = self.env["giftcard.accounting"]
        return {
            taxes: accounting._split_gross(taxes, part, self.currency_id)
            for taxes, part in zip(left, parts, strict=True)
            if part
        }

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
        """Override: of a use with a bonus, what the credit note's lines say."""
        if not redemption.bonus:
            return super()._get_giftcard_refund(redemption)
        plans = {plan["redemption"]: plan for plan in self._plan_giftcard_bonus()}
        plan = plans[redemption]
        return float(plan["value"] - plan["given"])
