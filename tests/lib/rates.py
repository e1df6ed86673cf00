# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What a till tells of its bill when a card is to pay it."""


def is_tip(line, bill):
    """Tell whether a line is the tip: no supply, so no bonus lowers it."""
    return line["product_id"] == bill.till.tip_product_id


def giftcard_tax_groups(bill, sign=1):
    """Return what a bonus may lower on this bill, by taxes, less earlier discounts."""
    groups, discounted = {}, {}
    pairs = {
        line["giftcard_deduction_key"]
        for line in bill.lines
        if line.get("giftcard_role") == "deduction"
    }
    for line in bill.lines:
        is_card = line.get("giftcard_role") in (
            "sale",
            "conversion_out",
            "conversion_in",
        )
        if is_card or is_tip(line, bill):
            continue
        taxes = tuple(line["tax_ids"][0][2])
        gross = sign * line["price_subtotal_incl"]
        groups[taxes] = groups.get(taxes, 0) + gross
        if (
            line.get("giftcard_role") == "bonus"
            and line["giftcard_deduction_key"] not in pairs
        ):
            discounted[taxes] = discounted.get(taxes, 0) - gross
    return [
        {
            "key": ",".join(map(str, taxes)),
            "tax_ids": list(taxes),
            "gross": float(gross),
            "discounted": float(discounted.get(taxes, 0)),
        }
        for taxes, gross in groups.items()
        if gross > 0
    ]
