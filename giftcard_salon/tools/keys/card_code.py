# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The text of a card's code: drawn, read and shown. Pure Python, no ORM.

A code is ``GC`` and 16 characters of a 32-letter alphabet without look-alikes,
80 random bits. It is bearer money: screens and logs show its last four only. Codes are
hashed and encrypted in ``keyring.py``.
"""

import re
import secrets

PREFIX = "GC"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BODY_LENGTH = 16
GROUP = 4
# of one letter: the alphabet has a power of two of them
_BITS = 5
MAX_INPUT = 128
_LOOK_ALIKES = str.maketrans("OILU", "011V")
_SEPARATORS = re.compile(r"[\s\-.·_]+")


def draw():
    """Return a new random code, 80 bits from the system's generator.

    :rtype: str
    """
    drawn = secrets.randbits(_BITS * BODY_LENGTH)
    return PREFIX + "".join(
        ALPHABET[drawn >> _BITS * index & len(ALPHABET) - 1]
        for index in range(BODY_LENGTH)
    )


def normalise(text):
    """Return ``text`` as codes are kept: capitals, no separators, no look-alikes.

    Only the body of one of our own codes has its look-alikes mapped; a number
    that another system gave out keeps its letters.

    :param str text: what was typed or scanned
    :return: the code, or an empty string for what cannot be one
    :rtype: str
    """
    if not isinstance(text, str) or len(text) > MAX_INPUT or not _is_text(text):
        return ""
    compact = _SEPARATORS.sub("", text).upper()
    body = compact.removeprefix(PREFIX)
    mapped = body.translate(_LOOK_ALIKES)
    if len(body) == BODY_LENGTH and all(letter in ALPHABET for letter in mapped):
        return PREFIX + mapped
    return compact


def _is_text(text):
    """Tell whether ``text`` can be written down: half a character cannot."""
    try:
        return bool(text.encode())
    except UnicodeEncodeError:
        return False


def last_four(code):
    """Return the part of ``code`` that people may see.

    :param str code: a normalised code
    :rtype: str
    """
    return code[-GROUP:]


def grouped(code):
    """Return ``code`` in groups of four, so that the last group is its short name.

    :param str code: a normalised code
    :rtype: str
    """
    body = code.removeprefix(PREFIX)
    groups = [body[i : i + GROUP] for i in range(0, len(body), GROUP)]
    return " ".join([PREFIX, *groups] if code.startswith(PREFIX) else groups)
