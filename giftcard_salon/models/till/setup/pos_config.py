# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class PosConfig(models.Model):
    _inherit = "pos.config"
    giftcard_enabled = fields.Boolean(
        "Gift cards",
        compute="_compute_giftcard_enabled",
        inverse="_inverse_giftcard_enabled",
    )
    giftcard_location_id = fields.Many2one(
        "giftcard.location",
        "Salon",
        check_company=True,
        ondelete="restrict",
        help="The salon this till stands in; empty: the company's first one.",
    )

    @api.depends("payment_method_ids.use_payment_terminal")
    def _compute_giftcard_enabled(self):
        for config in self:
            config.giftcard_enabled = "giftcard" in config.payment_method_ids.mapped(
                "use_payment_terminal"
            )

    def _inverse_giftcard_enabled(self):
        for config in self:
            methods = config.payment_method_ids.filtered("giftcard_is_method")
            if config.giftcard_enabled and not methods:
                method = self.env["pos.payment.method"]._get_giftcard_method(
                    config.company_id
                )
                config.payment_method_ids = [Command.link(method.id)]
            elif not config.giftcard_enabled and methods:
                config.payment_method_ids = [Command.unlink(m.id) for m in methods]

    @api.constrains("payment_method_ids")
    def _check_giftcard_method(self):
        for config in self:
            if len(config.payment_method_ids.filtered("giftcard_is_method")) > 1:
                raise UserError(
                    self.env._("One gift card payment method per till is enough.")
                )

    @api.constrains("fast_payment_method_ids")
    def _check_giftcard_not_fast(self):
        if self.fast_payment_method_ids.filtered("giftcard_is_method"):
            raise UserError(
                self.env._(
                    "A gift card is no fast payment: its code has to be scanned first."
                )
            )

    def _default_payment_methods(self):
        """Override of `point_of_sale`: a new till takes gift cards when told to."""
        return (
            super()
            ._default_payment_methods()
            .filtered(lambda method: not method.giftcard_is_method)
        )

    def _get_special_products(self):
        """Override of `point_of_sale`: no tiles for what gift cards put on a bill."""
        products = super()._get_special_products()
        if self and not any(self.mapped("giftcard_enabled")):
            return products
        return products | self.env["product.product"]._get_giftcard_line_products()

    @api.model
    def _load_pos_data_read(self, records, config):
        rows = super()._load_pos_data_read(records, config)
        for row in rows[:1]:
            salon = config.sudo()._get_giftcard_location()
            row["_giftcard_salon"] = salon.name
            row["_giftcard_line_products"] = {
                name: self.env["ir.model.data"]._xmlid_to_res_id(
                    f"giftcard_salon.product_{name}"
                )
                for name in ("bonus", "deduction")
            }
        return rows

    def _get_giftcard_location(self):
        """Return the salon this till stands in.

        :rtype: giftcard.location
        """
        self.ensure_one()
        return self.giftcard_location_id or self.env["giftcard.location"]._get_default(
            self.company_id
        )
