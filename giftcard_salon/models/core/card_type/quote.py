# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import exact, to_decimal


class GiftcardTypeAmount(models.Model):
    _name = "giftcard.type.amount"
    _inherit = "giftcard.server.fields"
    _description = "Gift card amount on offer"
    _order = "sequence, amount, id"
    type_id = fields.Many2one(
        "giftcard.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    amount = fields.Monetary("The client pays", required=True)
    value = fields.Monetary(
        "The card is worth",
        compute="_compute_value",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="More than what the client pays: the rest is a discount when it is used.",
    )
    currency_id = fields.Many2one(related="type_id.currency_id")
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An amount on offer is more than zero."
    )
    _amount_unique = models.Constraint(
        "UNIQUE(type_id, amount)", "This amount is on offer already."
    )
    _price_within_value = models.Constraint(
        "CHECK(amount <= value)", "The client would pay more than the card is worth."
    )

    @api.depends("amount")
    def _compute_value(self):
        for preset in self:
            preset.value = preset.amount


class GiftcardTypeService(models.Model):
    """One service of a package: how often, and for how much.

    Which service it is, an adapter says: the core knows no products.
    """

    _name = "giftcard.type.service"
    _inherit = "giftcard.server.fields"
    _description = "Service that a gift card stands for"
    _order = "sequence, id"
    type_id = fields.Many2one(
        "giftcard.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    currency_id = fields.Many2one(related="type_id.currency_id")
    quantity = fields.Integer("Times", required=True, default=1)
    is_tip = fields.Boolean(
        "Tip", help="A tip for the staff: without VAT, and a part of its own."
    )
    price = fields.Monetary(
        "Own price",
        help="Price of this line in all. Zero: what the service costs on the day of "
        "the sale, times how often.",
    )
    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "A card stands for a service once or more."
    )
    _price_not_negative = models.Constraint(
        "CHECK(price >= 0 AND (price > 0 OR NOT is_tip))",
        "Say how much the tip is.",
    )


class GiftcardType(models.Model):
    _inherit = "giftcard.type"

    def _get_value(self, price):
        """Return what a card is worth for which a client pays ``price``.

        :param price: what is paid, tax included, in the type's currency
        :return: never less than the price
        :rtype: decimal.Decimal
        """
        self.ensure_one()
        digits = self.currency_id.decimal_places
        paid = to_decimal(price, digits)
        for preset in self.amount_ids:
            if to_decimal(preset.amount, digits) == paid:
                return to_decimal(preset.value, digits)
        return paid + to_decimal(paid * exact(self.bonus_rate) / 100, digits)

    def _check_sellable(self, price, company, currency, value=None):
        """Refuse a sale that the type does not offer.

        :param price: what the client pays, tax included, in ``currency``
        :param company: ``res.company`` that sells
        :param currency: ``res.currency`` of the document
        :param value: what the card is worth; as the type says, when left out
        :raises UserError: with the amounts the client may choose from
        """
        self.ensure_one()
        self._check_given_out(company, currency)
        if self.kind == "service":
            return
        if not self._is_offered(price, ("amount",)):
            raise UserError(self._get_amount_refusal())
        digits = currency.decimal_places
        worth = self._get_value(price)
        if value is not None and to_decimal(value, digits) != worth:
            raise UserError(
                self.env._(
                    "A card for %(price)s is worth %(value)s. Remove it from the bill "
                    "and add it again.",
                    price=format_amount(self.env, float(price), currency),
                    value=format_amount(self.env, float(worth), currency),
                )
            )

    def _check_issuable(self, value, price, company):
        """Refuse a card made by hand that the type does not offer.

        :param value: what the card is worth, in the type's currency
        :param price: what was received for it: less, or nothing, for a gesture
        :param company: ``res.company`` that gives the card out
        :raises UserError: with what may be chosen
        """
        self.ensure_one()
        self._check_given_out(company, self.currency_id)
        if self.vat_mode == "spv":
            raise UserError(
                self.env._(
                    "VAT is counted when %s is sold, so it is sold at the till and not "
                    "made by hand.",
                    self.display_name,
                )
            )
        digits = self.currency_id.decimal_places
        worth, paid = to_decimal(value, digits), to_decimal(price, digits)
        if paid > worth:
            raise UserError(
                self.env._("The client would pay more than the card is worth.")
            )
        if paid < 0:
            raise UserError(self.env._("What was received is zero or more."))
        if self.kind == "amount" and not self._is_offered(value, ("amount", "value")):
            raise UserError(self._get_amount_refusal())

    def _check_given_out(self, company, currency):
        if not self.active or (self.company_ids and company not in self.company_ids):
            raise UserError(
                self.env._("%s is not sold here any more.", self.display_name)
            )
        if self.currency_id != currency:
            raise UserError(
                self.env._(
                    "%(card)s is sold in %(own)s, this bill is in %(other)s.",
                    card=self.display_name,
                    own=self.currency_id.name,
                    other=currency.name,
                )
            )

    def _is_offered(self, amount, names):
        """Tell whether ``amount`` is in the range or among the figures on offer."""
        digits = self.currency_id.decimal_places
        wanted = to_decimal(amount, digits)
        if self.is_free_amount and to_decimal(
            self.amount_min, digits
        ) <= wanted <= to_decimal(self.amount_max, digits):
            return True
        return wanted in {
            to_decimal(preset[name], digits)
            for preset in self.amount_ids
            for name in names
        }

    def _get_amount_refusal(self):
        if self.is_free_amount:
            return self.env._(
                "Choose an amount from %(low)s to %(high)s.",
                low=format_amount(self.env, self.amount_min, self.currency_id),
                high=format_amount(self.env, self.amount_max, self.currency_id),
            )
        return self.env._(
            "Choose one of the amounts on offer: %s.",
            ", ".join(
                format_amount(self.env, preset.amount, self.currency_id)
                for preset in self.amount_ids
            ),
        )
