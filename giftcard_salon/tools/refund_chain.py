# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Bills that refunds and exchanges connect: where the money of each may leave."""


def get_overdrawn(parents, money, returned):
    """Return how much more left a chain of bills than came into it.

    What leaves on a bill is for goods of the bill that it gives back. It comes from
    what that bill took, and over exchanges from what the bills before it took, as far
    as the goods that came back are worth. What somebody else paid on a later bill is
    not there for an earlier one.

    :param dict parents: by bill the bill it gives back, None for the first one
    :param dict money: by bill what came in (positive) or left (negative)
    :param dict returned: by bill the value of the goods it gives back
    :return: 0 when all that left had come in
    :rtype: decimal.Decimal

    A card paid the first bill, 20 in cash were added in an exchange. The new item may
    bring 20 in cash, not 80:

    >>> parents = {"sale": None, "exchange": "sale", "refund": "exchange"}
    >>> returned = {"exchange": 60, "refund": 80}
    >>> get_overdrawn(parents, {"sale": 0, "exchange": 20, "refund": -20}, returned)
    0
    >>> get_overdrawn(parents, {"sale": 0, "exchange": 20, "refund": -80}, returned)
    60
    """
    children = {}
    for bill, parent in parents.items():
        children.setdefault(parent, []).append(bill)
    order = [bill for bill, parent in parents.items() if parent is None]
    for bill in order:
        order += children.get(bill, [])
    # bills that give back each other have no first one: each stands for itself
    alone = dict.fromkeys(set(parents) - set(order))
    parents = {**parents, **alone}
    order += alone
    wanted = dict.fromkeys(order, 0)
    overdrawn = 0
    for bill in reversed(order):
        need = max(wanted[bill] - money.get(bill, 0), 0)
        parent = parents[bill]
        flow = 0 if parent is None else min(need, returned.get(bill, 0))
        overdrawn += need - flow
        if parent is not None:
            wanted[parent] += flow
    return overdrawn
