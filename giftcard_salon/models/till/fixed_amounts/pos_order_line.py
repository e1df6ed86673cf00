# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models

from ....tools.allocation import to_decimal
from ....tools.fixed_amounts import is_fixed_tax_data
from ....tools.tax_split import TaxSplit


class PosOrderLine(models.Model):
    """Lines of a gift card whose amounts are fixed to the cent (`extra_tax_data`).

    The till sends them and is not trusted: the roles' own checks compare the amounts
    with what the server decided, this file sees that they are what gets posted.
    """

    _inherit = "pos.order.line"

    giftcard_role = fields.Selection(
        [
            ("item", "Paid by a gift card"),
            ("deduction", "Gift card used"),
            ("bonus", "Gift card bonus"),
        ],
        "Role for a gift card",
    )
    giftcard_deduction_key = fields.Char(
        "Belongs to",
        index="btree_not_null",
        help="Item and deduction: the deduction's uuid. Bonus: the payment's uuid.",
    )
    giftcard_value = fields.Monetary(
        "Value of the card", help="What the card is worth, when not its price."
    )

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            *super()._load_pos_data_fields(config),
            "giftcard_role",
            "giftcard_deduction_key",
            "giftcard_value",
        ]

    def _get_giftcard_worth(self):
        """Return what the card that this line sells is worth, as the till says."""
        return self.giftcard_value or self.price_unit

    def _filter_giftcard_fixed(self):
        """Return the lines whose amounts the server fixes: they have a role.

        :rtype: pos.order.line
        """
        return self.filtered("giftcard_role")

    def _prepare_base_line_for_taxes_computation(self):
        """Override of `point_of_sale`: a deduction goes where its item goes.

        Core takes the sign of a line for its direction, and leaves fixed amounts
        aside when it turns the quantities of a refund around.
        """
        values = super()._prepare_base_line_for_taxes_computation()
        if not self.giftcard_role:
            return values
        if self.giftcard_role != "item":
            values["is_refund"] = self.qty < 0
            account = self._get_giftcard_fixed_account()
            values["account_id"] = account or values["account_id"]
        data = self.extra_tax_data or {}
        if values["quantity"] * data.get("quantity", 0) < 0:
            taxes = self.env["account.tax"]
            turned = taxes._reverse_quantity_base_line_extra_tax_data(data)
            values.update(taxes._import_base_line_extra_tax_data(values, turned))
        return values

    def _get_giftcard_fixed_account(self):
        """Return the account this line is posted to; none: as its product says.

        :rtype: account.account
        """
        self.ensure_one()
        return self.env["account.account"]

    def _get_giftcard_line_name(self):
        """Return what an invoice says of this line; "" for what its product says."""
        self.ensure_one()
        payment = self.order_id.payment_ids.filtered(
            lambda payment: (
                self.giftcard_deduction_key
                in (payment.uuid, payment.giftcard_refunded_payment_id.uuid)
            )
        )
        last4 = payment[:1].giftcard_last4
        if self.giftcard_role != "bonus" or not last4:
            return ""
        return self.env._("Bonus of card %s", f"••{last4}")

    def _get_giftcard_fixed_amounts(self):
        """Return what this line's amounts are, in the bill's own signs.

        :return: nothing when the tax engine does not take them
        :rtype: TaxSplit
        """
        return self._find_giftcard_fixed_amounts() or TaxSplit()

    def _find_giftcard_fixed_amounts(self):
        """Return the same; None when the tax engine does not take them."""
        self.ensure_one()
        digits = self.order_id.currency_id.decimal_places
        line = self._prepare_base_line_for_taxes_computation()
        if line["tax_ids"]:
            if not is_fixed_tax_data(self.extra_tax_data):
                return None
            sign = -1 if line["quantity"] * self.qty < 0 else 1
            return TaxSplit.from_fixed_amounts(line, digits, sign)
        # without taxes the price is the amount: what else is told would be posted
        if self.discount or {*(self.extra_tax_data or {})} - {"computation_key"}:
            return None
        return TaxSplit(to_decimal(self.price_unit * self.qty, digits))

    def _prepare_refund_data(self, refund_order, PosPackOperationLot):
        """Override of `point_of_sale`: fixed amounts are given back as they were."""
        vals = super()._prepare_refund_data(refund_order, PosPackOperationLot)
        if self.giftcard_role:
            taxes = self.env["account.tax"]
            vals["extra_tax_data"] = taxes._reverse_quantity_base_line_extra_tax_data(
                self.extra_tax_data
            )
        return vals
