import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ...tools import keyring

_logger = logging.getLogger(__name__)
CHECK_PARAMETER = "giftcard_salon.key_check."
# where a card says which key it was made with
KEY_COLUMNS = {"hash": "code_hash_key", "cipher": "code_cipher_key"}


class GiftcardCard(models.Model):
    """The server's keys, held against those that the cards were made with."""

    _inherit = "giftcard.card"

    @api.model
    def _keyring(self):
        """Return the server's keys, checked against those the cards were made with.

        :rtype: odoo.addons.giftcard_salon.tools.keyring.Keyring
        :raises UserError: when a key is missing or is not the one of before
        """
        keys = self._load_keys()
        self._check_keys()
        return keys

    @api.model
    def _load_keys(self):
        """Return the server's keys as they are configured.

        :rtype: odoo.addons.giftcard_salon.tools.keyring.Keyring
        :raises UserError: when a key is missing or cannot be used
        """
        try:
            return keyring.load()
        except keyring.KeyringError as error:
            _logger.error("Gift card keys: %s", error)
            raise UserError(
                self.env._(
                    "The gift card keys of this server cannot be used. Ask the "
                    "administrator to look into the server's log, and at hash_key, "
                    "cipher_key and seal_key in the section [giftcard_salon] of its "
                    "configuration, as the README says."
                )
            ) from error

    def _register_hook(self):
        """Say at the start what is wrong with the keys, not at the first client."""
        super()._register_hook()
        try:
            trouble = self._find_key_trouble(self._load_keys())
        except UserError as error:
            trouble = str(error)
        if trouble:
            _logger.error("%s", trouble)

    @api.model
    @ormcache()
    def _check_keys(self):
        keys = keyring.load()
        if trouble := self._find_key_trouble(keys):
            _logger.error("%s", trouble)
            raise UserError(trouble)
        known = self._read_check_values()
        parameters = self.env["ir.config_parameter"].sudo()
        for name, value in keys.check_values().items():
            if name not in known:
                parameters.set_param(CHECK_PARAMETER + name, value)
        return True

    @api.model
    def _read_check_values(self):
        parameters = self.env["ir.config_parameter"].sudo()
        return {
            parameter.key.removeprefix(CHECK_PARAMETER): parameter.value
            for parameter in parameters.search(
                [("key", "=like", f"{CHECK_PARAMETER}%")]
            )
        }

    @api.model
    def _find_key_trouble(self, keys):
        """Return what is wrong with the keys for the cards of this database; else "".

        :rtype: str
        """
        known = self._read_check_values()
        for name, value in keys.check_values().items():
            if known.get(name, value) != value:
                return self.env._(
                    "The gift card key %s of this server is not the one its cards "
                    "were made with. Ask the administrator to put the old key back "
                    "or, on a copy for tests, to read the README.",
                    name,
                )
        for name in sorted(known, reverse=True):
            purpose, _dot, key_id = name.partition(".")
            if keys.has(purpose, key_id) or not self._is_key_needed(purpose, key_id):
                continue
            return self.env._(
                "Cards of this database were made with the gift card key %(name)s, "
                "which this server does not have any more: they could not be found or "
                "read. Ask the administrator to put the old key back behind the new "
                "one, %(option)s = <new>, %(old)s:<old>, until the cards are "
                "rewritten, as the README says.",
                name=name,
                option=f"{purpose}_key",
                old=key_id,
            )
        return ""

    @api.model
    def _is_key_needed(self, purpose, key_id):
        """Tell whether a card was made with this key; a seal key stops no client."""
        column = KEY_COLUMNS.get(purpose)
        cards = self.sudo()
        return bool(column and cards.search_count([(column, "=", key_id)], limit=1))

    @api.model
    def _rotate_keys(self, limit=1000):
        """Write codes anew that are kept with an older key; run until it returns 0.

        A card whose code cannot be read stays as it is and is named in the log: it
        stops no other card.

        :param int limit: cards in one go
        :return: number of cards rewritten
        :rtype: int
        """
        keys = self._keyring()
        domain = [
            ("code_cipher", "!=", False),
            "|",
            ("code_hash_key", "!=", keys.current("hash")),
            ("code_cipher_key", "!=", keys.current("cipher")),
        ]
        done, last = 0, 0
        while done < limit and (
            cards := self.sudo().search(
                [*domain, ("id", ">", last)], limit=limit - done, order="id"
            )
        ):
            for card in cards:
                try:
                    card.write(card._prepare_code(card._reveal()))
                except UserError as error:
                    _logger.error("The code of a card was not rewritten: %s", error)
                else:
                    done += 1
            last = cards[-1].id
        return done
