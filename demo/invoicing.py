# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Sales orders and invoices of businesses that gift cards help to pay."""


class Desk:
    """The manager's desk in the back office.

    :param manager: a :class:`counter.Person`
    :param env: superuser environment, to find what the screen shows
    """

    def __init__(self, manager, env):
        self._manager = manager
        self._env = env

    def sell_by_order(self, client, card):
        """A team comes for an afternoon, ordered in advance.

        The card is kept for the order and taken when it is invoiced.
        """
        context = {"allowed_company_ids": card.company_id.ids}
        lines = self._prepare_lines(
            "product_uom_qty", ("Facial care", 1), ("Manicure", 2)
        )
        values = {"partner_id": client, "order_line": lines}
        (order,) = self._manager.call("sale.order", "create", [[values]], **context)
        self._apply_card(card, context, order_id=order)
        self._manager.call("sale.order", "action_confirm", [[order]], **context)
        self._manager.act(
            "sale.advance.payment.inv",
            {"advance_payment_method": "delivered"},
            "create_invoices",
            active_model="sale.order",
            active_ids=[order],
            **context,
        )
        self._see_news()
        invoices = self._env["sale.order"].browse(order).invoice_ids
        self._manager.call("account.move", "action_post", [invoices.ids], **context)

    def sell_by_invoice(self, client, card):
        """Goods are sent with an invoice; the client answers with a card."""
        context = {"allowed_company_ids": card.company_id.ids}
        lines = self._prepare_lines(
            "quantity", ("Scented candle", 4), ("Honey 250 g", 4)
        )
        values = {
            "move_type": "out_invoice",
            "partner_id": client,
            "invoice_line_ids": lines,
        }
        invoice = self._manager.call("account.move", "create", [[values]], **context)
        self._manager.call("account.move", "action_post", [invoice], **context)
        self._apply_card(card, context, move_id=invoice[0])

    def _apply_card(self, card, context, **document):
        values = {"code": card._reveal(), **document}
        self._manager.act("giftcard.redeem", values, "action_apply", **context)
        self._see_news()

    def _prepare_lines(self, quantity, *wanted):
        """Return lines of a document whose field ``quantity`` says how many."""
        products = self._env["product.product"]
        return [
            [
                0,
                0,
                {
                    "product_id": products.search([("name", "=", name)]).id,
                    quantity: count,
                },
            ]
            for name, count in wanted
        ]

    def _see_news(self):
        """Read from here on what requests have committed."""
        self._env.cr.commit()
        self._env.invalidate_all()
