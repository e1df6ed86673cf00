# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Amounts that a document line must have to the cent, whatever the tax engine says.

The engine takes them from the field `extra_tax_data` as long as price, quantity,
discount and taxes are the ones told.
"""

# how the keys of all lines begin whose amounts a gift card fixes
COMPUTATION_KEY = "giftcard,"


def get_fixed_key(data):
    """Return what lines have in common whose amounts a card fixed together.

    :param data: `extra_tax_data` of a line, or none
    :return: the computation key; "" for other lines
    :rtype: str
    """
    key = str((data or {}).get("computation_key") or "")
    return key if key.startswith(COMPUTATION_KEY) else ""


def is_fixed_tax_data(data):
    """Tell whether amounts are as :func:`fixed_tax_data` writes them.

    Each is there twice, shown and posted, and the rate of the accounts is put on by the
    engine: what a till says otherwise would be posted without being shown.

    :param data: `extra_tax_data` of a line with taxes, or none
    :rtype: bool
    """
    taxes = (data or {}).get("manual_tax_amounts")
    if not taxes or data.get("rate") != 1.0:
        return False
    amounts = [(data, "manual_total_excluded")]
    for tax in taxes.values():
        amounts += [(tax, "base_amount"), (tax, "tax_amount")]
    return all(
        values.get(name) == values.get(f"{name}_currency") for values, name in amounts
    )


def fixed_tax_data(key, split, included_ids, currency_id, quantity=1):
    """Return what `extra_tax_data` of a line with fixed amounts says.

    :param str key: what belongs together: apart from it no cent is rounded
    :param TaxSplit split: of one unit, signed; taxes after the fiscal position
    :param included_ids: ids of the taxes that prices include
    :param int currency_id: currency of the document
    :param int quantity: 1, or -1 on a refund
    :rtype: dict
    """
    data = {"computation_key": f"{COMPUTATION_KEY}{key}"}
    if not split.taxes:
        # nothing to fix: the price is the amount
        return data
    base = float(split.base * quantity)
    return {
        **data,
        "manual_total_excluded_currency": base,
        "manual_total_excluded": base,
        "manual_tax_amounts": {
            str(tax_id): {
                "base_amount_currency": float(tax.base * quantity),
                "base_amount": float(tax.base * quantity),
                "tax_amount_currency": float(tax.vat * quantity),
                "tax_amount": float(tax.vat * quantity),
            }
            for tax_id, tax in split.taxes.items()
        },
        "currency_id": currency_id,
        "price_unit": float(split.get_price(included_ids)),
        "discount": 0,
        "quantity": quantity,
        "rate": 1.0,
    }
