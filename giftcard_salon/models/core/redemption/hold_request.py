# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ....tools.origin import Origin


@dataclass(frozen=True)
class HoldRequest:
    """What a document asks of a card, read and ready for the short transaction.

    :param card_id: id of the card
    :param entitlement_id: id of its entitlement that is used; None for a card without
        any
    :param key: the document's own key of this redemption
    :param revision: order of what this key was told, from 1
    :param amount: value to reserve, in the card's currency, tax included
    :param digits: decimal places of the card's currency
    :param today: day by the clock of the card's company
    :param is_shown: whether the card's code came with it
    :param origin: who asks
    """

    card_id: int
    entitlement_id: int | None
    key: str
    revision: int
    amount: Decimal
    digits: int
    today: date
    is_shown: bool
    origin: Origin
