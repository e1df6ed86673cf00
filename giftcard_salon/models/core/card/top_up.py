# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import exact, to_decimal


class GiftcardCard(models.Model):
    """Money that comes onto a card after it was made: printed cards, top-ups."""

    _inherit = "giftcard.card"

    # === TOP-UPS === #

    def _get_topup_refusal(self, card_type, company, currency):
        """Return why no money can be added to the card; else "".

        :param card_type: ``giftcard.type`` that is being sold
        :param company: ``res.company`` of the till
        :param currency: ``res.currency`` of the till
        :rtype: str
        """
        # sudo: giftcard.card - a cashier tops up cards without a right on them
        card = self.sudo().with_company(company)
        redemptions = self.env["giftcard.redemption"]
        if refusal := redemptions._get_currency_refusal(card, currency):
            return refusal
        if len(card.entitlement_ids) > 1 or card.entitlement_ids.filtered("quantity"):
            return self.env._(
                "This card stands for services: nothing can be added. Sell a new one."
            )
        if card.is_single_use:
            return self.env._(
                "This card can be used once: nothing can be added. Sell a new one."
            )
        if card.state != "active" or card.status == "expired":
            return card._get_refusal()
        if card.company_id != company:
            return card._get_company_refusal(company) or self.env._(
                "This card was sold by %s: money is added there. Sell a new one.",
                card.company_id.name,
            )
        if card.type_id != card_type:
            return self.env._(
                'This card is a "%s". Tap that one to add money to it.',
                card.type_id.name,
            )
        return ""

    def _top_up(self, card_type, amount, key, origin, price=None, net=None):
        """Add money that was paid for to an active card (case C08).

        The card is good for as long as a new one of its type, if that is longer. The
        schedule of what was paid for starts anew with the load (R5). Locks the card.

        :param card_type: ``giftcard.type`` that is being sold
        :param amount: value to add, tax included, in the card's currency
        :param str key: the document line's own key
        :param Origin origin: the document that sells it
        :param price: what was paid for it; the value, when left out
        :param net: the price without VAT, for a card whose VAT is counted at the sale
        :return: the ledger entry
        :rtype: giftcard.entry
        :raises UserError: when nothing can be added to this card
        """
        self.ensure_one()
        # sudo: giftcard.card - a cashier tops up cards without a right on them
        card = self.sudo()
        card._lock()
        company = origin.company
        if refusal := card._get_topup_refusal(card_type, company, origin.currency):
            raise UserError(refusal)
        price = amount if price is None else price
        card.type_id._check_sellable(price, company, card.currency_id, amount)
        card._check_most(amount)
        until = card.type_id._get_last_day(company, card._today(company))
        if card.valid_until and (not until or until > card.valid_until):
            card.valid_until = until
        if card._is_over(company):
            raise UserError(card._get_over_message())
        digits = card.currency_id.decimal_places
        money = [to_decimal(figure, digits) for figure in (amount, price, net or 0)]
        return card._change_face("topup", money, key, origin)

    def _check_most(self, amount):
        most, digits = self.type_id.amount_max, self.currency_id.decimal_places
        after = to_decimal(self.balance, digits) + to_decimal(amount, digits)
        if self.type_id.is_free_amount and after > to_decimal(most, digits):
            raise UserError(
                self.env._(
                    "At most %(most)s may be on one card, and %(left)s is on it. "
                    "Lower the amount, or sell a second card.",
                    most=format_amount(self.env, most, self.currency_id),
                    left=format_amount(self.env, self.balance, self.currency_id),
                )
            )

    def _take_back_topup(self, entry, key, origin):
        """Take money off the card that was added and is given back. Locks the card.

        :param entry: ``giftcard.entry`` of the top-up
        :param str key: the document line's own key
        :param Origin origin: the document that gives it back
        :return: the ledger entry
        :rtype: giftcard.entry
        :raises UserError: when it has been used since, or given back already
        """
        self.ensure_one()
        # sudo: giftcard.card - a cashier tops up cards without a right on them
        card = self.sudo()
        card._lock()
        digits = card.currency_id.decimal_places
        face, paid, net = (
            to_decimal(entry[name], digits) for name in ("face", "consideration", "net")
        )
        if face > to_decimal(card._sum_topups(), digits):
            raise UserError(
                self.env._(
                    "What was added to card %s has been given back already.", card.name
                )
            )
        pool = card.entitlement_ids or card
        is_there = face <= to_decimal(pool.available, digits) and paid <= to_decimal(
            pool.available_consideration, digits
        )
        if card.entitlement_ids:
            is_there &= net <= to_decimal(pool.available_net, digits)
        if card.state != "active" or not is_there:
            raise UserError(
                self.env._(
                    "Card %(card)s has %(left)s left: what was added to it has been "
                    "used. Nothing was given back.",
                    card=card.name,
                    left=format_amount(self.env, card.available, card.currency_id),
                )
            )
        return card._change_face("refund_topup", [-face, -paid, -net], key, origin)

    def _sum_topups(self, name="face"):
        """Return what the ledger knows as added to the card and not given back.

        :param str name: 'face', or 'consideration' for what was paid for it
        """
        kinds = ("topup", "refund_topup")
        entries = self._get_lost().entry_ids
        return sum(entries.filtered(lambda entry: entry.kind in kinds).mapped(name))

    def _change_face(self, kind, money, key, origin):
        """Change what was ever put on the locked card, and start its schedule anew.

        :param str kind: kind of ledger entry
        :param list money: signed value, price, and price without VAT
        :param str key: the document line's own key
        :param Origin origin: the document
        """
        face, paid, net = money
        entitlement = self.entitlement_ids
        self._move(self.env.cr, self.id, face, paid, entitlement.id, net)
        digits = self.currency_id.decimal_places
        for record, names in (
            (self, ("value", "price")),
            (entitlement, ("value", "price", "net")),
        ):
            if record:
                added = dict(zip(names, money, strict=False))
                record.write(
                    {
                        **{
                            name: to_decimal(record[name], digits) + added[name]
                            for name in names
                        },
                        **self._prepare_pool(record),
                    }
                )
        return self.env["giftcard.entry"]._append(
            [
                self._prepare_event(
                    kind,
                    origin,
                    None,
                    face,
                    paid,
                    key=key,
                    entitlement=entitlement,
                    net=net,
                    partner_ref=origin.partner_id,
                )
            ]
        )

    def _prepare_pool(self, record=None):
        """Return where the schedule of what was paid for starts now (R5).

        :param record: the card, or its one entitlement
        """
        record = self if record is None else record
        digits = self.currency_id.decimal_places
        held = self.redemption_ids.filtered(
            lambda redemption: redemption.state == "held"
        )
        pool = {
            "pool_face": to_decimal(record.available, digits)
            + sum(
                exact(redemption.amount) + exact(redemption.forfeited)
                for redemption in held
            )
        }
        kept = ("consideration", "net")
        for what in kept if record._name != self._name else kept[:1]:
            pool[f"pool_{what}"] = to_decimal(
                record[f"available_{what}"], digits
            ) + sum(
                exact(redemption[what]) + exact(redemption[f"forfeited_{what}"])
                for redemption in held
            )
        return pool
