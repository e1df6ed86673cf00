# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What is signed of the ledger: values as one text, the same bytes at any time.

A value is written as PostgreSQL shows it, whatever it was when it was posted: so what
was signed before the row was there can be checked from the row alone.
"""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring_ascii


def write(values):
    """Return ``values`` as one text that no other values have.

    :param values: numbers, texts, days, moments in UTC, truth values and None
    :rtype: str
    """
    return f"[{','.join([_write_value(value) for value in values])}]"


def write_rows(columns):
    """Return the text of :func:`write` for each of many rows.

    :param columns: for each name one value a row, in the order that is signed
    :rtype: list[str]
    """
    return [
        f"[{','.join(row)}]" for row in zip(*map(_write_column, columns), strict=True)
    ]


def _write_column(column):
    first = column[0]
    # what all rows have in common is written once; 1 and true are not the same
    if column.count(first) == len(column) == [*map(type, column)].count(type(first)):
        return [_write_value(first)] * len(column)
    return [_write_value(value) for value in column]


def _write_value(value):
    if value is None:
        return "null"
    return encode_basestring_ascii(_show(value))


def _show(value):
    if isinstance(value, str):
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
