# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""How a card whose VAT was counted at its sale is put on a bill."""

from lib.bill import money
from products import SERVICES
from scene import Scene

BEAUTY = [row[0] for row in SERVICES if row[3] == "Treatments"]
DEARER = "Hot stone massage 90 min"


class Taking(Scene):
    """Each of what the card stands for pays an item, with a deduction."""

    def redeem_entitlements(self, bill, card):
        """Use some of what a card stands for."""
        entitlements = [
            p for p in bill.till.lookup(card.code)["entitlements"] if p["available"]
        ]
        if len(entitlements) > 1 and self.random.random() < 0.25:
            # the lunch is for another day
            entitlements = entitlements[:1]
        for entitlement in entitlements:
            if entitlement["kind"] == "tip":
                tip = bill.till.find_tip(entitlement["available"])
                self._take(bill, card, entitlement, entitlement["available"], tip)
            elif entitlement["unit_prices"]:
                self._take_service(bill, card, entitlement)
            else:
                self._take_amount(bill, card, entitlement)

    def convert(self, till, card):
        """Make a card one for its amount: its client wants something else."""
        bill = till.bill()
        till.add_conversion(bill, card.code)
        self.send(till, bill)
        card.has_entitlements = False
        card.remaining = money(till.lookup(card.code)["available"])
        self.tell("cards changed")

    # --- pieces

    @staticmethod
    def _can_pay(till, card):
        summary = till.lookup(card.code)
        return summary["available"] and not summary["refusal"]

    def _take_service(self, bill, card, entitlement):
        """Take the service itself, or now and then a dearer one for a supplement."""
        price = entitlement["unit_prices"][0]
        items = bill.till.items
        item = next(
            item for item in items.values() if item["id"] == entitlement["product_id"]
        )
        dearer = items[DEARER]
        is_like = dearer["rate"] == item["rate"] and dearer["price"] > price
        if is_like and self.random.random() < 0.2:
            item = dearer
        self._take(bill, card, entitlement, price, item)

    def _take_amount(self, bill, card, entitlement):
        """Take treatments until this visit's share of the money is used."""
        remaining = money(entitlement["available"])
        wanted = remaining / max(card.visits_remaining, 1)
        while remaining and wanted > 0:
            item = bill.till.items[self.random.choice(BEAUTY)]
            amount = min(remaining, money(item["price"]))
            self._take(bill, card, entitlement, amount, item)
            remaining -= amount
            wanted -= amount

    def _take(self, bill, card, entitlement, amount, item):
        till = bill.till
        hold = till.hold_entitlement(
            bill, card.code, entitlement, amount, item, item["price"]
        )
        till.add_deduction(bill, item, hold)
        card.remaining -= money(amount)
