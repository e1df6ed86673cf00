"""The server's two gift card secrets: one finds cards, one reads their codes.

They stand in the server's configuration file, never in the database::

    [giftcard_salon]
    hash_key = 1:<64 hexadecimal digits>
    cipher_key = 1:<64 hexadecimal digits>

or in the environment as ``GIFTCARD_HASH_KEY`` and ``GIFTCARD_CIPHER_KEY``. The
number before the colon names the key; each card remembers which it was made with.
To rotate, put the new key first and leave the old one behind a comma.
"""

import base64
import configparser
import functools
import hashlib
import hmac
import os
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from odoo.tools import config

SECTION = "giftcard_salon"
_NONCE = 12
_MIN_BYTES = 32


class KeyringError(Exception):
    """A key is missing or cannot be used."""


class Keyring:
    """Keyed look-up and encryption of codes.

    :param dict[str, bytes] hash_keys: by key id, the current one first
    :param dict[str, bytes] cipher_keys: by key id, the current one first
    """

    def __init__(self, hash_keys, cipher_keys):
        self._hash_keys = hash_keys
        self._cipher_keys = cipher_keys

    def digest(self, code):
        """Return the current key's id and the keyed hash of ``code``."""
        key_id = next(iter(self._hash_keys))
        return key_id, self._digest(key_id, code)

    def digests(self, code):
        """Return the hash of ``code`` under each key, for the look-up."""
        return [self._digest(key_id, code) for key_id in self._hash_keys]

    def _digest(self, key_id, text):
        return hmac.new(
            self._hash_keys[key_id], text.encode(), hashlib.sha256
        ).hexdigest()

    def encrypt(self, code):
        """Return the current key's id and ``code`` encrypted with it."""
        key_id, key = next(iter(self._cipher_keys.items()))
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(key).encrypt(nonce, code.encode(), key_id.encode())
        return key_id, base64.b64encode(nonce + sealed).decode()

    def decrypt(self, key_id, text):
        """Return the code that :meth:`encrypt` made ``text`` of.

        :raises KeyringError: when the key of that id is not configured
        """
        if key_id not in self._cipher_keys:
            raise KeyringError(f"cipher key {key_id}")
        raw = base64.b64decode(text)
        plain = AESGCM(self._cipher_keys[key_id]).decrypt(
            raw[:_NONCE], raw[_NONCE:], key_id.encode()
        )
        return plain.decode()

    def check_values(self):
        """Return a value per key that tells it apart and gives nothing away."""
        return {
            f"{purpose}.{key_id}": hmac.new(key, b"check", hashlib.sha256).hexdigest()
            for purpose, keys in (
                ("hash", self._hash_keys),
                ("cipher", self._cipher_keys),
            )
            for key_id, key in keys.items()
        }


def _parse(text):
    keys = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key_id, _colon, digits = part.partition(":")
        try:
            key = bytes.fromhex(digits)
        except ValueError:
            key = b""
        if not key_id or len(key) != _MIN_BYTES:
            raise KeyringError("not <number>:<64 hexadecimal digits>")
        keys[key_id.strip()] = key
    return keys


@functools.cache
def load():
    """Return the keyring of this server.

    :rtype: Keyring
    :raises KeyringError: when a key is missing or malformed
    """
    parser = configparser.RawConfigParser()
    parser.read(config["config"] or [])
    found = {}
    for name in ("hash_key", "cipher_key"):
        text = os.environ.get(f"GIFTCARD_{name.upper()}", "") or parser.get(
            SECTION, name, fallback=""
        )
        found[name] = _parse(text)
        if not found[name]:
            raise KeyringError(f"{name} is missing")
    if set(found["hash_key"].values()) & set(found["cipher_key"].values()):
        raise KeyringError("hash_key and cipher_key are the same")
    return Keyring(found["hash_key"], found["cipher_key"])
