# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""How a bonus goes over the tax groups of a document, and back. Pure Python.

One engine for tills and the office: each brings its buckets and makes its own lines of
the shares. Row 13 of docs/rules.rst.
"""

from .allocation import split_by_weight


def share_bonus(bonus, weights, digits):
    """Split the bonus of a redemption over what it lowers (R4).

    :param decimal.Decimal bonus: from zero up
    :param dict weights: totals over zero, tax included, by tax group
    :param int digits: decimal places of the currency
    :return: shares over zero by tax group
    :rtype: dict
    """
    shares = split_by_weight(bonus, list(weights.values()), digits)
    return {group: share for group, share in zip(weights, shares, strict=True) if share}


def share_within(bonus, limits, weights, digits):
    """Split a bonus that goes back: no tax group takes more than is left of it (R4).

    Over what goes back of each; what a group cannot take goes to the first that can.
    Where nothing of these groups goes back, it goes over what is left of them.

    :param decimal.Decimal bonus: from zero up to the sum of ``limits``
    :param dict limits: what is left, from zero up, by tax group
    :param dict weights: totals of what goes back, tax included, by tax group
    :param int digits: decimal places of the currency
    :return: shares over zero by tax group
    :rtype: dict
    """
    if not bonus or not any(limits.values()):
        return {}
    wanted = {group: max(weights.get(group, 0), 0) for group in limits}
    shares = share_bonus(bonus, wanted if any(wanted.values()) else limits, digits)
    over = sum(max(share - limits[group], 0) for group, share in shares.items())
    found = {}
    for group, limit in limits.items():
        share = min(shares.get(group, 0), limit)
        more = min(limit - share, over)
        over -= more
        if share + more:
            found[group] = share + more
    return found


def split_return(bonus, given, remaining, weights, digits, cut):
    """Return the discounts that go back with a share of a redemption.

    Who takes all that is left of a group takes its VAT as well: nothing remains of it.
    Before that each takes what all that is gone comes to with it, less what it came to
    before: however many there are, no part is more than a cent off.

    :param decimal.Decimal bonus: what they come to
    :param dict given: positive :class:`TaxSplit` by tax group, of the redemption
    :param dict remaining: positive :class:`TaxSplit` by tax group
    :param dict weights: totals of what goes back, tax included, by tax group
    :param int digits: decimal places of the currency
    :param cut: called with a tax group and an amount; returns its ``TaxSplit`` (R1)
    :return: positive splits by tax group
    :rtype: dict
    """
    limits = {group: max(kept.gross, 0) for group, kept in remaining.items()}
    shares = share_within(bonus, limits, weights, digits)

    def cut_next(group, share):
        gone = max(given[group].gross - remaining[group].gross, 0)
        split, kept = cut(group, gone + share) - cut(group, gone), remaining[group]
        after = kept - split
        is_over = after.base < 0 or any(tax.vat < 0 for tax in after.taxes.values())
        return kept.get_share(share, digits) if is_over else split

    return {
        group: remaining[group] if share == limits[group] else cut_next(group, share)
        for group, share in shares.items()
    }
