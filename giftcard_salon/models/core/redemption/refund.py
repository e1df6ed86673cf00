# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import release_between, to_decimal


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    def _refund(self, amount, key, origin):
        """Put money back on the card it came from, in the document's transaction.

        When that card was lost, on the one that replaced it. The card gets back the
        paid part that the redemption took, by the same schedule (R5): parts of a refund
        add up to the redemption to the cent. Locks the card; two refunds of one
        redemption come one after the other by it.

        :param amount: value to give back, positive, in the card's currency
        :param str key: the document's own key of the refund
        :param Origin origin: the document that gives it back
        :return: the ledger entry of the refund
        :rtype: giftcard.entry
        :raises UserError: when more would come back than was taken
        """
        self.ensure_one()
        # sudo: giftcard.redemption - the document gives back, its user has no right
        redemption = self.sudo()
        card = redemption.card_id._get_current()
        entitlement = redemption.entitlement_id._get_current()
        digits = card.currency_id.decimal_places
        amount = to_decimal(amount, digits)
        card._lock()
        redemption.invalidate_recordset()
        used = to_decimal(redemption.amount, digits)
        before = to_decimal(redemption.refunded, digits)
        if redemption.state != "captured" or amount <= 0 or before + amount > used:
            raise UserError(self._get_refund_refusal(used - before, origin))
        self._check_currency(card, origin.currency)
        if card._is_over(card.company_id):
            raise UserError(card._get_over_message())
        companies = card.company_id._get_giftcard_entity() | redemption.company_id
        if origin.company not in companies:
            raise UserError(redemption._get_refunded_elsewhere_message())
        if card.state == "closed":
            raise UserError(card.with_company(card.company_id)._get_refusal())
        refund = {"kind": "refund", "face": amount}
        for what in ("consideration", "net"):
            total = to_decimal(redemption[what], digits)
            refund[what] = release_between(total, before, before + amount, used, digits)
        movements = [refund]
        if before + amount == used and redemption.forfeited:
            # the one redemption is undone in full: what it had ended comes back with it
            movements.append(
                {
                    "kind": "forfeit",
                    "face": to_decimal(redemption.forfeited, digits),
                    "consideration": to_decimal(
                        redemption.forfeited_consideration, digits
                    ),
                    "net": to_decimal(redemption.forfeited_net, digits),
                }
            )
        self.env["giftcard.card"]._move(
            self.env.cr,
            card.id,
            sum(back["face"] for back in movements),
            sum(back["consideration"] for back in movements),
            entitlement.id,
            sum(back["net"] for back in movements),
        )
        entries = self.env["giftcard.entry"]._append(
            [
                {
                    **back,
                    "card": card,
                    "entitlement": entitlement,
                    "redemption": redemption,
                    "key": key,
                    "origin": origin,
                    "partner_ref": redemption._get_ledger_partner_ref(
                        origin.partner_id or redemption.partner_ref
                    ),
                }
                for back in movements
            ]
        )
        return entries[0]

    def _get_ledger_partner_ref(self, partner_ref):
        """Return the client that the ledger of the card's company may know.

        A client of another company of the group alone is no business of it.

        :param int partner_ref: id of the client of the document; none without one
        """
        issuer = self.card_id.company_id
        if not partner_ref or self.company_id._is_giftcard_entity_of(issuer):
            return partner_ref
        client = self.env["res.partner"].browse(partner_ref).exists()
        is_foreign = client.company_id and client.company_id != issuer
        return False if is_foreign else partner_ref

    def _get_refunded_elsewhere_message(self):
        return self.env._(
            "Card %(card)s was used at %(company)s: it gets the money back there.",
            card=self.card_id._get_current().name,
            company=self.company_id.name,
        )

    def _get_refund_refusal(self, refundable, origin):
        # sudo: giftcard.redemption - the document gives back, its user has no right
        return self.env._(
            "Card %(card)s paid for this bill; at most %(left)s can go back to it. "
            "Lower the amount, or give the rest back another way.",
            card=self.sudo().card_id._get_current().name,
            left=format_amount(self.env, float(refundable), origin.currency),
        )
