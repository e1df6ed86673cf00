# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# what `pos_self_order` says of where an order comes from
STRANGERS = ("kiosk", "mobile")


class PosLoadMixin(models.AbstractModel):
    """What phones and kiosks get to know of gift cards (`pos_self_order`): nothing."""

    _inherit = "pos.load.mixin"

    @api.model
    def _load_pos_self_data_fields(self, config):
        """Override of `pos_self_order`: whoever has the table's code is a stranger."""
        names = super()._load_pos_self_data_fields(config)
        giftcard_fields = [
            name for name in self._fields if name.startswith("giftcard_")
        ]
        if not giftcard_fields:
            return names
        # no name at all stands for all of them
        names = names or list(self.fields_get(attributes=()))
        return [name for name in names if name not in giftcard_fields]


class PosConfig(models.Model):
    _inherit = "pos.config"

    @api.model
    def _load_pos_self_data_read(self, records, config):
        """Override of `pos_self_order`: it reads the till's own settings."""
        rows = super()._load_pos_self_data_read(records, config)
        return [
            {name: row[name] for name in row if "giftcard" not in name} for row in rows
        ]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _load_pos_self_data_domain(self, data, config):
        """Override of `pos_self_order`: gift cards are sold by people."""
        domain = super()._load_pos_self_data_domain(data, config)
        return Domain(domain) & Domain("giftcard_type_id", "=", False)


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _send_availability_status(self):
        """Override of `pos_self_order`: a changed card is no news for phones."""
        others = self.filtered(lambda product: not product.giftcard_type_id)
        if not others:
            return None
        return super(ProductProduct, others)._send_availability_status()


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def sync_from_ui(self, orders):
        """Override of `point_of_sale`: only a till sells and takes gift cards.

        Phones and kiosks come as the superuser, with whatever a stranger sent; where
        it comes from was written by the server.
        """
        if self.env.su:
            for order in orders:
                if order.get("source") in STRANGERS:
                    self._check_giftcard_self_order(order)
        return super().sync_from_ui(orders)

    @api.model
    def _check_giftcard_self_order(self, order):
        """Refuse an order of a phone or kiosk that says something of gift cards.

        :param dict order: as it was sent
        :raises UserError: a sentence to read
        """
        lines = self._parse_giftcard_sent(order.get("lines"))
        payments = self._parse_giftcard_sent(order.get("payment_ids"))
        ids = {line.get("product_id") for line in lines}
        products = self.env["product.product"].browse(
            [product_id for product_id in ids if type(product_id) is int]
        )
        line_products = products._get_giftcard_line_products()
        methods = self.env["pos.payment.method"].browse(
            [
                payment["payment_method_id"]
                for payment in payments
                if type(payment.get("payment_method_id")) is int
            ]
        )
        is_role = any(line.get("giftcard_role") for line in lines)
        cards = products.exists().filtered("giftcard_type_id") | (
            products & line_products
        )
        if is_role or cards or methods.exists().filtered("giftcard_is_method"):
            raise UserError(
                self.env._(
                    "Gift cards are sold and used at the counter. Please ask there."
                )
            )

    @api.model
    def _parse_giftcard_sent(self, commands):
        """Return the values that were sent for new and for changed records."""
        commands = commands if isinstance(commands, list) else []
        return [
            command[2]
            for command in commands
            if isinstance(command, (list, tuple))
            and len(command) > 2
            and isinstance(command[2], dict)
        ]
