# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ....tools.keys import card_code, keyring

_logger = logging.getLogger(__name__)
# what a scan needs of a card
SCANNED = (
    "name",
    "last4",
    "type_id",
    "company_id",
    "currency_id",
    "state",
    "close_reason",
    "vat_mode",
    "is_single_use",
    "pays_tips",
    "valid_until",
    "value",
    "available",
    "available_consideration",
    "pool_face",
    "pool_consideration",
)
CODE = ("code_hash", "code_hash_key", "code_cipher", "code_cipher_key", "last4")


class GiftcardCard(models.Model):
    _inherit = "giftcard.card"

    def _prepare_code(self, text, keys=None):
        """Return the values that keep ``text`` as this card's code.

        What is kept can be read for its own card only, so the card has its id.

        :param str text: a normalised code
        :param keys: the server's keys, when the caller has them for many cards
        :rtype: dict
        """
        self.ensure_one()
        keys = keys or self._keyring()
        hash_key, digest = keys.digest(text)
        cipher_key, cipher = keys.encrypt(text, self._get_owner())
        return {
            "code_hash": digest,
            "code_hash_key": hash_key,
            "code_cipher": cipher,
            "code_cipher_key": cipher_key,
            "last4": card_code.last_four(text),
        }

    def _get_owner(self):
        """Return what a code's encryption is bound to."""
        return f"giftcard.card,{self.id}"

    @api.model
    def _find_by_code(self, text):
        """Return the card whose code was typed or scanned, or no record.

        :param str text: the code as people give it
        :rtype: giftcard.card
        """
        plain = card_code.normalise(text)
        if not plain:
            return self.browse()
        domain = [("code_hash", "in", self._keyring().digests(plain))]
        # sudo: giftcard.card - found by what its holder shows; read with the caller's
        # own rights
        return self.sudo().search_fetch(domain, SCANNED, limit=1).sudo(False)

    def _reveal(self):
        """Return the card's code in full. Callers have checked the right.

        :rtype: str
        :raises UserError: when it has none, when the key it was written with is not
            configured, or when what is kept is not this card's
        """
        self.ensure_one()
        # sudo: giftcard.card - nobody reads a code; the caller checked the right
        card = self.sudo()
        if not card.code_cipher:
            raise UserError(
                self.env._(
                    "Card %s has no code any more: it goes on with the card it was "
                    "changed into. Open that one.",
                    card.name,
                )
            )
        try:
            return self._keyring().decrypt(
                card.code_cipher_key, card.code_cipher, card._get_owner()
            )
        except keyring.KeyringError as error:
            raise UserError(
                self.env._(
                    "The code of card %s was kept with a key this server does not "
                    "have. Ask the administrator to put it back.",
                    card.name,
                )
            ) from error
        except ValueError as error:
            _logger.error("The code kept on card %s is not this card's", card.id)
            raise UserError(
                self.env._(
                    "What is kept as the code of card %s was changed by somebody: it "
                    "is not this card's. Block the card and call your administrator.",
                    card.name,
                )
            ) from error

    def action_reveal(self):
        """Show the code to somebody with the right to see codes, and record it.

        :raises AccessError: without the right
        """
        self.ensure_one()
        if not self.env.user.has_group("giftcard_salon.group_see_codes"):
            raise AccessError(
                self.env._("You may not see codes. Ask a gift card manager.")
            )
        self._check_user_company()
        text = card_code.grouped(self._reveal())
        self._note_event("show")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Code of %s", self.name),
                "message": text,
                "sticky": True,
            },
        }

    @api.model
    def _find_by_reference(self, reference):
        """Return the card of what :meth:`_get_reference` gave, or no record.

        :param str reference: text that a till kept on its bill line
        :rtype: giftcard.card
        """
        if not isinstance(reference, str) or not reference:
            return self.browse()
        # sudo: giftcard.card - found by what its holder shows; read with the caller's
        # own rights
        return self.sudo().search([("code_hash", "=", reference)], limit=1).sudo(False)

    def _get_reference(self):
        """Return what names the card without being its code.

        Only who knows the code can come by it; it pays for nothing.

        :rtype: str
        """
        self.ensure_one()
        # sudo: giftcard.card - a reference says nothing of a card
        return self.sudo().code_hash
