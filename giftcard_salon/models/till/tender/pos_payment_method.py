# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.allocation import exact

MIN_KEY = 8
MAX_KEY = 64
MAX_ID = 2**31 - 1
# what one line is told in its life; far from where the column ends
MAX_REVISION = 10**6


class PosPaymentMethod(models.Model):
    """The till's own way to the cards: the only one a cashier has."""

    _inherit = "pos.payment.method"
    giftcard_is_method = fields.Boolean(compute="_compute_giftcard_is_method")

    def giftcard_lookup(self, code, session_id):
        """Say what a card is and whether it can pay here. Holds nothing.

        :param str code: as typed or scanned
        :param int session_id: the open till session
        :return: ``status, status_label, name, last4, available, held, value``
            (money in the card's currency), ``valid_until, good_for, where,
            is_single_use, pays_tips, bonus_remaining, pool, type_id, refusal``, and
            ``parked``, the bills of this till that hold it: ``bill`` (their uuid),
            ``name, amount``; an unknown code:
            ``status`` and ``refusal`` only
        :rtype: dict
        :raises AccessError: for whoever is not at this till
        """
        session = self._get_giftcard_session_opened(session_id)
        card = self._find_giftcard_by_code(code, session)
        return self._describe_giftcard(card, session)

    def _describe_giftcard(self, card, session):
        if not card:
            return {
                "status": "unknown",
                "refusal": self._get_unknown_giftcard_message(),
            }
        # sudo: giftcard.card - the till was checked; a cashier has no right on cards
        card = card.with_company(session.company_id).sudo()
        refusal = self.env["giftcard.redemption"]._get_currency_refusal(
            card, session.currency_id
        )
        if refusal:
            # no figures: the till would show them in its own currency
            return {"status": card.status, "refusal": refusal}
        bonus = exact(card.available) - exact(card.available_consideration)
        pool = self.env["giftcard.redemption"]._get_pool(card)
        return {
            **card._get_card_summary(),
            "bonus_remaining": float(bonus),
            "pool": {name: float(amount) for name, amount in pool.items()},
            "type_id": card.type_id.id,
        }

    def giftcard_hold_tender(self, request):
        """Reserve money on a card for a payment line of the bill.

        Committed when it returns, in a short transaction of its own that locks the
        redemption of the key, then the card.

        :param dict request: ``key`` (the payment line's uuid), ``revision``,
            ``amount`` in the till's currency, tax included, ``session_id``,
            ``order_uuid``, ``order_name``, ``partner_id``; ``code``, without which a
            line of this bill keeps or lowers what it holds; ``tax_groups`` as for
            :meth:`_parse_giftcard_tax_groups` (at most 50), what the card may pay
            without tips; and ``tips``, what it may pay of them
        :return: ``state, key, revision, amount, available, last4, again``, of the
            amount ``consideration``, what the payment line carries, and ``bonus``,
            split over ``discounts``: dicts of ``key`` and what makes a bill line
        :rtype: dict
        :raises UserError: a sentence to read out
        :raises AccessError: for whoever is not at this till
        """
        request = request if isinstance(request, dict) else {}
        session = self._get_giftcard_session_opened(request.get("session_id"))
        key, revision = self._parse_giftcard_key(
            request.get("key"), request.get("revision")
        )
        card = self._find_giftcard(request.get("code"), key, session)
        tax_groups = self._parse_giftcard_tax_groups(request, session)
        self._check_giftcard_payable(card, request, tax_groups, session)
        return self._hold_giftcard_tender(
            card, key, revision, request, tax_groups, session
        )

    def _hold_giftcard_tender(
        self, card, key, revision, request, tax_groups, session, lapses_at=None
    ):
        """Reserve money on a card that was found; as of :meth:`giftcard_hold_tender`.

        :param list[dict] tax_groups: of :meth:`_parse_giftcard_tax_groups`
        :param datetime.datetime lapses_at: when it goes back by itself; None: never
        :raises UserError: a sentence to read out
        """
        origin = replace(
            self._prepare_giftcard_hold(request, session), lapses_at=lapses_at
        )
        # sudo: giftcard.redemption - the till was checked; cashiers have no right on it
        response = (
            self.env["giftcard.redemption"]
            .sudo()
            .with_company(session.company_id)
            ._hold(
                card,
                key,
                revision,
                request.get("amount"),
                origin,
                is_shown=bool(request.get("code")),
            )
        )
        if response["state"] == "captured":
            # bills are read by every cashier, balances are not
            response.pop("available")
        discounts = self._split_giftcard_bonus(response, tax_groups, session)
        return {**response, "discounts": discounts}

    def _prepare_giftcard_hold(self, request, session):
        """Return the origin of a hold, as far as the till may say.

        :rtype: Origin
        :raises UserError: when the request names no bill: a hold is bound to one
        """
        bill = self._parse_giftcard_text(request.get("order_uuid"))
        if len(bill) < MIN_KEY:
            raise UserError(self._get_damaged_giftcard_line_message())
        return replace(
            session._prepare_giftcard_origin(),
            name=self._parse_giftcard_text(request.get("order_name")),
            key=bill,
            partner_id=self._parse_giftcard_id(request.get("partner_id")),
        )

    def giftcard_release(self, key, revision, session_id):
        """Give back what a payment line holds; the same call again does no harm.

        :param str key: the payment line's uuid
        :param int revision: higher than what the line was told before
        :param int session_id: the till session, open or about to be
        :return: as of :meth:`giftcard_hold_tender`; state 'captured' when it is paid
            already
        :rtype: dict
        :raises AccessError: for whoever is not at a till of this company
        """
        session = self._get_giftcard_session_not_closed(session_id)
        key, revision = self._parse_giftcard_key(key, revision)
        if not self._may_giftcard_claim_key(key, session):
            raise UserError(self._get_other_till_message())
        hold = self.env["giftcard.redemption"].sudo()._release(key, revision)
        if hold["state"] == "captured":
            # bills are read by every cashier, balances are not
            hold.pop("available")
        return hold

    def giftcard_status(self, keys, session_id):
        """Say what the server knows of payment lines, after a reload say.

        :param list[str] keys: the payment lines' uuids; those after the first 100 are
            dropped without a word
        :param int session_id: the till session, open or about to be
        :return: by key, for lines of this till's bills: ``state, amount,
            consideration, bonus, revision, last4, available``; when it is paid, the
            last is what was left on the card then
        :rtype: dict[str, dict]
        :raises AccessError: for whoever is not at a till of this company
        """
        session = self._get_giftcard_session_not_closed(session_id)
        redemptions = self._find_giftcard_redemptions(keys, session)
        captured = redemptions.filtered(
            lambda redemption: redemption.state == "captured"
        )
        payments = self.env["pos.payment"].search(
            [("uuid", "in", captured.mapped("key"))]
        )
        remaining = dict(
            payments.mapped(lambda paid: (paid.uuid, paid.giftcard_remaining))
        )
        for redemption in redemptions.filtered(
            lambda redemption: redemption.state == "held"
        ):
            remaining[redemption.key] = redemption.card_id.available
        return {
            redemption.key: {
                "state": redemption.state,
                "amount": redemption.amount,
                "consideration": redemption.consideration,
                "bonus": redemption.bonus,
                "revision": redemption.revision,
                "last4": redemption.card_id.last4,
                "available": remaining.get(redemption.key, 0),
            }
            for redemption in redemptions
        }

    @api.model
    def _parse_giftcard_id(self, number):
        # not isinstance: True is no number
        return number if type(number) is int and 0 < number <= MAX_ID else False

    @api.model
    def _parse_giftcard_position(self, position_id):
        """Return the fiscal position that a till names, of those it may read."""
        domain = [("id", "=", self._parse_giftcard_id(position_id))]
        return self.env["account.fiscal.position"].search(domain)

    @api.model
    def _parse_giftcard_text(self, text):
        return "".join(filter(str.isprintable, str(text or "")))[:MAX_KEY]

    @api.model
    def _parse_giftcard_key(self, key, revision):
        sound = isinstance(key, str) and MIN_KEY <= len(key) <= MAX_KEY
        number = self._parse_giftcard_id(revision)
        if not sound or not key.isprintable() or not 0 < number <= MAX_REVISION:
            raise UserError(
                self.env._("This payment line is damaged. Remove it and start again.")
            )
        return key, revision

    def _find_giftcard(self, code, key, session):
        """Return the card of ``code``, or the one that ``key`` holds just now.

        :raises UserError: a sentence to read out
        """
        if code:
            card = self._find_giftcard_by_code(code, session)
            refusal = self._get_unknown_giftcard_message()
        else:
            redemptions = self._find_giftcard_redemptions([key], session)
            card = redemptions.filtered(
                lambda redemption: redemption.state == "held"
            ).card_id
            refusal = self.env._(
                "Nothing is on hold here any more. Scan the card again."
            )
        if not card:
            raise UserError(refusal)
        # sudo: giftcard.card - the till was checked; a cashier has no right on cards
        self._check_giftcard_posting_preconditions(card.sudo(), session.company_id)
        return card

    def _check_giftcard_posting_preconditions(self, card, company):
        """Refuse at once what the till's closing could not post.

        :raises UserError: naming the setting to mend
        """
        if card.company_id == company:
            roles = card.type_id._get_account_roles()
            self.env["giftcard.accounting"]._check_posting_preconditions(company, roles)
