from odoo import api, models


class GiftcardType(models.Model):
    _name = "giftcard.type"
    _inherit = ["giftcard.type", "pos.load.mixin"]

    def _prepare_product(self):
        return {**super()._prepare_product(), "available_in_pos": True}

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


class GiftcardTypeAmount(models.Model):
    _name = "giftcard.type.amount"
    _inherit = ["giftcard.type.amount", "pos.load.mixin"]

    @api.model
    def _load_pos_data_domain(self, data, config):
        return [("type_id", "in", [row["id"] for row in data["giftcard.type"]])]

    @api.model
    def _load_pos_data_fields(self, config):
        return ["id", "type_id", "amount", "value", "sequence"]
