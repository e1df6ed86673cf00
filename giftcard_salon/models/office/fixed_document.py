# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ...tools.allocation import to_decimal
from ...tools.bonus import share_bonus
from ...tools.server_fields import as_writer
from ...tools.tax_groups import gross_by_tax_group
from ...tools.tax_split import TaxSplit, read_line_gross


class GiftcardFixedDocument(models.AbstractModel):
    """An order or a draft invoice that a gift card puts lines on.

    Bonus: what nobody paid for, a discount per tax group beside the payment. Deduction:
    beside an item, with quantity -1, what a card takes off of which VAT was counted at
    its sale.
    """

    _name = "giftcard.fixed.document"
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

    def _get_giftcard_tax_groups(self, lines=None, with_tips=True):
        """Return what the document comes to, tax included, by tax group.

        :param lines: only these
        :param bool with_tips: without them it is what a bonus may lower
        :return: decimals over zero by ``account.tax`` records that discounts lower
        :rtype: dict
        """
        get_tax_group = self.env["giftcard.accounting"]._get_tax_group
        tips = () if with_tips else self._get_giftcard_tips()
        digits = self.currency_id.decimal_places
        totals = gross_by_tax_group(
            (
                (get_tax_group(line["tax_ids"]), *read_line_gross(line, digits))
                for line in self._get_giftcard_base_lines()
                if (lines is None or line["record"] in lines)
                and line["record"] not in tips
            ),
            digits,
        )
        return {tax_group: total for tax_group, total in totals.items() if total > 0}

    @api.model
    def _get_giftcard_gross(self, line):
        """Return what one unit of a line costs, tax included."""
        price = line.price_unit * (1 - (line.discount or 0) / 100)
        return self.env["giftcard.accounting"]._get_unit_gross(
            line.tax_ids, price, self.currency_id
        )

    # === BONUS === #

    def _add_giftcard_bonus(self, application):
        """Put an application's discount lines on the document (R4 over taxes, R2)."""
        self.ensure_one()
        currency = self.currency_id
        digits = currency.decimal_places
        totals = self._get_giftcard_tax_groups(with_tips=False)
        shares = share_bonus(to_decimal(application.bonus, digits), totals, digits)
        given = self._sum_giftcard_given()
        cut = self.env["giftcard.accounting"]._split_discount
        for taxes, share in shares.items():
            before = given.get(taxes, TaxSplit())
            discount = cut(taxes, share, before, self.company_id, currency)
            for account, split in self._split_giftcard_by_account(taxes, discount):
                self._add_giftcard_bonus_line(application, taxes, split, account)

    def _sum_giftcard_given(self):
        """Return what discounts beside payments take off already, by tax group.

        :return: positive, by ``account.tax`` records
        :rtype: dict[account.tax, TaxSplit]
        """
        get_rate = self.env["giftcard.accounting"]._get_tax_group
        digits = self.currency_id.decimal_places
        given = {}
        for base_line in self._get_giftcard_base_lines():
            line = base_line["record"]
            # sudo: giftcard.application - whoever writes a document reads no cards
            application = line.giftcard_application_id.sudo()
            if line.giftcard_role == "bonus" and not application.entitlement_id:
                rate = get_rate(base_line["tax_ids"])
                split = TaxSplit.from_base_line(base_line, digits)
                given[rate] = given.get(rate, TaxSplit()) - split
        return given

    def _add_giftcard_bonus_line(
        self, application, taxes, split, account, after=None, redemption=None
    ):
        """Make one discount line.

        :param application: ``giftcard.application`` record; none for what a bill of
            the till used
        :param taxes: ``account.tax`` records of the line
        :param TaxSplit split: positive
        :param account: ``account.account`` record of the items it lowers; an order,
            which has none, finds it when it is invoiced
        :param after: the line it follows
        :param redemption: ``giftcard.redemption`` record, instead of an application
        """
        payer = application or redemption
        accounting = self.env["giftcard.accounting"]
        values = {
            **accounting._prepare_fixed_line(-split, payer.key, self.currency_id),
            **self._prepare_giftcard_line(application, "bonus", taxes),
            "name": self.env._("Bonus of gift card %s", payer.card_id.name),
            "account_id": account.id,
        }
        return self._add_giftcard_line(values, 1, after)

    def _prepare_giftcard_line(self, application, role, taxes):
        product = self.env.ref(f"giftcard_salon.product_{role}")
        return {
            "product_id": product.id,
            "tax_ids": [(6, 0, taxes.ids)],
            "giftcard_role": role,
            "giftcard_application_id": application.id,
        }

    # === ITEM AND DEDUCTION === #

    def _apply_giftcard_entitlement(self, card, entitlement, line, amount):
        """Let an entitlement pay one line, or one unit of it.

        :param card: ``giftcard.card`` record
        :param entitlement: ``giftcard.entitlement`` of it
        :param line: line of this document
        :param amount: value to use
        :rtype: giftcard.application
        :raises UserError: when it cannot pay the line
        """
        self.ensure_one()
        self._check_giftcard_deduction(entitlement, line)
        digits = self.currency_id.decimal_places
        gross, amount = self._get_giftcard_gross(line), to_decimal(amount, digits)
        is_unit = line.product_id == entitlement.product_id and (
            amount in entitlement._get_unit_prices()
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
        application = self._hold_giftcard(card, amount, entitlement)
        self._add_giftcard_deduction(application, item, gross, is_unit)
        return application

    def _check_giftcard_deduction(self, entitlement, line):
        if not line or line not in self._get_giftcard_items():
            raise UserError(self.env._("Choose the line that the card pays."))
        if line.giftcard_role:
            line._check_giftcard_lock()
        if entitlement.kind == "tip":
            raise UserError(self.env._("A tip on a card is used at the till."))
        taxes = entitlement._get_taxes(self.company_id)
        if not self.env["giftcard.accounting"]._is_same_vat(line.tax_ids, taxes):
            raise UserError(
                self.env._(
                    "This card is for %s. VAT was counted when it was sold, and this "
                    "line has another one. At the till the card can be changed into a "
                    "gift card that pays it.",
                    entitlement.label,
                )
            )

    def _add_giftcard_deduction(self, application, item, gross, is_unit):
        accounting = self.env["giftcard.accounting"]
        taxes, entitlement = item.tax_ids, application.entitlement_id
        amounts = {
            "amount": application.amount,
            "consideration": application.amount - application.bonus,
            "net": application.net,
        }
        used = accounting._split_redemption(entitlement, amounts, taxes)
        remaining = gross - to_decimal(
            application.amount, self.currency_id.decimal_places
        )
        top_up = accounting._split_gross(taxes, remaining, self.currency_id)
        covered = accounting._prepare_fixed_line(
            used.as_item(top_up), application.key, self.currency_id
        )
        if is_unit:
            application.write(
                {"item_price": item.price_unit, "item_discount": item.discount}
            )
        else:
            price = {"price_unit": item.price_unit, "discount": item.discount}
            covered.update(price)
            if "price_unit" in covered["extra_tax_data"]:
                covered["extra_tax_data"].update(price)
        item._as_giftcard_writer().write(
            {
                **covered,
                "giftcard_role": "item",
                "giftcard_application_id": application.id,
            }
        )
        self._add_giftcard_line(
            {
                **accounting._prepare_fixed_line(
                    used.deduction, application.key, self.currency_id, -1
                ),
                **self._prepare_giftcard_line(application, "deduction", taxes),
                "name": self._get_giftcard_deduction_label(application),
            },
            -1,
            item,
        )
        if used.bonus:
            account = item._get_giftcard_income()
            self._add_giftcard_bonus_line(
                application, taxes, used.bonus, account, after=item
            )

    def _get_giftcard_deduction_label(self, application):
        """Return what the line says: the card, and where its VAT was counted."""
        entitlement = application.entitlement_id
        sold = entitlement.card_id.entry_ids.filtered(
            lambda entry: entry.entitlement_id == entitlement and entry.kind == "sale"
        )[:1]
        text = self.env._(
            "Gift card %(card)s: %(part)s",
            card=application.card_name,
            part=entitlement.label,
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
