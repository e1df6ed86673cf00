# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The server's three gift card secrets: one finds cards, one reads their codes, one
signs the ledger.

They stand in the server's configuration file, never in the database::

    [giftcard_salon]
    hash_key = 1:<64 hexadecimal digits>
    cipher_key = 1:<64 hexadecimal digits>
    seal_key = 1:<64 hexadecimal digits>

or in the environment as ``GIFTCARD_HASH_KEY``, ``GIFTCARD_CIPHER_KEY`` and
``GIFTCARD_SEAL_KEY``. Those that stand in neither are made once for each database and
kept under Odoo's data directory, in ``giftcard_salon/<database>.keys`` (or in
``giftcard_salon.keys`` there, which several databases share). The number before the
colon names the key; what was made with it remembers the number. To rotate, put the
new key first and leave the old one behind a comma; old seal keys stay for as long as
the ledger is to be verified.
"""

import base64
import binascii
import functools
import hashlib
import hmac
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .key_file import BYTES, NAMES, KeyringError, find_file, read_configured, read_kept

FORMAT = "1"
_NONCE = 12
# 32 random bytes have about 30 different ones, and never as few as this
_LEAST_DIFFERENT = 16
_KEY_ID = re.compile(r"[0-9A-Za-z_-]{1,20}")


class Keyring:
    """Keyed look-up and encryption of codes, signatures of the ledger.

    :param dict[str, bytes] hash_keys: by key id, the current one first
    :param dict[str, bytes] cipher_keys: by key id, the current one first
    :param dict[str, bytes] seal_keys: by key id, the current one first
    :param str kept_in: the file of those that are not configured; empty: all are
    """

    def __init__(self, hash_keys, cipher_keys, seal_keys, kept_in=""):
        self._keys = {"hash": hash_keys, "cipher": cipher_keys, "seal": seal_keys}
        self.kept_in = kept_in

    def has(self, purpose, key_id):
        """Tell whether the key of this id is there.

        :param str purpose: 'hash', 'cipher' or 'seal'
        """
        return key_id in self._keys.get(purpose, ())

    def current(self, purpose):
        """Return the id of the key that is used for what is new.

        :param str purpose: 'hash', 'cipher' or 'seal'
        """
        return next(iter(self._keys[purpose]))

    # === CODES === #

    def digest(self, code, key_id=None):
        """Return a key's id and the keyed hash of ``code``.

        :param str key_id: the key; the current one, when left out
        :raises KeyringError: when the key of that id is not configured
        """
        key_id = key_id or self.current("hash")
        key = self._get("hash", key_id)
        return key_id, hmac.digest(key, code.encode(), "sha256").hex()

    def digests(self, code):
        """Return the hash of ``code`` under each key, for the look-up."""
        return [self.digest(code, key_id)[1] for key_id in self._keys["hash"]]

    def encrypt(self, code, owner):
        """Return the current key's id and ``code`` encrypted with it.

        :param str owner: whose code it is; nobody else's place can hold the text
        """
        key_id = self.current("cipher")
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._get("cipher", key_id)).encrypt(
            nonce, code.encode(), _bind(key_id, owner)
        )
        return key_id, base64.b64encode(nonce + sealed).decode()

    def decrypt(self, key_id, text, owner):
        """Return the code that :meth:`encrypt` made ``text`` of.

        :param str owner: whose code it is
        :raises KeyringError: when the key of that id is not configured
        :raises ValueError: when the text is not that owner's
        """
        key = self._get("cipher", key_id)
        try:
            raw = base64.b64decode(text, validate=True)
            plain = AESGCM(key).decrypt(
                raw[:_NONCE], raw[_NONCE:], _bind(key_id, owner)
            )
        except (InvalidTag, binascii.Error) as error:
            raise ValueError("not encrypted for this owner") from error
        return plain.decode()

    # === SIGNATURES === #

    def sign(self, purpose, text):
        """Return a signature of ``text``: format, key id, keyed hash.

        :param str purpose: what is signed; a signature is good for nothing else
        :rtype: str
        """
        return self._sign(self.current("seal"), purpose, text)

    def is_signed(self, signature, purpose, text):
        """Tell whether ``signature`` is that of ``text``.

        :raises KeyringError: when it was made with a key that is not configured
        """
        form, _colon, key_and_digest = (signature or "").partition(":")
        key_id, _colon, _digest = key_and_digest.partition(":")
        if form != FORMAT or not key_id:
            return False
        return hmac.compare_digest(signature, self._sign(key_id, purpose, text))

    def _sign(self, key_id, purpose, text):
        key = self._get("seal", key_id)
        message = f"{FORMAT}\0{purpose}\0{text}".encode()
        return f"{FORMAT}:{key_id}:{hmac.digest(key, message, 'sha256').hex()}"

    # === KEYS === #

    def _get(self, purpose, key_id):
        try:
            return self._keys[purpose][key_id]
        except KeyError as error:
            raise KeyringError(f"{purpose} key {key_id} is missing") from error

    def check_values(self):
        """Return a value per key that tells it apart and gives nothing away."""
        return {
            f"{purpose}.{key_id}": hmac.new(key, b"check", hashlib.sha256).hexdigest()
            for purpose, keys in self._keys.items()
            for key_id, key in keys.items()
        }

    def fingerprint(self):
        """Return one value for all keys together, which gives nothing away."""
        values = sorted(self.check_values().items())
        return hashlib.sha256(repr(values).encode()).hexdigest()


def _bind(key_id, owner):
    return f"{FORMAT}\0{key_id}\0{owner}".encode()


def _parse(text):
    keys = {}
    for entry in filter(None, (entry.strip() for entry in text.split(","))):
        key_id, _colon, digits = entry.partition(":")
        key_id = key_id.strip()
        try:
            key = bytes.fromhex(digits)
        except ValueError:
            key = b""
        if not _KEY_ID.fullmatch(key_id) or len(key) != BYTES:
            raise KeyringError("not <number>:<64 hexadecimal digits>")
        if _is_weak(key):
            raise KeyringError(f"key {key_id} is not random: make a new one")
        if key_id in keys or key in keys.values():
            raise KeyringError(f"key {key_id} is there twice")
        keys[key_id] = key
    return keys


def _is_weak(key):
    """Tell whether somebody typed this key: all zeros, a pattern, a count."""
    steps = {
        (after - before) % 256 for before, after in zip(key, key[1:], strict=False)
    }
    return len(set(key)) < _LEAST_DIFFERENT or len(steps) < _LEAST_DIFFERENT


@functools.cache
def load(database):
    """Return the keyring of a database on this server: configured, else as made.

    :param str database: its name
    :rtype: Keyring
    :raises KeysNotMadeError: when some are not configured and none were made
    :raises KeyringError: when a key is malformed, weak or used twice
    """
    texts = read_configured()
    kept_in = ""
    if missing := [name for name in NAMES if not texts[name]]:
        kept_in = find_file(database, missing)
        texts.update(read_kept(kept_in, missing))
    found = [_parse_named(name, texts[name]) for name in NAMES]
    everything = [key for keys in found for key in keys.values()]
    if len(set(everything)) < len(everything):
        raise KeyringError("a key serves two purposes: make one for each")
    return Keyring(*found, kept_in=kept_in)


def _parse_named(name, text):
    try:
        return _parse(text)
    except KeyringError as error:
        raise KeyringError(f"{name}: {error}") from error
