# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ...tools.allocation import exact, to_decimal


class GiftcardType(models.Model):
    """What a single-purpose card stands for on the day of its sale, with its VAT."""

    _inherit = "giftcard.type"

    def _prepare_entitlements(self, company, price=None):
        """Return the entitlements that a card sold now in ``company`` would have.

        :param company: ``res.company`` that sells
        :param price: what the client pays, tax included; only a card for an amount
            needs it
        :return: dicts for ``giftcard.card._create_entitlements``; ``net`` as rule R1
            says
        :rtype: list[dict]
        :raises UserError: when the type cannot be sold with VAT now
        """
        self.ensure_one()
        if self.kind == "amount":
            return [self._prepare_amount_entitlement(company, price or 0)]
        return [
            service._prepare_entitlement(company)
            for service in self.service_ids.sorted(
                lambda line: (line.sequence, line.id)
            )
        ]

    def _prepare_amount_entitlement(self, company, price):
        found = self._get_scope_taxes(company)
        if len(found) != 1:
            raise UserError(
                self.env._(
                    "%s cannot be sold: the items it is good for have different VAT "
                    "rates by now. Ask whoever looks after the gift cards.",
                    self.display_name,
                )
            )
        return {
            "name": self.display_name,
            "kind": "amount",
            "quantity": 0,
            "value": self._get_value(price),
            **self._prepare_entitlement_price(found[0], price),
        }

    def _prepare_entitlement_price(self, taxes, price):
        accounting = self.env["giftcard.accounting"]
        if message := accounting._get_unshared_taxes_message(taxes):
            raise UserError(message)
        accounting._check_tax_accounts(taxes)
        split = accounting._split_gross(taxes, price, self.currency_id)
        return {
            "price": split.gross,
            "net": split.base,
            "tax_ids": [Command.set(taxes.ids)],
        }


class GiftcardTypeService(models.Model):
    _inherit = "giftcard.type.service"

    def _get_taxes(self, company):
        """Return the VAT of the service in ``company``; a tip has none.

        :rtype: account.tax
        """
        # sudo: product.product, account.tax - what is sold, whoever sells it
        taxes = self.env["account.tax"].sudo()
        templates = self.product_id.sudo().product_tmpl_id
        if not templates:
            return taxes
        # not from the field: its cache would show others taxes of other companies
        templates.flush_recordset(["taxes_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT tax_id FROM product_taxes_rel WHERE prod_id IN %s",
                templates._ids,
            )
        )
        taxes = taxes.browse([tax_id for (tax_id,) in rows])
        return taxes._filter_taxes_by_company(company)

    def _prepare_entitlement(self, company):
        """Return the entitlement that this line of a package would be now.

        Its own price, or what the service costs now as often as it is in the package.
        """
        self.ensure_one()
        card_type, taxes = self.type_id, self._get_taxes(company)
        price = to_decimal(self.price, card_type.currency_id.decimal_places)
        if not price:
            # sudo: product.product, account.tax - what is sold, whoever sells it
            product = self.product_id.sudo().with_company(company)
            each = self.env["giftcard.accounting"]._get_unit_gross(
                taxes, product.lst_price, card_type.currency_id, product
            )
            price = each * exact(self.quantity)
        return {
            "name": self.env._("Tip") if self.is_tip else self.product_id.display_name,
            "kind": "tip" if self.is_tip else "service",
            "quantity": self.quantity,
            "value": price,
            "product_id": self.product_id.id,
            **card_type._prepare_entitlement_price(taxes, price),
        }
