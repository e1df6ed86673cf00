# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import to_decimal


class PosPaymentMethod(models.Model):
    """What a scan means while a card is being sold: a printed card, or a top-up."""

    _inherit = "pos.payment.method"

    def giftcard_scan_for_sale(self, code, session_id, type_id):
        """Say what a scanned card can be in the sale of a card. Changes nothing.

        :param str code: as scanned or typed
        :param int session_id: the open till session
        :param int type_id: the type of card that is being sold
        :return: ``purpose`` ('new': a printed card to hand over, 'topup': a card that
            gets more money, '': neither), ``text`` to show, and with a purpose
            ``reference`` (for the bill line, not the code), ``last4``, ``available``
            in the card's currency, ``valid_until``
        :rtype: dict
        :raises AccessError: for whoever is not at this till
        """
        session = self._get_giftcard_session_opened(session_id)
        card = self._find_giftcard_by_code(code, session)
        card_type = self.env["giftcard.type"].browse(self._parse_giftcard_id(type_id))
        location = session.config_id.sudo()._get_giftcard_location()
        card = card.sudo().with_company(session.company_id)
        if card.state in ("pending", "active", "blocked"):
            refusal = card._get_topup_refusal(
                card_type, session.company_id, session.currency_id
            )
            return (
                refusal
                and self._refuse_giftcard_scan(refusal)
                or {
                    **self._describe_giftcard_scan(card, "topup"),
                    "text": self.env._(
                        "Card %(card)s has %(left)s on it. The amount is added to it.",
                        card=card.name,
                        left=format_amount(self.env, card.available, card.currency_id),
                    ),
                }
            )
        refusal = card._get_printed_refusal(card_type.exists(), location)
        return (
            refusal
            and self._refuse_giftcard_scan(refusal)
            or {
                **self._describe_giftcard_scan(card, "new"),
                "text": self.env._("Printed card %s is ready to sell.", card.name),
            }
        )

    def _refuse_giftcard_scan(self, refusal):
        return {"purpose": "", "text": refusal}

    def _describe_giftcard_scan(self, card, purpose):
        return {
            "purpose": purpose,
            "reference": card._get_reference(),
            "last4": card.last4,
            "available": card.available,
            "valid_until": card.valid_until and card.valid_until.isoformat(),
        }

    def giftcard_quote(self, type_id, session_id, price=None, position_id=None):
        """Say what a card of a type would cost now, item by item. Changes nothing.

        :param int type_id: the type that is being sold
        :param int session_id: the open till session
        :param price: what the client pays; only for a card for an amount
        :param int position_id: fiscal position of the bill
        :return: ``price``, ``value`` and ``entitlements``: per bill line ``number``,
            ``name``, ``kind``, ``quantity``, ``tax_ids`` and ``amounts``
        :rtype: dict
        :raises AccessError: for whoever is not at this till
        :raises UserError: when the type cannot be sold
        """
        session = self._get_giftcard_session_opened(session_id)
        card_type = (
            self.env["giftcard.type"]
            .sudo()
            .browse(self._parse_giftcard_id(type_id))
            .exists()
            .with_company(session.company_id)
        )
        if not card_type or card_type.vat_mode != "spv":
            raise UserError(self._get_damaged_giftcard_line_message())
        digits = card_type.currency_id.decimal_places
        if card_type.kind == "amount":
            price = self.env["giftcard.redemption"]._parse_amount(price, digits)
        card_type._check_sellable(price, session.company_id, session.currency_id)
        position = self._parse_giftcard_position(position_id)
        accounting = self.env["giftcard.accounting"]
        entitlements = card_type._prepare_entitlements(session.company_id, price)
        rows = []
        for number, entitlement in enumerate(entitlements):
            taxes = self.env["account.tax"].browse(entitlement["tax_ids"][0][2])
            split = accounting._split_gross(
                position.map_tax(taxes) if position else taxes,
                entitlement["price"],
                session.currency_id,
            )
            rows.append(
                {
                    "number": number,
                    "name": entitlement["name"],
                    "kind": entitlement["kind"],
                    "quantity": entitlement["quantity"],
                    "tax_ids": taxes.ids,
                    "amounts": self._tell_giftcard_amounts(split),
                }
            )
        return {
            "price": float(sum(entitlement["price"] for entitlement in entitlements)),
            "value": float(
                sum(
                    to_decimal(entitlement["value"], digits)
                    for entitlement in entitlements
                )
            ),
            "entitlements": rows,
        }
