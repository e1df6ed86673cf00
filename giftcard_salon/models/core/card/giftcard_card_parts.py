from odoo import models

from ....tools.split import to_decimal

MONEY = ("value", "price", "net")


class GiftcardCard(models.Model):
    """Cards whose VAT was counted at their sale are made of parts."""

    _inherit = "giftcard.card"

    def _make_parts(self, requests):
        """Give a card that is being sold its parts, each with its full balance.

        :param list[dict] requests: per part ``name``, ``kind`` ('service', 'amount'
            or 'tip'), ``value``, ``price`` and ``net`` (the price without VAT) in the
            card's currency, ``quantity`` for a service, ``key`` of the document line
            that sells it, and what other layers keep with it
        :return: the parts, in order
        :rtype: giftcard.part
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
        return self.env["giftcard.part"].sudo().create(rows)

    def _prepare_sale_entries(self, kind, request):
        """Return what the ledger says of a card that was just made: one line per part.

        :param str kind: kind of ledger entry
        :param dict request: as for :meth:`_issue`
        :rtype: list[dict]
        """
        self.ensure_one()
        parts = self.part_ids.sorted("sequence")
        if not parts:
            return [
                self._prepare_event(
                    kind, None, self.value, self.price, key=request["key"]
                )
            ]
        return [
            self._prepare_event(
                kind,
                None,
                part.value,
                part.price,
                key=sold["key"],
                part=part,
                net=part.net,
            )
            for part, sold in zip(parts, request["parts"], strict=True)
        ]

    def _take_rest(self, kind, source, key=None, reason=None):
        """Take all that is available off the locked card, part by part.

        :param str kind: kind of ledger entry
        :param dict source: document, as for :meth:`_issue`; None: the back office
        :param str key: the document line's own key; parts after the first add theirs
        :param str reason: what people gave as the reason
        :return: the ledger entries; none when nothing was left
        :rtype: giftcard.entry
        """
        self.ensure_one()
        digits = self.currency_id.decimal_places
        entries = []
        for pool in self.part_ids.sorted("sequence") or [self]:
            face = to_decimal(pool.available, digits)
            paid = to_decimal(pool.available_consideration, digits)
            part = pool if pool._name == "giftcard.part" else pool.part_ids
            net = to_decimal(part.available_net, digits) if part else paid
            if part and not face:
                continue
            self._move(self.env.cr, self.id, -face, -paid, part.id, -net)
            event = self._prepare_event(kind, reason, -face, -paid, part=part, net=-net)
            if key:
                event["key"] = f"{key}/{part.id}" if entries else key
            entries.append({**event, **self._prepare_source(source)})
        return (
            self.env["giftcard.entry"].sudo()._post(entries)
            if entries
            else (self.env["giftcard.entry"])
        )
