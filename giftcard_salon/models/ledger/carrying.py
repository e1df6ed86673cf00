# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.allocation import exact, release_cumulative


class GiftcardEntry(models.Model):
    """What cards in another currency carry in the company's own.

    Money that comes in is worth what it was on that day. What leaves a card takes its
    part of that, the last redemption all that is left; what comes back brings what it
    took.
    """

    _inherit = "giftcard.entry"

    company_currency_id = fields.Many2one(
        string="Company currency", related="company_id.currency_id"
    )
    company_net = fields.Monetary(
        "Owed, in the company's currency",
        currency_field="company_currency_id",
        readonly=True,
        help="For cards in another currency: at the rate of the day on which the money "
        "came in.",
    )

    def _read_company_net(self):
        """Return by id what entries of cards in another currency carry.

        :return: decimals; entries older than this are not in it
        :rtype: dict
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT id, company_net FROM giftcard_entry
                    WHERE id IN %s AND company_net IS NOT NULL""",
                tuple(self.ids) or (0,),
            )
        )
        return {entry_id: exact(amount) for entry_id, amount in rows}

    @api.model
    def _with_carried(self, entries, days):
        """Return ``entries`` with what each carries in the company's currency.

        :param list[dict] entries: as for :meth:`_append`, with ``net`` as it is entered
        :param dict days: the day of the entries, by company
        :return: the entries, those in another currency with ``company_net``
        :rtype: list[dict]
        """
        cards = self.env["giftcard.card"].browse(
            [entry["card"].id for entry in entries]
        )
        # sudo: giftcard.card - the ledger is the server's, whoever causes an entry
        cards = cards.sudo()
        if len(cards.currency_id | cards.company_id.currency_id) == 1:
            return entries
        balances, carried = {}, []
        for entry in entries:
            # sudo: giftcard.card - the ledger is the server's, whoever causes an entry
            card = entry["card"].sudo()
            net = exact(entry["net"])
            if net and card.currency_id != card.company_id.currency_id:
                amount = self._value(entry, net, days[card.company_id], balances)
                entry = {**entry, "company_net": amount}
            carried.append(entry)
        return carried

    @api.model
    def _value(self, entry, net, day, balances):
        # sudo: giftcard.card - the ledger is the server's, whoever causes an entry
        card, entitlement = entry["card"].sudo(), entry.get("entitlement")
        key = card.id, entitlement.id if entitlement else None
        if key not in balances:
            balances[key] = self._sum_carried(
                card,
                SQL("card_id = %s AND entitlement_id IS NOT DISTINCT FROM %s", *key),
            )
        liability, worth = balances[key]
        if net < 0:
            released = self._share(worth, -net, liability, card)
            amount = self._convert(card, net, day) if released is None else -released
        else:
            amount = self._bring_back(entry, net, card, key[1])
            if amount is None:
                amount = self._convert(card, net, day)
        balances[key] = (liability + net, worth + amount)
        return amount

    @api.model
    def _bring_back(self, entry, net, card, entitlement_id):
        """Return what money that comes back to a card took away; None: it is new."""
        kind, redemption = entry["kind"], entry.get("redemption")
        if kind in ("refund", "forfeit") and redemption:
            kinds = ("forfeit",) if kind == "forfeit" else ("redeem", "refund")
            gone = SQL("redemption_id = %s AND kind IN %s", redemption.id, kinds)
        elif kind == "unexpire":
            gone = SQL(
                "card_id = %s AND entitlement_id IS NOT DISTINCT FROM %s"
                " AND kind IN %s",
                card.id,
                entitlement_id,
                ("expire", "unexpire"),
            )
        elif kind == "move_in":
            gone = SQL(
                """card_id = %s AND kind = 'move_out' AND net = %s
                   AND entitlement_id IS NOT DISTINCT FROM (
                       SELECT id FROM giftcard_entitlement WHERE moved_to_id = %s)""",
                entry["origin"].id,
                -net,
                entitlement_id,
            )
        else:
            return None
        liability, worth = self._sum_carried(card, gone)
        return self._share(-worth, net, -liability, card)

    @api.model
    def _sum_carried(self, card, where):
        """Return what entries come to in the card's and in the company's currency."""
        rows = self.env.execute_query(
            SQL("SELECT net, company_net, day FROM giftcard_entry WHERE %s", where)
        )
        liability = worth = Decimal(0)
        for net, amount, day in rows:
            liability += exact(net)
            # entered before ledgers kept it
            worth += self._convert(card, net, day) if amount is None else exact(amount)
        return liability, worth

    @api.model
    def _share(self, worth, share, whole, card):
        """Return the share of ``worth``; all of it with the last of the whole."""
        if whole <= 0:
            return None
        digits = card.company_id.currency_id.decimal_places
        return release_cumulative(worth, min(share, whole), whole, digits)

    @api.model
    def _convert(self, card, amount, day):
        currency = card.company_id.currency_id
        return exact(
            card.currency_id._convert(float(amount), currency, card.company_id, day)
        )
