from odoo import models
from odoo.tools import format_amount


class PosPaymentMethod(models.Model):
    """A card whose money is on a bill of this very till: which one."""

    _inherit = "pos.payment.method"

    def _describe_giftcard(self, card, session):
        """Override to name the bills of this till that hold the card.

        Tills that share bills share this too. What other tills hold stays theirs.
        """
        facts = super()._describe_giftcard(card, session)
        if not facts.get("held"):
            return facts
        card = card.with_company(session.company_id).sudo()
        uses = card.hold_ids._filter_of_till(session)
        facts["parked"] = [
            {"bill": use.document_key, "name": use.source_name, "amount": use.amount}
            for use in uses.sorted("id")
        ]
        if uses and facts["refusal"] == card._empty_refusal():
            facts["refusal"] = self._say_giftcard_parked(card, uses)
        return facts

    def _say_giftcard_parked(self, card, uses):
        """Say which bills of this till hold all that this till may know of.

        :param card: ``giftcard.card`` record
        :param uses: ``giftcard.redemption`` records of this till
        :rtype: str
        """
        amount = format_amount(self.env, sum(uses.mapped("amount")), card.currency_id)
        bills = list(dict.fromkeys(uses.sorted("id").mapped("source_name")))
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
