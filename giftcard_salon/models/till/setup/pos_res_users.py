from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _load_pos_data_read(self, records, config):
        """Override of `point_of_sale`: the till shows what this user may do."""
        rows = super()._load_pos_data_read(records, config)
        for row in rows:
            user = self.browse(row["id"])
            row["giftcard_care"] = user.has_group("giftcard_salon.group_care")
        return rows
