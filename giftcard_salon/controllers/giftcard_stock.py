# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.http import Controller, content_disposition, request

from .routes import giftcard_route

MAX_ID = 2**31 - 1


class GiftcardStockController(Controller):
    """The file for the printer of cards that are not sold yet."""

    @giftcard_route(
        "/giftcard_salon/stock/<int:stock_id>.csv",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def stock(self, stock_id):
        """Return the codes of one's own prepared cards; each time is recorded."""
        stocks = request.env["giftcard.stock"]
        stock = stocks.search([("id", "=", min(stock_id, MAX_ID))])
        if not stock:
            raise request.not_found()
        name, content = stock._make_file()
        return request.make_response(
            content,
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
