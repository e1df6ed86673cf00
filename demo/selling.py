"""Scenes in which cards are sold, loaded and given back."""

from datetime import timedelta

from lib.bill import money
from places import PLACES
from scene import HOME, SINGLE_USE, Scene

PRINTED = "Gift card 100"
# type, value, how often it is chosen
OFFERS = (
    ("Gift card 50", 50, 22),
    (PRINTED, 100, 26),
    ("Gift card", 75, 9),
    ("Gift card", 150, 11),
    ("Gift card", 200, 6),
    ("Gift card", 80, 4),
    ("Gift card", 120, 5),
    ("Gift card", 60, 4),
    ("Gift card", 250, 2),
    ("Gift card", 135, 1),
    ("Discovery card 60", 60, 9),
)
TOP_UPS = (30, 40, 50, 50, 100)


class Selling(Scene):
    def sell(self, till, day, _visit):
        """A client buys a card, sometimes several, for one person or for more."""
        count = self.random.choices((1, 2, 3), (84, 13, 3))[0]
        together = count > 1 and self.random.random() < 0.5
        recipient = self.pick_recipient()
        bill = till.bill(partner_id=self.pick_client(0.6))
        sold = []
        for number in range(count):
            if number and not together:
                recipient = self.pick_recipient()
            name, value = self._pick_offer(day.occasion)
            details = self.prepare_details(bill, recipient, day.occasion)
            code = self._take_from_stock(till, name)
            if code:
                scan = till.scan_for_sale(code, name)
                details["giftcard_reference"] = scan["reference"]
            line = bill.add_card(value, name, **details)
            sold.append((line["uuid"], name, value, code))
        if self.random.random() < 0.12:
            bill.add(self.random.choice(HOME))
        bill.pay(self.pick_tender())
        sent = self.send(till, bill)
        cards = [
            self.carry(till, day, sent.line(uuid), name, value, bill, code)
            for uuid, name, value, code in sold
        ]
        for group in [cards] if together else [[card] for card in cards]:
            self._decide(group, day)

    def sell_to_business(self, till, day, visit):
        """A business buys the same card for its people, and wants an invoice.

        What it buys on account is paid later, or not yet.
        """
        name, count, value, tender = visit.about
        bill = till.bill(partner_id=self.businesses[name])
        bill.to_invoice = True
        lines = [
            bill.add_card(
                value,
                "Gift card",
                giftcard_sender=name,
                giftcard_message="Thank you for this year with us.",
            )
            for _number in range(count)
        ]
        bill.pay(tender)
        sent = self.send(till, bill)
        for line in lines:
            line = sent.line(line["uuid"])
            card = self.carry(till, day, line, "Gift card", value, bill)
            if tender == "bank":
                self._decide([card], day)

    def top_up(self, till, _day, visit):
        """A client puts money on a card that is known here already."""
        (card,) = visit.cards
        scan = till.scan_for_sale(card.code, card.type_name)
        if scan["purpose"] != "topup":
            return
        amount = self._pick_top_up(card)
        bill = till.bill(partner_id=card.buyer_id)
        bill.add_card(
            amount,
            card.type_name,
            giftcard_reference=scan["reference"],
            giftcard_is_topup=True,
        )
        bill.pay(self.pick_tender())
        self.send(till, bill)
        card.left += money(amount)
        card.visits_left += 1
        self.tell("top-ups")

    def give_back(self, till, _day, visit):
        """A card that nobody used goes back; its price is paid out."""
        (card,) = visit.cards
        bill = till.bill(partner_id=card.buyer_id)
        bill.add_refund(card.sold)
        bill.pay("bank")
        self.send(till, bill)
        self.tell("cards given back")

    # --- pieces

    def _decide(self, cards, day):
        """Let fate decide; some cards that are used again get more money before."""
        company = PLACES[cards[0].place]
        self.agenda.decide(cards, company)
        (card, *others) = cards
        if card.visits_left > 1 and not others and self.random.random() < 0.3:
            due = day.date + timedelta(self.random.randint(10, 60))
            self.agenda.add(due, "top_up", company, [card])

    def _pick_offer(self, occasion):
        """Return type and value; no discovery cards as presents."""
        weights = [
            weight / 3 if occasion and name in SINGLE_USE else weight
            for name, _value, weight in OFFERS
        ]
        name, value, _weight = self.random.choices(OFFERS, weights)[0]
        return name, value

    def _pick_top_up(self, card):
        """Return an amount that the card's type offers."""
        fixed = {name: value for name, value, _weight in OFFERS if name != "Gift card"}
        return fixed.get(card.type_name) or self.random.choice(TOP_UPS)

    def _take_from_stock(self, till, name):
        """Return the code of a printed card from the drawer, or none."""
        printed = self.stock.get(till.place)
        if name == PRINTED and printed and self.random.random() < 0.5:
            self.tell("printed cards")
            return printed.pop()
        return None
