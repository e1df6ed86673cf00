from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....tools.allocation import exact

MAX_KEY = 64
MAX_ID = 2**31 - 1


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
            is_single_use, pays_tips, bonus_left, refusal``; an unknown code:
            ``status`` and ``refusal`` only
        :rtype: dict
        :raises AccessError: for whoever is not at this till
        """
        session = self._check_giftcard_till(session_id)
        card = self._find_giftcard_by_code(code, session)
        return self._describe_giftcard(card, session)

    def _describe_giftcard(self, card, session):
        if not card:
            return {
                "status": "unknown",
                "refusal": self.env._(
                    "We do not know this code. Check it with the client."
                ),
            }
        card = card.with_company(session.company_id).sudo()
        refusal = self.env["giftcard.redemption"]._get_currency_refusal(
            card, session.currency_id
        )
        if refusal:
            # no figures: the till would show them in its own currency
            return {"status": card.status, "refusal": refusal}
        bonus = exact(card.available) - exact(card.available_consideration)
        return {**card._get_facts(), "bonus_left": float(bonus)}

    def giftcard_hold(self, request):
        """Reserve money on a card for a payment line of the bill.

        :param dict request: ``key`` (the payment line's uuid), ``revision``,
            ``amount`` in the till's currency, ``session_id``, ``order_uuid``,
            ``order_name``, ``partner_id``; ``code``, unless the key holds a card; and
            ``rates`` as for :meth:`_read_giftcard_rates`, what the card may pay
        :return: ``state, key, revision, amount, available, last4, again``, of the
            amount ``consideration``, what the payment line carries, and ``bonus``,
            split over ``discounts``: dicts of ``key`` and what makes a bill line
        :rtype: dict
        :raises UserError: a sentence to read out
        :raises AccessError: for whoever is not at this till
        """
        request = request if isinstance(request, dict) else {}
        session = self._check_giftcard_till(request.get("session_id"))
        key, revision = self._read_giftcard_key(
            request.get("key"), request.get("revision")
        )
        card = self._find_giftcard(request.get("code"), key, session)
        document = session._prepare_giftcard_document()
        document["name"] = self._read_giftcard_text(request.get("order_name"))
        document["key_of_document"] = self._read_giftcard_text(
            request.get("order_uuid")
        )
        document["partner_ref"] = self._read_giftcard_id(request.get("partner_id"))
        rates = self._read_giftcard_rates(request.get("rates"), session)
        self._check_giftcard_room(card, request.get("amount"), rates, session)
        answer = (
            self.env["giftcard.redemption"]
            .sudo()
            .with_company(session.company_id)
            ._hold(card, key, revision, request.get("amount"), document)
        )
        discounts = self._split_giftcard_bonus(answer, rates, session)
        return {**answer, "discounts": discounts}

    def giftcard_release(self, key, revision):
        """Give back what a payment line holds; the same call again does no harm.

        :param str key: the payment line's uuid
        :param int revision: higher than what the line was told before
        :return: as of :meth:`giftcard_hold`; state 'captured' when it is paid already
        :rtype: dict
        :raises AccessError: for whoever is not at a till of this company
        """
        self._check_giftcard_cashier()
        key, revision = self._read_giftcard_key(key, revision)
        self._find_giftcard_redemptions([key])
        answer = self.env["giftcard.redemption"].sudo()._release(key, revision)
        if answer["state"] == "captured":
            # bills are read by every cashier, balances are not
            answer.pop("available")
        return answer

    def giftcard_status(self, keys):
        """Say what the server knows of payment lines, after a reload say.

        :param list[str] keys: the payment lines' uuids
        :return: by key: ``state, amount, consideration, bonus, revision, last4,
            available``; when it is paid, the last is what was left on the card then
        :rtype: dict[str, dict]
        :raises AccessError: for whoever is not at a till of this company
        """
        self._check_giftcard_cashier()
        redemptions = self._find_giftcard_redemptions(keys)
        captured = redemptions.filtered(lambda use: use.state == "captured")
        payments = self.env["pos.payment"].search(
            [("uuid", "in", captured.mapped("key"))]
        )
        left = dict(payments.mapped(lambda paid: (paid.uuid, paid.giftcard_left)))
        for redemption in redemptions.filtered(lambda use: use.state == "held"):
            left[redemption.key] = redemption.card_id.available
        return {
            redemption.key: {
                "state": redemption.state,
                "amount": redemption.amount,
                "consideration": redemption.consideration,
                "bonus": redemption.bonus,
                "revision": redemption.revision,
                "last4": redemption.card_id.last4,
                "available": left.get(redemption.key, 0),
            }
            for redemption in redemptions
        }

    def _check_giftcard_cashier(self):
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Gift cards are used at the till."))
        if not self.giftcard_is_method:
            raise UserError(self.env._("This payment method does not take gift cards."))

    def _check_giftcard_till(self, session_id):
        """Return the session, if the caller stands at it and it takes gift cards."""
        self._check_giftcard_cashier()
        session = self.env["pos.session"].browse(self._read_giftcard_id(session_id))
        if not session.exists():
            raise UserError(self.env._("This till is not open. Open it first."))
        session.check_access("read")
        if (
            session.state != "opened"
            or self not in session.config_id.payment_method_ids
        ):
            raise UserError(
                self.env._("This till is not open for gift cards. Open it first.")
            )
        return session

    @api.model
    def _read_giftcard_id(self, number):
        # not isinstance: True is no number
        return number if type(number) is int and 0 < number <= MAX_ID else False

    @api.model
    def _read_giftcard_position(self, position_id):
        """Return the fiscal position that a till names, of those it may read."""
        known = [("id", "=", self._read_giftcard_id(position_id))]
        return self.env["account.fiscal.position"].search(known)

    @api.model
    def _read_giftcard_text(self, text):
        return "".join(filter(str.isprintable, str(text or "")))[:MAX_KEY]

    @api.model
    def _read_giftcard_key(self, key, revision):
        sound = isinstance(key, str) and 8 <= len(key) <= MAX_KEY and key.isprintable()
        if not sound or not self._read_giftcard_id(revision) or revision == MAX_ID:
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
            refusal = self.env._("We do not know this code. Check it with the client.")
        else:
            known = self._find_giftcard_redemptions([key])
            card = known.filtered(lambda use: use.state == "held").card_id
            refusal = self.env._(
                "Nothing is on hold here any more. Scan the card again."
            )
        if not card:
            raise UserError(refusal)
        self._check_giftcard_ready(card.sudo(), session.company_id)
        return card

    def _check_giftcard_ready(self, card, company):
        """Refuse at once what the till's closing could not post.

        :raises UserError: naming the setting to mend
        """
        if card.company_id == company:
            roles = card.type_id._get_account_roles()
            self.env["giftcard.accounting"]._check_ready(company, roles)

    def _find_giftcard_by_code(self, code, session):
        """Return the card of ``code``, or none; who guesses has to wait.

        Per user and salon: salons that share one login do not stop each other, and
        another till of the salon, or its next session, gives no more guesses.
        """
        salon = session.config_id.sudo()._get_giftcard_location()
        origin = f"user:{self.env.uid}:salon:{salon.id}"
        self.env["giftcard.attempt"]._check(origin)
        card = self.env["giftcard.card"]._find_by_code(code)
        if not card:
            self.env["giftcard.attempt"]._note(origin)
        return card

    def _find_giftcard_redemptions(self, keys):
        keys = keys[:100] if isinstance(keys, list) else []
        keys = [key for key in keys if isinstance(key, str) and key.isprintable()]
        found = self.env["giftcard.redemption"].sudo().search([("key", "in", keys)])
        if found.company_id - self.env.companies:
            raise AccessError(self.env._("This card is used in another company."))
        return found
