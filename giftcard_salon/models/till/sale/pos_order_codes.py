# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models

from ....tools.server_fields import as_writer


class PosOrder(models.Model):
    """A bill that the client's phone paid: its till asks for what it prints."""

    _inherit = "pos.order"

    def giftcard_sold(self):
        """Tell the till that sold cards what its receipt says of them.

        A bill that is paid at the till is answered to `sync_from_ui`. One that is paid
        by the QR on its screen is paid behind its back, and is not sent again.

        :return: rows of bill lines as of `sync_from_ui`; once, and to the seller at the
            till that is open, with ``giftcard_code``
        :rtype: dict[str, list[dict]]
        :raises AccessError: for whoever may not read the bill
        """
        self.ensure_one()
        self.check_access("read")
        lines = self.lines._filter_giftcard_sale()
        rows = lines._load_pos_data_read(lines, self.config_id)
        fresh = lines.sudo().filtered(lambda line: not line.giftcard_is_code_shown)
        fresh_rows = [row for row in rows if row["id"] in fresh.ids]
        self._reveal_giftcards(fresh_rows, {self.uuid})
        codes = {row["id"] for row in fresh_rows if row.get("giftcard_code")}
        as_writer(fresh.browse(codes)).giftcard_is_code_shown = True
        return {"pos.order.line": rows}


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    giftcard_is_code_shown = fields.Boolean(
        "Code told",
        readonly=True,
        copy=False,
        help="The till asked for the code and got it.",
    )
