# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models

# names that a sentence lists; more are counted
MOST = 10


class GiftcardSeal(models.Model):
    """What the verification found, in sentences for the accountant."""

    _inherit = "giftcard.seal"

    @api.model
    def _describe(self, found):
        """Return what is wrong, one sentence each.

        :param dict found: as of :meth:`_verify`
        :rtype: list[str]
        """
        entries = self.env["giftcard.entry"].browse(found["strange"])
        redemptions = self.env["giftcard.redemption"].browse(found["redemptions"])
        findings = [
            (
                found["broken"],
                self.env._("Entries were changed or removed. Seals that do not match:"),
                found["broken"],
            ),
            (
                found["cut"],
                self.env._("Entries were removed from the end. Seals that are gone:"),
                found["cut"],
            ),
            (
                entries,
                self.env._("Entries that this system did not post, on cards:"),
                self._name_cards(entries.card_id.ids),
            ),
            (
                found["unequal"],
                self.env._("Cards that have another balance than their entries say:"),
                self._name_cards(found["unequal"]),
            ),
            (
                found["states"],
                self.env._(
                    "Cards that were blocked, unblocked, paid or closed without an "
                    "entry:"
                ),
                self._name_cards(found["states"]),
            ),
            (
                found["codes"],
                self.env._("Cards whose code was exchanged:"),
                self._name_cards(found["codes"]),
            ),
            (
                redemptions,
                self.env._("Cards that were used without an entry:"),
                self._name_cards(redemptions.card_id.ids),
            ),
            (
                found["missing_keys"],
                self.env._(
                    "Not everything could be checked: the server lacks keys that "
                    "were used before. Ask the administrator to put them back:"
                ),
                found["missing_keys"],
            ),
        ]
        return [
            f"{what} {self._list(names)}" for is_so, what, names in findings if is_so
        ]

    @api.model
    def _name_cards(self, card_ids):
        """Return the cards' short names, with their numbers: four signs are few."""
        # sudo: giftcard.card - only the names
        cards = self.env["giftcard.card"].sudo().browse(card_ids[: MOST + 1]).exists()
        names = [f"{card.name} (no. {card.id})" for card in cards]
        return names + card_ids[len(names) :]

    @api.model
    def _list(self, names):
        text = ", ".join(map(str, names[:MOST]))
        if len(names) <= MOST:
            return text
        return self.env._(
            "%(names)s and %(count)s more", names=text, count=len(names) - MOST
        )
