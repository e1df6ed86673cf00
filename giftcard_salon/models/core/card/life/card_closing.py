# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from .....tools.allocation import exact, to_decimal

_logger = logging.getLogger(__name__)
ENDED = ("expire", "unexpire")
BATCH = 500


class GiftcardCard(models.Model):
    """What becomes of a card that nobody uses: it expires, or the State gets it."""

    _inherit = "giftcard.card"

    @api.model
    def _prepare_due_domain(self, company, with_grace=True):
        """Return which cards of ``company`` have expired and are not closed yet.

        A card that a bill holds money of just now waits until that is settled.

        :param company: ``res.company`` record
        :param bool with_grace: not before the days of grace are over
        :rtype: list
        """
        # sudo: res.company, giftcard.type - what a company decides counts for all of
        # its cards
        company_sudo = company.sudo()
        grace = company_sudo.giftcard_grace_days if with_grace else 0
        types = self.env["giftcard.type"].sudo().with_context(active_test=False)
        if company_sudo.giftcard_expiry_forbidden:
            type_condition = ("type_id", "=", False)
        elif company_sudo.giftcard_income_mode == "never":
            ends = types.search([("income_mode", "in", ("expiry", "proportion"))])
            type_condition = ("type_id", "in", ends.ids)
        else:
            kept = types.search([("income_mode", "=", "never")])
            type_condition = ("type_id", "not in", kept.ids)
        return [
            type_condition,
            ("company_id", "=", company.id),
            ("state", "in", ("active", "blocked")),
            ("valid_until", "<", self._today(company) - timedelta(days=grace)),
            ("available", ">", 0),
            ("redemption_ids", "not any", [("state", "=", "held")]),
        ]

    @api.model
    def _expire_due(self):
        """Close what has expired, in every company; the rest with the next run.

        One journal entry per company and run.
        """
        is_full = False
        sold = [("state", "in", ("active", "blocked")), ("valid_until", "!=", False)]
        for (company,) in self.sudo()._read_group(sold, ["company_id"]):
            cards = self.sudo().with_company(company)
            due = cards.search(
                self._prepare_due_domain(company), limit=BATCH, order="id"
            )
            try:
                with self.env.cr.savepoint():
                    due._expire()
            except UserError as error:
                _logger.warning("Gift cards of %s wait: %s", company.name, error)
            else:
                is_full |= len(due) == BATCH
        if is_full:
            self.env.ref("giftcard_salon.ir_cron_expire").sudo()._trigger()

    def _expire(self, reason=None):
        """Close expired cards; what is left on them is the company's now.

        :param str reason: what people gave as the reason
        :return: the ledger entries
        :rtype: giftcard.entry
        """
        return self._end("expire", "expired", reason)

    def _escheat(self, reason):
        """Close cards that nobody claims; what is left on them is the State's.

        Locks all of them before it looks at one.

        :param str reason: what people gave as the reason
        :return: the ledger entries
        :rtype: giftcard.entry
        :raises UserError: when a card is in use, closed or empty
        """
        # sudo: giftcard.card - the right was checked; only the server writes cards
        cards = self.sudo()
        cards._lock()
        for card in cards:
            if refusal := card._get_escheat_refusal():
                raise UserError(refusal)
        return cards._end("escheat", "escheated", self._parse_reason(reason))

    def _end(self, kind, close_reason, reason):
        """Close cards and take what is left of them out of the ledger.

        Locks all of them; the caller has seen that nothing is held, which the lock
        keeps so when it was taken before.

        :param str kind: kind of ledger entry, 'expire' or 'escheat'
        :param str close_reason: why they are closed
        :param str reason: what people gave as the reason
        :return: the ledger entries
        :rtype: giftcard.entry
        """
        # sudo: giftcard.card - the right was checked; only the server writes cards
        entries = self.env["giftcard.entry"].sudo()
        cards = self.sudo().with_context(tracking_disable=True)
        if not cards:
            return entries
        cards._lock()
        for card in cards:
            entries |= card._take_remaining(kind, reason=reason)
        cards._set_state("closed", ("active", "blocked"), close_reason)
        return entries

    def _get_escheat_refusal(self):
        """Say why the State does not get the rest of the card; else an empty text.

        :rtype: str
        """
        self.ensure_one()
        if self.state not in ("active", "blocked"):
            return self._get_state_refusal()
        if self.held:
            return self._get_held_refusal()
        if not exact(self.available):
            return self.env._("Nothing is left on card %s.", self.name)
        return ""

    def _sum_liability(self):
        """Return what the accounts owe for what is left on the cards.

        :rtype: float
        """
        return sum(
            sum(card.entitlement_ids.mapped("available_net"))
            if card.entitlement_ids
            else card.available_consideration
            for card in self
        )

    def _is_expiry_posted(self):
        """Tell whether what was left became income when the card expired."""
        self.ensure_one()
        return self.state == "closed" and self.close_reason == "expired"

    def _unexpire(self, reason):
        """Give back to the locked card what its expiry took.

        :param str reason: what people gave as the reason
        :return: the ledger entries
        :rtype: giftcard.entry
        """
        self.ensure_one()
        expired = self._sum_expired()
        events = []
        for entitlement, (face, paid, net) in expired.items():
            self._move(self.env.cr, self.id, -face, -paid, entitlement.id, -net)
            events.append(
                self._prepare_event(
                    "unexpire",
                    None,
                    reason,
                    -face,
                    -paid,
                    entitlement=entitlement,
                    net=-net,
                )
            )
        self._set_state(self._get_state_before(), ("closed",))
        # sudo: giftcard.entry - only the server appends to the ledger
        return self.env["giftcard.entry"].sudo()._append(events)

    def _sum_expired(self):
        """Return what expiry took and has not given back: by entitlement, signed.

        :return: value, paid part and what is owed of it, by ``giftcard.entitlement``
        :rtype: dict
        """
        sums = {}
        for entry in self.entry_ids.filtered(lambda entry: entry.kind in ENDED):
            money = map(exact, (entry.face, entry.consideration, entry.net))
            before = sums.get(entry.entitlement_id, (0, 0, 0))
            sums[entry.entitlement_id] = tuple(
                map(sum, zip(before, money, strict=True))
            )
        return {entitlement: money for entitlement, money in sums.items() if any(money)}

    def _get_state_before(self):
        """Return the state the card was in when it expired: blocked cards stay so."""
        block_entries = self.entry_ids.filtered(
            lambda entry: entry.kind in ("block", "unblock")
        )
        return (
            "blocked" if block_entries.sorted("id")[-1:].kind == "block" else "active"
        )

    def _cancel(self, close_reason, kind, key, origin, is_whole=True, reason=None):
        """Close a card and take what is left of it out of the ledger. Locks it.

        :param str close_reason: 'cancelled' or 'refunded'
        :param str kind: kind of ledger entry, 'cancel' or 'refund_sale'
        :param str key: the document line's own key
        :param Origin origin: the document that takes it back
        :param bool is_whole: refuse a card of which something was used
        :param str reason: what people gave as the reason
        :return: the ledger entries, one per entitlement of the card
        :rtype: giftcard.entry
        :raises UserError: when something was used, is held, or the card is closed
        """
        self.ensure_one()
        # sudo: giftcard.card - the right was checked; only the server writes cards
        card = self.sudo()
        card._lock()
        is_used = card.available != card.value if is_whole else not card.available
        if card.state == "closed" or card.held or is_used:
            raise UserError(card._get_cancel_refusal())
        entries = card._take_remaining(kind, origin, key, reason)
        card._set_state("closed", ("active", "pending", "blocked"), close_reason)
        return entries

    def _get_cancel_refusal(self):
        if self.replaced_by_id:
            return self.env._(
                "Card %(card)s was replaced by card %(new)s. Nothing was changed.",
                card=self.name,
                new=self.replaced_by_id.name,
            )
        if self.state == "closed":
            return self.env._("Card %s was given back already.", self.name)
        if self.held:
            return self._get_held_refusal()
        return self.env._(
            "Card %(card)s has been used: %(left)s of %(value)s is left. "
            "Only an unused card can be given back.",
            card=self.name,
            left=format_amount(self.env, self.available, self.currency_id),
            value=format_amount(self.env, self.value, self.currency_id),
        )

    def _take_remaining(self, kind, origin=None, key=None, reason=None):
        """Take all that is available off the locked card, entitlement by entitlement.

        :param str kind: kind of ledger entry
        :param Origin origin: where it comes from; by default the back office
        :param str key: the document line's own key; entitlements after the first add
            theirs
        :param str reason: what people gave as the reason
        :return: the ledger entries; none when nothing was left
        :rtype: giftcard.entry
        """
        self.ensure_one()
        digits = self.currency_id.decimal_places
        entries = []
        for pool in self.entitlement_ids.sorted("sequence") or [self]:
            face = to_decimal(pool.available, digits)
            paid = to_decimal(pool.available_consideration, digits)
            entitlement = (
                pool if pool._name == "giftcard.entitlement" else pool.entitlement_ids
            )
            net = to_decimal(entitlement.available_net, digits) if entitlement else paid
            if entitlement and not face:
                continue
            self._move(self.env.cr, self.id, -face, -paid, entitlement.id, -net)
            event = self._prepare_event(
                kind, origin, reason, -face, -paid, entitlement=entitlement, net=-net
            )
            if key:
                event["key"] = f"{key}/{entitlement.id}" if entries else key
            entries.append(event)
        # sudo: giftcard.entry - only the server appends to the ledger
        return (
            self.env["giftcard.entry"].sudo()._append(entries)
            if entries
            else (self.env["giftcard.entry"])
        )
