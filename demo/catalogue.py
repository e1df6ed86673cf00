# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What clients choose of the gift cards, and how often."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CatalogueItem:
    """A type of card at a price, worth as much or more."""

    name: str
    price: int
    often: int
    worth: int = 0

    def __post_init__(self):
        if not self.worth:
            object.__setattr__(self, "worth", self.price)


FREE_AMOUNT = "Gift card"
PRINTED = "Gift card 100"
CATALOGUE = (
    CatalogueItem("Gift card 50", 50, 18),
    CatalogueItem(PRINTED, 100, 20),
    CatalogueItem(FREE_AMOUNT, 75, 7),
    CatalogueItem(FREE_AMOUNT, 150, 8),
    CatalogueItem(FREE_AMOUNT, 200, 4),
    CatalogueItem(FREE_AMOUNT, 80, 3),
    CatalogueItem(FREE_AMOUNT, 120, 3),
    CatalogueItem(FREE_AMOUNT, 60, 3),
    CatalogueItem(FREE_AMOUNT, 250, 2),
    CatalogueItem(FREE_AMOUNT, 135, 1),
    CatalogueItem("Discovery card 60", 60, 6),
    CatalogueItem("Bonus card", 100, 8, 110),
    CatalogueItem("Bonus card", 200, 4, 225),
    CatalogueItem("Treatment card", 60, 5),
    CatalogueItem("Treatment card", 120, 4),
    CatalogueItem("Three massages", 270, 5),
    CatalogueItem("Spa day", 162, 6),
)
PACKAGES = ("Three massages", "Spa day")
TOP_UPS = (30, 40, 50, 50, 100)


def find_top_ups(name):
    """Return what may be put on a card of this type."""
    if name == FREE_AMOUNT:
        return [CatalogueItem(name, price, 1) for price in TOP_UPS]
    return [choice for choice in CATALOGUE if choice.name == name]
