# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import release_of_redemption, to_decimal

REDEMPTION_MONEY = (
    "amount",
    "consideration",
    "net",
    "forfeited",
    "forfeited_consideration",
    "forfeited_net",
)


class GiftcardRedemption(models.Model):
    """What a hold may take, and what that means for the accounts: nothing stored."""

    _inherit = "giftcard.redemption"

    @api.model
    def _parse_amount(self, amount, digits):
        try:
            wanted = to_decimal(amount, digits)
        except ValueError:
            wanted = 0
        if wanted <= 0:
            raise UserError(self.env._("Choose an amount of more than zero."))
        return wanted

    @api.model
    def _get_currency_refusal(self, card, currency):
        if card.currency_id == currency:
            return ""
        return self.env._(
            "Card %(card)s is in %(own)s, this bill is in %(other)s. "
            "Take another payment.",
            card=card.name,
            own=card.currency_id.name,
            other=currency.name,
        )

    @api.model
    def _check_currency(self, card, currency):
        if refusal := self._get_currency_refusal(card, currency):
            raise UserError(refusal)

    @api.model
    def _valuate_held(self, card, redemption, request):
        """Return what a key holds already, which a new hold of it puts back first.

        An amount is set, not added: what is available to it includes this.

        :param dict card: of :meth:`_lock_card`
        :param dict redemption: the locked row of the key, or None
        :param HoldRequest request: what is asked for now
        :return: ``face``, ``consideration`` and ``net`` as decimals, what is lost with
            the one use of a card included; zero when the key holds nothing
        :rtype: dict
        :raises UserError: when the key holds money of another card or entitlement
        """
        digits = request.digits
        if not redemption or redemption["state"] != "held":
            redemption = dict.fromkeys(REDEMPTION_MONEY, 0)
        elif (redemption["card_id"], redemption["entitlement_id"]) != (
            card["id"],
            request.entitlement_id,
        ):
            raise UserError(
                self.env._(
                    "This bill line already uses another gift card. "
                    "Remove the line and scan the card again."
                )
            )
        money = {
            column: to_decimal(redemption[column], digits)
            for column in REDEMPTION_MONEY
        }
        return {
            "face": money["amount"] + money["forfeited"],
            "consideration": money["consideration"] + money["forfeited_consideration"],
            "net": money["net"] + money["forfeited_net"],
        }

    @api.model
    def _get_hold_refusal(self, cr, row, request):
        """Say why not, from what the short transaction sees; else an empty text."""
        # sudo: res.company - the company of the document, seen or not
        company = request.origin.company.sudo()
        usable = row["state"] == "active" and not (
            row["valid_until"] and row["valid_until"] < request.today
        )
        is_issuer = row["company_id"] == company.id
        if usable and is_issuer and row["available"] >= request.amount:
            return ""
        card = self.env["giftcard.card"].browse(row["id"])
        card = card.with_env(self.env(cr=cr, su=True)).with_company(company.id)
        if not usable or not row["available"]:
            return card._get_refusal()
        if not is_issuer and (refusal := card._get_company_refusal(card.env.company)):
            return refusal
        if row["available"] >= request.amount:
            return ""
        return self.env._(
            "At most %s: that is what is left on the card.",
            format_amount(card.env, float(row["available"]), card.currency_id),
        )

    @api.model
    def _get_pool(self, card, key=None):
        """Return what decides on the bonus in a redemption, before it.

        :param card: ``giftcard.card`` record
        :param str key: the redemption valued anew: what it holds counts as remaining
        :return: decimals, as :func:`release_of_redemption` takes them for
            'consideration'
        :rtype: dict
        """
        digits = card.currency_id.decimal_places
        names = ("available", "available_consideration")
        pool = {
            name: to_decimal(card[name], digits)
            for name in (*names, "pool_face", "pool_consideration")
        }
        domain = [
            ("key", "=", key),
            ("state", "=", "held"),
            ("card_id", "=", card.id),
        ]
        held = self.search(domain) if key else self
        for name, columns in zip(
            names,
            (("amount", "forfeited"), ("consideration", "forfeited_consideration")),
            strict=True,
        ):
            pool[name] += sum(to_decimal(held[column], digits) for column in columns)
        return pool

    @api.model
    def _get_bonus_above_message(self, most, currency):
        """Say how much a card gives where its bonus is more than what it may lower."""
        if not most:
            return self.env._(
                "A bonus or a free card lowers what is sold, never a tip, and nothing "
                "else is left here. Take another payment for the tip."
            )
        return self.env._(
            "At most %s: the bonus of this card lowers what is sold, never a tip. Take "
            "another payment for the rest.",
            format_amount(self.env, float(most), currency),
        )

    @api.model
    def _valuate_redemption(self, card, request):
        """Fix what the redemption means for the accounts."""
        amount, digits = request.amount, request.digits
        valuation = dict.fromkeys(REDEMPTION_MONEY, to_decimal(0, digits))
        valuation["amount"] = amount
        valuation["consideration"] = release_of_redemption(
            amount, card, "consideration", digits
        )
        if card["entitlement_id"]:
            valuation["net"] = release_of_redemption(amount, card, "net", digits)
        if card["is_single_use"]:
            valuation["forfeited"] = card["available"] - amount
            valuation["forfeited_consideration"] = (
                card["available_consideration"] - valuation["consideration"]
            )
            if card["entitlement_id"]:
                valuation["forfeited_net"] = card["available_net"] - valuation["net"]
        return valuation
