# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...core.rows import fill_cache

# of one request
MOST_KEYS = 100
# what a scan needs of rows that are wide
METHOD = ("active", "company_id", "use_payment_terminal")
SESSION = ("config_id", "name", "state")
CONFIG = ("company_id", "currency_id", "giftcard_location_id")


class PosPaymentMethod(models.Model):
    """Who asks at a till, and which redemptions of cards are theirs to ask for."""

    _inherit = "pos.payment.method"

    def _check_giftcard_cashier(self):
        self.ensure_one()
        # sudo: pos.payment.method - of a wide row what is asked for; the right to read
        # it comes next
        self.sudo().fetch(METHOD)
        self.check_access("read")
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Gift cards are used at the till."))
        if not self.giftcard_is_method:
            raise UserError(self.env._("This payment method does not take gift cards."))

    def _get_giftcard_session_not_closed(self, session_id):
        """Return the session of a till that takes gift cards, open or about to be.

        For keeping, lowering or freeing what the till's bills hold, no more: a till
        asks for it also while its session is being opened or closed.
        :meth:`_get_giftcard_session_opened` is for all the rest.

        A till is whoever names its session: Odoo lets every cashier of a company open
        each of its tills.

        :param int session_id: as the till says
        :rtype: pos.session
        :raises AccessError: for whoever is not at a till of this company
        :raises UserError: when it is closed, or does not take gift cards
        """
        self._check_giftcard_cashier()
        session, is_method = self._find_giftcard_session(session_id)
        session.check_access("read")
        if not session or session.state == "closed":
            raise UserError(self.env._("This till is not open. Open it first."))
        if not (self.active and is_method):
            raise UserError(
                self.env._("This till is not open for gift cards. Open it first.")
            )
        return session

    def _find_giftcard_session(self, session_id):
        """Return a session, or none, and whether its till has this payment method.

        One statement for what each request asks of two wide rows and of what links
        them to the method; the caller checks the right to read the session.

        :param session_id: as the till says it
        :rtype: tuple
        """
        # sudo: pos.session, pos.config - of wide rows what is asked for; the caller
        # checks the right to read them
        session = self.env["pos.session"].sudo().browse()
        config = self.env["pos.config"].sudo()
        link = config._fields["payment_method_ids"]
        of_session = [session._field_to_sql("session", name) for name in SESSION]
        of_till = [config._field_to_sql("config", name) for name in CONFIG]
        rows = self.env.execute_query(
            SQL(
                """SELECT session.id, EXISTS (
                              SELECT 1 FROM %s WHERE %s = config.id AND %s = %s), %s
                     FROM pos_session session
                     JOIN pos_config config ON config.id = session.config_id
                    WHERE session.id = %s""",
                SQL.identifier(link.relation, to_flush=link),
                SQL.identifier(link.column1),
                SQL.identifier(link.column2),
                self.id,
                SQL(", ").join([*of_session, *of_till]),
                self._parse_giftcard_id(session_id) or None,
            )
        )
        if not rows:
            return session.sudo(False), False
        number, is_method, *values = rows[0]
        values = [[value] for value in values]
        session = session.browse(number)
        fill_cache(session, dict(zip(SESSION, values, strict=False)))
        of_till = dict(zip(CONFIG, values[len(SESSION) :], strict=True))
        fill_cache(session.config_id, of_till)
        return session.sudo(False), is_method

    def _get_giftcard_session_opened(self, session_id):
        """Return the session of a till that sells: in state 'opened', not before.

        For looking at cards, holding and selling them.

        :param int session_id: as the till says
        :rtype: pos.session
        :raises AccessError: for whoever is not at a till of this company
        :raises UserError: when it is not open, or does not take gift cards
        """
        session = self._get_giftcard_session_not_closed(session_id)
        if session.state != "opened":
            raise UserError(
                self.env._("This till is not open for gift cards. Open it first.")
            )
        return session

    @api.model
    def _check_giftcard_guesses(self, session):
        """Return who asks, for counting; who guessed too often has to wait.

        :param session: ``pos.session`` that asks
        :return: user and salon, as ``giftcard.attempt`` counts them
        :rtype: str
        :raises UserError: with the time to wait
        """
        # sudo: pos.config - only where the till stands
        salon = session.config_id.sudo()._get_giftcard_location()
        guesser = f"user:{self.env.uid}:salon:{salon.id}"
        self.env["giftcard.attempt"]._check(guesser)
        return guesser

    def _find_giftcard_by_code(self, code, session):
        """Return the card of ``code``, or none; who guesses has to wait.

        Per user and salon: salons that share one login do not stop each other, and
        another till of the salon, or its next session, gives no more guesses.
        """
        guesser = self._check_giftcard_guesses(session)
        card = self.env["giftcard.card"]._find_by_code(code)
        if not card:
            self.env["giftcard.attempt"]._note(guesser)
        return card

    @api.model
    def _get_unknown_giftcard_message(self):
        return self.env._("We do not know this code. Check it with the client.")

    def _find_giftcard_redemptions(self, keys, session):
        """Return the redemptions of cards on bills of this till.

        A till may ask for keys that nobody knows, after a reload say. Asking for what
        another document holds is counted like a code that nobody knows.

        :param list[str] keys: uuids of payments and bill lines; those after the first
            100, and what is no text, are dropped without a word
        :param session: ``pos.session`` that asks
        :rtype: giftcard.redemption
        """
        keys = keys[:MOST_KEYS] if isinstance(keys, list) else []
        keys = [key for key in keys if isinstance(key, str) and key.isprintable()]
        # sudo: giftcard.redemption - the till was checked; a cashier has no right on
        # them
        found = self.env["giftcard.redemption"].sudo().search([("key", "in", keys)])
        of_till = found._filter_of_till(session)
        if found - of_till:
            guesser = self._check_giftcard_guesses(session)
            for _redemption in found - of_till:
                self.env["giftcard.attempt"]._note(guesser)
        return of_till

    def _may_giftcard_claim_key(self, key, session):
        """Tell whether a till may act on a key: on its bills, or nowhere yet.

        :param str key: uuid of a payment or bill line
        :param session: ``pos.session`` that asks
        :rtype: bool
        :raises UserError: for who guessed too often
        """
        of_till = self._find_giftcard_redemptions([key], session)
        # sudo: giftcard.redemption - the till was checked; a cashier has no right on
        # them
        redemptions = self.env["giftcard.redemption"].sudo()
        return bool(of_till) or not redemptions.search_count(
            [("key", "=", key)], limit=1
        )

    def _get_other_till_message(self):
        return self.env._(
            "This gift card is reserved by another till or the office: they give it "
            "back, or a gift card manager does."
        )
