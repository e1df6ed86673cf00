# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ....tools.allocation import to_decimal
from ....tools.keys import card_code
from ..rows import draw_ids, insert_rows
from .code import CODE

# money of an entitlement, as its maker gives it
MONEY = ("value", "price", "net")


class GiftcardCard(models.Model):
    _inherit = "giftcard.card"

    @api.model
    def _issue(self, card_type, requests, kind, origin, is_pending=False, reason=None):
        """Make cards and enter their value in the ledger.

        Belongs to the transaction of the document that sells them: cards and
        document exist both or neither.

        :param card_type: ``giftcard.type`` record
        :param list[dict] requests: per card ``key`` (the document line's own key,
            one effect per key), ``value`` in the type's currency, and optionally
            ``price``, what was paid for it (the value, when left out), ``recipient``,
            ``sender``, ``message``, ``buyer_id``, ``card``: the printed one that is
            handed over, and ``entitlements`` as for :meth:`_create_entitlements`
        :param str kind: kind of ledger entry, 'sale' or 'issue'
        :param Origin origin: the document that sells them
        :param bool is_pending: it is not paid yet: they cannot be used
        :param str reason: what people gave as the reason
        :return: the cards, in the order of the requests
        :rtype: giftcard.card
        :raises UserError: when the type does not offer an amount
        """
        terms = self._prepare_terms(card_type, origin, is_pending)
        self._check_offered(card_type, requests, kind, origin.company)
        made = iter(
            self._make(
                [
                    {
                        **terms,
                        **self._prepare_issue_values(request),
                        "available": request["value"],
                        "available_consideration": request.get(
                            "price", request["value"]
                        ),
                    }
                    for request in requests
                    if not request.get("card")
                ]
            )
        )
        ids = []
        for request in requests:
            if printed := request.get("card"):
                card_values = self._prepare_issue_values(request)
                card = printed._hand_over_printed({**terms, **card_values})
            else:
                card = next(made)
            ids.append(card.id)
        # sudo: giftcard.card - only the server makes cards
        cards = self.sudo().browse(ids)
        entries = []
        for card, request in zip(cards, requests, strict=True):
            if card.vat_mode == "spv":
                card._create_entitlements(request["entitlements"])
            entries += [
                {
                    **event,
                    "partner_ref": request.get("buyer_id"),
                    "reason": reason,
                    "is_pending": card.state == "pending",
                }
                for event in card._prepare_sale_entries(kind, origin, request)
            ]
        self.env["giftcard.entry"]._append(entries)
        return cards.sudo(False)

    @api.model
    def _make(self, vals_list, codes=None):
        """Make cards, each with a code of its own, in one statement for many.

        Locks nothing: nobody else knows them yet.

        :param list[dict] vals_list: values per card, without its code; the same names
            in each, and the same ``company_ids``
        :param list[str] codes: their codes; drawn, when left out
        :return: the cards, in order
        :rtype: giftcard.card
        """
        codes = codes or [card_code.draw() for _vals in vals_list]
        # sudo: giftcard.card - only the server makes cards
        made = self.sudo().with_context(tracking_disable=True)
        # a code that another card gives up is free before it is given again
        self.flush_model(CODE)
        keys, now, days, rows = self._keyring(), self.env.cr.now(), {}, []
        for number, vals, code in zip(
            draw_ids(made, len(codes)), vals_list, codes, strict=True
        ):
            sold = (vals.get("sold_at") or now, vals["company_id"])
            if sold not in days:
                company = self.env["res.company"].browse(sold[1])
                days[sold] = self._to_day(sold[0], company)
            rows.append(
                {
                    **vals,
                    **made.browse(number)._prepare_code(code, keys),
                    "id": number,
                    "name": self._get_short_name(card_code.last_four(code)),
                    "sold_on": days[sold],
                }
            )
        made = insert_rows(made, rows)
        made._remember_touched()
        return made

    @api.model
    def _prepare_terms(self, card_type, origin, is_pending):
        """Return what a card of this type keeps from its sale on."""
        company = origin.company
        today = self._today(company)
        valid_until = card_type._get_last_day(company, today)
        if valid_until and valid_until < today:
            raise UserError(
                self.env._(
                    "%s would be expired at its sale. Ask a manager to give it a "
                    "later date.",
                    card_type.display_name,
                )
            )
        # sudo: giftcard.type - a cashier sells what a type says and may not read it all
        return {
            "type_id": card_type.id,
            "company_id": company.id,
            "company_ids": [Command.set(card_type.sudo().company_ids.ids)],
            "location_id": origin.location.id,
            "currency_id": card_type.currency_id.id,
            "vat_mode": card_type.vat_mode,
            "is_single_use": card_type.is_single_use,
            "pays_tips": card_type.pays_tips,
            "valid_until": valid_until,
            "sold_at": fields.Datetime.now(),
            "seller_id": self.env.uid,
            "state": "pending" if is_pending else "active",
        }

    @api.model
    def _check_offered(self, card_type, requests, kind, company):
        """Refuse amounts that the type does not offer; each of them once.

        :raises UserError: with what may be chosen
        """
        amounts = [
            (request["value"], request.get("price", request["value"]))
            for request in requests
        ]
        for value, price in dict.fromkeys(amounts):
            if kind == "issue":
                card_type._check_issuable(value, price, company)
            else:
                card_type._check_sellable(price, company, card_type.currency_id, value)

    @api.model
    def _prepare_issue_values(self, request):
        """Return the money and the people of one card."""
        value = request["value"]
        price = request.get("price", value)
        return {
            "value": value,
            "price": price,
            "pool_face": value,
            "pool_consideration": price,
            "recipient": request.get("recipient"),
            "sender": request.get("sender"),
            "message": request.get("message"),
            "buyer_id": request.get("buyer_id"),
            "holder_id": request.get("buyer_id"),
        }

    def _create_entitlements(self, requests):
        """Give a card that is being sold its entitlements, each with its full balance.

        :param list[dict] requests: per entitlement ``name``, ``kind`` ('service',
            'amount' or 'tip'), ``value``, ``price`` and ``net`` (the price without
            VAT) in the card's currency, ``quantity`` for a service, ``key`` of the
            document line that sells it, and what other layers keep with it
        :return: the entitlements, in order
        :rtype: giftcard.entitlement
        """
        self.ensure_one()
        digits = self.currency_id.decimal_places
        rows = []
        for number, request in enumerate(requests):
            kept = {name: request[name] for name in request if name != "key"}
            money = {name: to_decimal(request[name], digits) for name in MONEY}
            rows.append(
                {
                    **kept,
                    **money,
                    "card_id": self.id,
                    "sequence": number,
                    "available": money["value"],
                    "available_consideration": money["price"],
                    "available_net": money["net"],
                    "pool_face": money["value"],
                    "pool_consideration": money["price"],
                    "pool_net": money["net"],
                }
            )
        # sudo: giftcard.entitlement - only the server makes them
        return self.env["giftcard.entitlement"].sudo().create(rows)

    def _prepare_sale_entries(self, kind, origin, request):
        """Return what the ledger says of a card just made: a line per entitlement.

        :param str kind: kind of ledger entry
        :param Origin origin: the document that sells it
        :param dict request: as for :meth:`_issue`
        :rtype: list[dict]
        """
        self.ensure_one()
        entitlements = self.entitlement_ids.sorted("sequence")
        if not entitlements:
            return [
                self._prepare_event(
                    kind, origin, None, self.value, self.price, key=request["key"]
                )
            ]
        return [
            self._prepare_event(
                kind,
                origin,
                None,
                entitlement.value,
                entitlement.price,
                key=sold["key"],
                entitlement=entitlement,
                net=entitlement.net,
            )
            for entitlement, sold in zip(
                entitlements, request["entitlements"], strict=True
            )
        ]
