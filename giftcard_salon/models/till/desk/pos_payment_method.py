# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import re

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

LEAST_QUERY = 3
MOST_FOUND = 20
LAST_REDEMPTIONS = 5
PHONE = re.compile(r"[\d\s+().\-/]+")


class PosPaymentMethod(models.Model):
    """What a till does on request: balance, lost card, mistaken redemption."""

    _inherit = "pos.payment.method"

    def giftcard_balance(self, code, session_id):
        """Say what is on a card and how it was used last. Holds nothing.

        :param str code: as typed or scanned
        :param int session_id: the open till session
        :return: as of :meth:`giftcard_lookup`, and ``redemptions``, the last five:
            dicts of ``day``, ``where``, ``kind`` and signed ``amount``; no names, no
            items. Of a card of another company only those in this one; then ``is_own``
            is not set
        :rtype: dict
        :raises AccessError: for whoever is not at this till
        """
        session = self._get_giftcard_session_opened(session_id)
        card = self._find_giftcard_by_code(code, session).sudo()
        summary = self._describe_giftcard(card, session)
        if "last4" not in summary:
            return {**summary, "redemptions": []}
        kinds = dict(card.entry_ids._fields["kind"]._description_selection(self.env))
        moves = card.entry_ids.filtered("face")
        is_of_entity = card.company_id._is_giftcard_entity_of(session.company_id)
        if not is_of_entity:
            # what its own salons did with it is told by them
            moves = moves.filtered(
                lambda entry: entry.location_id.company_id == session.company_id
            )
        return {
            **summary,
            "is_own": is_of_entity,
            "redemptions": [
                {
                    "day": entry.day.isoformat(),
                    "where": entry.location_id.name or entry.company_id.name,
                    "kind": kinds[entry.kind],
                    "amount": entry.face,
                }
                for entry in moves[:LAST_REDEMPTIONS]
            ],
        }

    def giftcard_find(self, query, session_id):
        """Find cards of this legal entity without their code, for a client who lost it.

        In the till's own currency: it would show other figures in it as well.

        :param str query: at least three characters of a client's or recipient's name,
            a phone number, a bill's number, or a card's last four
        :param int session_id: the open till session
        :return: up to twenty cards as dicts, the newest first
        :rtype: list[dict]
        :raises AccessError: without the right of the desk
        """
        session = self._get_giftcard_desk_session(session_id)
        query = self._parse_giftcard_text(query).strip()
        if len(query) < LEAST_QUERY:
            raise UserError(
                self.env._("Type at least %s characters to search for.", LEAST_QUERY)
            )
        domain = self._get_giftcard_search_domain(query, session)
        cards = self.env["giftcard.card"].sudo().with_company(session.company_id)
        return [
            self._describe_found_giftcard(card)
            for card in cards.search(domain, limit=MOST_FOUND)
        ]

    def giftcard_reprint(self, card_id, session_id):
        """Return what the slip of a card needs, its code included. Recorded.

        :param int card_id: a card that :meth:`giftcard_find` returned
        :param int session_id: the open till session
        :rtype: dict
        :raises AccessError: without the right of the desk
        :raises UserError: when the card cannot be used any more
        """
        card, session = self._get_giftcard_for_desk(card_id, session_id)
        card._note_event("print", origin=session._prepare_giftcard_origin())
        return {
            "code": card._reveal(),
            "last4": card.last4,
            "name": card.type_id.name,
            "available": card.available,
            "entitlements": card.entitlement_ids._describe_remaining(),
            "valid_until": card.valid_until and card.valid_until.isoformat(),
            "recipient": card.recipient,
            "sender": card.sender,
            "is_pending": card.state == "pending",
            "is_single_use": card.is_single_use,
        }

    def giftcard_send(self, card_id, session_id, email):
        """Send a card's code by e-mail. Recorded.

        :param int card_id: a card that :meth:`giftcard_find` returned
        :param int session_id: the open till session
        :param str email: where the client reads it
        :return: ``text`` to show
        :rtype: dict
        :raises AccessError: without the right of the desk
        :raises UserError: when the address or the card will not do
        """
        card, session = self._get_giftcard_for_desk(card_id, session_id)
        origin = session._prepare_giftcard_origin()
        masked = card.with_env(self.env)._send_code(email, origin)
        return {"text": card._get_sending_text(masked)}

    def giftcard_undo_preview(self, order_id, session_id):
        """Say what :meth:`giftcard_undo` would do.

        :param int order_id: a paid bill
        :param int session_id: the open till session
        :return: ``text`` and ``refusal``, one of them empty
        :rtype: dict
        :raises AccessError: without the right of the desk
        """
        order, session = self._get_giftcard_bill(order_id, session_id)
        refusal = order._get_giftcard_undo_refusal(session)
        return {
            "refusal": refusal,
            "text": "" if refusal else order._get_giftcard_undo_effect(),
        }

    def giftcard_undo(self, order_id, session_id):
        """Give a whole bill back the way it was paid, its gift cards first.

        :param int order_id: a paid bill
        :param int session_id: the open till session
        :return: ``order_id`` of the refund, ``text`` to show
        :rtype: dict
        :raises AccessError: without the right of the desk
        :raises UserError: when the bill cannot be undone as a whole
        """
        order, session = self._get_giftcard_bill(order_id, session_id)
        text = order._get_giftcard_undo_effect()
        return {"order_id": order._undo_giftcards(session).id, "text": text}

    def giftcard_release_abandoned(self, session_id, ids):
        """Give back what bills of this till hold that will not come any more.

        :param int session_id: the session that is being closed
        :param list[int] ids: of holds, as listed by the closing data
        :return: the ids of those that hold nothing now
        :rtype: list[int]
        :raises AccessError: without the right of the desk
        """
        session = self._get_giftcard_desk_session(session_id)
        ids = ids if isinstance(ids, list) else []
        held = session._get_giftcard_holds().filtered(lambda hold: hold.id in ids)
        redemptions = self.env["giftcard.redemption"].sudo()
        for key in held.mapped("key"):
            redemptions._release(key, by_staff=True)
        return held.ids

    # === WHO MAY, AND WHAT === #

    def _get_giftcard_desk_session(self, session_id):
        """Return the session of an open till for whoever has the right of the desk.

        :param int session_id: as the till says
        :rtype: pos.session
        :raises AccessError: for whoever is not at this till, or without that right
        :raises UserError: when it is not open, or does not take gift cards
        """
        session = self._get_giftcard_session_opened(session_id)
        self.env["giftcard.card"]._check_desk()
        return session

    def _get_giftcard_for_desk(self, card_id, session_id):
        """Return a card that this till finds and that can still be used."""
        session = self._get_giftcard_desk_session(session_id)
        # sudo: giftcard.card - the till was checked; a cashier has no right on cards
        cards = self.env["giftcard.card"].sudo().with_company(session.company_id)
        card = cards.search(
            [
                ("id", "=", self._parse_giftcard_id(card_id)),
                ("company_id", "in", session.company_id._get_giftcard_entity().ids),
                ("currency_id", "=", session.currency_id.id),
            ]
        )
        if not card:
            raise UserError(self.env._("This card is not there. Search for it again."))
        if card.state not in ("active", "pending"):
            raise UserError(card._get_refusal())
        return card, session

    def _get_giftcard_bill(self, order_id, session_id):
        session = self._get_giftcard_desk_session(session_id)
        order = self.env["pos.order"].search(
            [
                ("id", "=", self._parse_giftcard_id(order_id)),
                ("company_id", "=", session.company_id.id),
            ]
        )
        if not order:
            raise AccessError(self.env._("This bill is not there. Load it again."))
        return order, session

    @api.model
    def _get_giftcard_search_domain(self, query, session):
        text = escape_psql(query)
        companies = session.company_id._get_giftcard_entity().ids
        people = self._search_giftcard_people(query)
        # sudo: pos.order.line - the desk finds cards by bills of every till
        lines = (
            self.env["pos.order.line"]
            .sudo()
            ._search(
                [
                    ("giftcard_card_id", "!=", False),
                    ("company_id", "in", companies),
                    "|",
                    ("order_id.pos_reference", "ilike", text),
                    ("order_id.name", "ilike", text),
                ]
            )
        )
        found = [
            Domain("recipient", "ilike", text),
            Domain("buyer_id", "in", people),
            Domain("holder_id", "in", people),
            Domain("id", "in", lines.subselect("giftcard_card_id")),
        ]
        last4 = query.lstrip("•").upper()
        if len(last4) == 4:
            found.append(Domain("last4", "=", last4))
        return Domain.OR(found) & self._get_giftcard_desk_domain(session)

    @api.model
    def _search_giftcard_people(self, query):
        """Return a query of the people whose name or phone number this is.

        A number is found however it is written, with the country's code or without.
        """
        people = self.env["res.partner"].sudo().with_context(active_test=False)
        domain = Domain("name", "ilike", escape_psql(query))
        digits = re.sub(r"\D", "", query).lstrip("0")
        if PHONE.fullmatch(query) and len(digits) >= LEAST_QUERY:
            domain |= Domain("phone_mobile_search", "ilike", digits)
        return people._search(domain)

    @api.model
    def _describe_found_giftcard(self, card):
        sold = card.entry_ids.filtered(lambda entry: entry.kind in ("sale", "issue"))
        return {
            "id": card.id,
            "last4": card.last4,
            "name": card.type_id.name,
            "status": card.status,
            "status_label": card.status_label,
            "available": card.available,
            "held": card.held,
            "entitlements": card.entitlement_ids._describe_remaining(),
            "valid_until": card.valid_until and card.valid_until.isoformat(),
            "buyer": card.buyer_id.name or "",
            "recipient": card.recipient or "",
            "sold_on": sold[:1].day and sold[:1].day.isoformat(),
            "sold_at": card.location_id.name or "",
            "bill": sold[:1].source_name or "",
        }
