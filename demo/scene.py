# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What all scenes share: who comes, what they choose, how the bill is sent."""

from collections import Counter as Tally

from biography import FIRST_NAMES, MESSAGES, Card
from lib.bill import money
from products import CARD_TYPES, GOODS, SERVICES

TREATMENTS = [row[0] for row in SERVICES if row[3] in ("Treatments", "Hair")]
TEA = [row[0] for row in SERVICES if row[3] == "Tea room"]
HOME = [row[0] for row in GOODS]
SINGLE_USE = {values["name"] for values in CARD_TYPES if values.get("is_single_use")}
CASH_SHARE = 0.2


class Scene:
    """One scene is one method: ``scene(till, day, visit)``.

    :param random: decides everything; the same seed tells the same story
    :param agenda: a :class:`biography.Agenda`
    :param clients: ids of people and of businesses, by name
    """

    def __init__(self, random, agenda, people, businesses):
        self.random = random
        self.agenda = agenda
        self.people = people
        self.businesses = businesses
        self.done = Tally()
        self.stock = {}

    def tell(self, what, count=1):
        self.done[what] += count

    def send(self, till, bill):
        """Validate the bill.

        :raises RuntimeError: when it was not paid
        """
        sent = till.send(bill)
        if sent.order["state"] not in ("paid", "done"):
            raise RuntimeError(f"bill {bill.reference} was not paid")
        self.tell("bills")
        if bill.to_invoice:
            self.tell("invoiced")
        return sent

    def carry(self, till, day, lines, choice, bill, code=None):
        """Return the card that a client takes home.

        :param lines: what sold it, as the server sent them
        """
        self.tell("cards sold")
        return Card(
            code=code or lines[0]["giftcard_code"],
            type_name=choice.name,
            value=money(choice.worth),
            remaining=money(choice.worth),
            salon=till.salon,
            sold_on=day.date,
            is_single_use=choice.name in SINGLE_USE,
            lines=lines,
            has_entitlements=till.card_type(choice.name).is_taxed,
            buyer_id=bill.partner_id,
        )

    def prepare_details(self, bill, recipient, occasion):
        """Return what the sale's dialog was told; often nothing."""
        if self.random.random() < 0.25:
            return {}
        details = {"giftcard_recipient": recipient}
        if bill.partner_id:
            names = {number: name for name, number in self.people.items()}
            details["giftcard_sender"] = names[bill.partner_id].split()[0]
        if self.random.random() < 0.7:
            details["giftcard_message"] = self.random.choice(MESSAGES[occasion])
        return details

    def pick_recipient(self):
        initial = self.random.choice("ABCDFGLMPRST")
        return f"{self.random.choice(FIRST_NAMES)} {initial}."

    def pick_client(self, share):
        """Return a client's id; False for who says no name."""
        if self.random.random() > share:
            return False
        return self.random.choice(list(self.people.values()))

    def pick_tender(self):
        return "cash" if self.random.random() < CASH_SHARE else "bank"

    def pay_remaining(self, bill):
        if bill.total > bill.paid:
            bill.pay(self.pick_tender())

    def add_treatment(self, bill, below=None):
        names = TREATMENTS
        if below:
            names = [name for name in names if bill.till.items[name]["price"] < below]
        bill.add(self.random.choice(names))

    def add_extras(self, bill):
        if self.random.random() < 0.3:
            bill.add(self.random.choice(TEA))
        if self.random.random() < 0.3:
            bill.add(self.random.choice(HOME))
