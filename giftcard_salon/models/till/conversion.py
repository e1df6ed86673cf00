from odoo import models
from odoo.exceptions import UserError


class PosPaymentMethod(models.Model):
    """Changing a single-purpose card into a gift card, in the bill that it pays."""

    _inherit = "pos.payment.method"

    def giftcard_hold(self, request):
        """Override: hold all parts of a card that is to be changed.

        :param dict request: as for a single-purpose card, with ``change`` instead of
            ``uses``: ``keys``, the uuids of the credit lines, as many as the card has
            parts with something left
        :return: ``state``, ``amount`` (what the gift card will have), ``last4`` and
            ``lines``: per credit line ``key``, ``revision``, ``name``, ``tax_ids`` and
            ``amounts`` of one unit (its quantity is -1)
        :rtype: dict
        :raises UserError: a sentence to read out; then nothing is held
        """
        if not isinstance(request, dict) or "change" not in request:
            return super().giftcard_hold(request)
        session = self._check_giftcard_till(request.get("session_id"))
        change = request["change"] if isinstance(request["change"], dict) else {}
        keys = change.get("keys") if isinstance(change.get("keys"), list) else []
        keys = [self._read_giftcard_key(key, 1)[0] for key in keys]
        card = self._find_giftcard(request.get("code"), "", session).sudo()
        card = card.with_company(session.company_id)
        known = self._find_giftcard_redemptions(keys).sudo()
        if self._is_giftcard_change_held(card, known):
            # the same once more: the answer was lost
            told = {use.key: use for use in known}
            wanted = [
                (key, told[key].part_id, told[key].amount)
                for key in keys
                if key in told
            ]
        else:
            wanted = self._get_giftcard_change(card, keys)
        document = self._prepare_giftcard_hold(request, session)
        redemptions = (
            self.env["giftcard.redemption"].sudo().with_company(session.company_id)
        )
        held = []
        try:
            for key, part, amount in wanted:
                held.append(
                    redemptions._hold(card, key, 1, amount, document, part=part)
                )
        except UserError:
            for answer in held:
                redemptions._release(answer["key"], answer["revision"])
            raise
        accounting = self.env["giftcard.accounting"]
        return {
            "state": "held",
            "last4": card.last4,
            "amount": sum(answer["amount"] for answer in held),
            "lines": [
                {
                    "key": answer["key"],
                    "revision": answer["revision"],
                    "name": part.name,
                    "tax_ids": part._get_taxes(session.company_id).ids,
                    "amounts": self._tell_giftcard_amounts(
                        accounting._prepare_pair(
                            part, answer, part._get_taxes(session.company_id)
                        )["deduction"]
                    ),
                }
                for answer, (_key, part, _amount) in zip(held, wanted, strict=True)
            ],
        }

    def _is_giftcard_change_held(self, card, held):
        """Tell whether these holds are all of a card that may be changed."""
        return (
            held
            and held.card_id == card
            and card.company_id == card.env.company
            and set(held.mapped("state")) == {"held"}
            and not any(held.mapped("bonus"))
            and not card.available
            and not card.currency_id.compare_amounts(
                card.held, sum(held.mapped("amount"))
            )
        )

    def _get_giftcard_change(self, card, keys):
        """Return what is held of a card that is to be changed: all that is left.

        :return: triples of a key, a ``giftcard.part`` and an amount
        :rtype: list[tuple]
        :raises UserError: when the card stays what it is
        """
        parts = card.part_ids.filtered("available").sorted("sequence")
        if refusal := card._get_change_refusal():
            raise UserError(refusal)
        if len(set(keys)) != len(keys) or len(keys) < len(parts):
            raise UserError(self._damaged_giftcard_line())
        return [
            (key, part, part.available) for key, part in zip(keys, parts, strict=False)
        ]
