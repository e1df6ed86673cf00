"""Amounts that a document line must have to the cent, whatever the tax engine says.

Pure Python on :class:`decimal.Decimal`. The engine takes them from the field
`extra_tax_data` as long as price, quantity, discount and taxes are the ones told.
"""

# how the keys of all lines begin whose amounts a gift card fixes
COMPUTATION_KEY = "giftcard,"


def forced_price(base, taxes):
    """Return the unit price that belongs to forced amounts.

    :param decimal.Decimal base: amount without tax
    :param list[dict] taxes: per tax ``id``, ``base``, ``vat`` and ``is_included``
    :rtype: decimal.Decimal
    """
    return base + sum(tax["vat"] for tax in taxes if tax["is_included"])


def forced_tax_data(key, base, taxes, currency_id, quantity=1):
    """Return what `extra_tax_data` of a line with forced amounts says.

    :param str key: what belongs together: apart from it no cent is rounded
    :param decimal.Decimal base: amount of one unit without tax, signed
    :param list[dict] taxes: as for :func:`forced_price`; ids after fiscal position
    :param int currency_id: currency of the document
    :param int quantity: 1, or -1 on a refund
    :rtype: dict
    """
    data = {"computation_key": f"{COMPUTATION_KEY}{key}"}
    if not taxes:
        # nothing to force: the price is the amount
        return data
    signed_base = float(base * quantity)
    return {
        **data,
        "manual_total_excluded_currency": signed_base,
        "manual_total_excluded": signed_base,
        "manual_tax_amounts": {
            str(tax["id"]): {
                "base_amount_currency": float(tax["base"] * quantity),
                "base_amount": float(tax["base"] * quantity),
                "tax_amount_currency": float(tax["vat"] * quantity),
                "tax_amount": float(tax["vat"] * quantity),
            }
            for tax in taxes
        },
        "currency_id": currency_id,
        "price_unit": float(forced_price(base, taxes)),
        "discount": 0,
        "quantity": quantity,
        "rate": 1.0,
    }
