# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ....tools.allocation import to_decimal
from ....tools.keys import card_code

MAX_STOCK = 1000
MIN_LENGTH = 8


class GiftcardCard(models.Model):
    """Printed cards in stock: they have a number and are worth nothing until sold."""

    _inherit = "giftcard.card"

    @api.model
    def _prepare_stock(self, card_type, location, numbers):
        """Make cards that are printed before they are sold.

        They are drafts: without value, in no account, and refused by every till until
        one of them sells them.

        :param card_type: ``giftcard.type`` record
        :param location: ``giftcard.location`` that keeps the stock
        :param list[str] numbers: codes as printed; as from :meth:`_draw_numbers`
        :return: the cards, in the order of the numbers
        :rtype: giftcard.card
        :raises AccessError: without the rights of a manager and to see codes
        :raises UserError: when a number is wrong, twice in the list, or known
        """
        self._check_stock_rights()
        if location.company_id not in self.env.companies:
            raise AccessError(
                self.env._("Printed cards are prepared for your own companies.")
            )
        codes = self._parse_numbers(numbers)
        terms = {
            "type_id": card_type.id,
            "company_id": location.company_id.id,
            "location_id": location.id,
            "currency_id": card_type.currency_id.id,
            "vat_mode": card_type.vat_mode,
            "state": "draft",
        }
        cards = self._make([terms] * len(codes), codes)
        cards._note_event("print")
        return cards.sudo(False)

    def _check_stock_rights(self):
        self._check_manager()
        if not self.env.user.has_group("giftcard_salon.group_see_codes"):
            raise AccessError(
                self.env._(
                    "Printed cards show their codes, and you may not see codes. Ask "
                    "the administrator for the right."
                )
            )

    @api.model
    def _draw_numbers(self, count):
        """Return ``count`` new codes.

        :raises UserError: outside of what is made in one go
        """
        self._check_count(count)
        return [card_code.draw() for _number in range(count)]

    @api.model
    def _check_count(self, count):
        if not 1 <= count <= MAX_STOCK:
            raise UserError(
                self.env._("Prepare from 1 to %s cards in one go.", MAX_STOCK)
            )

    @api.model
    def _parse_numbers(self, numbers):
        """Return the codes that ``numbers`` stand for, or say which one is wrong."""
        self._check_count(len(numbers))
        codes, seen = [], set()
        for line, number in enumerate(numbers, 1):
            code = card_code.normalise(number)
            if len(code) < MIN_LENGTH or not code.isalnum() or not code.isascii():
                raise UserError(
                    self.env._(
                        "Line %(line)s is no card number: it needs %(length)s letters "
                        "and digits or more.",
                        line=line,
                        length=MIN_LENGTH,
                    )
                )
            if code in seen:
                raise UserError(
                    self.env._(
                        "Line %(line)s, ending in %(last4)s, is twice in the list.",
                        line=line,
                        last4=card_code.last_four(code),
                    )
                )
            seen.add(code)
            codes.append(code)
        digests = {
            digest: code for code in codes for digest in self._keyring().digests(code)
        }
        # sudo: giftcard.card - a number may be of another company's card
        existing = self.sudo().search([("code_hash", "in", list(digests))], limit=1)
        if existing:
            raise UserError(
                self.env._(
                    "A card with the number ending in %s exists already. Take it off "
                    "the list.",
                    existing.last4,
                )
            )
        return codes

    def _export_stock(self):
        """Return what the printer needs, one row per card: number, groups, last four.

        Each time is a look at these codes, and is recorded.

        Cards that were sold meanwhile are money: their codes are left out.

        :rtype: list[tuple]
        :raises AccessError: without the rights of a manager and to see codes
        """
        self._check_stock_rights()
        self._check_user_company()
        rows = []
        kept = self.filtered(lambda card: card.state == "draft")
        if kept:
            kept._note_event("show")
        for card in kept:
            code = card._reveal()
            rows.append((code, card_code.grouped(code), card.last4))
        return rows

    # === PRINTED CARDS === #

    def _get_printed_refusal(self, card_type, location):
        """Return why this is no printed card that can be sold here; else "".

        :param card_type: ``giftcard.type`` that is being sold
        :param location: ``giftcard.location`` of the till
        :rtype: str
        """
        # sudo: giftcard.card - a cashier hands over cards without a right on them
        card = self.sudo()
        if not card or card.company_id != location.company_id:
            return self.env._(
                "This card is not in this salon's stock. Take another one."
            )
        if card.state != "draft":
            return self.env._(
                "This printed card was already sold on %s. Take another one.",
                card._format_day(card._to_day(card.sold_at, card.company_id)),
            )
        if card.location_id != location:
            return self.env._(
                "This card is in the stock of %s. Take another one.",
                card.location_id.name,
            )
        if card.type_id != card_type:
            return self.env._(
                'This printed card is a "%s". Tap that one to sell it.',
                card.type_id.name,
            )
        return ""

    def _hand_over_printed(self, vals):
        """Turn a printed card that lies in the salon into one that is sold. Locks it.

        :param dict vals: terms, money and people, as for a new card
        :return: the card
        :rtype: giftcard.card
        :raises UserError: when it was sold meanwhile
        """
        # sudo: giftcard.card - a cashier hands over cards without a right on them
        card = self.sudo()
        card._lock()
        if refusal := card._get_printed_refusal(card.type_id, card.location_id):
            raise UserError(refusal)
        target = vals.pop("state")
        card = card.with_context(tracking_disable=True)
        card.write(vals)
        card._set_state(target, ("draft",))
        self.env.flush_all()
        digits = card.currency_id.decimal_places
        value, price = (to_decimal(card[name], digits) for name in ("value", "price"))
        self._move(self.env.cr, card.id, value, price)
        return card
