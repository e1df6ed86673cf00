"""What clients choose of the gift cards, and how often."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """A type of card at a price, worth as much or more."""

    name: str
    price: int
    often: int
    worth: int = 0

    def __post_init__(self):
        if not self.worth:
            object.__setattr__(self, "worth", self.price)


OWN_AMOUNT = "Gift card"
PRINTED = "Gift card 100"
OFFERS = (
    Offer("Gift card 50", 50, 18),
    Offer(PRINTED, 100, 20),
    Offer(OWN_AMOUNT, 75, 7),
    Offer(OWN_AMOUNT, 150, 8),
    Offer(OWN_AMOUNT, 200, 4),
    Offer(OWN_AMOUNT, 80, 3),
    Offer(OWN_AMOUNT, 120, 3),
    Offer(OWN_AMOUNT, 60, 3),
    Offer(OWN_AMOUNT, 250, 2),
    Offer(OWN_AMOUNT, 135, 1),
    Offer("Discovery card 60", 60, 6),
    Offer("Bonus card", 100, 8, 110),
    Offer("Bonus card", 200, 4, 225),
    Offer("Treatment card", 60, 5),
    Offer("Treatment card", 120, 4),
    Offer("Three massages", 270, 5),
    Offer("Spa day", 162, 6),
)
PACKAGES = ("Three massages", "Spa day")
TOP_UPS = (30, 40, 50, 50, 100)


def find_top_ups(name):
    """Return what may be put on a card of this type."""
    if name == OWN_AMOUNT:
        return [Offer(name, price, 1) for price in TOP_UPS]
    return [choice for choice in OFFERS if choice.name == name]
