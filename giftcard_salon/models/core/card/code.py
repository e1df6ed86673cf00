import logging

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import ormcache

from ....tools import card_code, keyring

_logger = logging.getLogger(__name__)
CHECK_PARAMETER = "giftcard_salon.key_check."


class GiftcardCard(models.Model):
    _inherit = "giftcard.card"

    @api.model
    def _keyring(self):
        """Return the server's keys, checked against those the cards were made with.

        :rtype: odoo.addons.giftcard_salon.tools.keyring.Keyring
        :raises UserError: when a key is missing or is not the one of before
        """
        try:
            keys = keyring.load()
        except keyring.KeyringError as error:
            _logger.warning("Gift card keys: %s", error)
            raise UserError(
                self.env._(
                    "The server has no gift card keys. Ask the administrator to put "
                    "hash_key and cipher_key into the section [giftcard_salon] of the "
                    "server's configuration, as the README says."
                )
            ) from error
        self._check_keys()
        return keys

    @api.model
    @ormcache()
    def _check_keys(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for name, value in keyring.load().check_values().items():
            known = parameters.get_param(CHECK_PARAMETER + name)
            if not known:
                parameters.set_param(CHECK_PARAMETER + name, value)
            elif known != value:
                _logger.error("Gift card key %s is not the one of before", name)
                raise UserError(
                    self.env._(
                        "The gift card key %s of this server is not the one its cards "
                        "were made with. Ask the administrator to put the old key back "
                        "or, on a copy for tests, to read the README.",
                        name,
                    )
                )
        return True

    @api.model
    def _prepare_code(self, text):
        """Return the values that keep ``text`` as a card's code.

        :param str text: a normalised code
        :rtype: dict
        """
        keys = self._keyring()
        hash_key, digest = keys.digest(text)
        cipher_key, cipher = keys.encrypt(text)
        return {
            "code_hash": digest,
            "code_hash_key": hash_key,
            "code_cipher": cipher,
            "code_cipher_key": cipher_key,
            "last4": card_code.last_four(text),
        }

    @api.model
    def _find_by_code(self, text):
        """Return the card whose code was typed or scanned, or no record.

        :param str text: the code as people give it
        :rtype: giftcard.card
        """
        plain = card_code.normalise(text)
        if not plain:
            return self.browse()
        digests = self._keyring().digests(plain)
        return self.sudo().search([("code_hash", "in", digests)], limit=1).sudo(False)

    def _reveal(self):
        """Return the card's code in full. Callers have checked the right.

        :rtype: str
        :raises UserError: when the key it was written with is not configured
        """
        self.ensure_one()
        card = self.sudo()
        try:
            return self._keyring().decrypt(card.code_cipher_key, card.code_cipher)
        except keyring.KeyringError as error:
            raise UserError(
                self.env._(
                    "The code of card %s was kept with a key this server does not "
                    "have. Ask the administrator to put it back.",
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
        self.check_access("read")
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
    def _rotate_keys(self, limit=1000):
        """Write codes anew that are kept with an older key; run until it returns 0.

        :param int limit: cards in one go
        :return: number of cards rewritten
        :rtype: int
        """
        keys = self._keyring()
        hash_key, _digest = keys.digest("")
        cipher_key, _cipher = keys.encrypt("")
        cards = self.sudo().search(
            [
                "|",
                ("code_hash_key", "!=", hash_key),
                ("code_cipher_key", "!=", cipher_key),
            ],
            limit=limit,
        )
        for card in cards:
            card.write(card._prepare_code(card._reveal()))
        return len(cards)

    @api.model
    def _find_by_reference(self, reference):
        """Return the card of what :meth:`_get_reference` gave, or no record.

        :param str reference: text that a till kept on its bill line
        :rtype: giftcard.card
        """
        if not isinstance(reference, str) or not reference:
            return self.browse()
        return self.sudo().search([("code_hash", "=", reference)], limit=1).sudo(False)

    def _get_reference(self):
        """Return what names the card without being its code.

        Only who knows the code can come by it; it pays for nothing.

        :rtype: str
        """
        self.ensure_one()
        return self.sudo().code_hash
