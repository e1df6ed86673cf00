# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.allocation import most_with_bonus, to_decimal

# how long a card that was only shown stays reserved: its till may have died meanwhile
PRESENTED_FOR = timedelta(minutes=30)


class PosPaymentMethod(models.Model):
    """A client presents a card at the payment: what it is, and its hold at once."""

    _inherit = "pos.payment.method"

    def giftcard_present(self, request):
        """Say what a card is and, where nothing needs deciding, hold what it can pay.

        One request instead of a look-up and a hold: the cashier sees the amount that is
        on hold, uses it as it is, sets another one under the next revision, or gives it
        back. Nothing is held of a card that is refused, that stands for entitlements,
        or that this redemption would end with something left on it; nor when the hold
        is refused: then the cashier's own request says why. It goes back by itself
        where neither another amount nor a line of the bill follows in time.

        Locks as :meth:`giftcard_hold_tender`, after the summary was read: the hold that
        comes with it is not in its figures.

        :param dict request: ``code``, as typed or scanned; ``key`` (the uuid that the
            payment line will have), ``session_id``, ``order_uuid``, ``order_name``,
            ``partner_id``, ``tax_groups`` and ``tips`` as of
            :meth:`giftcard_hold_tender`; and ``payable``, what the bill has for one
            more card, in the till's currency: ``with_tips``, ``without_tips``
        :return: as of :meth:`giftcard_lookup`, and ``hold``: as of
            :meth:`giftcard_hold_tender`, under revision 1, or False
        :rtype: dict
        :raises UserError: for who guessed too often, with the time to wait
        :raises AccessError: for whoever is not at this till
        """
        request = request if isinstance(request, dict) else {}
        session = self._get_giftcard_session_opened(request.get("session_id"))
        key, revision = self._parse_giftcard_key(request.get("key"), 1)
        card = self._find_giftcard_by_code(request.get("code"), session)
        summary = self._describe_giftcard(card, session)
        tax_groups = self._parse_giftcard_tax_groups(request, session)
        amount = self._propose_giftcard_amount(
            summary, request.get("payable"), tax_groups, session.currency_id
        )
        hold = amount and self._try_giftcard_hold(
            card, key, revision, {**request, "amount": amount}, tax_groups, session
        )
        return {**summary, "hold": hold or False}

    @api.model
    def _propose_giftcard_amount(self, summary, payable, tax_groups, currency):
        """Return what a card would pay of a bill, as the till's dialog proposes it.

        :param dict summary: of the card
        :param dict payable: as the till says it; no more than a wish
        :param list[dict] tax_groups: of :meth:`_parse_giftcard_tax_groups`
        :param currency: the till's
        :return: a decimal in this currency; 0 where somebody has to decide
        """
        if summary["refusal"] or summary.get("settles") != "tender":
            return 0
        digits = currency.decimal_places
        payable = payable if isinstance(payable, dict) else {}
        name = "with_tips" if summary["pays_tips"] else "without_tips"
        try:
            due = to_decimal(payable.get(name) or 0, digits)
        except ValueError:
            return 0
        supplies = sum(group["gross"] for group in tax_groups)
        pool = {
            column: to_decimal(amount, digits)
            for column, amount in summary["pool"].items()
        }
        most = max(min(due, pool["available"]), to_decimal(0, digits))
        amount = most_with_bonus(most, supplies, pool, digits)
        is_ended = summary["is_single_use"] and amount < pool["available"]
        return 0 if is_ended else amount

    def _try_giftcard_hold(self, card, key, revision, request, tax_groups, session):
        """Return the hold, or None where the card gives none just now."""
        try:
            # sudo: giftcard.card - the till was checked; cashiers have no right on it
            self._check_giftcard_posting_preconditions(card.sudo(), session.company_id)
            hold = self._hold_giftcard_tender(
                card,
                key,
                revision,
                request,
                tax_groups,
                session,
                lapses_at=fields.Datetime.now() + PRESENTED_FOR,
            )
        except UserError:
            return None
        return hold if hold["state"] == "held" else None
