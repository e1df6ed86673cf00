from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ...tools.allocation import split_by_weight, to_decimal
from ...tools.fixed_amounts import forced_tax_data
from ...tools.server_fields import as_writer
from ...tools.tax_groups import gross_by_rate, line_gross


class GiftcardForcedDocument(models.AbstractModel):
    """An order or a draft invoice that a gift card puts lines on.

    Bonus: what nobody paid for, a discount per tax beside the payment. Pair: an item
    and, with quantity -1, what a card for which VAT was counted at its sale takes off.
    """

    _name = "giftcard.forced.document"
    _description = "Document with lines of gift cards"

    # === WHAT EACH DOCUMENT SAYS FOR ITSELF === #

    def _get_giftcard_items(self):
        """Return the lines that say what is sold."""
        raise NotImplementedError

    def _get_giftcard_base_lines(self):
        """Return the tax engine's rounded base lines."""
        raise NotImplementedError

    def _add_giftcard_line(self, values, quantity, after):
        """Make a line; ``after`` is the line it follows, or none: it is the last."""
        raise NotImplementedError

    def _get_giftcard_at_tills(self):
        """Return what tills settled of the document, tax included; the till knows."""
        return 0.0

    # === AMOUNTS === #

    def _get_giftcard_rates(self, lines=None, with_tips=True):
        """Return what the document comes to, tax included, by taxes.

        :param lines: only these
        :param bool with_tips: without them it is what a bonus may lower
        :return: decimals over zero by ``account.tax`` records that discounts lower
        :rtype: dict
        """
        get_rate = self.env["giftcard.accounting"]._get_rate
        tips = () if with_tips else self._get_giftcard_tips()
        rates = gross_by_rate(
            (
                (get_rate(line["tax_ids"]), *line_gross(line))
                for line in self._get_giftcard_base_lines()
                if (lines is None or line["record"] in lines)
                and line["record"] not in tips
            ),
            self.currency_id.decimal_places,
        )
        return {rate: total for rate, total in rates.items() if total > 0}

    @api.model
    def _get_giftcard_gross(self, line):
        """Return what one unit of a line costs, tax included."""
        currency = self.currency_id
        details = line.tax_ids._get_tax_details(
            line.price_unit * (1 - (line.discount or 0) / 100),
            1.0,
            precision_rounding=currency.rounding,
            rounding_method="round_per_line",
        )
        return to_decimal(details["total_included"], currency.decimal_places)

    @api.model
    def _prepare_giftcard_split(self, split, key, quantity=1):
        """Return price and forced amounts of a line.

        :param dict split: of one unit, as of ``giftcard.accounting._split_gross``
        :param str key: what belongs together
        :param int quantity: 1 or -1
        :rtype: dict
        """
        forced = self.env["giftcard.accounting"]._prepare_forced(split)
        return {
            "price_unit": float(forced["price_unit"]),
            "discount": 0,
            "extra_tax_data": forced_tax_data(
                key, forced["base"], forced["taxes"], self.currency_id.id, quantity
            ),
        }

    # === BONUS === #

    def _add_giftcard_bonus(self, use):
        """Put the discount lines of a use on the document (R4 over the taxes, R1)."""
        self.ensure_one()
        digits = self.currency_id.decimal_places
        rates = self._get_giftcard_rates(with_tips=False)
        parts = split_by_weight(
            to_decimal(use.bonus, digits), list(rates.values()), digits
        )
        accounting = self.env["giftcard.accounting"]
        for taxes, part in zip(rates, parts, strict=True):
            if part:
                split = accounting._split_gross(taxes, part, self.currency_id)
                self._add_giftcard_bonus_line(use, taxes, split)

    def _add_giftcard_bonus_line(self, use, taxes, split, after=None, redemption=None):
        """Make one discount line.

        :param use: ``giftcard.use`` record; none for what a till's bill used
        :param taxes: ``account.tax`` records of the line
        :param dict split: positive, as of ``giftcard.accounting._split_gross``
        :param after: the line it follows
        :param redemption: ``giftcard.redemption`` record, instead of a use
        """
        split = self.env["giftcard.accounting"]._reverse_split(split)
        known = use or redemption
        values = {
            **self._prepare_giftcard_split(split, known.key),
            **self._prepare_giftcard_line(use, "bonus", taxes),
            "name": self.env._("Bonus of gift card %s", known.card_id.name),
        }
        return self._add_giftcard_line(values, 1, after)

    def _prepare_giftcard_line(self, use, role, taxes):
        product = self.env.ref(f"giftcard_salon.product_{role}")
        return {
            "product_id": product.id,
            "tax_ids": [(6, 0, taxes.ids)],
            "giftcard_role": role,
            "giftcard_use_id": use.id,
        }

    # === PAIR === #

    def _use_giftcard_part(self, card, part, line, amount):
        """Let a part of a card pay one line, or one unit of it.

        :param card: ``giftcard.card`` record
        :param part: ``giftcard.part`` of it
        :param line: line of this document
        :param amount: value to use
        :rtype: giftcard.use
        :raises UserError: when the part cannot pay the line
        """
        self.ensure_one()
        self._check_giftcard_pair(part, line)
        digits = self.currency_id.decimal_places
        gross, amount = self._get_giftcard_gross(line), to_decimal(amount, digits)
        is_unit = line.product_id == part.product_id and (
            amount in part._get_unit_prices()
        )
        if is_unit:
            # the service that the card names is paid by one unit, whatever it costs
            gross = amount
        if amount > gross:
            raise UserError(
                self.env._(
                    "At most %s: that is what the line comes to.",
                    format_amount(self.env, float(gross), self.currency_id),
                )
            )
        item = self._get_giftcard_single(line)
        use = self._hold_giftcard(card, amount, part)
        self._add_giftcard_pair(use, item, gross, is_unit)
        return use

    def _check_giftcard_pair(self, part, line):
        if not line or line not in self._get_giftcard_items():
            raise UserError(self.env._("Choose the line that the card pays."))
        if line.giftcard_role:
            line._check_giftcard_lock()
        if part.kind == "tip":
            raise UserError(self.env._("A tip on a card is used at the till."))
        taxes = part._get_taxes(self.company_id)
        if not self.env["giftcard.accounting"]._is_same_vat(line.tax_ids, taxes):
            raise UserError(
                self.env._(
                    "This card is for %s. VAT was counted when it was sold, and this "
                    "line has another one. At the till the card can be changed into a "
                    "gift card that pays it.",
                    part.label,
                )
            )

    def _add_giftcard_pair(self, use, item, gross, is_unit):
        accounting = self.env["giftcard.accounting"]
        taxes, part = item.tax_ids, use.part_id
        answer = {
            "amount": use.amount,
            "consideration": use.amount - use.bonus,
            "net": use.net,
        }
        pair = accounting._prepare_pair(part, answer, taxes)
        rest = gross - to_decimal(use.amount, self.currency_id.decimal_places)
        top_up = accounting._split_gross(taxes, rest, self.currency_id)
        covered = self._prepare_giftcard_split(
            accounting._prepare_covered(pair, top_up), use.key
        )
        if is_unit:
            use.write({"item_price": item.price_unit, "item_discount": item.discount})
        else:
            price = {"price_unit": item.price_unit, "discount": item.discount}
            covered.update(price)
            if "price_unit" in covered["extra_tax_data"]:
                covered["extra_tax_data"].update(price)
        item._as_giftcard_writer().write(
            {**covered, "giftcard_role": "item", "giftcard_use_id": use.id}
        )
        self._add_giftcard_line(
            {
                **self._prepare_giftcard_split(pair["deduction"], use.key, -1),
                **self._prepare_giftcard_line(use, "deduction", taxes),
                "name": self._say_giftcard_deduction(use),
            },
            -1,
            item,
        )
        if pair["bonus"]:
            self._add_giftcard_bonus_line(use, taxes, pair["bonus"], item)

    def _say_giftcard_deduction(self, use):
        """Return what the line says: the card, and where its VAT was counted."""
        part = use.part_id
        sold = part.card_id.entry_ids.filtered(
            lambda entry: entry.part_id == part and entry.kind == "sale"
        )[:1]
        text = self.env._(
            "Gift card %(card)s: %(part)s", card=use.card_name, part=part.label
        )
        if not sold:
            return text
        return "\n".join(
            [
                text,
                self.env._(
                    "VAT charged on %(receipt)s of %(day)s",
                    receipt=sold.source_name or "",
                    day=format_date(self.env, sold.day),
                ),
            ]
        )

    def _get_giftcard_single(self, line):
        """Return a line of one unit of ``line``: itself, or one split off it.

        :raises UserError: when the quantity is not whole
        """
        name = self._giftcard_quantity
        units = line[name]
        if units == 1:
            return line
        if units < 1 or units != int(units):
            raise UserError(
                self.env._(
                    "A gift card pays one unit: put what it pays on a line of its own, "
                    "with a quantity of 1."
                )
            )
        # sudo: sale.order.line, account.move.line - one line is split in two, on a
        # document that the caller may write
        line.sudo()[name] = units - 1
        return self._copy_giftcard_line(line, {name: 1})

    @api.model
    def _as_giftcard_writer(self, records):
        # sudo: sale.order.line, account.move.line - the server's own write on lines
        # that people may not change
        return as_writer(records.sudo())
