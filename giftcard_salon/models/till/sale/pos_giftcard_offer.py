from odoo import models
from odoo.exceptions import UserError

from ....tools.split import to_decimal


class PosPaymentMethod(models.Model):
    """Prices and VAT of single-purpose cards: the server says them, the till shows."""

    _inherit = "pos.payment.method"

    def giftcard_offer(self, type_id, session_id, price=None, position_id=None):
        """Say what a card of a type would cost now, part by part. Changes nothing.

        :param int type_id: the type that is being sold
        :param int session_id: the open till session
        :param price: what the client pays; only for a card for an amount
        :param int position_id: fiscal position of the bill
        :return: ``price``, ``value`` and ``parts``: per bill line ``number``, ``name``,
            ``kind``, ``quantity``, ``tax_ids`` and ``amounts``
        :rtype: dict
        :raises AccessError: for whoever is not at this till
        :raises UserError: when the type cannot be sold
        """
        session = self._check_giftcard_till(session_id)
        card_type = (
            self.env["giftcard.type"]
            .sudo()
            .browse(self._read_giftcard_id(type_id))
            .exists()
            .with_company(session.company_id)
        )
        if not card_type or card_type.vat_mode != "spv":
            raise UserError(self._damaged_giftcard_line())
        digits = card_type.currency_id.decimal_places
        if card_type.kind == "amount":
            price = self.env["giftcard.redemption"]._read_amount(price, digits)
        card_type._check_sellable(price, session.company_id, session.currency_id)
        position = (
            self.env["account.fiscal.position"]
            .browse(self._read_giftcard_id(position_id))
            .exists()
        )
        accounting = self.env["giftcard.accounting"]
        parts = card_type._prepare_parts(session.company_id, price)
        rows = []
        for number, part in enumerate(parts):
            taxes = self.env["account.tax"].browse(part["tax_ids"][0][2])
            split = accounting._split_gross(
                position.map_tax(taxes) if position else taxes,
                part["price"],
                session.currency_id,
            )
            rows.append(
                {
                    "number": number,
                    "name": part["name"],
                    "kind": part["kind"],
                    "quantity": part["quantity"],
                    "tax_ids": taxes.ids,
                    "amounts": self._tell_giftcard_amounts(split),
                }
            )
        return {
            "price": float(sum(part["price"] for part in parts)),
            "value": float(sum(to_decimal(part["value"], digits) for part in parts)),
            "parts": rows,
        }

    def giftcard_rest(self, line_ids, session_id):
        """Say what can be given back of cards that bill lines sold.

        :param list[int] line_ids: bill lines that sold cards and are to be refunded
        :param int session_id: the open till session
        :return: by line id ``amounts`` of one unit; a line that sold nothing that can
            be given back is left out
        :rtype: dict[str, dict]
        :raises AccessError: for whoever is not at this till
        """
        session = self._check_giftcard_till(session_id)
        ids = line_ids if isinstance(line_ids, list) else []
        lines = self.env["pos.order.line"].search(
            [
                ("id", "in", [self._read_giftcard_id(line_id) for line_id in ids]),
                ("company_id", "=", session.company_id.id),
            ]
        )
        return {
            str(line.id): self._tell_giftcard_amounts(rest)
            for line in lines
            if (rest := line._get_giftcard_rest())
        }
