# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

from ....tools.allocation import to_decimal

MOST_REDEMPTIONS = 30
MOST_PRICE = 10**9


class PosPaymentMethod(models.Model):
    """Single-purpose cards at the till: what they stand for, and holding it."""

    _inherit = "pos.payment.method"

    # === FACTS === #

    def _describe_giftcard(self, card, session):
        summary = super()._describe_giftcard(card, session)
        if "last4" in summary:
            entitlements = self.env["giftcard.entitlement"].sudo()
            if card.sudo().vat_mode == "spv":
                entitlements = card.sudo().entitlement_ids.sorted("sequence")
            summary["settles"] = "deduction" if entitlements else "tender"
            alike = self._find_giftcard_same_vat(entitlements, session.company_id)
            summary["entitlements"] = [
                self._describe_giftcard_entitlement(entitlement, session, alike)
                for entitlement in entitlements
            ]
        return summary

    @api.model
    def _find_giftcard_same_vat(self, entitlements, company):
        """Return ids of the taxes that are the same VAT, by each tax of entitlements.

        :rtype: dict
        """
        find = self.env["giftcard.accounting"]._find_same_vat
        taxes = self.env["account.tax"].union(
            *(entitlement._get_taxes(company) for entitlement in entitlements)
        )
        return {tax: find(tax, company).ids for tax in taxes}

    @api.model
    def _describe_giftcard_entitlement(self, entitlement, session, alike):
        sold = entitlement.card_id.entry_ids.filtered(
            lambda entry: entry.entitlement_id == entitlement and entry.kind == "sale"
        )[:1]
        taxes = entitlement._get_taxes(session.company_id)
        return {
            "id": entitlement.id,
            "name": entitlement.label,
            "kind": entitlement.kind,
            "quantity": entitlement.quantity,
            "units_remaining": entitlement.units_remaining,
            "broken": float(entitlement._get_broken()),
            "available": entitlement.available,
            "next_unit_price": entitlement.next_unit_price,
            "unit_prices": [float(price) for price in entitlement._get_open_units()],
            "tax_ids": taxes.ids,
            # per tax those that are the same VAT: items with them are paid as well
            "like_tax_ids": [alike[tax] for tax in taxes],
            "product_id": entitlement.product_id.id,
            "vat_receipt": {
                "name": sold.source_name or "",
                "day": sold.day and entitlement.card_id._format_day(sold.day) or "",
            }
            if entitlement.kind != "tip"
            else False,
        }

    # === HOLDS === #

    def giftcard_hold_entitlements(self, request):
        """Reserve what a single-purpose card pays of items of the bill.

        All of it or nothing. Each hold, in a short transaction of its own, locks the
        redemption of its key, then the card; the entitlement changes under that lock.

        :param dict request: ``code``, ``session_id``, ``order_uuid``, ``order_name``,
            ``partner_id`` and ``fiscal_position_id`` of the bill; ``redemptions``, a
            list of dicts of ``key`` (the uuid of the deduction line), ``revision``,
            ``entitlement_id``, ``amount`` in the till's currency, tax included, and
            ``item``: the line it pays with its ``price_unit``, ``discount``,
            ``tax_ids``, ``product_id``
        :return: ``state`` and ``redemptions``: each as of :meth:`giftcard_hold_tender`
            with ``entitlement_id``, and ``lines``: what
            :meth:`_prepare_giftcard_deduction` says of the item and its deduction
        :rtype: dict
        :raises UserError: a sentence to read out; then nothing is held
        :raises AccessError: for whoever is not at this till
        """
        request = request if isinstance(request, dict) else {}
        session = self._get_giftcard_session_opened(request.get("session_id"))
        wanted = request.get("redemptions")
        if not isinstance(wanted, list) or not 0 < len(wanted) <= MOST_REDEMPTIONS:
            raise UserError(self._get_damaged_giftcard_line_message())
        origin = self._prepare_giftcard_hold(request, session)
        held = self._hold_giftcard_together(
            (
                self._hold_giftcard_entitlement(one, request, session, origin)
                for one in wanted
            ),
            origin,
        )
        return {"state": "held", "redemptions": held}

    @api.model
    def _hold_giftcard_together(self, holds, origin):
        """Place several holds, or none: a refusal gives back what came before it.

        What the bill held already stays.

        :param holds: iterable that places one hold after the other
        :param Origin origin: of all of them
        :return: the holds
        :rtype: list[dict]
        :raises UserError: of the first hold that is refused, or given back already
        """
        placed = []
        try:
            for hold in holds:
                placed.append(hold)
                if hold["state"] != "held":
                    raise UserError(
                        self.env._(
                            "Nothing is on hold here any more. Scan the card again."
                        )
                    )
        except UserError:
            # sudo: giftcard.redemption - the till was checked; a cashier has no right
            # on them
            redemptions = self.env["giftcard.redemption"].sudo()
            for hold in placed:
                if not hold["again"]:
                    redemptions._release(
                        hold["key"], hold["revision"], binding=origin.binding
                    )
            raise
        return placed

    def _hold_giftcard_entitlement(self, wanted, request, session, origin):
        wanted = wanted if isinstance(wanted, dict) else {}
        key, revision = self._parse_giftcard_key(
            wanted.get("key"), wanted.get("revision")
        )
        # sudo: giftcard.card - the till was checked; a cashier has no right on cards
        card = self._find_giftcard(request.get("code"), key, session).sudo()
        entitlement = card.entitlement_ids.filtered(
            lambda candidate: candidate.id == wanted.get("entitlement_id")
        )
        item = self._parse_giftcard_item(
            wanted.get("item"), request, entitlement, session
        )
        amount = self._get_giftcard_entitlement_amount(
            entitlement, wanted.get("amount"), item
        )
        hold = (
            self.env["giftcard.redemption"]
            .sudo()
            .with_company(session.company_id)
            ._hold(
                card,
                key,
                revision,
                amount,
                origin,
                entitlement=entitlement,
                is_shown=bool(request.get("code")),
            )
        )
        lines = self._prepare_giftcard_deduction(entitlement, hold, item)
        hold.pop("entitlement_id")
        return {**hold, "entitlement_id": entitlement.id, "lines": lines}

    def _parse_giftcard_item(self, item, request, entitlement, session):
        """Return the bill line that an entitlement is to pay, as the server sees it.

        :return: ``taxes`` (on the line), ``mapped`` (after the fiscal position),
            ``price_unit``, ``discount``, ``gross``, ``is_named``
        :rtype: dict
        :raises UserError: when the entitlement cannot pay it
        """
        item = item if isinstance(item, dict) else {}
        try:
            price = float(to_decimal(item.get("price_unit"), 6))
            discount = float(to_decimal(item.get("discount") or 0, 6))
        except ValueError as error:
            raise UserError(self._get_damaged_giftcard_line_message()) from error
        if not entitlement or not 0 < price < MOST_PRICE or not 0 <= discount < 100:
            raise UserError(self._get_damaged_giftcard_line_message())
        product = self.env["product.product"].browse(
            self._parse_giftcard_id(item.get("product_id"))
        )
        is_named = bool(entitlement.product_id) and product == entitlement.product_id
        entitlement_taxes = entitlement._get_taxes(session.company_id)
        ids = item.get("tax_ids") if isinstance(item.get("tax_ids"), list) else []
        taxes = self.env["account.tax"].search(
            [("id", "in", [self._parse_giftcard_id(tax_id) for tax_id in ids])]
        )
        position = self._parse_giftcard_position(request.get("fiscal_position_id"))
        mapped = position.map_tax(taxes) if position else taxes
        is_same = self.env["giftcard.accounting"]._is_same_vat
        if is_named and not is_same(mapped, entitlement_taxes):
            # the service itself may always be taken, also when its rate has changed
            taxes, mapped = (
                entitlement_taxes,
                position.map_tax(entitlement_taxes) if position else entitlement_taxes,
            )
        tip = session.config_id.tip_product_id
        is_tip = bool(tip) and product == tip
        if not is_same(mapped, entitlement_taxes) or is_tip != (
            entitlement.kind == "tip"
        ):
            raise UserError(self._get_other_giftcard_tax_message(entitlement))
        return {
            "taxes": taxes,
            "mapped": mapped,
            "price_unit": price,
            "discount": discount,
            "is_named": is_named,
            "is_repriced": False,
            "gross": self.env["giftcard.accounting"]._get_unit_gross(
                mapped, price * (1 - discount / 100), session.currency_id
            ),
        }

    @api.model
    def _get_giftcard_entitlement_amount(self, entitlement, wanted, item):
        """Return what the entitlement pays, and price the item.

        The service that the entitlement names is paid by one unit, whatever it costs
        now. Any other item is paid as far as the amount goes.
        """
        digits = entitlement.currency_id.decimal_places
        amount = self.env["giftcard.redemption"]._parse_amount(wanted, digits)
        if item["is_named"] and amount in entitlement._get_unit_prices():
            item["is_repriced"] = item["gross"] != amount
            item["gross"] = amount
        return min(amount, item["gross"])

    @api.model
    def _get_other_giftcard_tax_message(self, entitlement):
        if entitlement.kind == "tip":
            return self.env._(
                "This part of the card is a tip: it pays the tip on the bill and "
                "nothing else. Use it at a till that takes tips, or change the card "
                "into a gift card."
            )
        return self.env._(
            "This card is for %s. VAT was counted when it was sold, and what is on the "
            "bill has another one. Change the card into a gift card, or take another "
            "payment.",
            entitlement.label,
        )

    @api.model
    def _get_damaged_giftcard_line_message(self):
        return self.env._("This bill line is damaged. Remove it and start again.")

    # === LINES === #

    @api.model
    def _prepare_giftcard_deduction(self, entitlement, hold, item):
        """Return what an item, its deduction and its bonus must say, to the cent.

        :param entitlement: ``giftcard.entitlement`` record
        :param dict hold: what the entitlement holds for the item
        :param dict item: as of :meth:`_parse_giftcard_item`
        :return: ``tax_ids`` for all lines and, per role 'item', 'deduction' and
            'bonus' (which may be None), what :meth:`_tell_giftcard_amounts` says
        :rtype: dict
        """
        accounting = self.env["giftcard.accounting"]
        used = accounting._split_redemption(entitlement, hold, item["mapped"])
        remaining = item["gross"] - to_decimal(
            hold["amount"], entitlement.currency_id.decimal_places
        )
        top_up = accounting._split_gross(
            item["mapped"], remaining, entitlement.currency_id
        )
        lines = {
            "item": used.as_item(top_up),
            "deduction": -used.deduction,
            "bonus": used.bonus and -used.bonus,
        }
        amounts_by_role = {
            role: split and self._tell_giftcard_amounts(split)
            for role, split in lines.items()
        }
        if not item["is_repriced"]:
            amounts_by_role["item"].update(
                price_unit=item["price_unit"], discount=item["discount"]
            )
        return {"tax_ids": item["taxes"].ids, **amounts_by_role}

    @api.model
    def _tell_giftcard_amounts(self, split):
        """Return the amounts of a line as the till takes them."""
        included = self.env["giftcard.accounting"]._get_included_ids(split)
        return {"discount": 0.0, **split.as_fixed_amounts(included)}
