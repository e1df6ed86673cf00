# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.fields import Command


class GiftcardType(models.Model):
    _name = "giftcard.type"
    _inherit = ["giftcard.type", "pos.load.mixin"]

    def _prepare_product(self):
        categories = self._get_tile_categories()
        return {
            **super()._prepare_product(),
            "available_in_pos": True,
            "pos_categ_ids": [Command.set(categories.ids)],
        }

    @api.model
    def _get_tile_categories(self):
        """Return where a new tile stands: beside the last one, else with the cards.

        :rtype: pos.category
        """
        beside = self.env["product.template"].search(
            [("giftcard_type_id", "!=", False), ("pos_categ_ids", "!=", False)],
            order="id desc",
            limit=1,
        )
        default_category = self.env.ref(
            "giftcard_salon.pos_category", raise_if_not_found=False
        )
        return beside.pos_categ_ids or default_category or self.env["pos.category"]

    @api.model
    def _search_sold_by(self, config):
        """Return the types that the till of ``config`` may sell."""
        return self.sudo().search(
            [
                ("currency_id", "=", config.currency_id.id),
                "|",
                ("company_ids", "=", False),
                ("company_ids", "in", config.company_id.ids),
            ]
        )

    @api.model
    def _load_pos_data_domain(self, data, config):
        sold_here = self._search_sold_by(config) if config.giftcard_enabled else self
        return [("id", "in", sold_here.ids)]

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            "id",
            "name",
            "kind",
            "vat_mode",
            "currency_id",
            "is_free_amount",
            "amount_min",
            "amount_max",
            "default_amount",
            "amount_ids",
            "bonus_rate",
            "validity_mode",
            "validity_date",
            "validity_count",
            "validity_unit",
            "is_single_use",
            "pays_tips",
        ]

    @api.model
    def _load_pos_data_read(self, records, config):
        """Override of `point_of_sale`: terms as the company has them, or why not.

        ``refusal`` says which setting keeps the till from selling such cards, ``where``
        what a card says that is sold now.
        """
        company = config.company_id
        rows = super()._load_pos_data_read(records, config)
        for row in rows:
            card_type = self.browse(row["id"]).sudo()
            row["refusal"] = card_type._get_selling_refusal(company)
            row["where"] = card_type._get_used_in(company)
            row.update(card_type._get_terms_by_law(company))
        return rows

    def _get_used_in(self, company):
        """Say where a card of this type can be used that ``company`` sells now.

        :param company: ``res.company`` record
        :rtype: str
        """
        terms = {"company_id": company.id, "company_ids": self.company_ids.ids}
        # sudo: giftcard.card - never saved: only the sentence
        return self.env["giftcard.card"].sudo().new(terms).used_in

    def _get_terms_by_law(self, company):
        """Return what the till shows of a validity that ``company`` cannot choose.

        :param company: ``res.company`` record
        :rtype: dict
        """
        self.ensure_one()
        today = self.env["giftcard.card"]._today(company)
        last_day = self._get_last_day(company, today)
        if last_day == self._get_valid_until(today):
            return {}
        if not last_day:
            return {"validity_mode": "unlimited"}
        # sudo: res.company - what the law of its country says
        return {
            "validity_mode": "period",
            "validity_count": company.sudo().giftcard_least_months,
            "validity_unit": "month",
        }


class GiftcardTypeAmount(models.Model):
    _name = "giftcard.type.amount"
    _inherit = ["giftcard.type.amount", "pos.load.mixin"]

    @api.model
    def _load_pos_data_domain(self, data, config):
        return [("type_id", "in", [row["id"] for row in data["giftcard.type"]])]

    @api.model
    def _load_pos_data_fields(self, config):
        return ["id", "type_id", "amount", "value", "sequence"]


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _load_pos_data_fields(self, config):
        """Override of `point_of_sale`: the till counts a card's days by this clock."""
        return [*super()._load_pos_data_fields(config), "giftcard_tz"]


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _load_pos_data_read(self, records, config):
        """Override of `point_of_sale`: the till shows what this user may do."""
        rows = super()._load_pos_data_read(records, config)
        for row in rows:
            user = self.browse(row["id"])
            row["giftcard_care"] = user.has_group("giftcard_salon.group_desk")
        return rows


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _load_pos_data_domain(self, data, config):
        """Override of `point_of_sale`: gift cards only at tills that take them."""
        domain = super()._load_pos_data_domain(data, config)
        if not config.giftcard_enabled:
            return [*domain, ("giftcard_type_id", "=", False)]
        sold_here = self.env["giftcard.type"]._search_sold_by(config)
        return [
            *domain,
            "|",
            ("giftcard_type_id", "=", False),
            ("giftcard_type_id", "in", sold_here.ids),
        ]

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "giftcard_type_id"]
