# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging
import os

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ...tools.keys import key_file, keyring

_logger = logging.getLogger(__name__)
CHECK_PARAMETER = "giftcard_salon.key_check."
# of which keys somebody said that the file made for them is saved
SAVED_PARAMETER = "giftcard_salon.keys_saved"
# where a card says which key it was made with
KEY_COLUMNS = {"hash": "code_hash_key", "cipher": "code_cipher_key"}


class GiftcardCard(models.Model):
    """The server's keys, held against those that the cards were made with."""

    _inherit = "giftcard.card"

    @api.model
    def _keyring(self):
        """Return the server's keys, checked against those the cards were made with.

        :rtype: odoo.addons.giftcard_salon.tools.keys.keyring.Keyring
        :raises UserError: when a key is missing or is not the one of before
        """
        keys = self._load_keys()
        self._check_keys()
        return keys

    @api.model
    def _load_keys(self):
        """Return the server's keys; make those that were never there.

        :rtype: odoo.addons.giftcard_salon.tools.keys.keyring.Keyring
        :raises UserError: when a key is missing or cannot be used
        """
        try:
            return self._load_or_make_keys()
        except key_file.KeyringError as error:
            _logger.error("Gift card keys: %s", error)
            raise UserError(
                self.env._(
                    "The gift card keys of this server cannot be used. Ask the "
                    "administrator to look into the server's log, and at hash_key, "
                    "cipher_key and seal_key in the section [giftcard_salon] of its "
                    "configuration, as the README says."
                )
            ) from error

    @api.model
    def _load_or_make_keys(self):
        database = self.env.cr.dbname
        try:
            return keyring.load(database)
        except key_file.KeysNotMadeError as error:
            self._check_never_made(error)
        key_file.make(database)
        return keyring.load(database)

    @api.model
    def _check_never_made(self, missing):
        """Refuse to make keys anew: with others no card of before could be read."""
        purposes = {name.removesuffix("_key") for name in missing.names}
        used_purposes = {name.partition(".")[0] for name in self._read_check_values()}
        if purposes & used_purposes:
            _logger.error("Gift card keys: %s", missing)
            raise UserError(
                self.env._(
                    "The keys that the gift cards of this database were made with are "
                    "not on this server, and new ones would open none of them. Ask the "
                    "administrator to copy the file %(file)s from the data directory "
                    "of the server that the database came from, or from its backup, to "
                    "%(here)s in this one's, or to put its lines into the "
                    "configuration. Nothing is lost meanwhile.",
                    file=f"{key_file.FOLDER}/<database>.keys",
                    here=os.path.join(key_file.FOLDER, os.path.basename(missing.path)),
                )
            )

    def _register_hook(self):
        """Say at the start what is wrong with the keys, not at the first client."""
        super()._register_hook()
        if trouble := self._get_key_state()["trouble"]:
            _logger.error("%s", trouble)

    @api.model
    def _get_key_state(self):
        """Return what an administrator has to know of the keys.

        :return: ``trouble``, a sentence or ""; ``file``, where those stand that are not
            configured, or ""; ``is_saved``, whether somebody said that it is saved
        :rtype: dict
        """
        try:
            keys = self._load_keys()
        except UserError as error:
            return {"trouble": str(error), "file": "", "is_saved": False}
        # sudo: ir.config_parameter - parameters are read by administrators only
        saved = self.env["ir.config_parameter"].sudo().get_param(SAVED_PARAMETER)
        return {
            "trouble": self._find_key_trouble(keys),
            "file": keys.kept_in,
            "is_saved": saved == keys.fingerprint(),
        }

    @api.model
    def _set_keys_saved(self):
        """Remember that the keys of today are saved, until there are others."""
        keys = self._keyring()
        # sudo: ir.config_parameter - parameters are read by administrators only
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(SAVED_PARAMETER, keys.fingerprint())
        _logger.info("%s says that the gift card keys are saved", self.env.user.login)

    @api.model
    @ormcache()
    def _check_keys(self):
        keys = self._load_keys()
        if trouble := self._find_key_trouble(keys):
            _logger.error("%s", trouble)
            raise UserError(trouble)
        stored = self._read_check_values()
        # sudo: ir.config_parameter - parameters are read by administrators only
        parameters = self.env["ir.config_parameter"].sudo()
        for name, value in keys.check_values().items():
            if name not in stored:
                parameters.set_param(CHECK_PARAMETER + name, value)
        return True

    @api.model
    def _read_check_values(self):
        # sudo: ir.config_parameter - parameters are read by administrators only
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
        stored = self._read_check_values()
        for name, value in keys.check_values().items():
            if stored.get(name, value) != value:
                return self.env._(
                    "The gift card key %s of this server is not the one its cards "
                    "were made with. Ask the administrator to put the old key back "
                    "or, on a copy for tests, to read the README.",
                    name,
                )
        for name in sorted(stored, reverse=True):
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
        # sudo: giftcard.card - the keys are those of all cards
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
        # sudo: giftcard.card - the keys are those of all cards
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
