# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A card of a case as the add-on shows it: row, parts, ledger and places."""

from lib.bill import money

from odoo.tools import SQL

STATES = {"partial": "active", "held": "active"}


def read_card(card):
    """Read a card by its own row, and whether the ledger says the same."""
    held = card.redemption_ids.filtered(lambda use: use.state == "held")
    face = money(card.available) + money(sum(held.mapped("amount")))
    paid = money(card.available_consideration)
    paid += money(sum(held.mapped("consideration")))
    ledger = money(sum(card.entry_ids.mapped("face")))
    ledger_paid = money(sum(card.entry_ids.mapped("consideration")))
    agree = (face, paid) == (ledger, ledger_paid)
    found = {
        "face": str(face) if agree else f"{face} (ledger: {ledger})",
        "liability": str(paid) if agree else f"{paid} (ledger: {ledger_paid})",
        "state": read_state(card, face),
        "carried": str(read_carried(card)),
    }
    if card.vat_mode != "spv":
        return {"kind": "MPV", **found}
    return {
        "kind": "SPV",
        "gross_left": found["face"],
        **read_entitlements(card, found),
    }


def read_carried(card):
    """Return what is owed for a card in the company's currency."""
    rows = card.env.execute_query(
        SQL(
            "SELECT SUM(COALESCE(company_net, net)) FROM giftcard_entry"
            " WHERE card_id = %s",
            card.id,
        )
    )
    return money(rows[0][0] or 0)


def read_state(card, face):
    """Return the state as cases call it: expired is what lost its money by that."""
    if card.status == "expired" and face:
        return "active"
    return STATES.get(card.status, card.status)


def read_entitlements(card, found):
    """Read what a single-purpose card says of its taxed parts."""
    parts = card.entitlement_ids
    held = card.redemption_ids.filtered(lambda use: use.state == "held")
    owed = parts.filtered(lambda part: part.kind != "tip")
    net = sum(owed.mapped("available_net"))
    net += sum(held.filtered(lambda use: use.entitlement_id in owed).mapped("net"))
    net = money(net)
    entries = card.entry_ids.filtered(lambda entry: entry.liability_kind == "deferred")
    ledger = money(sum(entries.mapped("net")))
    sales = card.entry_ids.filtered(lambda entry: entry.kind in ("sale", "topup"))
    base = money(sum(sales.mapped("net")))
    paid = money(sum(sales.mapped("consideration")))
    services = parts.filtered(lambda part: part.kind == "service")
    rates = {f"{tax.amount:g}" for tax in parts.sudo().tax_ids}
    return {
        "rate": " ".join(sorted(rates)),
        "units_left": sum(services.mapped("units_remaining")) if services else None,
        "gross": str(paid),
        "deferred": str(net) if net == ledger else f"{net} (ledger: {ledger})",
        "vat_at_sale": str(money(paid - base)),
        "base_at_sale": str(base),
        "state": found["state"],
        "carried": found["carried"],
    }


def read_matrix(world, step):
    """Compare where cards were sold and used; a generator of differences."""
    wanted = step.get("location_matrix")
    if not wanted:
        return
    rows = world.env.execute_query(
        SQL(
            """SELECT sold.name, used.name, -SUM(entry.face)
                 FROM giftcard_entry entry
                 JOIN giftcard_location sold ON sold.id = entry.sold_location_id
                 JOIN giftcard_location used ON used.id = entry.location_id
                WHERE entry.card_id IN %s AND entry.kind = 'redeem'
                GROUP BY 1, 2""",
            tuple(sold.id for sold in world.cards.values()),
        )
    )
    found = {(sold, used): str(money(amount)) for sold, used, amount in rows}
    place = wanted["sold_at"], wanted["redeemed_at"]
    if found.get(place) != wanted["amount"]:
        yield f"location matrix: {found}, not {wanted}"
