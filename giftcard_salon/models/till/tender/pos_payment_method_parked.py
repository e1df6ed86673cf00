# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.tools import format_amount


class PosPaymentMethod(models.Model):
    """A card whose money is on a bill of this very till: which one."""

    _inherit = "pos.payment.method"

    def _describe_giftcard(self, card, session):
        """Override to name the bills of this till that hold the card.

        Tills that share bills share this too. What other tills hold stays theirs.
        """
        summary = super()._describe_giftcard(card, session)
        if not summary.get("held"):
            return summary
        card = card.with_company(session.company_id).sudo()
        holds = card.hold_ids._filter_of_till(session)
        summary["parked"] = [
            {"bill": hold.document_key, "name": hold.source_name, "amount": hold.amount}
            for hold in holds.sorted("id")
        ]
        if holds and summary["refusal"] == card._get_empty_refusal():
            summary["refusal"] = self._get_giftcard_parked_message(card, holds)
        return summary

    def _get_giftcard_parked_message(self, card, holds):
        """Say which bills of this till hold all that this till may know of.

        :param card: ``giftcard.card`` record
        :param holds: ``giftcard.redemption`` records of this till
        :rtype: str
        """
        amount = format_amount(self.env, sum(holds.mapped("amount")), card.currency_id)
        bills = list(dict.fromkeys(holds.sorted("id").mapped("source_name")))
        if len(bills) > 1:
            return self.env._(
                "%(amount)s of this card is on the bills %(bills)s of this till. Open "
                "them to go on there, or to take the card off.",
                amount=amount,
                bills=", ".join(bills),
            )
        return self.env._(
            "%(amount)s of this card is on bill %(bill)s of this till. Open it to go "
            "on there, or to take the card off.",
            amount=amount,
            bill=bills[0],
        )
