# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class GiftcardType(models.Model):
    """Does everything that the card buys have one VAT rate?

    Source: Council Directive 2006/112/EC, article 30a: a voucher is single-purpose when
    the place of supply and the VAT due are known at issue.
    """

    _inherit = "giftcard.type"

    categ_ids = fields.Many2many(
        "product.category",
        string="Good for",
        help="Categories of services and products, with those below them. Empty: "
        "everything that is sold.",
    )
    scope_warning = fields.Char(compute="_compute_scope_warning")

    @api.depends("kind", "vat_mode", "categ_ids", "company_ids")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_scope_warning(self):
        for card_type in self:
            card_type.scope_warning = card_type._get_scope_warning()

    @api.depends("categ_ids")
    @api.depends_context("lang")
    def _compute_sentence(self):
        """Override: a new scope is another sentence."""
        return super()._compute_sentence()

    def _describe_scope(self):
        """Override: a card may be good for some categories only."""
        if self.kind != "amount" or not self.categ_ids:
            return super()._describe_scope()
        values = {
            "what": ", ".join(self.categ_ids.mapped("name")),
            "where": self._describe_where(),
            "long": self._describe_validity(),
        }
        if self.is_single_use:
            return self.env._(
                "Whoever has the code uses it once, for %(what)s, %(where)s, %(long)s; "
                "what remains then is lost.",
                **values,
            )
        return self.env._(
            "Whoever has the code uses it in parts, for %(what)s, %(where)s, %(long)s.",
            **values,
        )

    def _get_scope_warning(self):
        """Say that a multi-purpose card buys only what has one rate; else ""."""
        if self.kind != "amount" or self.vat_mode != "mpv":
            return ""
        for company in self.company_ids or self.env.companies:
            taxes = self._get_scope_taxes(company)
            if len(taxes) == 1:
                # sudo: res.company - only the name
                return self.env._(
                    "Everything this card buys in %(company)s has the same VAT "
                    "(%(tax)s). In many countries VAT is then due when the card is "
                    'sold: choose "When it is sold", or ask your accountant.',
                    company=company.sudo().name,
                    tax=", ".join(taxes[0].mapped("name")),
                )
        return ""

    @api.constrains("kind", "vat_mode", "categ_ids", "company_ids")
    def _check_scope(self):
        """Refuse an amount card whose VAT is counted at the sale and could be several.

        :raises ValidationError: with the rates that differ
        """
        for card_type in self.filtered(
            lambda kept: kept.kind == "amount" and kept.vat_mode == "spv"
        ):
            for company in card_type.company_ids or self.env.companies:
                taxes = card_type._get_scope_taxes(company)
                if len(taxes) > 1:
                    raise ValidationError(
                        self.env._(
                            "These items have different VAT rates (%s). VAT can be "
                            "counted at the sale only if all items have one rate.",
                            ", ".join(" + ".join(tax.mapped("name")) for tax in taxes),
                        )
                    )

    @api.constrains("kind", "vat_mode", "categ_ids", "company_ids", "service_ids")
    def _check_shared_taxes(self):
        """Refuse a card whose VAT is counted at the sale on what has a fixed tax, too.

        :raises ValidationError: with the tax
        """
        for card_type in self.filtered(lambda kept: kept.vat_mode == "spv"):
            for company in card_type.company_ids or self.env.companies:
                found = card_type.service_ids.mapped(
                    lambda service, company=company: service._get_taxes(company)
                )
                if card_type.kind == "amount":
                    found = self.env["account.tax"].union(
                        *card_type._get_scope_taxes(company)
                    )
                accounting = self.env["giftcard.accounting"]
                if message := accounting._get_unshared_taxes_message(found):
                    raise ValidationError(message)

    def _get_scope_taxes(self, company):
        """Return the different VATs of what the card buys in ``company``.

        What has no tax at all (tips, deposits) is left out.

        :param company: ``res.company`` record
        :return: one ``account.tax`` recordset per combination
        :rtype: list
        """
        self.env["product.template"].flush_model()
        # sudo: product.category, account.tax - where a card may be used, whoever asks
        below = self.categ_ids and self.env["product.category"].sudo().search(
            [("id", "child_of", self.categ_ids.ids)]
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ARRAY(
                              SELECT tax.id FROM product_taxes_rel rel
                                JOIN account_tax tax ON tax.id = rel.tax_id
                               WHERE rel.prod_id = product.id
                                 AND tax.company_id IN %(companies)s
                               ORDER BY tax.id)
                     FROM product_template product
                    WHERE product.active AND product.sale_ok
                      AND product.giftcard_type_id IS NULL
                      AND (product.company_id IS NULL
                           OR product.company_id IN %(companies)s)
                      AND %(scope)s""",
                companies=tuple((company | company.sudo().parent_ids).ids),
                scope=SQL("product.categ_id IN %s", tuple(below.ids))
                if below
                else SQL("TRUE"),
            )
        )
        taxes = self.env["account.tax"].sudo()
        get_key = self.env["giftcard.accounting"]._get_vat_key
        found = [taxes.browse(ids) for (ids,) in sorted(rows) if ids]
        # several records of one VAT are one
        return list({get_key(vat): vat for vat in reversed(found)}.values())[::-1]


class GiftcardCard(models.Model):
    _inherit = "giftcard.card"

    @api.depends("type_id.categ_ids")
    @api.depends_context("lang")
    def _compute_scope(self):
        """Override: a card may be good for some categories only."""
        return super()._compute_scope()

    def _describe_services(self):
        categories = self.type_id.sudo().categ_ids
        return super()._describe_services() or ", ".join(categories.mapped("name"))
