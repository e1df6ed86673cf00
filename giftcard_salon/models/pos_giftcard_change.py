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
        parts = card.part_ids.filtered("available").sorted("sequence")
        if refusal := card._get_change_refusal():
            raise UserError(refusal)
        if len(set(keys)) != len(keys) or len(keys) < len(parts):
            raise UserError(self._damaged_giftcard_line())
        document = self._prepare_giftcard_hold(request, session)
        redemptions = (
            self.env["giftcard.redemption"].sudo().with_company(session.company_id)
        )
        held = []
        try:
            for key, part in zip(keys, parts, strict=False):
                amount = part.available
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
                for answer, part in zip(held, parts, strict=True)
            ],
        }
