# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Keeps codes out of the server's logs: they are money, and logs are read by many."""

import logging
import re
import traceback

from .keys.card_code import ALPHABET, BODY_LENGTH, PREFIX, last_four

_BODY = rf"(?:[\s\-.]?[{ALPHABET}OILU]){{{BODY_LENGTH}}}"
_CODE = re.compile(rf"\b{PREFIX}{_BODY}\b", re.IGNORECASE)
# a number of another system has no shape: it is known by where it stands in a call
_OURS = "giftcard"
_ARGUMENT = re.compile(r"(giftcard_(?:lookup|balance|scan\w*)\()(['\"])(.*?)\2")
_VALUE = re.compile(r"(['\"](?:code|numbers)['\"]\s*:\s*)(['\"])(.*?)\2", re.DOTALL)


def mask(text):
    """Return ``text`` with all codes but their last four taken out.

    :rtype: str
    """
    text = _CODE.sub(lambda found: f"••{last_four(found[0]).upper()}", text)
    if _OURS not in text:
        return text
    for pattern in (_ARGUMENT, _VALUE):
        text = pattern.sub(lambda found: f"{found[1]}{found[2]}••{found[2]}", text)
    return text


class CodeFilter(logging.Filter):
    """Masks a record's text and its traceback, whoever logs it and at what level."""

    def filter(self, record):
        text = record.getMessage()
        masked = mask(text)
        if masked != text:
            record.msg, record.args = masked, None
        if record.exc_info and not record.exc_text:
            trace = "".join(traceback.format_exception(*record.exc_info)).rstrip()
            masked = mask(trace)
            if masked != trace:
                record.exc_text = masked
        return True


def install():
    """Filter all that the server logs.

    On the handlers: a filter of a logger does not see what its children log.
    """
    for handler in logging.root.handlers:
        if not any(isinstance(installed, CodeFilter) for installed in handler.filters):
            handler.addFilter(CodeFilter())
