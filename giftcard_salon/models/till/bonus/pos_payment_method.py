# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....tools.allocation import most_with_bonus, to_decimal
from ....tools.bonus import share_bonus

MAX_TAX_GROUPS = 50
MAX_KEY = 200


class PosPaymentMethod(models.Model):
    """The till asks how a card's bonus goes over the taxes of its bill."""

    _inherit = "pos.payment.method"

    @api.model
    def _parse_giftcard_tax_groups(self, request, session):
        """Return what a till says its supplies come to by tax group; just a wish.

        When the bill is paid the server's own totals count. Dropped without a word are
        groups after the first 50, those that are damaged or not over zero, and keys of
        more than 200 characters.

        :param dict request: its ``tax_groups`` are dicts of ``key`` (the till's own),
            ``tax_ids`` after the fiscal position, ``gross``, tax included, and
            ``discounted``, what discounts of other cards take off it
        :param session: ``pos.session``
        :return: dicts of ``key``, ``taxes`` records, ``gross`` as a decimal over
            zero, ``discounted`` as one from zero up
        :rtype: list[dict]
        """
        digits = session.currency_id.decimal_places
        wished, parsed = request.get("tax_groups"), []
        for group in wished[:MAX_TAX_GROUPS] if isinstance(wished, list) else []:
            try:
                gross = to_decimal(group["gross"], digits)
                discounted = to_decimal(group.get("discounted") or 0, digits)
                ids = [self._parse_giftcard_id(tax_id) for tax_id in group["tax_ids"]]
                key = str(group["key"])
                key.encode()  # the answer carries it
            except (KeyError, TypeError, ValueError):
                continue
            # sudo: account.tax, res.company - those that the till itself has loaded
            taxes = self.env["account.tax"].sudo().browse(filter(None, ids)).exists()
            company_taxes = taxes.filtered(
                lambda tax: tax.company_id in session.company_id.sudo().parent_ids
            )
            if gross > 0 and len(key) <= MAX_KEY:
                lowered = self.env["giftcard.accounting"]._get_tax_group(company_taxes)
                parsed.append(
                    {
                        "key": key,
                        "taxes": lowered,
                        "gross": gross,
                        "discounted": max(discounted, to_decimal(0, digits)),
                    }
                )
        return parsed

    @api.model
    def _check_giftcard_payable(self, card, request, tax_groups, session):
        """Refuse, before it is held, a bonus that has nowhere to go.

        :param card: ``giftcard.card`` record
        :param dict request: as for :meth:`giftcard_hold_tender`: ``key``, ``amount``
            and ``tips``, what the bill has of them for this card
        :param list[dict] tax_groups: of :meth:`_parse_giftcard_tax_groups`
        :param session: ``pos.session``
        :raises UserError: with what the card may pay
        """
        # sudo: giftcard.card, giftcard.redemption - the till was checked; a cashier
        # reads neither
        card = card.sudo()
        digits = session.currency_id.decimal_places
        try:
            wanted = to_decimal(request.get("amount"), digits)
            tips = to_decimal(request.get("tips") or 0, digits)
        except ValueError:
            return
        has_no_bonus = not session.currency_id.compare_amounts(
            card.pool_consideration, card.pool_face
        )
        # a till that says nothing of its bill: it is looked at when it is paid
        if has_no_bonus or not (tax_groups or tips):
            return
        supplies = sum(group["gross"] for group in tax_groups)
        payable = supplies + (max(tips, 0) if card.pays_tips else 0)
        if wanted > payable:
            raise UserError(
                self.env._(
                    "At most %s: that is what this card may pay on this bill.",
                    format_amount(self.env, float(payable), session.currency_id),
                )
            )
        redemptions = self.env["giftcard.redemption"].sudo()
        pool = redemptions._get_pool(card, request.get("key"))
        most = most_with_bonus(wanted, supplies, pool, digits)
        if wanted > most:
            raise UserError(
                redemptions._get_bonus_above_message(most, session.currency_id)
            )

    def _split_giftcard_bonus(self, hold, tax_groups, session):
        """Return the discount lines for what a hold gives as a bonus (R4).

        :param dict hold: what the card holds for the payment
        :param list[dict] tax_groups: of :meth:`_parse_giftcard_tax_groups`
        :param session: ``pos.session``
        :rtype: list[dict]
        """
        if hold["state"] != "held" or not hold["bonus"] or not tax_groups:
            return []
        company, currency = session.company_id, session.currency_id
        bonus = to_decimal(hold["bonus"], currency.decimal_places)
        weights = {index: group["gross"] for index, group in enumerate(tax_groups)}
        shares = share_bonus(bonus, weights, currency.decimal_places)
        # sudo: pos.order - a bill that is not there yet, to reckon with
        orders = self.env["pos.order"].sudo()
        split = orders.env["giftcard.accounting"]._split_discount
        lines = []
        for index, share in shares.items():
            group = tax_groups[index]
            discount = split(
                group["taxes"], share, group["discounted"], company, currency
            )
            line = orders._prepare_giftcard_discount_line(
                hold["key"], discount, currency
            )
            lines.append({"key": group["key"], **line})
        return lines

    def giftcard_refund_split(self, request):
        """Say what goes back on a card, and as which bill lines. Changes nothing.

        :param dict request: ``payment_id``, the redemption that money goes back to,
            ``amount`` in the till's currency, bonus included, ``key`` of the new
            payment line, ``session_id``, and ``tax_groups`` of what goes back
        :return: ``amount``, ``consideration``, ``bonus``, ``last4`` and ``discounts``
            as of :meth:`giftcard_hold_tender`, ``refunded_line_id`` in the last ones
        :rtype: dict
        :raises UserError: a sentence to read out
        :raises AccessError: for whoever is not at this till
        """
        request = request if isinstance(request, dict) else {}
        session = self._get_giftcard_session_opened(request.get("session_id"))
        key, _revision = self._parse_giftcard_key(request.get("key"), 1)
        used = self.env["pos.payment"].search(
            [
                ("id", "=", self._parse_giftcard_id(request.get("payment_id"))),
                ("company_id", "=", session.company_id.id),
            ]
        )
        if not used._get_giftcard_payments() or used.currency_id != session.currency_id:
            raise UserError(
                self.env._(
                    "This bill was not paid by gift card. Give the money back another "
                    "way."
                )
            )
        by_taxes = {}
        for group in self._parse_giftcard_tax_groups(request, session):
            taxes = group["taxes"]
            by_taxes[taxes] = by_taxes.get(taxes, 0) + group["gross"]
        return used.pos_order_id._plan_giftcard_return(
            used, request.get("amount"), key, by_taxes
        )
