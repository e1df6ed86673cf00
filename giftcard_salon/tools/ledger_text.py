# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What is signed of the ledger: values as one text, the same bytes at any time.

A value is written as PostgreSQL shows it, whatever it was when it was posted: so what
was signed before the row was there can be checked from the row alone.
"""

import json
from datetime import datetime
from decimal import Decimal
from functools import lru_cache


def write(values):
    """Return ``values`` as one text that no other values have.

    :param values: numbers, texts, days, moments in UTC, truth values and None
    :rtype: str
    """
    texts = [_write_value(value) for value in values]
    return json.dumps(texts, ensure_ascii=True, separators=(",", ":"))


def _write_value(value):
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (float, Decimal)):
        return write_money(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return str(value)


@lru_cache(maxsize=1024)
def write_money(value):
    """Return an amount without the zeros that say nothing: 30, 29.5.

    :param value: a number, or its text
    :rtype: str
    """
    amount = Decimal(str(value))
    text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if not amount else text
