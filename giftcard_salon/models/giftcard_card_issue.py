from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..tools import code as card_code
from ..tools.split import to_decimal


class GiftcardCard(models.Model):
    _inherit = "giftcard.card"

    @api.model
    def _issue(self, card_type, requests, source):
        """Make cards and enter their value in the ledger.

        Belongs to the transaction of the document that sells them: cards and
        document exist both or neither.

        :param card_type: ``giftcard.type`` record
        :param list[dict] requests: per card ``key`` (the document line's own key,
            one effect per key), ``value`` in the type's currency, and optionally
            ``recipient``, ``sender``, ``message``, ``buyer_id``
        :param dict source: ``kind`` of ledger entry ('sale' or 'issue'), ``company``,
            ``location``, ``channel``, ``model``, ``id``, ``name``, and optionally
            the ``reason`` that people gave
        :return: the cards, in the order of the requests
        :rtype: giftcard.card
        :raises UserError: when the type does not offer an amount
        """
        company, location = source["company"], source["location"]
        today = self._today(company)
        valid_until = card_type._get_valid_until(today)
        if valid_until and valid_until < today:
            raise UserError(
                self.env._(
                    "%s would be expired at its sale. Ask a manager to give it a "
                    "later date.",
                    card_type.display_name,
                )
            )
        vals_list = []
        for request in requests:
            value = request["value"]
            card_type._check_sellable(value, company, card_type.currency_id)
            vals_list.append(
                {
                    **self._prepare_code(card_code.draw()),
                    "type_id": card_type.id,
                    "company_id": company.id,
                    "location_id": location.id,
                    "currency_id": card_type.currency_id.id,
                    "vat_mode": card_type.vat_mode,
                    "is_single_use": card_type.is_single_use,
                    "pays_tips": card_type.pays_tips,
                    "valid_until": valid_until,
                    "sold_at": fields.Datetime.now(),
                    "seller_id": self.env.uid,
                    "state": "active",
                    "value": value,
                    "price": value,
                    "available": value,
                    "available_consideration": value,
                    "pool_face": value,
                    "pool_consideration": value,
                    "recipient": request.get("recipient"),
                    "sender": request.get("sender"),
                    "message": request.get("message"),
                    "buyer_id": request.get("buyer_id"),
                    "holder_id": request.get("buyer_id"),
                }
            )
        cards = self.sudo().with_context(tracking_disable=True).create(vals_list)
        self.env["giftcard.entry"]._post(
            [
                {
                    "card": card,
                    "kind": source["kind"],
                    "face": card.value,
                    "consideration": card.price,
                    "key": request["key"],
                    "company": company,
                    "location": location,
                    "channel": source["channel"],
                    "source": (source["model"], source["id"], source["name"]),
                    "partner_ref": request.get("buyer_id"),
                    "reason": source.get("reason"),
                }
                for card, request in zip(cards, requests, strict=True)
            ]
        )
        return cards.sudo(False)

    def _cancel(self, reason, kind, key, source):
        """Close an unused card and take its value out of the ledger.

        :param str reason: 'cancelled' or 'refunded'
        :param str kind: kind of ledger entry, 'cancel' or 'refund_sale'
        :param str key: the document line's own key
        :param dict source: ``company``, ``location``, ``channel``, ``model``, ``id``,
            ``name`` of the document, and optionally the ``reason`` that people gave
        :return: the ledger entry
        :rtype: giftcard.entry
        :raises UserError: when something was used, is held, or the card is closed
        """
        self.ensure_one()
        card = self.sudo()
        card._lock()
        if card.state == "closed" or card.available != card.value:
            raise UserError(card._cancel_refusal())
        digits = card.currency_id.decimal_places
        face = to_decimal(card.available, digits)
        consideration = to_decimal(card.available_consideration, digits)
        self._move(self.env.cr, card.id, -face, -consideration)
        card._set_state("closed", ("active", "pending", "blocked"), reason)
        return self.env["giftcard.entry"]._post(
            [
                {
                    "card": card,
                    "kind": kind,
                    "face": -face,
                    "consideration": -consideration,
                    "key": key,
                    "company": source["company"],
                    "location": source["location"],
                    "channel": source["channel"],
                    "source": (source["model"], source["id"], source["name"]),
                    "reason": source.get("reason"),
                }
            ]
        )

    def _cancel_refusal(self):
        if self.replaced_by_id:
            return self.env._(
                "Card %(card)s was replaced by card %(new)s. Nothing was changed.",
                card=self.name,
                new=self.replaced_by_id.name,
            )
        if self.state == "closed":
            return self.env._("Card %s was given back already.", self.name)
        if self.held:
            return self.env._(
                "%(amount)s of card %(card)s is being used right now. "
                "Release it first, then try again.",
                amount=format_amount(self.env, self.held, self.currency_id),
                card=self.name,
            )
        return self.env._(
            "Card %(card)s has been used: %(left)s of %(value)s is left. "
            "Only an unused card can be given back.",
            card=self.name,
            left=format_amount(self.env, self.available, self.currency_id),
            value=format_amount(self.env, self.value, self.currency_id),
        )
