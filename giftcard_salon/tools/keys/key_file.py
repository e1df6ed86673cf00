# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Where the gift card keys stand: in the configuration, else in a file made once."""

import configparser
import logging
import os
import secrets
from urllib.parse import quote

from odoo.tools import config

_logger = logging.getLogger(__name__)
SECTION = "giftcard_salon"
NAMES = ("hash_key", "cipher_key", "seal_key")
BYTES = 32
FOLDER = "giftcard_salon"
SHARED = "giftcard_salon.keys"


class KeyringError(Exception):
    """A key is missing or cannot be used."""


class KeysNotMadeError(KeyringError):
    """Keys are neither configured nor made for this database yet.

    :param names: theirs, as in the configuration
    :param str path: the file they would stand in
    """

    def __init__(self, names, path):
        super().__init__(f"{', '.join(names)}: neither configured nor in {path}")
        self.names = names
        self.path = path


def make(database):
    """Make the keys that the configuration lacks; whoever came first made them.

    :param str database: its name
    :raises KeyringError: when their file cannot be written
    """
    path = get_path(database)
    texts = read_configured()
    names = [name for name in NAMES if not texts[name]]
    lines = [f"{name} = 1:{secrets.token_hex(BYTES)}\n" for name in names]
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        is_ours = _write_once(path, f"[{SECTION}]\n{''.join(lines)}")
    except OSError as error:
        raise KeyringError(f"keys are missing, and {path} cannot be made") from error
    if is_ours:
        _logger.warning(
            "Made the gift card keys that the configuration lacks (%s) and put them "
            "into %s. Keep this file with your backups, apart from the database.",
            ", ".join(names),
            path,
        )


def get_path(database):
    """Return the file for the keys of a database that are not configured.

    :param str database: its name
    :rtype: str
    """
    name = f"{quote(database, safe='')}.keys"
    return os.path.join(config["data_dir"], FOLDER, name)


def find_file(database, names):
    """Return the file that keeps the keys of a database: its own, else a shared one.

    :param str database: its name
    :param names: of the keys that are not configured
    :rtype: str
    :raises KeysNotMadeError: when there is none
    """
    database_file, shared_file = (
        get_path(database),
        os.path.join(config["data_dir"], SHARED),
    )
    for path in (database_file, shared_file):
        if os.path.exists(path):
            return path
    raise KeysNotMadeError(names, database_file)


def _write_once(path, text):
    """Write a file, whole or not at all: other workers may be at it, or the power fail.

    :return: whether it was this one's to write
    :rtype: bool
    """
    draft = f"{path}.{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        os.unlink(draft)
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def read_configured():
    """Return the keys of the server's configuration as text; "" for one it lacks.

    :rtype: dict[str, str]
    :raises KeyringError: when the configuration cannot be read
    """
    given = _read_file(config["config"])
    return {
        name: os.environ.get(f"GIFTCARD_{name.upper()}", "") or given.get(name, "")
        for name in NAMES
    }


def read_kept(path, names):
    """Return the keys of these names that a file keeps, as text.

    :param str path: of :func:`find_file`
    :rtype: dict[str, str]
    :raises KeyringError: when one is not there
    """
    kept = _read_file(path)
    for name in names:
        if not kept.get(name):
            raise KeyringError(f"{name} is neither configured nor in {path}")
    return {name: kept[name] for name in names}


def _read_file(path):
    parser = configparser.RawConfigParser()
    try:
        parser.read(path or [])
    except (configparser.Error, UnicodeDecodeError) as error:
        raise KeyringError(f"{path} cannot be read") from error
    return dict(parser[SECTION]) if parser.has_section(SECTION) else {}
